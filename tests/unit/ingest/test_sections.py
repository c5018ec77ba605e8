"""Sections follow the headings; units are of a size that study aids can be made for."""

import itertools
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from domain.documents import Position, Section
from domain.ids import DocumentId
from ingest.parsers.flow import Block, build_page
from ingest.sections import MOST_WORDS, build_sections

ID = DocumentId("d" * 32)


def _words(count: int) -> Block:
    return Block(" ".join(["word"] * count))


def _build(*pages: Sequence[Block], title: str = "Plants") -> tuple[Section, ...]:
    return build_sections(ID, title, [build_page(number, blocks) for number, blocks in enumerate(pages, start=1)])


def _outline(sections: Sequence[Section]) -> list[tuple[int, str, bool]]:
    return [(section.level, section.title, section.is_unit) for section in sections]


def test_a_text_without_headings_is_one_section() -> None:
    """Without headings the whole reading is the unit, however short."""
    assert _outline(_build([_words(20)])) == [(1, "Plants", True)]


def test_a_short_reading_is_studied_by_its_headings() -> None:
    """A handout whose headings leave useful pieces has study aids for each of them, under its one title too."""
    sections = _build([Block("Light", 1), _words(300), Block("Water", 1), _words(300)])
    titled = _build([Block("Leaves", 1), _words(20), Block("Light", 2), _words(70), Block("Water", 2), _words(70)])

    assert _outline(sections) == [(1, "Light", True), (1, "Water", True)]
    assert _outline(titled) == [(1, "Leaves", False), (2, "Light", True), (2, "Water", True)]


def test_a_short_reading_with_only_scraps_under_its_headings_is_one_unit() -> None:
    """Where the pieces are too small to be studied alone, the handout is studied as a whole."""
    sections = _build([Block("Light", 1), _words(30), Block("Water", 1), _words(30)])

    assert _outline(sections) == [(1, "Plants", True), (2, "Light", False), (2, "Water", False)]


def test_a_single_top_heading_needs_none_above_it() -> None:
    """A note that names itself in a heading is not named twice."""
    sections = _build([Block("Light", 1), _words(300), Block("Leaves", 2), _words(30)])

    assert _outline(sections) == [(1, "Light", True), (2, "Leaves", False)]


def test_a_large_chapter_is_split_and_its_lead_kept() -> None:
    """A chapter over the limit is no unit; its lead text and its sections are."""
    chapter = [Block("Light", 1), _words(200), Block("Leaves", 2), _words(3_000), Block("Stems", 2), _words(2_000)]

    assert _outline(_build(chapter)) == [
        (1, "Light", False),
        (2, "Light", True),
        (2, "Leaves", True),
        (2, "Stems", True),
    ]


def test_a_line_before_the_first_section_joins_it() -> None:
    """A sentence of lead text makes no section of its own."""
    chapter = [Block("Light", 1), _words(5), Block("Leaves", 2), _words(3_000), Block("Stems", 2), _words(2_000)]

    sections = _build(chapter)

    assert [section.title for section in sections] == ["Light", "Leaves", "Stems"]
    assert sections[1].start == Position(1, 0)


def test_short_neighbours_are_put_under_one() -> None:
    """Short sections of a large chapter become one unit together."""
    chapter = [Block("Light", 1), Block("Leaves", 2), _words(5_000)]
    notes = [Block("Terms", 2), _words(100), Block("Names", 2), _words(100)]

    assert _outline(_build([*chapter, *notes]))[-3:] == [
        (2, "Terms – Names", True),
        (3, "Terms", False),
        (3, "Names", False),
    ]


def test_a_lone_short_section_is_a_unit_unless_it_is_a_line() -> None:
    """What no neighbour can take in is still studied, if there is something to study."""
    chapter = [Block("A", 1), Block("B", 2), _words(100), Block("C", 2), _words(5_000), Block("D", 2), _words(10)]

    assert [(title, is_unit) for _, title, is_unit in _outline(_build(chapter)) if len(title) == 1] == [
        ("A", False),
        ("B", True),
        ("C", True),
        ("D", False),
    ]


def test_a_long_text_without_headings_is_cut_by_pages() -> None:
    """Parts are about equal, begin at page starts and say their pages."""
    sections = _build(*[[_words(1_000)]] * 10)

    assert _outline(sections) == [
        (1, "Plants, pages 1–2", True),
        (1, "Plants, pages 3–4", True),
        (1, "Plants, pages 5–6", True),
        (1, "Plants, pages 7–8", True),
        (1, "Plants, pages 9–10", True),
    ]


def test_one_endless_page_is_one_part() -> None:
    """A page is never cut."""
    assert _outline(_build([_words(9_000)])) == [(1, "Plants", True)]


def test_a_chapter_number_joins_its_title() -> None:
    """A label on a line of its own is part of the title that follows."""
    pages = [
        Block("CHAPTER II", 2),
        Block("Light", 1),
        _words(2_500),
        Block("III", 1),
        Block("Water", 1),
        _words(2_500),
    ]

    assert [section.title for section in _build(pages)] == ["CHAPTER II Light", "III Water"]


def test_a_label_without_a_title_names_its_section() -> None:
    """A chapter may have a number alone."""
    assert _outline(_build([Block("CHAPTER II", 1), _words(200)])) == [(1, "CHAPTER II", True)]


def test_contents_and_references_are_no_units() -> None:
    """Nobody studies the table of contents, the index or the references."""
    contents = Block("\n".join(f"{number} Light and water . . . . . . . . {number}" for number in range(200)))
    pages = [Block("Contents", 1), contents, Block("Light", 1), _words(3_900), Block("References", 1), _words(500)]

    assert [(title, is_unit) for _, title, is_unit in _outline(_build(pages))] == [
        ("Contents", False),
        ("Light", True),
        ("References", False),
    ]


def test_ideographs_count_as_half_a_word() -> None:
    """A Chinese text without blanks is measured too."""
    assert len(_build(*[[Block("叶" * 2_000)]] * 6)) > 1


@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 4), st.integers(1, 1_500)), min_size=1, max_size=6), min_size=1, max_size=6
    )
)
def test_sections_nest_and_units_do_not_overlap(pages: list[list[tuple[int, int]]]) -> None:
    """Ordinals run in reading order, children lie in their parents, and no text is in two units."""
    sections = _build(
        *[[Block(f"Part {size}", level) if level else _words(size) for level, size in page] for page in pages]
    )

    assert [section.ordinal for section in sections] == list(range(len(sections)))
    for section in sections:
        inner = sections[section.ordinal + 1 : section.last + 1]
        assert all(section.start <= item.start and item.end <= section.end for item in inner)
        assert not (section.is_unit and any(item.is_unit for item in inner))
    units = [section for section in sections if section.is_unit]
    assert all(before.end <= after.start for before, after in itertools.pairwise(units))
    assert MOST_WORDS

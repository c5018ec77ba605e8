"""Plain text: wrapped lines joined, headings found, pages of a readable length."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.documents import PartKind
from domain.errors import TooLarge
from ingest.limits import Limits
from ingest.parsers.contract import CSV, MARKDOWN, PLAIN, Order, Reading
from ingest.parsers.flow import Block, paginate
from ingest.parsers.text import rows as text_rows
from ingest.parsers.text.parser import parse_markdown, parse_plain, parse_rows
from ingest.parsers.text.rows import read_rows
from tests.unit.ingest.papers import Steps

WRAPPED = "Plants make their own food from light, water\nand air. They do this in their leaves, in small\ngreen bodies."


def _plain(folder: Path, text: str, *, limits: Limits | None = None) -> Reading:
    path = folder / "a.txt"
    path.write_text(text, encoding="utf-8")
    return parse_plain(Order(path, PLAIN, limits or Limits()), Steps())


def test_wrapped_lines_are_joined(tmp_path: Path) -> None:
    """A paragraph is one line."""
    assert _plain(tmp_path, f"{WRAPPED}\n\n{WRAPPED}").pages[0].text == "\n\n".join([WRAPPED.replace("\n", " ")] * 2)


def test_lines_of_verse_stay(tmp_path: Path) -> None:
    """Short lines are lines on purpose."""
    verse = "Roses are red\nviolets are blue\nso are you"

    assert _plain(tmp_path, verse).pages[0].text == verse


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("CHAPTER IV. The leaf", 1),
        ("Chapter 2", 1),
        ("2.3 Water in the stem", 2),
        ("THE LIFE OF PLANTS", 1),
        ("A plain short line", 0),
        ("He said: STOP!", 0),
        ("1. This is a sentence that ends.", 0),
        ('"BALLARAT."', 0),
        ("DISSOLVED.", 0),
        ("A" * 100, 0),
        ("12", 0),
    ],
)
def test_lines_that_look_like_headings_are(tmp_path: Path, line: str, level: int) -> None:
    """Numbered lines and lines in capitals name what follows; sentences do not."""
    page = _plain(tmp_path, f"{line}\n\n{WRAPPED}").pages[0]

    assert [(heading.level, heading.title) for heading in page.headings] == ([(level, line)] if level else [])


def test_capitals_stand_below_numbered_chapters(tmp_path: Path) -> None:
    """Where chapters have numbers, other headings are parts of them."""
    page = _plain(tmp_path, "CHAPTER I\n\nCHAPTER II\n\nTHE SIGN\n\nCHAPTER III").pages[0]

    assert [heading.level for heading in page.headings] == [1, 1, 2, 1]


def test_long_texts_are_cut_into_pages(tmp_path: Path) -> None:
    """Pages hold about 3,000 characters and break between paragraphs."""
    text = "\n\n".join(f"{number} {WRAPPED}" for number in range(200))

    pages = _plain(tmp_path, text).pages

    assert max(len(page.text) for page in pages) < 3_300
    assert "\n\n".join(page.text for page in pages) == text.replace("water\nand", "water and").replace(
        "small\ngreen", "small green"
    )


def test_a_heading_is_not_left_at_the_foot(tmp_path: Path) -> None:
    """A heading goes to the page of what it names."""
    text = "\n\n".join(["x" * 1_000, "y" * 1_000, "z" * 900, "CHAPTER II", "w" * 3_000])

    assert not any(page.text.endswith("CHAPTER II") for page in _plain(tmp_path, text).pages)


def test_too_long_a_text_is_refused(tmp_path: Path) -> None:
    """A text over the page limit is refused with the limit."""
    with pytest.raises(TooLarge, match="over 2 pages"):
        _plain(tmp_path, "word " * 3_000, limits=Limits(max_pages=2))


def test_the_first_top_heading_is_the_title(tmp_path: Path) -> None:
    """Markdown names itself."""
    path = tmp_path / "a.md"
    path.write_text("intro\n\n# Plants\n\n# Stones\n", encoding="utf-8")

    assert parse_markdown(Order(path, MARKDOWN, Limits()), Steps()).title == "Plants"


@given(st.lists(st.text(alphabet="ab. ", min_size=1, max_size=9_000), max_size=4))
def test_pages_lose_no_letter(texts: list[str]) -> None:
    """However paragraphs are cut, all their letters are there, in order."""
    steps = Steps()

    pages = paginate([Block(text) for text in texts], Limits(), steps)

    assert "".join("".join(page.text.split()) for page in pages) == "".join("".join(text.split()) for text in texts)
    assert steps.pages == [(number, len(pages)) for number in range(1, len(pages) + 1)]
    assert steps.is_finished


@pytest.mark.parametrize(
    ("text", "read", "rows"),
    [
        ("- eggs\n- milk\n  and more\n  * deep\n- end", "• eggs\n• milk and more\n  • deep\n• end", 4),
        ("1. one\n2. two", "1. one\n2. two", 2),
        ("a) one\nb) two", "a) one\nb) two", 2),
        ("1984. A year\n1990. Another", "1984. A year\n1990. Another", 0),
        ("7. seven\n9. nine", "7. seven\n9. nine", 0),
        ("- only one", "- only one", 0),
        ("- one\nand a line", "- one\nand a line", 0),
    ],
)
def test_lists_are_found(tmp_path: Path, text: str, read: str, rows: int) -> None:
    """Lines with marks that follow each other are a list; lines that stand further in go on with the one above."""
    page = _plain(tmp_path, text).pages[0]

    assert page.text == read
    assert [len(part.rows) for part in page.parts] == ([rows] if rows else [])


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("name,score\n=1+1,1\n\n Ada ,2\n", "name | score\n=1+1 | 1\nAda | 2"),
        ('a;b\n"x; y";"1\n2"', "a | b\nx; y | 1 2"),
        ("a\tb, c\n1\t2", "a | b, c\n1 | 2"),
        ("alone", "alone"),
    ],
)
def test_rows_of_cells_are_a_table(tmp_path: Path, text: str, read: str) -> None:
    """Whatever parts the cells, they stand in rows, the first of which is the head; formulas are text."""
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")

    page = parse_rows(Order(path, CSV, Limits()), Steps()).pages[0]

    assert page.text == read
    assert [(part.kind, part.heads) for part in page.parts] == [(PartKind.TABLE, 1)]


def test_tables_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Too many cells are refused."""
    monkeypatch.setattr(text_rows, "_MOST_CELLS", 3)

    with pytest.raises(TooLarge, match="over 3 cells"):
        read_rows("some,cells\nand,more\n")


def test_a_cell_without_end_is_refused_and_bounds_nobody_else() -> None:
    """A cell too long is refused; the bound of the whole process, which other tables are read by, stays as it was."""
    before = csv.field_size_limit()

    with pytest.raises(TooLarge, match="too long"):
        read_rows('some,cells\nand,"' + "x" * 200_000)

    assert csv.field_size_limit() == before

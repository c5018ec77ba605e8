"""Setting pages of readings."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from domain.documents import Heading, Page, Part, PartKind, Range
from web.prose import Block, lay_out, mark, rank_headings

TEXT = "Cells\nAll life is made of cells.\n\nA cell has a nucleus. It holds DNA."
PAGE = Page(
    number=1,
    text=TEXT,
    headings=(Heading(1, "Cells", Range(0, 5)),),
    emphasis=(Range(TEXT.index("nucleus"), TEXT.index("nucleus") + 7),),
)


def words_of(blocks: object) -> str:
    return " ".join("".join(run.text for run in block.runs) for block in blocks)  # type: ignore[attr-defined]


def test_headings_and_paragraphs_are_blocks_of_their_own() -> None:
    """A heading keeps its level, and a blank line parts paragraphs."""
    blocks = lay_out(PAGE)

    assert [block.level for block in blocks] == [1, 0, 0]
    assert words_of(blocks[:1]) == "Cells"


def test_emphasised_words_are_strong() -> None:
    """What stands out in the reading stands out on the page, and nothing else does."""
    strong = [run.text for block in lay_out(PAGE) for run in block.runs if run.is_strong]

    assert strong == ["nucleus"]


def test_the_source_is_marked_and_its_first_run_can_be_jumped_to() -> None:
    """A source that runs over a paragraph's end and over strong words is marked whole, with one first run."""
    source = Range(TEXT.index("made"), TEXT.index("It holds"))

    runs = [run for block in lay_out(PAGE, source=source) for run in block.runs]

    assert [run.text for run in runs if run.is_source] == ["made of cells.", "A cell has a ", "nucleus", ". "]
    assert [run.is_first for run in runs if run.is_source] == [True, False, False, False]


def test_only_the_part_asked_for_is_set() -> None:
    """A section that begins within a page shows nothing of what stands before it."""
    start = TEXT.index("A cell")

    assert words_of(lay_out(PAGE, within=Range(start, len(TEXT)))) == "A cell has a nucleus. It holds DNA."


def test_a_heading_cut_by_the_part_is_still_a_heading() -> None:
    """A part that begins within a heading sets the rest of it as a heading."""
    blocks = lay_out(PAGE, within=Range(2, len(TEXT)))

    assert (blocks[0].level, words_of(blocks[:1])) == (1, "lls")


@given(
    text=st.text(alphabet=st.sampled_from("ab \n\t.é"), max_size=120),
    ranges=st.lists(st.tuples(st.integers(0, 130), st.integers(0, 130)), max_size=4),
    source=st.tuples(st.integers(0, 130), st.integers(0, 130)),
)
def test_no_word_is_lost_or_doubled(text: str, ranges: list[tuple[int, int]], source: tuple[int, int]) -> None:
    """The runs joined give the page's words again, whatever is emphasised or marked."""
    emphasis = tuple(Range(min(pair), min(max(pair), len(text))) for pair in ranges if min(pair) < len(text))

    blocks = lay_out(Page(1, text, emphasis=emphasis), source=Range(min(source), max(source)))

    joined = "".join(run.text for block in blocks for run in block.runs)
    assert "".join(joined.split()) == "".join(text.split())


TABLE = "Beans\n\nDay | Height\n1 | 3 cm\n\nWhy?\n\n• light\n  • sun\n• water\n\n$$a_1 = 2$$ and $b$ hold."


def _at(words: str, start: int = 0) -> Range:
    place = TABLE.index(words, start)
    return Range(place, place + len(words))


PARTED = Page(
    1,
    TABLE,
    emphasis=(_at("a_1"),),
    parts=(
        Part(
            PartKind.TABLE,
            Range(TABLE.index("Day"), TABLE.index("\n\nWhy")),
            rows=((_at("Day"), _at("Height")), (_at("1"), _at("3 cm"))),
            heads=1,
        ),
        Part(
            PartKind.LIST,
            Range(TABLE.index("•"), TABLE.index("\n\n$$")),
            rows=((_at("light"),), (_at("sun"),), (_at("water"),)),
        ),
        Part(PartKind.FORMULA, _at("$$a_1 = 2$$")),
        Part(PartKind.FORMULA, _at("$b$")),
    ),
)


def test_a_table_is_set_in_rows_of_cells() -> None:
    """Cells keep their words apart, and a source in one of them is marked there."""
    (block,) = [block for block in lay_out(PARTED, source=_at("3 cm")) if block.part and block.part.heads]

    said = [["".join(run.text for run in cell) for cell in row] for row in block.rows]
    assert said == [["Day", "Height"], ["1", "3 cm"]]
    assert [run.text for run in block.runs if run.is_source] == ["3 cm"]
    assert block.number == 0


def test_a_list_is_set_line_by_line_with_its_marks() -> None:
    """Each item is a line, with the mark that the reading gives it."""
    (block,) = [block for block in lay_out(PARTED) if block.part and block.part.kind is PartKind.LIST]

    assert ["".join(run.text for run in row[0]) for row in block.rows] == ["• light", "• sun", "• water"]
    assert block.depths == (0, 1, 0)


def test_a_formula_is_one_run_whatever_else_is_marked() -> None:
    """Neither emphasis nor a source that ends within it cuts a formula."""
    source = Range(_at("a_1").start, _at("and").end)

    runs = [run for block in lay_out(PARTED, source=source) for run in block.runs]

    assert [run.text for run in runs if run.is_formula] == ["$$a_1 = 2$$", "$b$"]
    assert [run.text for run in runs if run.is_source] == ["$$a_1 = 2$$", " and"]


def test_half_a_table_is_set_as_text() -> None:
    """A section that ends within a table shows the words of its part, and no rows."""
    blocks = lay_out(PARTED, within=Range(0, TABLE.index("1 |")))

    assert [block.rows for block in blocks] == [(), ()]
    assert words_of(blocks) == "Beans Day | Height"


@given(text=st.text(max_size=80), pairs=st.lists(st.tuples(st.integers(0, 79), st.integers(1, 20)), max_size=4))
def test_marking_words_changes_no_text(text: str, pairs: list[tuple[int, int]]) -> None:
    """The runs of a marked passage joined are the passage."""
    ranges = [Range(start, min(start + length, len(text))) for start, length in pairs if start < len(text)]

    runs = mark(text, ranges)

    assert "".join(run.text for run in runs) == text
    assert sum(len(run.text) for run in runs if run.is_source) == len(
        {offset for item in ranges for offset in range(item.start, item.end)}
    )


def test_headings_go_down_one_step_at_a_time() -> None:
    """Levels that a reading leaves out leave no gap on the page, across pages and back up again."""
    pages = [(Block(2, ()), Block(5, ()), Block(0, ())), (Block(5, ()), Block(1, ()), Block(3, ()))]

    ranked = rank_headings(pages, below=2)

    assert [[block.rank for block in blocks if block.level] for blocks in ranked] == [[3, 4], [4, 3, 4]]


@given(levels=st.lists(st.integers(1, 9), max_size=20), below=st.integers(1, 3))
def test_ranks_are_in_order_whatever_the_levels(levels: list[int], below: int) -> None:
    """No heading is more than one rank below the one before it, and none is outside 1 to 6."""
    (blocks,) = rank_headings([[Block(level, ()) for level in levels]], below=below)

    ranks = [below, *(block.rank for block in blocks)]
    assert all(after <= before + 1 for before, after in pairwise(ranks))
    assert all(below < rank <= 6 for rank in ranks[1:])

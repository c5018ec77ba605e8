"""Lines, lists and tables of office files keep the places of their words; numbers are written as people write them."""

import tempfile
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.documents import MOST_LEFT_OUT, Page, PartKind, Range
from ingest.parsers.flow import Block
from ingest.parsers.office.figures import clean_alt
from ingest.parsers.office.numbers import spell
from ingest.parsers.office.text import Item, Line, Tally, set_list, set_table
from tests.unit.ingest.offices import cells, listed, paragraph, parts_of, picture, read_docx, run, table, write_docx

PIECES = st.lists(st.tuples(st.text("ab é\u00ad\n\t", max_size=8), st.booleans()), max_size=8)
WORDS = st.text("abc xyz", min_size=1, max_size=12).map(str.strip).filter(bool)


@given(PIECES)
def test_a_line_is_tidy_and_knows_what_is_emphasised(pieces: list[tuple[str, bool]]) -> None:
    """However words come, there is one blank between them, and what is marked lies within and begins with a letter."""
    line = Line()
    for text, is_strong in pieces:
        line.add(text, is_strong=is_strong)

    block = line.finish()

    whole = "".join(text for text, _ in pieces).replace("\u00ad", "")
    assert block.text.split() == whole.split()
    assert block.text == block.text.strip()
    assert "  " not in block.text
    for mark in block.emphasis:
        assert 0 <= mark.start < mark.end <= len(block.text)
        assert block.text[mark.start : mark.end] == block.text[mark.start : mark.end].strip()


def test_a_formula_without_words_is_none() -> None:
    """An empty formula leaves nothing."""
    line = Line()
    line.add("a")

    line.add_formula(" ")

    assert line.finish() == Block("a")


@given(st.lists(st.lists(WORDS | st.just(""), min_size=1, max_size=4), max_size=5))
def test_cells_give_their_words(rows: list[list[str]]) -> None:
    """The range of each cell of a table holds the cell's words."""
    block = set_table([[Block(cell) for cell in row] for row in rows])

    page = Page(1, block.text, parts=block.parts)
    found = [cells(page, part) for part in block.parts]
    assert found == ([rows] if any(cell for row in rows for cell in row) else [])


@given(st.lists(st.tuples(st.sampled_from(["", "•", "1."]), st.integers(0, 4), WORDS), min_size=1, max_size=6))
def test_items_give_their_words(items: list[tuple[str, int, str]]) -> None:
    """The range of each item of a list holds its words, and its mark stands before it."""
    block = set_list([Item(mark, depth, Block(words)) for mark, depth, words in items])

    (part,) = block.parts
    assert cells(Page(1, block.text), part) == [[words] for _, _, words in items]
    lines = [line.strip() for line in block.text.split("\n")]
    assert lines == [f"{mark} {words}".strip() for mark, _, words in items]


def test_a_line_break_in_an_item_is_a_blank() -> None:
    """Items and cells are one line each."""
    block = set_list([Item("•", 0, Block("a\nb", emphasis=(Range(2, 3),)))])

    assert block.text == "• a b"
    assert block.emphasis == (Range(4, 5),)


PARAGRAPH = st.lists(st.tuples(WORDS, st.sampled_from(["", "<w:b/>", "<w:vanish/>"])), min_size=1, max_size=3)
PIECE = st.one_of(
    PARAGRAPH.map(lambda runs: paragraph(*(run(f"{text} ", look) for text, look in runs))),
    WORDS.map(lambda text: paragraph(text, style="H1")),
    WORDS.map(lambda text: paragraph(text, style="Caption")),
    WORDS.map(listed),
    WORDS.map(lambda text: paragraph(picture(f"shows {text}"))),
    st.lists(st.lists(WORDS, min_size=2, max_size=2), min_size=2, max_size=3).map(lambda rows: table(*rows)),
)


@settings(max_examples=40)
@given(st.lists(PIECE, min_size=1, max_size=8))
def test_ranges_lie_within_their_page(pieces: list[str]) -> None:
    """In whatever document, headings, emphasis and parts are where they say, and cells and items hold words."""
    with tempfile.TemporaryDirectory() as folder:
        reading = read_docx(write_docx(Path(folder), *pieces, numbering=_NUMBERING))

    for page in reading.pages:
        for heading in page.headings:
            assert page.text[heading.at.start : heading.at.end] == heading.title
        for at in (*page.emphasis, *(part.at for part in page.parts)):
            assert page.text[at.start : at.end].strip()
            assert at.end <= len(page.text)
        for part in (*parts_of(page, PartKind.TABLE), *parts_of(page, PartKind.LIST)):
            words = [cell for row in cells(page, part) for cell in row]
            assert all(cell.strip() == cell and cell for cell in words)
            assert all(part.at.start <= cell.start <= cell.end <= part.at.end for row in part.rows for cell in row)


_NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)


@pytest.mark.parametrize(
    ("number", "how", "written"),
    [
        (7, "decimal", "7"),
        (7, "decimalZero", "07"),
        (1, "lowerLetter", "a"),
        (28, "upperLetter", "BB"),
        (1_000, "lowerLetter", "1000"),
        (0, "lowerLetter", "0"),
        (1994, "lowerRoman", "mcmxciv"),
        (4, "upperRoman", "IV"),
        (9_999, "upperRoman", "9999"),
        (3, "ordinal", "3rd"),
        (12, "ordinal", "12th"),
        (20, "decimalEnclosedCircle", "⑳"),
        (21, "decimalEnclosedCircle", "21"),
        (23, "chineseCounting", "二十三"),
        (10, "japaneseCounting", "十"),
        (105, "koreanDigital2", "一〇五"),
        (25, "hindiNumbers", "٢٥"),
        (2, "hebrew1", "ב"),
        (3, "unheard", "3"),
    ],
)
def test_numbers_are_written_as_lists_write_them(number: int, how: str, written: str) -> None:
    """Each number format gives what the program shows."""
    assert spell(number, how) == written


@pytest.mark.parametrize(
    ("alt", "words"),
    [
        ("A dog on a lawn. AI-generated content may be incorrect.", "A dog on a lawn."),
        ("A dog. Description automatically generated with medium confidence", "A dog."),
        ("一只狗 AI 生成的内容可能不正确。", "一只狗"),
        ("Le chat. Le contenu généré par l’IA peut être incorrect.", "Le chat."),
        ("A diagram of a cell", "A diagram of a cell"),
        ("AI in schools", "AI in schools"),
        ("C:\\pictures\\cell.jpg", ""),
        ("Picture 3", ""),
        (" ", ""),
    ],
    ids=["english", "older", "chinese", "french", "plain", "about-ai", "path", "number", "blank"],
)
def test_what_pictures_are_said_to_show(alt: str, words: str) -> None:
    """Names of files, numbers and a program's own remarks say nothing about a picture."""
    assert clean_alt(alt) == words


@given(st.lists(st.text("ab \n", max_size=120), min_size=1, max_size=8))
def test_of_what_is_left_out_all_words_are_kept(pieces: list[str]) -> None:
    """A tally counts, keeps every word in order (what comes twice in a row once), and shows the first that has any."""
    tally = Tally()
    for words in pieces:
        tally.add("comment", words)

    (dropped,) = tally.finish()

    lines = [" ".join(words.split()) for words in pieces if words.strip()]
    assert dropped.count == len(pieces)
    assert dropped.text.split("\n") == ([line for line, _ in groupby(lines)] or [""])
    assert dropped.example == (lines[0][:80] if lines else "")


def test_no_more_is_kept_than_fits() -> None:
    """However much is left out, 20,000 characters of it are kept, and all of it is counted."""
    tally = Tally()
    for number in range(5_000):
        tally.add("deleted_text", f"word {number}")

    (dropped,) = tally.finish()

    assert (dropped.count, len(dropped.text)) == (5_000, MOST_LEFT_OUT)

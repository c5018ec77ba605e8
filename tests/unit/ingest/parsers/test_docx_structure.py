"""Word documents: headings with styles and without, lists with the marks that people see."""

from pathlib import Path

import pytest

from domain.documents import PartKind
from tests.unit.ingest.offices import cells, listed, paragraph, parts_of, read_docx, run, said, write_docx

BODY = "This is a plain paragraph, and it has quite a few words in it."


def _style(name: str, title: str, more: str = "") -> str:
    return f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{title}"/>{more}</w:style>'


def _headings(path: Path) -> list[tuple[int, str]]:
    return [(heading.level, heading.title) for page in read_docx(path).pages for heading in page.headings]


@pytest.mark.parametrize(
    ("styles", "level"),
    [
        (_style("A", "heading 2"), 2),
        (_style("A", "Überschrift 3"), 3),
        (_style("A", "Titre 1"), 1),
        (_style("A", "标题 2"), 2),
        (_style("A", "My own", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>'), 2),
        (_style("A", "My own", '<w:basedOn w:val="B"/>') + _style("B", "heading 3"), 3),
        (
            _style("A", "TOC Heading", '<w:basedOn w:val="B"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr>')
            + _style("B", "heading 1"),
            0,
        ),
        (_style("A", "Body Text"), 0),
        (_style("A", "x", '<w:basedOn w:val="B"/>') + _style("B", "y", '<w:basedOn w:val="A"/>'), 0),
        (_style("A", "x", '<w:pPr><w:outlineLvl w:val="99999999999"/></w:pPr>'), 0),
        (_style("Heading1", ""), 0),
        ("", 0),
    ],
    ids=[
        *("english", "german", "french", "chinese", "outline", "based", "not-a-heading", "body", "circle", "huge"),
        *("no-name", "unknown"),
    ],
)
def test_headings_by_style(tmp_path: Path, styles: str, level: int) -> None:
    """A style is a heading by its name in any language, its outline level, or the style that it is based on."""
    path = write_docx(tmp_path, paragraph("The leaf", style="A"), paragraph(BODY * 3), styles=styles)

    assert _headings(path) == ([(level, "The leaf")] if level else [])


def test_the_usual_style(tmp_path: Path) -> None:
    """A paragraph that names no style has the usual one."""
    usual = '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="heading 1"/></w:style>'

    assert _headings(write_docx(tmp_path, paragraph("The leaf"), styles=usual)) == [(1, "The leaf")]


def test_a_paragraph_may_say_its_level(tmp_path: Path) -> None:
    """The level of a paragraph itself outdoes its style; a whole paragraph in a heading's style is text."""
    body = (
        paragraph("The leaf", properties='<w:outlineLvl w:val="0"/>'),
        paragraph("No heading", style="H1", properties='<w:outlineLvl w:val="9"/>'),
        paragraph("word " * 60, style="H1"),
        paragraph("", style="H1"),
    )

    assert _headings(write_docx(tmp_path, *body)) == [(1, "The leaf")]


def test_a_title_stands_above_all_headings(tmp_path: Path) -> None:
    """With a title, headings go one level down."""
    body = (paragraph("Plants", style="Title"), paragraph("Leaf", style="H1"), paragraph("Stem", style="H2"))

    assert _headings(write_docx(tmp_path, *body)) == [(1, "Plants"), (2, "Leaf"), (3, "Stem")]


def test_headings_without_styles(tmp_path: Path) -> None:
    """Where no style is a heading's, short lines that are larger or bold are, ranked by size, numbers and weight."""
    large, bold = '<w:b/><w:sz w:val="32"/>', "<w:b/>"
    body = (
        paragraph(run("An essay on leaves", large)),
        *(paragraph(run("1. Light", bold)), paragraph(BODY), paragraph(run("1.1 Colours", bold)), paragraph(BODY)),
        *(paragraph(run("Chapter 2", bold)), paragraph(BODY), paragraph(run("A bold sentence ends.", bold))),
        *(paragraph(run("123", bold)), paragraph(run("word " * 26, bold)), listed("bullet")),
    )
    bullets = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    item = paragraph(run("Bold item", bold), properties='<w:numPr><w:numId w:val="1"/></w:numPr>')

    found = _headings(write_docx(tmp_path, *body, item, paragraph(BODY), numbering=bullets))

    assert found == [(1, "An essay on leaves"), (2, "1. Light"), (3, "1.1 Colours"), (2, "Chapter 2")]


@pytest.mark.parametrize(
    "body",
    [
        [paragraph(run("Bold line", "<w:b/>")), paragraph(run("Another", "<w:b/>"))],
        [paragraph(run("A bold text throughout, with words in it", "<w:b/>"))] * 3,
        [],
    ],
    ids=["no-text", "all-bold", "empty"],
)
def test_no_headings_are_made_up(tmp_path: Path, body: list[str]) -> None:
    """Where nothing is set apart from a text, there is no heading."""
    assert _headings(write_docx(tmp_path, *body)) == []


def _level(depth: int, how: str, pattern: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{depth}">{more}<w:numFmt w:val="{how}"/><w:lvlText w:val="{pattern}"/></w:lvl>'


def _numbering(*levels: str, lists: str = "") -> str:
    one = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{one}{lists}'


def _lines(folder: Path, numbering: str, *items: tuple[str, int], styles: str = "") -> list[str]:
    body = [listed("x", number, depth) for number, depth in items]
    text = read_docx(write_docx(folder, *body, numbering=numbering, styles=styles)).pages[0].text
    return [line for line in text.split("\n") if line]


def test_lists_count_as_word_counts(tmp_path: Path) -> None:
    """Numbers go on after a list within a list, which begins anew each time."""
    numbering = _numbering(_level(0, "decimal", "%1."), _level(1, "lowerLetter", "%2)"), _level(2, "bullet", ""))
    items = [("1", depth) for depth in (0, 1, 1, 2, 0, 1)]

    assert _lines(tmp_path, numbering, *items) == ["1. x", "  a) x", "  b) x", "    • x", "2. x", "  a) x"]


def test_a_list_is_a_part_with_its_items(tmp_path: Path) -> None:
    """Each item is a row without its mark; words emphasised in items stay so."""
    numbering = _numbering(_level(0, "decimal", "%1."), _level(1, "bullet", "–"))
    bold = paragraph(
        run("a "), run("term", "<w:b/>"), properties='<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'
    )

    page = read_docx(write_docx(tmp_path, paragraph("Text."), listed("one"), bold, numbering=numbering)).pages[0]

    (part,) = parts_of(page, PartKind.LIST)
    assert said(page, part) == "1. one\n  – a term"
    assert cells(page, part) == [["one"], ["a term"]]
    assert [page.text[mark.start : mark.end] for mark in page.emphasis] == ["term"]


def test_numbers_of_outer_levels(tmp_path: Path) -> None:
    """A mark may hold the numbers of the levels above, in digits where the law is to be cited."""
    legal = "<w:isLgl/>"
    numbering = _numbering(
        _level(0, "upperRoman", "%1."), _level(1, "decimal", "%1.%2"), _level(2, "decimal", "§%1.%2.%3", legal)
    )
    items = [("1", 0), ("1", 1), ("1", 2)]

    assert _lines(tmp_path, numbering, *items) == ["I. x", "  I.1 x", "    §1.1.1 x"]
    assert _lines(tmp_path, numbering, ("1", 1)) == ["I.1 x"]


def test_lists_may_begin_anew(tmp_path: Path) -> None:
    """Two lists of one pattern go on counting, unless the second says where to start or how to look."""
    lists = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
        "</w:lvlOverride></w:num>"
        f'<w:num w:numId="4"><w:abstractNumId w:val="9"/><w:lvlOverride w:ilvl="0">{_level(0, "lowerRoman", "(%1)")}'
        "</w:lvlOverride></w:num>"
    )
    numbering = _numbering(_level(0, "decimal", "%1.", '<w:start w:val="3"/>'), lists=lists)
    items = [(number, 0) for number in ("1", "2", "3", "3", "1", "4", "0", "77")]

    marks = [line.removesuffix(" x") for line in _lines(tmp_path, numbering, *items)]

    assert marks == ["3.", "4.", "5.", "6.", "7.", "(i)", "x", "x"]


def test_lists_that_point_at_styles(tmp_path: Path) -> None:
    """A pattern may be kept in a style of its own."""
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="L"/></w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="1">{_level(0, "upperLetter", "%1")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    )
    style = (
        '<w:style w:type="numbering" w:styleId="L"><w:name w:val="L"/>'
        '<w:pPr><w:numPr><w:numId w:val="{}"/></w:numPr></w:pPr></w:style>'
    )

    assert _lines(tmp_path, numbering, ("1", 0), styles=style.format(2)) == ["A x"]
    assert _lines(tmp_path, numbering, ("1", 0), styles=style.format(1)) == ["x"]
    assert _lines(tmp_path, numbering, ("1", 0), styles=style.format(7)) == ["x"]


def test_levels_out_of_range_are_let_be(tmp_path: Path) -> None:
    """A tenth level is the ninth, and a pattern for a tenth is none."""
    numbering = _numbering(_level(0, "decimal", "%1."), _level(10, "decimal", "never"))

    assert _lines(tmp_path, numbering, ("1", 42)) == ["x"]


def test_a_pattern_without_numbers(tmp_path: Path) -> None:
    """A list may have words for marks, or none."""
    numbering = _numbering(_level(0, "none", "Note:"), _level(1, "none", "%1"))

    assert _lines(tmp_path, numbering, ("1", 0), ("1", 1)) == ["Note: x", "  x"]


def test_headings_are_numbered_by_their_style(tmp_path: Path) -> None:
    """The number that people see before a heading is part of it; a list knows the styles of its levels."""
    styles = "".join(
        _style(f"H{level}", f"heading {level}", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
        for level in (1, 2)
    )
    numbering = _numbering(
        _level(0, "decimal", "%1", '<w:pStyle w:val="H1"/>'), _level(1, "decimal", "%1.%2", '<w:pStyle w:val="H2"/>')
    )
    styles += _style("H3", "heading 3", '<w:pPr><w:numPr><w:numId w:val="9"/></w:numPr></w:pPr>')
    plain = paragraph("Plain", style="H1", properties='<w:numPr><w:numId w:val="0"/></w:numPr>')
    deeper = paragraph("Deeper", style="H1", properties='<w:numPr><w:ilvl w:val="1"/></w:numPr>')
    unlisted = paragraph("Unlisted", style="H3")
    body = (paragraph("Leaf", style="H1"), paragraph("Colour", style="H2"), plain, deeper, unlisted)

    found = _headings(write_docx(tmp_path, *body, styles=styles, numbering=numbering))

    assert found == [(1, "1 Leaf"), (2, "1.1 Colour"), (1, "Plain"), (1, "1.2 Deeper"), (3, "Unlisted")]


def test_bullets_and_numbers_are_two_lists(tmp_path: Path) -> None:
    """Where bullets end and numbers begin, another list does; Word's own styles tell lists within lists."""
    lists = '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    numbering = f'<w:abstractNum w:abstractNumId="1">{_level(0, "decimal", "%1.")}</w:abstractNum>' + _numbering(
        _level(0, "bullet", "o"), lists=lists
    )
    body = (listed("a"), paragraph("b", style="ListBullet2"), listed("c", "2"))

    page = read_docx(write_docx(tmp_path, *body, numbering=numbering)).pages[0]

    assert page.text == "• a\n  • b\n\n1. c"
    assert len(parts_of(page, PartKind.LIST)) == 2

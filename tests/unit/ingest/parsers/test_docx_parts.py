"""Word documents: pictures with their captions, text boxes, notes, tables."""

from pathlib import Path

import pytest

from domain.documents import Dropped, PartKind
from tests.unit.ingest.offices import (
    STYLES,
    cells,
    listed,
    paragraph,
    parts_of,
    picture,
    read_docx,
    run,
    said,
    table,
    wrap,
    write_docx,
)


def _text(folder: Path, *body: str, styles: str = STYLES, parts: dict[str, str] | None = None) -> str:
    return read_docx(write_docx(folder, *body, styles=styles, parts=parts)).pages[0].text


def test_pictures_and_captions(tmp_path: Path) -> None:
    """A caption is tied to the picture before, after or beside it; a picture alone says what it shows."""
    body = (
        *(paragraph(picture("A green leaf")), paragraph("Figure 1: The leaf", style="Caption")),
        *(paragraph("Figure 2: The root"), paragraph(picture()), paragraph("Some text.")),
        paragraph(picture("A stem"), run("Fig. 3 The stem")),
        paragraph(picture("A flower in bloom")),
        paragraph(run("Table "), f'<w:fldSimple w:instr=" SEQ Table ">{run("1")}</w:fldSimple>'),
        table(("a", "b"), ("c", "d")),
        paragraph(picture("image1.png"), picture("Rain. AI-generated content may be incorrect.")),
        paragraph(picture("A frame", more='<adec:decorative val="1"/>')),
    )

    reading = read_docx(write_docx(tmp_path, *body))

    page = reading.pages[0]
    figures = parts_of(page, PartKind.FIGURE)
    assert [(said(page, figure), figure.label) for figure in figures] == [
        ("Figure 1: The leaf", "A green leaf"),
        ("Figure 2: The root", ""),
        ("Fig. 3 The stem", "A stem"),
        ("A flower in bloom", "A flower in bloom"),
        ("Rain.", "Rain."),
    ]
    assert {figure.source for figure in figures} == {"word/media/image1.png"}
    assert reading.dropped == (Dropped("picture_without_caption", 1, "word/media/image1.png", "word/media/image1.png"),)


def test_old_pictures_and_shapes(tmp_path: Path) -> None:
    """Pictures in the old form, pictures from outside and drawings with a description are figures too."""
    old = '<w:r><w:pict><v:shape alt="An old map"><v:imagedata r:id="rPic"/></v:shape></w:pict></w:r>'
    drawn = '<w:r><w:drawing><wp:anchor><wp:docPr id="1" name="x" title="An arrow down"/></wp:anchor></w:drawing></w:r>'
    body = (paragraph(old), paragraph(drawn), paragraph(picture("From afar", relation="nowhere")))

    page = read_docx(write_docx(tmp_path, *body)).pages[0]

    figures = parts_of(page, PartKind.FIGURE)
    assert [(said(page, figure), figure.source) for figure in figures] == [
        ("An old map", "word/media/image1.png"),
        ("An arrow down", ""),
        ("From afar", ""),
    ]


@pytest.mark.parametrize(
    ("shape", "is_text"),
    [
        ("<wps:spPr><a:solidFill><a:srgbClr val='123456'/></a:solidFill></wps:spPr>", True),
        ("<wps:spPr><a:gradFill/></wps:spPr>", True),
        ("<wps:spPr><a:solidFill><a:srgbClr val='FFFFFF'/></a:solidFill></wps:spPr>", False),
        ("<wps:style><a:fillRef idx='1'/></wps:style>", True),
        ("<wps:spPr><a:noFill/></wps:spPr><wps:style><a:fillRef idx='1'/></wps:style>", False),
        ("", False),
    ],
    ids=["filled", "shaded", "white", "by-style", "unfilled", "plain"],
)
def test_white_words_in_boxes(tmp_path: Path, shape: str, *, is_text: bool) -> None:
    """White words in a text box are text where the box has a ground of its own."""
    white = paragraph(run("In a box.", '<w:color w:val="FFFFFF"/>'))
    box = f"<wps:wsp>{shape}<wps:txbx><w:txbxContent>{white}</w:txbxContent></wps:txbx></wps:wsp>"
    path = write_docx(tmp_path, paragraph("Text.", f"<w:r><w:drawing>{box}</w:drawing></w:r>"))

    page = read_docx(path).pages[0]

    assert (page.text, page.hidden) == (("Text.\n\nIn a box.", ()) if is_text else ("Text.", ("In a box.",)))


@pytest.mark.parametrize(
    ("shape", "is_text"),
    [('fillcolor="#123456 [3]"', True), ('fillcolor="#123456" filled="f"', False), ('fillcolor="white"', False)],
    ids=["filled", "unfilled", "white"],
)
def test_white_words_in_old_boxes(tmp_path: Path, shape: str, *, is_text: bool) -> None:
    """The same holds for boxes in the old form."""
    white = paragraph(run("In a box.", '<w:color w:val="FFFFFF"/>'))
    box = f"<v:shape {shape}><v:textbox><w:txbxContent>{white}</w:txbxContent></v:textbox></v:shape>"
    path = write_docx(tmp_path, paragraph("Text.", f"<w:r><w:pict>{box}</w:pict></w:r>"))

    assert bool(read_docx(path).pages[0].hidden) is not is_text


def test_notes_stand_apart(tmp_path: Path) -> None:
    """Footnotes and endnotes stand at the end of their page with their marks, each once, hidden words put aside."""

    def refer(kind: str, number: int, more: str = "") -> str:
        return f'<w:r><w:{kind}Reference w:id="{number}" {more}/></w:r>'

    body = (
        paragraph("A leaf", refer("footnote", 2), run(" is green"), refer("endnote", 5), run(".")),
        listed("item"),
        paragraph("Again", refer("footnote", 2), refer("footnote", 3), refer("footnote", 4, 'w:customMarkFollows="1"')),
        table((paragraph("cell", refer("footnote", 6)), "b"), ("c", "d")),
        paragraph("A lost note", refer("footnote", 99)),
    )
    notes = "".join(
        f'<w:footnote w:id="{number}" {more}>{paragraph(text)}</w:footnote>'
        for number, text, more in (
            (0, "line", 'w:type="separator"'),
            (2, "First note.", ""),
            (3, "", ""),
            (4, "Own mark.", ""),
            (6, "Of a cell.", ""),
        )
    )
    parts = {
        "footnotes": wrap("w:footnotes", notes),
        "endnotes": wrap(
            "w:endnotes", f'<w:endnote w:id="5">{paragraph(run("End "), run("note", "<w:b/>"))}</w:endnote>'
        ),
    }

    page = read_docx(write_docx(tmp_path, *body, parts=parts)).pages[0]

    assert page.text.startswith(
        "A leaf[1] is green[i].\n\nitem\n\nAgain[1][2][*]\n\ncell[3] | b\nc | d\n\nA lost note[4]"
    )
    assert [(part.label, said(page, part)) for part in parts_of(page, PartKind.FOOTNOTE)] == [
        ("1", "[1] First note."),
        ("i", "[i] End note"),
        ("*", "[*] Own mark."),
        ("3", "[3] Of a cell."),
    ]
    assert [page.text[mark.start : mark.end] for mark in page.emphasis] == ["note"]


def test_notes_are_numbered_as_the_section_says(tmp_path: Path) -> None:
    """A section may number its footnotes with letters."""
    section = '<w:sectPr><w:footnotePr><w:numFmt w:val="upperLetter"/></w:footnotePr></w:sectPr>'
    notes = wrap("w:footnotes", f'<w:footnote w:id="1">{paragraph("Note.")}</w:footnote>')
    body = paragraph("Text", '<w:r><w:footnoteReference w:id="1"/></w:r>')

    assert _text(tmp_path, body, section, parts={"footnotes": notes}) == "Text[A]\n\n[A] Note."


def test_tables(tmp_path: Path) -> None:
    """Tables keep their cells, merged ones empty, tables within cells on one line, lists with their marks."""
    inner = table(("x", "y"), ("z", ""))
    wide = '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + paragraph("wide")
    tall = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>' + paragraph("tall")
    below = "<w:tcPr><w:vMerge/></w:tcPr>" + paragraph("")
    body = (
        table((wide, "c"), (tall, paragraph("one") + paragraph("two"), inner), (below, "e", listed("f"))),
        paragraph("After."),
    )

    page = read_docx(write_docx(tmp_path, *body, numbering=_bullets())).pages[0]

    (part,) = parts_of(page, PartKind.TABLE)
    assert cells(page, part) == [["wide", "", "c"], ["tall", "one two", "x, y; z"], ["", "e", "• f"]]
    assert said(page, part) == "wide |  | c\ntall | one two | x, y; z\n | e | • f"
    assert part.heads == 0


def _bullets() -> str:
    return (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )


@pytest.mark.parametrize(
    ("look", "heads"),
    [
        ('<w:tblLook w:firstRow="1"/>', 1),
        ('<w:tblLook w:firstRow="0"/>', 0),
        ('<w:tblLook w:val="04A0"/>', 1),
        ('<w:tblLook w:val="0480"/>', 0),
        ('<w:tblLook w:val="none"/>', 0),
        ("", 0),
    ],
    ids=["first", "not-first", "bit", "no-bit", "no-number", "silent"],
)
def test_head_rows_by_the_look_of_a_table(tmp_path: Path, look: str, heads: int) -> None:
    """A table's look says whether its first row is a head."""
    page = read_docx(write_docx(tmp_path, table(("a", "b"), ("c", "d"), properties=look))).pages[0]

    assert page.parts[0].heads == heads


def test_head_rows_that_repeat(tmp_path: Path) -> None:
    """Rows that come back on every page are the head, as far as they stand at the top."""
    head = f"<w:tr><w:trPr><w:tblHeader/><w:gridBefore w:val='1'/></w:trPr><w:tc>{paragraph('h')}</w:tc></w:tr>"
    body = table(("a", "b")).replace("<w:tr>", f"{head * 2}<w:tr>", 1).replace("</w:tbl>", f"{head}</w:tbl>")

    page = read_docx(write_docx(tmp_path, body)).pages[0]

    assert page.parts[0].heads == 2
    assert cells(page, page.parts[0]) == [["", "h"], ["", "h"], ["a", "b"], ["", "h"]]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (table(("a frame",)), "a frame"),
        (table((paragraph("left 1") + paragraph("left 2"), "right")), "left 1\n\nleft 2\n\nright"),
        (table((paragraph("Head", style="H1"), "b"), ("c", "d")), "Head\n\nb\n\nc\n\nd"),
        (table(("", ""), ("", "")), ""),
        (table(), ""),
    ],
    ids=["frame", "columns", "headings", "wordless", "empty"],
)
def test_tables_that_only_place_text(tmp_path: Path, body: str, text: str) -> None:
    """Frames and columns are read as text, cell by cell."""
    page = read_docx(write_docx(tmp_path, body, paragraph("After."))).pages[0]

    assert page.text == f"{text}\n\nAfter.".strip()
    assert not parts_of(page, PartKind.TABLE)


def test_rows_within_controls(tmp_path: Path) -> None:
    """Rows and cells that stand in content controls belong to their table."""
    cell = f"<w:sdt><w:sdtContent><w:tc>{paragraph('c')}</w:tc></w:sdtContent></w:sdt>"
    row = f"<w:tr>{cell}<w:tc>{paragraph('d')}</w:tc></w:tr>"
    body = table(("a", "b")).replace("</w:tbl>", f"<w:sdt><w:sdtContent>{row}</w:sdtContent></w:sdt></w:tbl>")

    assert _text(tmp_path, body) == "a | b\nc | d"


def test_table_styles_with_a_ground(tmp_path: Path) -> None:
    """White words in a table whose style shades rows are for reading."""
    style = (
        '<w:style w:type="table" w:styleId="T"><w:name w:val="Grid"/><w:tblStylePr w:type="firstRow"><w:tcPr>'
        '<w:shd w:val="clear" w:fill="4472C4"/></w:tcPr></w:tblStylePr></w:style>'
    )
    white = paragraph(run("white", '<w:color w:val="FFFFFF"/>'))

    text = _text(tmp_path, table((white, "b"), properties='<w:tblStyle w:val="T"/>'), styles=style)

    assert text == "white | b"

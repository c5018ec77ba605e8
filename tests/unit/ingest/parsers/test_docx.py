"""Word documents: their words as people see them, and nothing else."""

from pathlib import Path

import pytest

from domain.documents import Dropped, PartKind
from domain.errors import TooLarge, Unreadable
from tests.unit.ingest.offices import (
    STYLES,
    listed,
    paragraph,
    parts_of,
    read_docx,
    relations,
    run,
    said,
    table,
    wrap,
    write_docx,
    write_parts,
)

STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
USUAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _text(folder: Path, *body: str, styles: str = STYLES, parts: dict[str, str] | None = None) -> str:
    return read_docx(write_docx(folder, *body, styles=styles, parts=parts)).pages[0].text


def test_words_and_their_emphasis(tmp_path: Path) -> None:
    """Bold, italic and emphasised words are signals; a paragraph that is bold throughout has none."""
    styles = '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/></w:style>'
    body = (
        paragraph(
            run("Plants make "), run("glu", "<w:b/>"), run("cose", "<w:b/>"), run(" by "), run("light", "<w:i/>")
        ),
        paragraph(run("A "), run("term", '<w:rStyle w:val="Strong"/>'), run(" and "), run("not", '<w:b w:val="0"/>')),
        paragraph(run("All of it is bold and goes on. ", "<w:b/>")),
    )

    page = read_docx(write_docx(tmp_path, *body, styles=styles)).pages[0]

    assert page.text == "Plants make glucose by light\n\nA term and not\n\nAll of it is bold and goes on."
    assert [page.text[mark.start : mark.end] for mark in page.emphasis] == ["glucose", "light", "term"]


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<w:t>one</w:t><w:tab/><w:t>two</w:t>", "one two"),
        ("<w:t>one</w:t><w:br/><w:t>two</w:t>", "one\ntwo"),
        ('<w:t>one</w:t><w:br w:type="page"/><w:t>two</w:t>', "one two"),
        ("<w:t>well</w:t><w:noBreakHyphen/><w:t>known</w:t>", "well-known"),
        ("<w:t>photo\u00adsyn</w:t><w:softHyphen/><w:t>thesis</w:t>", "photosynthesis"),
        ("<w:t>e\ufb03cient</w:t>", "efficient"),
        ('<w:t>an </w:t><w:sym w:font="Symbol" w:char="F061"/>', "an α"),
        ('<w:t>an </w:t><w:sym w:font="Symbol" w:char="F0B3"/>', "an ≥"),
        ('<w:t>an </w:t><w:sym w:font="Wingdings" w:char="F0E0"/>', "an →"),
        ('<w:t>an </w:t><w:sym w:font="Wingdings 2" w:char="F0E0"/>', "an"),
        ('<w:t>an </w:t><w:sym w:font="Arial" w:char="0041"/>', "an A"),
        ('<w:t>an </w:t><w:sym w:font="Arial" w:char="nothing"/>', "an"),
        ('<w:t>an </w:t><w:sym w:font="Arial" w:char="D800"/>', "an"),
        (
            "<w:ruby><w:rt><w:r><w:t>kan</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>漢</w:t></w:r></w:rubyBase></w:ruby>",
            "漢",
        ),
    ],
    ids=[
        *("tab", "break", "page", "hyphen", "soft", "ligature", "greek", "sign", "arrow", "no-letter", "plain-font"),
        *("no-number", "surrogate", "ruby"),
    ],
)
def test_pieces_of_a_run(tmp_path: Path, inside: str, text: str) -> None:
    """What stands between letters is read as people see it."""
    assert _text(tmp_path, f"<w:p><w:r>{inside}</w:r></w:p>") == text


def test_letters_of_a_symbol_font(tmp_path: Path) -> None:
    """Plain letters in the font Symbol are Greek on paper."""
    assert _text(tmp_path, paragraph(run("ab", '<w:rFonts w:ascii="Symbol"/>'))) == "αβ"


@pytest.mark.parametrize(
    "properties",
    [
        "<w:vanish/>",
        '<w:color w:val="FFFFFF"/>',
        '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="FFFFFF"/>',
        '<w:sz w:val="2"/>',
        '<w:rStyle w:val="Gone"/>',
    ],
    ids=["vanished", "white", "white-on-white", "tiny", "by-style"],
)
def test_what_nobody_sees_is_put_aside(tmp_path: Path, properties: str) -> None:
    """Hidden, white and tiny words are kept apart from the text."""
    gone = '<w:style w:type="character" w:styleId="Gone"><w:name w:val="x"/><w:rPr><w:vanish/></w:rPr></w:style>'
    path = write_docx(tmp_path, paragraph(run("Seen."), run(" Obey me.", properties)), styles=gone)

    page = read_docx(path).pages[0]

    assert (page.text, page.hidden) == ("Seen.", ("Obey me.",))


@pytest.mark.parametrize(
    "body",
    [
        paragraph(run("Seen.", '<w:color w:val="FFFFFF"/><w:highlight w:val="black"/>')),
        paragraph(run("Seen.", '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="000000"/>')),
        paragraph(run("Seen.", '<w:color w:val="FFFFFF"/>'), properties='<w:shd w:val="clear" w:fill="112233"/>'),
        table(
            (
                '<w:tcPr><w:shd w:val="clear" w:themeFill="accent1"/></w:tcPr>'
                + paragraph(run("Seen.", '<w:color w:val="FFFFFF"/>')),
            )
        ),
        paragraph(run("Seen.", '<w:color w:val="auto"/>')),
        paragraph(run("Seen.", '<w:color w:val="GGGGGG"/>')),
        paragraph(run("Seen.", '<w:vanish w:val="0"/>')),
    ],
    ids=["highlight", "shaded-run", "shaded-paragraph", "shaded-cell", "automatic", "no-colour", "shown"],
)
def test_white_on_a_ground_is_text(tmp_path: Path, body: str) -> None:
    """White letters on a dark ground are for reading."""
    page = read_docx(write_docx(tmp_path, body)).pages[0]

    assert (page.text, page.hidden) == ("Seen.", ())


def test_a_page_of_another_colour(tmp_path: Path) -> None:
    """On a coloured page white letters are for reading."""
    white = paragraph(run("Seen.", '<w:color w:val="FFFFFF"/>'))
    document = wrap("w:document", f'<w:background w:color="000000"/><w:body>{white}</w:body>')
    path = write_parts(tmp_path / "a.docx", {"word/document.xml": document})

    assert read_docx(path).pages[0].text == "Seen."


def test_tracked_changes(tmp_path: Path) -> None:
    """What was inserted stays; what was deleted or moved away is counted."""
    body = paragraph(
        run("Kept "),
        f"<w:ins>{run('inserted ')}</w:ins>",
        "<w:del><w:r><w:delText>deleted words</w:delText></w:r></w:del>",
        "<w:del><w:r/></w:del>",
        f"<w:moveFrom>{run('away ')}</w:moveFrom><w:moveTo>{run('here')}</w:moveTo>",
    )

    reading = read_docx(write_docx(tmp_path, body))

    assert reading.pages[0].text == "Kept inserted here"
    assert reading.dropped == (Dropped("deleted_text", 2, "deleted words", "deleted words\naway"),)


def test_deleted_rows_are_gone(tmp_path: Path) -> None:
    """A row of a table that was deleted is no text."""
    row = f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{paragraph('gone')}</w:tc></w:tr>"
    body = table(("a", "b"), ("c", "d")).replace("</w:tbl>", f"{row}</w:tbl>")

    reading = read_docx(write_docx(tmp_path, body))

    assert reading.pages[0].text == "a | b\nc | d"
    assert reading.dropped == (Dropped("deleted_text", 1, "gone", "gone"),)


def test_fields_give_their_results(tmp_path: Path) -> None:
    """Codes of fields are no text, however they are nested, and even where a field does not end."""
    turn = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code = "<w:r><w:instrText>PAGEREF x</w:instrText><w:t>code</w:t></w:r>"
    body = (
        paragraph(
            run("See page "),
            *(turn.format("begin"), code, turn.format("begin"), code, turn.format("end")),
            *(turn.format("separate"), run("7"), turn.format("end"), run(".")),
        ),
        paragraph(f'<w:fldSimple w:instr="DATE">{run("May")}</w:fldSimple>'),
        paragraph(
            turn.format("end"), "<w:r><w:instrText>x</w:instrText></w:r>", turn.format("separate"), run("After.")
        ),
        paragraph(turn.format("begin"), code),
        paragraph("The end."),
    )

    assert _text(tmp_path, *body) == "See page 7.\n\nMay\n\nAfter.\n\nThe end."


def test_links_and_controls_keep_their_words(tmp_path: Path) -> None:
    """Words within links, tags and content controls are text."""
    body = (
        paragraph(
            f"<w:hyperlink>{run('A link')}</w:hyperlink>", f"<w:sdt><w:sdtContent>{run(' here')}</w:sdtContent></w:sdt>"
        ),
        f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('Within.')}</w:sdtContent></w:sdt>",
        f"<w:customXml>{paragraph('Also.')}</w:customXml>",
        '<w:altChunk r:id="x"/><w:sectPr/>',
    )

    reading = read_docx(write_docx(tmp_path, *body))

    assert reading.pages[0].text == "A link here\n\nWithin.\n\nAlso."
    assert reading.dropped == (Dropped("foreign_part", 1),)


def test_what_stands_around_the_text_is_counted(tmp_path: Path) -> None:
    """Running heads and feet, comments and tables of contents are counted, not read."""
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    body = (
        f"<w:sdt>{gallery}<w:sdtContent>{paragraph('Leaf 3')}</w:sdtContent></w:sdt>",
        paragraph("Root 4", style="TOC1"),
        paragraph("Text."),
    )
    parts = {
        "header1": wrap("w:hdr", paragraph("Biology 7b")),
        "footer1": wrap("w:ftr", paragraph("Page 1")),
        "footer2": wrap("w:ftr", paragraph("")),
        "comments": wrap(
            "w:comments", f"<w:comment>{paragraph('Is this so?')}{paragraph('It is.')}</w:comment><w:comment/>"
        ),
    }

    reading = read_docx(write_docx(tmp_path, *body, parts=parts))

    assert reading.pages[0].text == "Text."
    assert reading.dropped == (
        Dropped("contents_list", 2, "Leaf 3", "Leaf 3\nRoot 4"),
        Dropped("running_line", 2, "Biology 7b", "Biology 7b\nPage 1"),
        Dropped("comment", 1, "Is this so? It is.", "Is this so? It is."),
    )


def test_formulas_are_latex(tmp_path: Path) -> None:
    """A formula stands between dollar signs; one of its own line between two of them."""
    square = (
        "<m:oMath><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>"
    )
    body = (
        paragraph(run("Take "), square, run(" and go.")),
        paragraph(f"<m:oMathPara>{square}{square}</m:oMathPara><m:oMath/>"),
    )

    page = read_docx(write_docx(tmp_path, *body)).pages[0]

    assert page.text == "Take $x^2$ and go.\n\n$$x^2$$\n$$x^2$$"
    assert [said(page, part) for part in parts_of(page, PartKind.FORMULA)] == ["$x^2$", "$$x^2$$", "$$x^2$$"]


def test_the_strict_form_reads_alike(tmp_path: Path) -> None:
    """Files in the strict form of the standard, in UTF-16 too, give the same text."""
    body = f"<w:body>{paragraph('A leaf', style='H1')}{listed('green')}</w:body>"
    strict = wrap("w:document", body).replace(USUAL, STRICT)
    folder = write_docx(tmp_path).parent

    texts = []
    for data in (strict.encode(), strict.replace("UTF-8", "UTF-16").encode("utf-16"), strict[38:].encode("utf-16")):
        path = write_parts(folder / "strict.docx", {"word/document.xml": data})
        texts.append(read_docx(path).pages[0].text)

    assert texts == ["A leaf\n\ngreen"] * 3


def test_the_newest_of_alternatives_is_read(tmp_path: Path) -> None:
    """Of a text box for new and old programs, one is read; an empty set of alternatives gives nothing."""
    new, old = (f"<w:txbxContent>{paragraph(text)}</w:txbxContent>" for text in ("new", "old"))
    choice = f'<mc:Choice Requires="wps"><w:drawing>{new}</w:drawing></mc:Choice>'
    fallback = f"<mc:Fallback><w:pict>{old}</w:pict></mc:Fallback>"
    alternatives = (f"{choice}{fallback}", fallback, "")
    body = "".join(f"<w:r><mc:AlternateContent>{one}</mc:AlternateContent></w:r>" for one in alternatives)

    assert _text(tmp_path, paragraph("Text.", body)) == "Text.\n\nnew\n\nold"


def test_entities_are_never_followed(tmp_path: Path) -> None:
    """What an entity would fetch from outside is not in the text; entities made of entities are refused."""
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret", encoding="utf-8")
    names = wrap("w:document", f"<w:body>{paragraph('Notes. &x;')}</w:body>").removeprefix(
        '<?xml version="1.0" encoding="UTF-8"?>'
    )
    outside = f'<!DOCTYPE d [<!ENTITY x SYSTEM "file://{secret}">]>{names}'
    bomb = f'<!DOCTYPE d [<!ENTITY y "ha"><!ENTITY x "&y;&y;">]>{names}'

    read = read_docx(write_parts(tmp_path / "a.docx", {"word/document.xml": outside}))
    with pytest.raises(TooLarge, match="unfolded"):
        read_docx(write_parts(tmp_path / "b.docx", {"word/document.xml": bomb}))

    assert read.pages[0].text == "Notes."


@pytest.mark.parametrize(
    "parts",
    [
        {"word/other.xml": "<a/>"},
        {"word/document.xml": "no markup at all"},
        {"word/document.xml": ""},
        {"word/document.xml": wrap("w:document", "")},
        {"word/document.xml": wrap("mc:AlternateContent", "")},
        {"word/document.xml": wrap("w:document", "<w:body>")[:-13]},
    ],
    ids=["no-document", "no-markup", "empty", "no-body", "alternatives", "cut-off"],
)
def test_what_is_no_document_is_refused(tmp_path: Path, parts: dict[str, str]) -> None:
    """A package without a readable document says that it is damaged."""
    with pytest.raises(Unreadable) as caught:
        read_docx(write_parts(tmp_path / "a.docx", parts))

    assert caught.value.code == "damaged"


def test_a_document_that_breaks_off_is_read_to_there(tmp_path: Path) -> None:
    """What stands before the damage is text, and the break is named."""
    whole = wrap("w:document", f"<w:body>{paragraph('Before.')}{paragraph('After.')}</w:body>")
    path = write_parts(tmp_path / "a.docx", {"word/document.xml": whole[: whole.index("After") + 3]})

    reading = read_docx(path)

    assert reading.pages[0].text == "Before.\n\nAft"
    assert [(problem.page, problem.code) for problem in reading.problems] == [(1, "cut_off")]


def test_a_part_too_long_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A part larger than the bound is not even unpacked."""
    monkeypatch.setattr("ingest.parsers.office.ooxml._MOST_XML", 100)

    with pytest.raises(TooLarge, match="too long"):
        read_docx(write_docx(tmp_path, paragraph("word " * 50)))


def test_a_broken_helper_part_does_no_harm(tmp_path: Path) -> None:
    """Where the styles, the notes or a running head cannot be read, the text still is."""
    path = tmp_path / "a.docx"
    entries = {kind: (kind, "broken.xml") for kind in ("styles", "footnotes", "header", "comments")}
    extra = {"word/broken.xml": "", "word/document.xml": wrap("w:document", f"<w:body>{paragraph('Text.')}</w:body>")}
    write_parts(path, {**extra, "word/_rels/document.xml.rels": relations(entries)})

    assert read_docx(path).pages[0].text == "Text."


def test_titles(tmp_path: Path) -> None:
    """The title is the paragraph of that style, else the one top heading at the start, else the file's property."""
    core = {"core.xml": wrap("x", "<dc:title> Of the file </dc:title>")}
    made_up = {"core.xml": wrap("x", "<dc:title>Microsoft Word - a.doc</dc:title>")}
    top = paragraph("At the top", style="H1")
    bodies = {
        "Of the style": (core, (paragraph("Of the style", style="Title"), top)),
        "At the top": (core, (top, paragraph("Text."))),
        "Of the file": (core, (paragraph("Text."), top)),
        "": (made_up, (paragraph("Text."),)),
    }

    titles = []
    for more, body in bodies.values():
        parts = {
            "_rels/.rels": relations(
                {"r1": ("officeDocument", "/word/document.xml"), "r2": ("core-properties", "core.xml")}
            ),
            "word/document.xml": wrap("w:document", f"<w:body>{''.join(body)}</w:body>"),
            "word/styles.xml": wrap("w:styles", STYLES),
            "word/_rels/document.xml.rels": relations(
                {"r1": ("styles", "styles.xml"), "r2": ("hyperlink", "http://x.test")}
            ),
        }
        titles.append(read_docx(write_parts(tmp_path / "a.docx", parts | more)).title)

    assert titles == list(bodies)

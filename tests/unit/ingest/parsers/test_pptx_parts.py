"""Presentations: slides left out, pictures, tables, charts, diagrams, notes."""

from pathlib import Path

import pytest

from domain.documents import Dropped, Page, PartKind
from domain.errors import TooLarge, Unreadable
from ingest.limits import Limits
from tests.unit.ingest.offices import (
    Relations,
    at,
    cells,
    parts_of,
    read_pptx,
    said,
    shape,
    slide,
    slide_line,
    wrap,
    write_parts,
    write_pptx,
)

SPAN, MERGED = 'gridSpan="2"', 'hMerge="1"'
FRAME = (
    '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="1" name="x" descr="{alt}"/></p:nvGraphicFramePr>'
    "{place}{inside}</p:graphicFrame>"
)


def _page(folder: Path, *shapes: str, links: Relations | None = None, parts: dict[str, str] | None = None) -> Page:
    return read_pptx(write_pptx(folder, slide(*shapes), links=links, parts=parts)).pages[0]


def _picture(alt: str, more: str = "") -> str:
    return (
        f'<p:pic><p:nvPicPr><p:cNvPr id="1" name="x" descr="{alt}">{more}</p:cNvPr></p:nvPicPr>'
        '<p:blipFill><a:blip r:embed="rPic"/></p:blipFill><p:spPr/></p:pic>'
    )


def test_of_a_hidden_slide_all_words_are_kept_apart(tmp_path: Path) -> None:
    """What was noted under it and remarked on it goes with it; where a paragraph ends, words do not run together."""
    notes = wrap("p:notes", f"<p:cSld><p:spTree>{shape('Noted.')}</p:spTree></p:cSld>")
    parts = {"n.xml": notes, "c.xml": wrap("p:cmLst", "<p:cm><p:text>Remarked.</p:text></p:cm>")}
    links = {"rN": ("notesSlide", "../n.xml"), "rC": ("comments", "../c.xml")}
    hidden = slide(shape("One", "Two"), more='show="0"')

    reading = read_pptx(write_pptx(tmp_path, hidden, slide(shape("Seen.")), links=links, parts=parts))

    assert reading.pages[0].text == "Seen."
    assert {one.code: one.text for one in reading.dropped} == {
        "hidden_slide": "One Two Noted.",
        "comment": "Remarked.",
    }


def test_hidden_slides_are_left_out(tmp_path: Path) -> None:
    """A slide that is not shown is counted; the others keep their numbers."""
    slides = (slide(shape("One")), slide(shape("Two"), more='show="0"'), slide(shape("Three")))

    reading = read_pptx(write_pptx(tmp_path, *slides))

    assert [(page.number, page.text) for page in reading.pages] == [(1, "One"), (3, "Three")]
    assert reading.dropped == (Dropped("hidden_slide", 1, "Two", "Two"),)


def test_broken_slides_are_named(tmp_path: Path) -> None:
    """A slide that cannot be read, or that an earlier try died of, is left out; the rest goes on."""
    path = write_pptx(tmp_path, slide(shape("One")), "no markup", slide(shape("Three")), slide(shape("Four")))

    reading = read_pptx(path, skip=[4])

    assert [page.number for page in reading.pages] == [1, 3]
    assert [(problem.page, problem.code) for problem in reading.problems] == [(2, "page_failed")]


def test_pictures(tmp_path: Path) -> None:
    """What a picture is said to show is its text; a slide of pictures alone is named."""
    slides = (
        slide(
            shape("Text"), _picture("A cell"), _picture("img_1.png"), _picture("A line", '<adec:decorative val="1"/>')
        ),
        slide(_picture("")),
        slide(shape(more='descr="An arrow from leaf to root"')),
    )

    reading = read_pptx(write_pptx(tmp_path, *slides))

    assert [page.text for page in reading.pages] == ["Text\n\nA cell", "", "An arrow from leaf to root"]
    figures = [part for page in reading.pages for part in parts_of(page, PartKind.FIGURE)]
    assert [(part.label, part.source) for part in figures] == [
        ("A cell", "ppt/media/image1.png"),
        ("An arrow from leaf to root", ""),
    ]
    assert [(problem.page, problem.code) for problem in reading.problems] == [(2, "only_pictures")]
    assert reading.dropped == (Dropped("picture_without_caption", 2, "ppt/media/image1.png", "ppt/media/image1.png"),)


def test_tables_of_slides(tmp_path: Path) -> None:
    """Tables keep their cells; merged ones are empty."""

    def cell(text: str, more: str = "") -> str:
        return f"<a:tc {more}><a:txBody>{slide_line(text)}</a:txBody></a:tc>"

    rows = f"<a:tr>{cell('a', SPAN)}{cell('', MERGED)}</a:tr><a:tr>{cell('b')}{cell('c')}</a:tr>"
    inside = f'<a:tbl><a:tblPr firstRow="1"/>{rows}</a:tbl>'

    page = _page(tmp_path, FRAME.format(alt="", place="", inside=inside))

    (part,) = parts_of(page, PartKind.TABLE)
    assert (cells(page, part), part.heads) == ([["a", ""], ["b", "c"]], 1)


def test_charts_are_tables(tmp_path: Path) -> None:
    """A chart gives its title and its numbers; one without a part is described."""

    def points(name: str, *values: str) -> str:
        listed = "".join(f'<c:pt idx="{n}"><c:v>{value}</c:v></c:pt>' for n, value in enumerate(values))
        return f"<c:{name}>{listed}</c:{name}>"

    series = (
        f"<c:ser><c:tx><c:strRef><c:strCache><c:pt idx='0'><c:v>Yield</c:v></c:pt></c:strCache></c:strRef></c:tx>"
        f"{points('cat', 'May', 'June')}{points('val', '4.2999999999999998', '5')}</c:ser>"
        f"<c:ser>{points('yVal', '1')}</c:ser>"
    )
    title = "<c:title><a:p><a:r><a:t>Harvest</a:t></a:r></a:p></c:title>"
    chart = wrap("c:chartSpace", f"<c:chart>{title}<c:plotArea>{series}</c:plotArea></c:chart>")
    bare = wrap("c:chartSpace", f"<c:chart>{title}</c:chart>")
    unnamed = wrap(
        "c:chartSpace", f"<c:chart><c:ser><c:xVal><c:lvl>{points('x', '7')}</c:lvl></c:xVal></c:ser></c:chart>"
    )
    links = {f"r{name}": ("chart", f"../{name}.xml") for name in ("chart", "bare", "unnamed", "none")}
    frames = [
        FRAME.format(alt="A chart of much", place="", inside=f'<c:chart r:id="{name}"/>')
        for name in (*links, "rNowhere")
    ]
    parts = {"chart.xml": chart, "bare.xml": bare, "unnamed.xml": unnamed}

    page = _page(tmp_path, *frames, links=links, parts=parts)

    assert page.text.split("\n\n") == [
        "Harvest\n | Yield | \nMay | 4.3 | 1\nJune | 5 | ",
        "Harvest",
        "7 | ",
        "A chart of much",
        "A chart of much",
    ]
    part = parts_of(page, PartKind.TABLE)[0]
    assert (part.label, part.heads) == ("Harvest", 1)
    assert cells(page, part)[1] == ["May", "4.3", "1"]


def test_diagrams_are_lists(tmp_path: Path) -> None:
    """The words of a diagram are a list, what belongs to a word below it, whatever circle its lines make."""

    def point(name: str, text: str, kind: str = "node") -> str:
        return f'<dgm:pt modelId="{name}" type="{kind}"><dgm:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t></dgm:pt>'

    def link(source: str, target: str, order: int = 0, kind: str = "parOf") -> str:
        return f'<dgm:cxn type="{kind}" srcId="{source}" destId="{target}" srcOrd="{order}"/>'

    points = (
        point("top", "", "doc") + point("a", "Leaf") + point("b", "Root") + point("c", "Cell") + point("p", "x", "pres")
    )
    links = link("top", "b", 1) + link("top", "a", 0) + link("a", "c") + link("c", "a") + link("p", "c", 0, "presOf")
    diagram = wrap(
        "dgm:dataModel", f"<dgm:ptLst>{points}{'<dgm:pt modelId=' + chr(34) + 'e' + chr(34) + '/>'}</dgm:ptLst>{links}"
    )
    frame = FRAME.format(alt="", place="", inside='<dgm:relIds r:dm="rD"/>')
    empty, lost = frame.replace("rD", "rE"), frame.replace("rD", "rNowhere")

    page = _page(
        tmp_path,
        shape("Parts of a plant"),
        *(frame, empty, lost),
        links={"rD": ("diagramData", "../d.xml"), "rE": ("diagramData", "../e.xml"), "rF": ("x", "../f.xml")},
        parts={"d.xml": diagram, "e.xml": wrap("dgm:dataModel", "")},
    )

    assert page.text == "Parts of a plant\n\n• Leaf\n  • Cell\n• Root"


def test_notes_stand_last(tmp_path: Path) -> None:
    """What the speaker noted is a part at the end of the page; comments are counted."""
    notes = wrap(
        "p:notes",
        "<p:cSld><p:spTree>"
        + shape("Slide 1", kind='type="sldNum"')
        + shape("Say this.", "", "And that.", kind='type="body" idx="1"')
        + shape("loose")
        + "</p:spTree></p:cSld>",
    )
    comments = wrap("p:cmLst", "<p:cm><p:text>Shorter?</p:text></p:cm><p:cm/>")
    links = {
        "rN": ("notesSlide", "../n.xml"),
        "rM": ("notesSlide", "../empty.xml"),
        "rB": ("notesSlide", "../broken.xml"),
        "rC": ("comments", "../c.xml"),
        "rX": ("comments", "../broken.xml"),
    }
    empty = wrap("p:notes", f"<p:cSld><p:spTree>{shape(kind='type=' + chr(34) + 'body' + chr(34))}</p:spTree></p:cSld>")
    parts = {"n.xml": notes, "empty.xml": empty, "broken.xml": "", "c.xml": comments}

    reading = read_pptx(write_pptx(tmp_path, slide(shape("Text")), links=links, parts=parts))

    page = reading.pages[0]
    (part,) = parts_of(page, PartKind.NOTES)
    assert page.text == "Text\n\nSay this.\nAnd that."
    assert said(page, part) == "Say this.\nAnd that."
    assert reading.dropped == (Dropped("comment", 1, "Shorter?", "Shorter?"),)


@pytest.mark.parametrize(
    ("first", "second", "title"),
    [
        (
            slide_line("Leaves", run_properties='<a:rPr sz="4000"/>'),
            slide_line("text", run_properties='<a:rPr sz="1800"/>'),
            "Leaves",
        ),
        (
            slide_line("Leaves", run_properties='<a:rPr sz="1800"/>'),
            slide_line("text", run_properties='<a:rPr sz="1800"/>'),
            "",
        ),
        (slide_line("Leaves " * 30, run_properties='<a:rPr sz="4000"/>'), slide_line("text"), ""),
        ("", "text", ""),
    ],
    ids=["larger", "same", "long", "alone"],
)
def test_titles_without_a_placeholder(tmp_path: Path, first: str, second: str, title: str) -> None:
    """Where a slide has no title, a first line that is larger than all else is one."""
    page = _page(tmp_path, shape(first, place=at(1, 1)), shape(second, place=at(1, 3)))

    assert [heading.title for heading in page.headings] == ([title] if title else [])


def test_placeholders_stand_where_their_layout_says(tmp_path: Path) -> None:
    """A placeholder without a place takes that of its layout, found by number or by kind."""
    layout = wrap(
        "p:sldLayout",
        "<p:cSld><p:spTree>"
        + shape(kind='type="body" idx="7"', place=at(1, 5))
        + shape(kind='idx="8" type="body"', place=at(1, 3))
        + shape(kind='type="pic"', place=at(1, 1))
        + shape("loose")
        + "</p:spTree></p:cSld>",
    )
    shapes = (shape("low", kind='idx="7"'), shape("high", kind='idx="8"'), shape("first", kind='type="pic"'))

    page = _page(tmp_path, *shapes, parts={"slideLayouts/obj.xml": layout})

    assert [line.removeprefix("• ") for line in page.text.split("\n\n")] == ["first", "high", "low"]


def test_too_many_slides(tmp_path: Path) -> None:
    """A presentation past the limit of pages is refused."""
    path = write_pptx(tmp_path, slide(shape("One")), slide(shape("Two")))

    with pytest.raises(TooLarge, match="over 1 slides"):
        read_pptx(path, limits=Limits(max_pages=1))


def test_a_bare_presentation(tmp_path: Path) -> None:
    """A slide alone is enough: no layout, no master, no size; slides from outside are left out."""
    names = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/slide"
    entries = (
        f'<Relationship Id="a" Type="{kind}" Target="s.xml"/>'
        f'<Relationship Id="b" Type="{kind}" TargetMode="External" Target="http://x.test"/>'
    )
    parts = {
        "ppt/presentation.xml": wrap(
            "p:presentation", '<p:sldIdLst><p:sldId r:id="a"/><p:sldId r:id="b"/><p:sldId/></p:sldIdLst>'
        ),
        "ppt/_rels/presentation.xml.rels": f"<Relationships {names}>{entries}</Relationships>",
        "ppt/s.xml": slide(
            shape(kind='idx="3"'),
            shape(slide_line("Text", run_properties='<a:rPr b="0"/>')),
            FRAME.format(alt="", place="", inside=""),
        ),
    }

    reading = read_pptx(write_parts(tmp_path / "a.pptx", parts))

    assert [page.text for page in reading.pages] == ["Text"]


def test_shapes_without_anything(tmp_path: Path) -> None:
    """Lines, and shapes that lack all that a shape may have, do no harm."""
    page = _page(tmp_path, "<p:cxnSp/>", "<p:sp/>", "<p:pic/>", "<p:contentPart/>", shape("Text"))

    assert page.text == "Text"


def test_a_slide_without_a_tree(tmp_path: Path) -> None:
    """A slide with nothing on it is an empty page."""
    assert read_pptx(write_pptx(tmp_path, wrap("p:sld", ""))).pages[0].text == ""


def test_what_is_no_presentation_is_refused(tmp_path: Path) -> None:
    """A package without a presentation says that it is damaged."""
    with pytest.raises(Unreadable) as caught:
        read_pptx(write_parts(tmp_path / "a.pptx", {"a.xml": "<a/>"}))

    assert caught.value.code == "damaged"

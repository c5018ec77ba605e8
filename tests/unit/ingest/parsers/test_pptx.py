"""Presentations: a page for each slide, in the order in which people read it."""

from pathlib import Path

import pytest

from domain.documents import Dropped, Page, PartKind
from domain.errors import TooLarge, Unreadable
from ingest.limits import Limits
from ingest.parsers.contract import PPTX, Order
from ingest.parsers.pptx import parse_pptx
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
from tests.unit.ingest.papers import Steps

TITLE = 'type="title"'
BODY = 'idx="1"'
SPAN, MERGED = 'gridSpan="2"', 'hMerge="1"'
WHITE = '<a:rPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></a:rPr>'
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


def test_a_page_a_slide(tmp_path: Path) -> None:
    """Each slide is a page with its number and label, its title a heading, its list with marks."""
    slides = (
        slide(shape("Plants", kind='type="ctrTitle"'), "<!--layout-title-->"),
        slide(shape("The leaf", kind=TITLE), shape("green", slide_line("flat", '<a:pPr lvl="1"/>'), kind=BODY)),
    )
    steps = Steps()

    reading = parse_pptx(Order(write_pptx(tmp_path, *slides), PPTX, Limits()), steps)

    first, second = reading.pages
    assert [(page.number, page.label) for page in reading.pages] == [(1, "Slide 1"), (2, "Slide 2")]
    assert (first.text, second.text) == ("Plants", "The leaf\n\n• green\n  – flat")
    assert [(heading.level, heading.title) for page in reading.pages for heading in page.headings] == [
        (1, "Plants"),
        (2, "The leaf"),
    ]
    assert cells(second, parts_of(second, PartKind.LIST)[0]) == [["green"], ["flat"]]
    assert reading.title == "Plants"
    assert (steps.pages, steps.is_finished) == ([(1, 2), (2, 2)], True)


def test_sections_stand_above_topics(tmp_path: Path) -> None:
    """The title of a section's slide is a heading above those of other slides."""
    slides = (
        slide(shape("Topic", kind=TITLE)),
        slide(shape("Part two", kind=TITLE), "<!--layout-secHead-->"),
    )

    reading = read_pptx(write_pptx(tmp_path, *slides))

    assert [page.headings[0].level for page in reading.pages] == [2, 1]
    assert reading.title == ""


@pytest.mark.parametrize(
    "title", ["Leaves", "Leaves (continued)", "LEAVES (cont.)", "Leaves (2/3)", "Leaves 2", "Leaves – Fortsetzung"]
)
def test_repeated_titles_begin_no_section(tmp_path: Path, title: str) -> None:
    """A slide that goes on with the one before keeps its title as text."""
    slides = [slide(shape(one, kind=TITLE)) for one in ("Leaves", title, "Roots")]

    pages = read_pptx(write_pptx(tmp_path, *slides)).pages

    assert [len(page.headings) for page in pages] == [1, 0, 1]
    assert pages[1].text == title


def test_shapes_are_read_from_the_top(tmp_path: Path) -> None:
    """Rows come one after another, columns from left to right, a column within a row as a whole, groups together."""
    group = (
        '<p:grpSp><p:nvGrpSpPr><p:cNvPr id="9" name="g"/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>'
        '<a:off x="914400" y="4572000"/><a:ext cx="1828800" cy="914400"/>'
        '<a:chOff x="0" y="0"/><a:chExt cx="200" cy="100"/></a:xfrm></p:grpSpPr>'
        + shape("second", place='<a:xfrm><a:off x="100" y="0"/><a:ext cx="90" cy="90"/></a:xfrm>')
        + shape("first", place='<a:xfrm><a:off x="0" y="0"/><a:ext cx="90" cy="90"/></a:xfrm>')
        + "</p:grpSp>"
    )
    shapes = (
        shape("beside", place=at(6, 5)),
        group,
        shape("right low", place=at(5, 3)),
        shape("right high", place=at(5, 1)),
        shape("left", place=at(1, 1, 3, 3.4)),
        shape("nowhere"),
    )

    assert _page(tmp_path, *shapes).text.split("\n\n") == [
        *("nowhere", "left", "right high", "right low", "first", "second", "beside"),
    ]


def test_slides_from_right_to_left(tmp_path: Path) -> None:
    """On Arabic slides the right column comes first."""
    assert _page(tmp_path, shape("يسار", place=at(1, 1)), shape("يمين", place=at(5, 1))).text == "يمين\n\nيسار"


def test_groups_without_places(tmp_path: Path) -> None:
    """A group without a frame, or hidden, or empty, does no harm."""
    hidden = '<p:grpSp><p:nvGrpSpPr><p:cNvPr id="9" name="g" hidden="1"/></p:nvGrpSpPr>{}</p:grpSp>'
    plain = "<p:grpSp><p:nvGrpSpPr/><p:grpSpPr><a:xfrm/></p:grpSpPr>{}</p:grpSp>"

    page = _page(tmp_path, plain.format(shape("in it", place=at(1, 1))), plain.format(""), hidden.format(shape("away")))

    assert (page.text, page.hidden) == ("in it", ("away",))


def test_bullets_and_numbers(tmp_path: Path) -> None:
    """Numbers count level by level, begin where the slide says, and stop where a plain line comes between."""

    def auto(kind: str, depth: int = 0, more: str = "") -> str:
        return slide_line("x", f'<a:pPr lvl="{depth}"><a:buAutoNum type="{kind}" {more}/></a:pPr>')

    box = shape(
        *(auto("arabicPeriod"), auto("alphaLcParenR", 1), auto("alphaLcParenR", 1), auto("arabicPeriod")),
        *(auto("alphaLcParenR", 1), "plain", auto("arabicPeriod", 0, 'startAt="4"'), auto("romanUcParenBoth")),
        *(auto("circleNumDbPlain"), auto("ea1ChsPeriod"), auto("hebrew2Minus"), auto("unheard")),
        slide_line("x", '<a:pPr><a:buChar char="q"/></a:pPr>'),
        slide_line("x", "<a:pPr><a:buBlip/></a:pPr>"),
        slide_line("x", "<a:pPr><a:buNone/></a:pPr>"),
        place=at(1, 1),
    )

    lines = [line for line in _page(tmp_path, box).text.split("\n") if line]

    assert lines == [
        *("1. x", "  a) x", "  b) x", "2. x", "  a) x", "plain", "4. x", "(I) x", "① x", "一. x", "א- x", "1. x"),
        *("• x", "• x", "x"),
    ]


def test_bullets_come_from_the_shape_too(tmp_path: Path) -> None:
    """A shape's own style for its levels comes before that of the master."""
    body = shape("one", kind=BODY).replace(
        "<a:bodyPr/>", "<a:bodyPr/><a:lstStyle><a:lvl1pPr><a:buNone/></a:lvl1pPr></a:lstStyle>"
    )

    assert _page(tmp_path, body).text == "one"


def test_words_of_a_paragraph(tmp_path: Path) -> None:
    """Breaks, fields and formulas are read, numbers of slides are not; bold words are emphasised."""
    formula = "<a14:m><m:oMathPara><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath></m:oMathPara></a14:m>"
    inline = "<a14:m><m:oMath><m:r><m:t>y</m:t></m:r></m:oMath></a14:m>"
    line = (
        "<a:p><a:r><a:t>A </a:t></a:r><a:r><a:rPr b='1'/><a:t>leaf</a:t></a:r><a:br/>"
        "<a:fld type='slidenum'><a:t>3</a:t></a:fld>"
        f"<a:fld type='TxLink'><a:t>linked</a:t></a:fld> {inline}{formula}<a:endParaRPr/></a:p>"
    )

    page = _page(tmp_path, shape(line, place=at(1, 1)))

    assert page.text == "A leaf\nlinked$y$\n$$x$$"
    assert [page.text[mark.start : mark.end] for mark in page.emphasis] == ["leaf"]
    assert [said(page, part) for part in page.parts] == ["$y$", "$$x$$"]


@pytest.mark.parametrize(
    "properties",
    [
        WHITE,
        '<a:rPr><a:solidFill><a:schemeClr val="bg1"/></a:solidFill></a:rPr>',
        '<a:rPr sz="100"/>',
        "<a:rPr><a:noFill/></a:rPr>",
        "<a:rPr><a:ln><a:noFill/></a:ln><a:noFill/></a:rPr>",
        '<a:rPr><a:solidFill><a:srgbClr val="000000"><a:alpha val="0"/></a:srgbClr></a:solidFill></a:rPr>',
    ],
    ids=["white", "of-the-ground", "tiny", "unfilled", "no-line", "clear"],
)
def test_words_without_ink_are_put_aside(tmp_path: Path, properties: str) -> None:
    """Words in the colour of the slide, tiny or transparent, are kept apart."""
    hidden = slide_line("Obey me.", run_properties=properties)

    page = _page(tmp_path, shape("Beside.", place=at(5, 5)), shape("Seen.", hidden, place=at(1, 1)))

    assert (page.text, page.hidden) == ("Seen.\n\nBeside.", ("Obey me.",))


@pytest.mark.parametrize(
    "shapes",
    [
        [shape(slide_line("Seen.", run_properties=WHITE), fill='<a:solidFill><a:srgbClr val="101010"/></a:solidFill>')],
        [shape(slide_line("Seen.", run_properties=WHITE), fill="<a:gradFill/>")],
        [shape(place=at(1, 1)), shape(slide_line("Seen.", run_properties=WHITE), place=at(1, 1))],
        [shape(slide_line("Seen.", run_properties="<a:rPr><a:ln><a:solidFill/></a:ln><a:noFill/></a:rPr>"))],
        [shape(slide_line("Seen.", run_properties=WHITE.replace('"/>', '"><a:lumMod val="5"/></a:srgbClr>')))],
        [shape(slide_line("Seen.", run_properties=WHITE.replace("FFFFFF", "white")))],
        [
            shape(slide_line("Seen.", run_properties=WHITE)).replace(
                "</p:spPr>", "</p:spPr><p:style><a:fillRef idx='1'/></p:style>"
            )
        ],
    ],
    ids=["filled", "shaded", "on-a-shape", "outlined", "darkened", "no-colour", "by-style"],
)
def test_white_words_on_a_ground_are_text(tmp_path: Path, shapes: list[str]) -> None:
    """White words on a dark shape, or where it cannot be told, are for reading."""
    page = _page(tmp_path, *shapes)

    assert (page.text, page.hidden) == ("Seen.", ())


@pytest.mark.parametrize(
    ("ground", "is_text"),
    [
        ('<p:bgPr><a:solidFill><a:srgbClr val="000000"/></a:solidFill></p:bgPr>', True),
        ("<p:bgPr><a:gradFill/></p:bgPr>", True),
        ('<p:bgRef idx="1001"><a:schemeClr val="bg1"/></p:bgRef>', False),
        ('<p:bgRef idx="1001"><a:schemeClr val="tx1"/></p:bgRef>', True),
        ('<p:bgRef idx="1003"><a:schemeClr val="bg1"/></p:bgRef>', True),
    ],
    ids=["black", "shaded", "theme-white", "theme-black", "theme-picture"],
)
def test_white_words_on_the_slide(tmp_path: Path, ground: str, *, is_text: bool) -> None:
    """Whether white words can be seen depends on the slide's ground."""
    body = slide(shape(slide_line("Seen.", run_properties=WHITE), place=at(1, 1)), before=f"<p:bg>{ground}</p:bg>")

    page = read_pptx(write_pptx(tmp_path, body)).pages[0]

    assert bool(page.text) is is_text


def test_shapes_that_nobody_sees(tmp_path: Path) -> None:
    """Shapes off the slide or switched off are put aside; dates and numbers of slides are counted."""
    shapes = (
        shape("Seen.", place=at(1, 1)),
        shape("Off the slide.", place=at(20, 1)),
        shape("Above it.", place=at(1, -3)),
        shape("Switched off.", place=at(1, 1), more='hidden="1"'),
        shape("Biology 7b", kind='type="ftr"'),
        shape(kind='type="dt"'),
        shape("4", kind='type="sldNum"'),
    )

    reading = read_pptx(write_pptx(tmp_path, slide(*shapes)))

    assert reading.pages[0].text == "Seen."
    assert sorted(reading.pages[0].hidden) == ["Above it.", "Off the slide.", "Switched off."]
    assert reading.dropped == (Dropped("running_line", 2, "Biology 7b"),)


def test_hidden_slides_are_left_out(tmp_path: Path) -> None:
    """A slide that is not shown is counted; the others keep their numbers."""
    slides = (slide(shape("One")), slide(shape("Two"), more='show="0"'), slide(shape("Three")))

    reading = read_pptx(write_pptx(tmp_path, *slides))

    assert [(page.number, page.text) for page in reading.pages] == [(1, "One"), (3, "Three")]
    assert reading.dropped == (Dropped("hidden_slide", 1, "Two"),)


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
    assert reading.dropped == (Dropped("picture", 2, "ppt/media/image1.png"),)


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
    assert reading.dropped == (Dropped("comment", 1, "Shorter?"),)


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

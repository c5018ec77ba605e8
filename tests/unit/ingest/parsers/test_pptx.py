"""Presentations: a page for each slide, in the order in which people read it."""

from pathlib import Path

import pytest

from domain.documents import Dropped, Page, PartKind
from ingest.limits import Limits
from ingest.parsers.contract import PPTX, Order
from ingest.parsers.pptx.parser import parse_pptx
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
    write_pptx,
)
from tests.unit.ingest.papers import Steps

TITLE = 'type="title"'
BODY = 'idx="1"'
WHITE = '<a:rPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></a:rPr>'


def _page(folder: Path, *shapes: str, links: Relations | None = None, parts: dict[str, str] | None = None) -> Page:
    return read_pptx(write_pptx(folder, slide(*shapes), links=links, parts=parts)).pages[0]


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
    assert reading.dropped == (Dropped("running_line", 2, "Biology 7b", "Biology 7b\n4"),)

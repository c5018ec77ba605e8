"""What of a page nobody sees."""

import pytest

from ingest.parsers.html.hidden import Sight, knows_background


@pytest.mark.parametrize(
    "style",
    [
        "display:none",
        "color:red; DISPLAY : none !important",
        "visibility: hidden",
        "opacity:0",
        "opacity: 0.0; margin:0",
        "font-size:0",
        "font-size: 0px",
        "font-size:1px",
        "position:absolute; left:-9999px",
        "text-indent:-10000em",
        "clip: rect(0, 0, 0, 0)",
        "clip-path: inset(50%)",
        "width:1px;height:1px;overflow:hidden",
        "color: transparent",
        "transform:scale(0)",
    ],
)
def test_styles_that_hide(style: str) -> None:
    """No size, no place, no ink: nobody reads it."""
    assert Sight().is_hidden("p", {"style": style})


@pytest.mark.parametrize(
    "style",
    [
        "display:block",
        "opacity:0.5",
        "opacity:.9",
        "font-size:10px",
        "font-size:0.9em",
        "left:-10px",
        "height:0",
        "overflow:hidden",
        "background-color:transparent",
        "color:white",
        "margin-left:-9px",
    ],
)
def test_styles_that_show(style: str) -> None:
    """Small and pale is not hidden, nor is white where something dark may lie behind."""
    assert not Sight().is_hidden("p", {"style": style})


def test_attributes_that_hide() -> None:
    """An element may say of itself that it is hidden; one that a search opens is not."""
    assert Sight().is_hidden("p", {"hidden": ""})
    assert Sight().is_hidden("p", {"aria-hidden": "TRUE"})
    assert not Sight().is_hidden("p", {"hidden": "until-found", "aria-hidden": "false"})


@pytest.mark.parametrize(
    ("name", "attributes", "is_hidden"),
    [
        ("p", {"style": "color:#fff"}, True),
        ("p", {"style": "color: rgb(255, 255, 255)"}, True),
        ("p", {"style": "color:#fff; background:#000"}, False),
        ("font", {"color": "White"}, True),
        ("font", {"color": "red"}, False),
    ],
)
def test_white_letters_on_white_are_hidden(name: str, attributes: dict[str, str], is_hidden: bool) -> None:  # noqa: FBT001
    """Where the page knows no background, white letters cannot be read."""
    assert Sight(has_background=False).is_hidden(name, attributes) is is_hidden


def test_rules_of_the_page_hide() -> None:
    """Plain rules for a class or an element count; those for print, and those of more than one part, do not."""
    sheet = """/* .no {display:none} */ .ghost, #gone { display:none } p.pale{opacity:0}
    @media print { .screen { display:none } } nav .deep { display:none } .seen { color: red }"""
    sight = Sight([sheet])

    assert sight.is_hidden("p", {"class": "a Ghost"})
    assert sight.is_hidden("div", {"id": "gone"})
    assert sight.is_hidden("p", {"class": "pale"})
    assert not sight.is_hidden("div", {"class": "pale screen deep seen no"})


@pytest.mark.parametrize(
    ("html", "knows"),
    [
        ("<p style='background:red'>", True),
        ("<body bgcolor=black>", True),
        ("<link href=a.css rel=stylesheet>", True),
        ("<p>", False),
    ],
)
def test_whether_a_page_knows_its_background(html: str, knows: bool) -> None:  # noqa: FBT001
    """It says so, or leaves it to a style sheet elsewhere."""
    assert knows_background(html) is knows

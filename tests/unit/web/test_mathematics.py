"""Formulas are drawn as MathML, safely."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from generators.mathematics import MAX_LENGTH
from web.mathematics import mathml_of, set_formula


def test_formulas_are_drawn() -> None:
    """What stands between dollar signs is drawn, in the line or on a line of its own."""
    assert set_formula("$x^2 < 3$") == (
        '<math display="inline"><mrow><msup><mi>x</mi><mn>2</mn></msup><mo>&lt;</mo><mn>3</mn></mrow></math>'
    )
    assert set_formula("$$x$$").startswith('<math display="block">')


@pytest.mark.parametrize("name", ["aligned", "align", "gathered", "cases", "bmatrix"])
def test_tables_of_formulas_are_drawn(name: str) -> None:
    """Equations below each other, cases and matrices have rows."""
    assert mathml_of(rf"\begin{{{name}}} a & b \\ c & d \end{{{name}}}").count("<mtr>") == 2


@pytest.mark.parametrize(
    "latex",
    [
        r"\unknowncommand{x}",
        r"\frac{",
        r"\left( x",
        r"x_1_2",
        "",
        "{" * 500 + "}" * 500,
        "x" * (MAX_LENGTH + 1),
        r"\newcommand{\a}{\a\a}\a",
        r"\def\a{b}\a",
    ],
    ids=["unknown", "cut", "open", "twice", "empty", "deep", "long", "macro", "definition"],
)
def test_what_cannot_be_drawn_is_shown_as_code(latex: str) -> None:
    """A reader sees what was written, and nothing runs away."""
    assert mathml_of(latex) == f"<code>{latex}</code>"


def test_a_formula_of_very_many_signs_is_shown_as_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """So many elements are no formula."""
    monkeypatch.setattr("generators.mathematics._MAX_ELEMENTS", 3)

    assert mathml_of("abcd") == "<code>abcd</code>"


def test_a_formula_of_unknown_elements_is_shown_as_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the library makes beyond the list is not drawn."""
    monkeypatch.setattr("generators.mathematics._ELEMENTS", {"math", "mrow"})

    assert mathml_of("x") == "<code>x</code>"


@pytest.mark.parametrize(
    "latex",
    [
        r"\text{<script>alert(1)</script>}",
        r"\href{javascript:alert(1)}{x}",
        r"\style{color:red}{x}",
        r"\color{red}{x}",
        r"\class{a}{x}",
        r"\hspace{9px\" onclick=\"x}",
        "<img src=x onerror=alert(1)>",
    ],
)
def test_nothing_but_mathematics_comes_out(latex: str) -> None:
    """Elements and attributes are those of a list, and texts are escaped."""
    root = etree.fromstring(str(mathml_of(latex)))

    assert all(str(element.tag).startswith("m") or element.tag == "code" for element in root.iter())
    assert {name for element in root.iter() for name in element.attrib} <= {
        "display",
        "width",
        "mathvariant",
        "stretchy",
    }


@given(st.text(alphabet="\\{}_^&$<>\"'()[]ab1 %#~|", max_size=40))
def test_whatever_is_typed_the_page_stays_whole(latex: str) -> None:
    """What comes out is well formed and has no script."""
    root = etree.fromstring(str(mathml_of(latex)))

    assert {str(element.tag) for element in root.iter()}.isdisjoint({"script", "img", "a"})

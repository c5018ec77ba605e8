"""Formulas of office documents become LaTeX."""

import pytest
from lxml import etree

from ingest.parsers.mathematics.latex import MAX_LENGTH
from ingest.parsers.mathematics.omml import latex_of_omml

_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/math"
UPRIGHT = '<m:rPr><m:sty m:val="p"/></m:rPr>'


def _latex(inner: str) -> str:
    return latex_of_omml(etree.fromstring(f'<m:oMath xmlns:m="{_SPACE}">{inner}</m:oMath>'))


def _run(text: str, properties: str = "") -> str:
    return f"<m:r>{properties}<m:t>{text}</m:t></m:r>"


def _in(name: str, inner: str) -> str:
    return f"<m:{name}>{inner}</m:{name}>"


def _set(name: str, **values: str) -> str:
    return _in(f"{name}Pr", "".join(f'<m:{key} m:val="{value}"/>' for key, value in values.items()))


X, Y = _in("e", _run("x")), _in("e", _run("y"))
FORMULAS = [
    (
        _run("x=")
        + _in(
            "f",
            _in(
                "num",
                _run("-b±") + _in("rad", _set("rad", degHide="1") + _in("deg", "") + _in("e", _run("4ac"))),
            )
            + _in("den", _run("2a")),
        ),
        r"x = \frac{-b \pm \sqrt{4ac}}{2a}",
    ),
    (_in("f", _set("f", type="lin") + _in("num", _run("a+b")) + _in("den", _run("2"))), "(a + b)/2"),
    (
        _in("d", _in("e", _in("f", _set("f", type="noBar") + _in("num", _run("n")) + _in("den", _run("k"))))),
        r"\binom{n}{k}",
    ),
    (_in("rad", _in("deg", _run("3")) + X), r"\sqrt[3]{x}"),
    (_in("sSup", X + _in("sup", _run("2"))) + _in("sSub", X + _in("sub", _run("i"))), "x^2 x_i"),
    (_in("sSubSup", X + _in("sub", _run("i")) + _in("sup", _run("2"))), "x_i^2"),
    (_in("sPre", _in("sub", _run("1")) + _in("sup", _run("2")) + X), "{}_1^2x"),
    (
        _in("nary", _set("nary", chr="∑") + _in("sub", _run("i=1")) + _in("sup", _run("n")) + X),
        r"\sum_{i = 1}^n x",
    ),
    (_in("nary", X), r"\int x"),
    (
        _in("d", _set("d", begChr="[", endChr="]") + _in("e", _in("m", _in("mr", X + Y) + _in("mr", Y + X)))),
        r"\begin{bmatrix} x & y \\ y & x \end{bmatrix}",
    ),
    (_in("d", _set("d", sepChr=",") + X + Y), "(x,y)"),
    (
        _in("eqArr", _in("e", _run("a&amp;=b")) + _in("e", _run("c&amp;=d"))),
        r"\begin{aligned} a & = b \\ c & = d \end{aligned}",
    ),
    (_in("d", _set("d", begChr="{", endChr="") + _in("e", _in("eqArr", X + Y))), r"\begin{cases} x \\ y \end{cases}"),
    (_in("func", _in("fName", _run("sin", UPRIGHT)) + _in("e", _run("θ"))), r"\sin \theta"),
    (
        _in("func", _in("fName", _in("limLow", _in("e", _run("lim", UPRIGHT)) + _in("lim", _run("x→0")))) + Y),
        r"\lim_{x \rightarrow 0} y",
    ),
    (_in("limUpp", X + _in("lim", _run("n"))), r"\overset{n}{x}"),
    (_in("acc", X) + _in("acc", _set("acc", chr="⃗") + X), r"\hat{x}\vec{x}"),
    (_in("bar", _set("bar", pos="top") + X) + _in("bar", X), r"\overline{x}\underline{x}"),
    (_in("groupChr", X) + _in("groupChr", _set("groupChr", chr="⏞", pos="top") + X), r"\underbrace{x}\overbrace{x}"),
    (_in("borderBox", X) + _in("box", X), r"\boxed{x}x"),
    (_run(" if so", "<m:rPr><m:nor/></m:rPr>"), r"\text{ if so}"),
    (
        _run("v", '<m:rPr><m:sty m:val="b"/></m:rPr>') + _run("R", '<m:rPr><m:scr m:val="double-struck"/></m:rPr>'),
        r"\mathbf{v}\mathbb{R}",
    ),
    (_run("ab 1.5 max", "") + _run("mol", UPRIGHT) + _run("d", UPRIGHT), r"ab1.5\max\mathrm{mol}d"),
    ("<m:del><m:r><m:t>gone</m:t></m:r></m:del><!-- note --><m:ins>" + _run("x") + "</m:ins>", "x"),
    (_in("f", _in("num", _run("a"))), r"\frac{a}{}"),
]


@pytest.mark.parametrize(("omml", "latex"), FORMULAS, ids=[str(number) for number in range(len(FORMULAS))])
def test_formulas_read_as_latex(omml: str, latex: str) -> None:
    """What is drawn is written as people write it."""
    assert _latex(omml) == latex


def test_formulas_without_end_are_bounded() -> None:
    """What is too long is no formula, and what nests too deep is its text."""
    assert _latex(_run("x" * (MAX_LENGTH + 1))) == ""
    assert _latex("<m:box><m:e>" * 60 + _run("xy") + "</m:e></m:box>" * 60) == r"\text{xy}"

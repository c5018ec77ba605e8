"""Formulas of web pages become LaTeX."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from ingest.parsers.mathematics.latex import MAX_LENGTH
from ingest.parsers.mathematics.mathml import Tag, is_safe_latex, latex_of


def _tag(element: etree._Element) -> Tag:
    children: list[Tag | str] = [element.text] if element.text else []
    for child in element:
        children.append(_tag(child))
        children += [child.tail] if child.tail else []
    return Tag(str(element.tag), {str(key): str(value) for key, value in element.items()}, tuple(children))


def _latex(inner: str) -> str:
    return latex_of(_tag(etree.fromstring(f"<math>{inner}</math>")))


FORMULAS = [
    (
        (
            "<mi>x</mi><mo>=</mo><mfrac><mrow><mo>−</mo><mi>b</mi><mo>±</mo><msqrt><msup><mi>b</mi><mn>2</mn></msup>"
            "<mo>−</mo><mn>4</mn><mi>a</mi><mi>c</mi></msqrt></mrow><mrow><mn>2</mn><mi>a</mi></mrow></mfrac>"
        ),
        r"x = \frac{-b \pm \sqrt{b^2 - 4ac}}{2a}",
    ),
    (
        (
            "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover>"
            "<msub><mi>α</mi><mi>i</mi></msub><mi>x</mi>"
        ),
        r"\sum_{i = 1}^n\alpha_i x",
    ),
    (
        (
            "<mo>[</mo><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr><mtr><mtd><mn>3</mn></mtd><mtd/></mtr>"
            "</mtable><mo>]</mo>"
        ),
        r"\begin{bmatrix} 1 & 2 \\ 3 & \end{bmatrix}",
    ),
    (
        (
            '<mi>A</mi><mfenced open="|" close="|"><mtable>'
            '<mtr><mtd><mn>1</mn><mspace width="2em"/></mtd></mtr></mtable>'
            "</mfenced>"
        ),
        r"A\begin{vmatrix} 1 \end{vmatrix}",
    ),
    (
        "<mi>a</mi><mo>(</mo><mtable><mtr><mtd><mn>1</mn></mtd></mtr></mtable><mo>)</mo><mi>b</mi>",
        r"a\begin{pmatrix} 1 \end{pmatrix}b",
    ),
    (
        (
            "<mi>f</mi><mo>⁡</mo><mo>(</mo><mi>x</mi><mo>)</mo><mo>=</mo><mo>{</mo><mtable><mtr><mtd><mi>x</mi></mtd>"
            "<mtd><mtext>if </mtext><mi>x</mi></mtd></mtr></mtable>"
        ),
        r"f(x) = \begin{cases} x & \text{if }x \end{cases}",
    ),
    ("<mrow><mo>{</mo><mtable><mtr><mtd><mi>x</mi></mtd></mtr></mtable></mrow>", r"\begin{cases} x \end{cases}"),
    (
        (
            '<mtable columnalign="right left"><mlabeledtr><mtd><mtext>(1)</mtext></mtd><mtd><mi>a</mi></mtd>'
            "<mtd><mo>=</mo><mi>b</mi></mtd></mlabeledtr></mtable>"
        ),
        r"\begin{aligned} a & = b \end{aligned}",
    ),
    ("<mrow><mo>(</mo><mfrac linethickness='0'><mi>n</mi><mi>k</mi></mfrac><mo>)</mo></mrow>", r"\binom{n}{k}"),
    ("<mrow><mo>(</mo><mfrac><mi>n</mi><mi>k</mi></mfrac><mo>)</mo></mrow>", r"\left(\frac{n}{k}\right)"),
    (
        "<mfenced separators=';'><mi>a</mi><mi>b</mi></mfenced><mfenced separators=''><mi>c</mi><mi>d</mi></mfenced>",
        "(a; b)(cd)",
    ),
    ("<mo>|</mo><mi>a</mi><mo>|</mo><mo>(</mo><mo>(</mo><mi>b</mi><mo>)</mo>", "|a|((b)"),
    ("<msup><mi>f</mi><mo>′</mo></msup><msup><mi>g</mi><mo>″</mo></msup>", "f'g''"),
    (
        "<mi>sin</mi><mi>x</mi><munder><mo>lim</mo><mrow><mi>x</mi><mo>→</mo><mn>0</mn></mrow></munder><mi>y</mi>",
        r"\sin x\lim_{x \rightarrow 0} y",
    ),
    (
        "<mi>ATP</mi><mi mathvariant='bold'>v</mi><mi mathvariant='normal'>d</mi><mi>ℝ</mi><mi>𝐱</mi><mi>𝛼</mi>",
        r"\mathrm{ATP}\mathbf{v}\mathrm{d}\mathbb{R}\mathbf{x}\alpha",
    ),
    (
        "<mi mathvariant='script'>ℒ</mi><mi mathvariant='normal'>Γ</mi><mi>漢</mi><mi>Länge</mi><mi/>",
        r"\mathcal{L}\Gamma\text{漢}\text{Länge}",
    ),
    (
        (
            "<mover><mi>v</mi><mo>→</mo></mover><mover><mrow><mi>A</mi><mi>B</mi></mrow><mo>¯</mo></mover>"
            "<mover><mi>y</mi><mo>^</mo></mover><mover><mi>z</mi><mo>~</mo></mover>"
        ),
        r"\vec{v}\overline{AB}\hat{y}\tilde{z}",
    ),
    (
        "<munder><mi>a</mi><mo>_</mo></munder><munder><mi>b</mi><mi>c</mi></munder><mover><mi>d</mi><mi>e</mi></mover>",
        r"\underline{a}\underset{c}{b}\overset{e}{d}",
    ),
    (
        "<mover><mo>→</mo><mi>k</mi></mover><munder><munder><mi>a</mi><mo>⏟</mo></munder><mi>n</mi></munder><munder><mi>q</mi></munder>",
        r"\xrightarrow{k}\underbrace{a}_n q",
    ),
    (
        "<mmultiscripts><mi>U</mi><mi>a</mi><none/><mprescripts/><mn>92</mn><mn>238</mn></mmultiscripts><mmultiscripts/>",
        "{}_{92}^{238}U_a",
    ),
    (
        "<msup><msub><mi>x</mi><mn>1</mn></msub><mn>2</mn></msup><msup><mn>10</mn><mrow><mo>-</mo><mn>7</mn></mrow></msup>",
        "{x_1}^2 10^{-7}",
    ),
    ("<msubsup><mo>∫</mo><mn>0</mn><mi>∞</mi></msubsup><msup><mrow/><mn>2</mn></msup>", r"\int_0^\infty{}^2"),
    (
        "<mroot><mi>x</mi><mn>3</mn></mroot><mtext>5$ &amp; more</mtext><ms>q</ms><mtext><mi>z</mi></mtext>",
        r"\sqrt[3]{x}\text{5\$ \& more}\text{\"q\"}z".replace('\\"', '"'),
    ),
    (
        (
            "<menclose notation='box'><mi>a</mi></menclose><menclose notation='updiagonalstrike'><mi>b</mi></menclose>"
            "<menclose notation='radical'><mi>c</mi></menclose><menclose><mi>d</mi></menclose>"
        ),
        r"\boxed{a}\cancel{b}\sqrt{c}d",
    ),
    ("<mspace width='0.3em'/><mi>a</mi><mspace width='.'/><mspace/><mtext> </mtext><mi>b</mi>", r"\ a\ b"),
    (
        (
            "<maction><mi>a</mi><mi>b</mi></maction><mglyph alt='leaf'/><mphantom><mi>x</mi></mphantom>"
            "<unknown><mi>c</mi></unknown>loose"
        ),
        r"a\text{leaf}c\text{loose}",
    ),
    (
        "<mn>1,5</mn><mn>１</mn><mn>XII</mn><mo>argmax</mo><mo>if and</mo><mo>max</mo><mo> </mo>",
        r"1,51\mathrm{XII}\operatorname{argmax}\text{if and}\max",
    ),
    ("<semantics/><semantics><mi>a</mi><annotation encoding='x'>no</annotation></semantics>", "a"),
    (
        "<msub><mrow><mo>(</mo><mi>a</mi><mo>)</mo></mrow><mn>1</mn></msub><msub><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>1</mn></msub>",
        "(a)_1{a + b}_1",
    ),
    ("<mi>x</mi><mo>∈</mo><mi>ℕ</mi><mo>,</mo><mi>y</mi><mo>#</mo><mi>é</mi>", r"x \in \mathbb{N},y\#é"),
]


@pytest.mark.parametrize(("mathml", "latex"), FORMULAS, ids=[str(number) for number in range(len(FORMULAS))])
def test_formulas_read_as_latex(mathml: str, latex: str) -> None:
    """What is drawn is written as people write it."""
    assert _latex(mathml) == latex


@pytest.mark.parametrize(
    ("typed", "latex"),
    [
        (r"x_1 % why", "x_1"),
        (r"{\displaystyle x^2}", "x^2"),
        (r"\displaystyle y", "y"),
        (r"{\textstyle z}", "z"),
        ("$a$", "q"),
        ("{a", "q"),
        (" ", "q"),
    ],
)
def test_what_the_author_wrote_counts_most(typed: str, latex: str) -> None:
    """A formula that comes with its LaTeX keeps it, if that can stand between dollar signs."""
    annotation = f"<annotation encoding='application/x-tex'>{typed}</annotation>"

    assert _latex(f"<semantics><mi>q</mi>{annotation}</semantics>") == latex


def test_formulas_without_end_are_bounded() -> None:
    """What is too long is no formula, and what nests too deep is its text."""
    deep = "<mrow>" * 90 + "<mi>x</mi>" + "</mrow>" * 90

    assert _latex("<mi>x</mi>" * (MAX_LENGTH + 1)) == ""
    assert _latex(deep) == r"\text{x}"


_NAMES = [
    "mi",
    "mn",
    "mo",
    "mtext",
    "mrow",
    "mfrac",
    "msqrt",
    "mroot",
    "msub",
    "msup",
    "msubsup",
    "munder",
    "mover",
    "munderover",
    "mtable",
    "mtr",
    "mtd",
    "mfenced",
]
_SIGNS = st.text(alphabet="xα∑()[]{}|\\$%_^& ", max_size=3)
_TREES = st.recursive(
    st.builds(lambda name, text: Tag(name, {}, (text,)), st.sampled_from(_NAMES[:4]), _SIGNS),
    lambda inner: st.builds(
        lambda name, children: Tag(name, {}, tuple(children)), st.sampled_from(_NAMES[4:]), st.lists(inner, max_size=4)
    ),
    max_leaves=12,
)


@given(_TREES)
def test_every_formula_can_stand_between_dollar_signs(tree: Tag) -> None:
    """Whatever stands in a formula, its LaTeX has no dollar sign of its own and its braces match."""
    assert is_safe_latex(latex_of(tree))

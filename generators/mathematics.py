"""Formulas of readings (LaTeX) as trees of MathML elements, within bounds.

What the library makes is not trusted: a tree with an element that is not in the list is no formula.
"""

import re
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_LENGTH = 4_000
"""Characters of a formula that is drawn; a longer one is shown as it was written."""

_MAX_DEPTH = 40
_MAX_ELEMENTS = 4_000
_ELEMENT_NAMES = (
    "math mrow mi mn mo mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover mtable mtr mtd mstyle "
    "mpadded mphantom menclose ms"
)
_ELEMENTS = frozenset(_ELEMENT_NAMES.split())
_MACROS = re.compile(r"\\(?:(?:re|provide)?newcommand|providecommand|[gex]?def|let|DeclareMathOperator|require)\b")
_LEFT_OVER = re.compile(r"\\[A-Za-z]")
_SURROUNDINGS = {"aligned": "align*", "alignedat": "align*", "gathered": "align*", "dcases": "cases"}
_ODDITIES = (LookupError, RuntimeError, TypeError, ValueError, AttributeError, StopIteration)
"""What the library trips over besides its own errors."""

_NAMED = re.compile(r"\\(begin|end)\{(\w+)\}(?:\{\d+\})?")


def typed_in(formula: str) -> tuple[str, bool]:
    """Give the LaTeX of a formula as a text has it, between `$` or `$$`, and whether it is displayed."""
    is_displayed = formula.startswith("$$")
    width = 2 if is_displayed else 1
    return formula[width:-width], is_displayed


def tree_of(latex: str, *, is_displayed: bool = False) -> "Element | None":
    """Give LaTeX as a tree of MathML; None for what cannot be drawn, or is too long or nested too deep."""
    return _draw(latex, is_displayed=is_displayed) if _is_bounded(latex) else None


def _is_bounded(latex: str) -> bool:
    """Whether it is short and flat, and defines nothing that could grow without end."""
    if len(latex) > MAX_LENGTH or _MACROS.search(latex):
        return False
    depth = 0
    for sign in re.sub(
        r"\\[^A-Za-z]", "", re.sub(r"\\(?:begin|left)\b", "{", re.sub(r"\\(?:end|right)\b", "}", latex))
    ):
        depth += (sign == "{") - (sign == "}")
        if depth > _MAX_DEPTH:
            return False
    return True


def _draw(latex: str, *, is_displayed: bool) -> "Element | None":
    from latex2mathml import exceptions
    from latex2mathml.converter import convert_to_element

    failures = [one for one in vars(exceptions).values() if isinstance(one, type) and issubclass(one, Exception)]
    caught: tuple[type[Exception], ...] = (*failures, *_ODDITIES)
    known = _NAMED.sub(lambda found: f"\\{found[1]}{{{_SURROUNDINGS.get(found[2], found[2])}}}", latex)
    try:
        element = convert_to_element(known, display="block" if is_displayed else "inline")
    except caught:
        return None
    elements = list(element.iter())
    if len(elements) > _MAX_ELEMENTS or any(one.tag not in _ELEMENTS or _is_left_over(one) for one in elements):
        return None
    for one in elements:
        # the library writes signs as references, to be resolved at the end
        one.text = unescape(one.text or "")
    drawn: Element = element
    return drawn


def _is_left_over(element: "Element") -> bool:
    """Whether a command was not understood and stands there as it was typed."""
    return element.tag != "mtext" and bool(_LEFT_OVER.search(element.text or ""))

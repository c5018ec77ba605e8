"""Formulas of readings (LaTeX) as MathML, which browsers draw and screen readers speak, without script.

What the library makes is not trusted: elements and attributes are taken from a list, and every text is escaped.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

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
_ATTRIBUTE_NAMES = (
    "display displaystyle scriptlevel mathvariant stretchy fence form separator accent accentunder linethickness "
    "columnalign columnlines rowlines columnspacing rowspacing width height depth lspace rspace minsize maxsize "
    "movablelimits largeop notation"
)
_ATTRIBUTES = frozenset(_ATTRIBUTE_NAMES.split())
_VALUE = re.compile(r"[A-Za-z0-9 .%+-]{1,60}")
_MACROS = re.compile(r"\\(?:(?:re|provide)?newcommand|providecommand|[gex]?def|let|DeclareMathOperator|require)\b")
_LEFT_OVER = re.compile(r"\\[A-Za-z]")
_SURROUNDINGS = {"aligned": "align*", "alignedat": "align*", "gathered": "align*", "dcases": "cases"}
_ODDITIES = (LookupError, RuntimeError, TypeError, ValueError, AttributeError, StopIteration)
"""What the library trips over besides its own errors."""

_NAMED = re.compile(r"\\(begin|end)\{(\w+)\}(?:\{\d+\})?")


def set_formula(typed: str) -> Markup:
    """Set a formula as a page's text has it, between `$` or `$$`."""
    is_displayed = typed.startswith("$$")
    width = 2 if is_displayed else 1
    return mathml_of(typed[width:-width], is_displayed=is_displayed)


def mathml_of(latex: str, *, is_displayed: bool = False) -> Markup:
    """Give LaTeX as MathML; what cannot be drawn, or is too long or nested too deep, as code."""
    drawn = _draw(latex, is_displayed=is_displayed) if _is_bounded(latex) else ""
    return Markup(drawn) if drawn else Markup("<code>{}</code>").format(latex)  # noqa: S704


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


def _draw(latex: str, *, is_displayed: bool) -> str:
    from latex2mathml import exceptions
    from latex2mathml.converter import convert_to_element

    failures = [one for one in vars(exceptions).values() if isinstance(one, type) and issubclass(one, Exception)]
    caught: tuple[type[Exception], ...] = (*failures, *_ODDITIES)
    known = _NAMED.sub(lambda found: f"\\{found[1]}{{{_SURROUNDINGS.get(found[2], found[2])}}}", latex)
    try:
        element = convert_to_element(known, display="block" if is_displayed else "inline")
    except caught:
        return ""
    elements = list(element.iter())
    if len(elements) > _MAX_ELEMENTS or any(one.tag not in _ELEMENTS or _is_left_over(one) for one in elements):
        return ""
    return "".join(_written(element))


def _is_left_over(element: "Element") -> bool:
    """Whether a command was not understood and stands there as it was typed."""
    return element.tag != "mtext" and bool(_LEFT_OVER.search(element.text or ""))


def _written(element: "Element") -> Iterator[str]:
    """Write an element with what stands in it, and of its attributes those that draw."""
    named = {name: value for name, value in element.attrib.items() if name in _ATTRIBUTES}
    kept = "".join(f' {name}="{value}"' for name, value in named.items() if _VALUE.fullmatch(value))
    yield f"<{element.tag}{kept}>"
    # the library writes signs as references, to be resolved at the end
    yield str(escape(unescape(element.text or "")))
    for child in element:
        yield from _written(child)
    yield f"</{element.tag}>"

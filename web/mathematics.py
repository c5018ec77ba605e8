"""Formulas of readings (LaTeX) as MathML, which browsers draw and screen readers speak, without script.

What the library makes is not trusted: elements and attributes are taken from a list, and every text is escaped.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from generators.mathematics import tree_of, typed_in

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ATTRIBUTE_NAMES = (
    "display displaystyle scriptlevel mathvariant stretchy fence form separator accent accentunder linethickness "
    "columnalign columnlines rowlines columnspacing rowspacing width height depth lspace rspace minsize maxsize "
    "movablelimits largeop notation"
)
_ATTRIBUTES = frozenset(_ATTRIBUTE_NAMES.split())
_VALUE = re.compile(r"[A-Za-z0-9 .%+-]{1,60}")


def set_formula(typed: str) -> Markup:
    """Set a formula as a page's text has it, between `$` or `$$`."""
    latex, is_displayed = typed_in(typed)
    return mathml_of(latex, is_displayed=is_displayed)


def mathml_of(latex: str, *, is_displayed: bool = False) -> Markup:
    """Give LaTeX as MathML; what cannot be drawn, or is too long or nested too deep, as code."""
    tree = tree_of(latex, is_displayed=is_displayed)
    if tree is None:
        return Markup("<code>{}</code>").format(latex)
    # every name is of a list, every text escaped
    return Markup("".join(_written(tree)))  # noqa: S704


def _written(element: "Element") -> Iterator[str]:
    """Write an element with what stands in it, and of its attributes those that draw."""
    named = {name: value for name, value in element.attrib.items() if name in _ATTRIBUTES}
    kept = "".join(f' {name}="{value}"' for name, value in named.items() if _VALUE.fullmatch(value))
    yield f"<{element.tag}{kept}>"
    yield str(escape(element.text or ""))
    for child in element:
        yield from _written(child)
    yield f"</{element.tag}>"

"""Formulas as Word sets them (Office Math Markup, ECMA-376 part 1, chapter 22), made from trees of MathML."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from generators.exports.sheet import printable

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_ACCENTS = {
    "^": "\u0302",
    "~": "\u0303",
    "→": "\u20d7",
    "˙": "\u0307",
    "¨": "\u0308",
    "¯": "\u0305",
    "―": "\u0305",
    "‾": "\u0305",
    "ˇ": "\u030c",
}
_PAIRS = {"(": ")", "[": "]", "{": "}", "|": "|", "‖": "‖", "⟨": "⟩", "⌈": "⌉", "⌊": "⌋"}


def formula_of(tree: "Element") -> Any:
    """Give a formula as an element of a Word paragraph."""
    return _make("oMath", *_row(list(tree)))


def _row(elements: "list[Element]") -> list[Any]:
    return [made for element in elements for made in _write(element)]


def _write(element: "Element") -> list[Any]:
    name, kids = str(element.tag).rpartition("}")[2], list(element)
    if not kids:
        words = printable(element.text or "")
        return [_words(words, is_plain=name in {"mtext", "ms"} or (name == "mi" and len(words) > 1))] if words else []
    if name in _WRITERS and len(kids) >= _NEEDED.get(name, 1):
        return [_WRITERS[name](kids)]
    first, last = kids[0].text or "", kids[-1].text or ""
    is_fenced = len(kids) > 2 and not len(kids[0]) and not len(kids[-1])
    if is_fenced and _PAIRS.get(first) == last and all(kid.get("stretchy") == "true" for kid in (kids[0], kids[-1])):
        return [_fenced(kids[1:-1], first, last)]
    return _row(kids)


def _make(name: str, *children: Any, **attributes: str) -> Any:
    from lxml import etree

    element = etree.Element(f"{{{_SPACE}}}{name}", nsmap={"m": _SPACE})
    for key, value in attributes.items():
        element.set(f"{{{_SPACE}}}{key}", value)
    element.extend(children)
    return element


def _words(words: str, *, is_plain: bool) -> Any:
    text = _make("t")
    text.text = words
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return _make("r", *([_make("rPr", _make("sty", val="p"))] if is_plain else []), text)


def _part(name: str, element: "Element") -> Any:
    return _make(name, *_write(element))


def _fenced(kids: "list[Element]", first: str, last: str) -> Any:
    signs = _make("dPr", _make("begChr", val=first), _make("endChr", val=last))
    return _make("d", signs, _make("e", *_row(kids)))


def _fraction(kids: "list[Element]") -> Any:
    return _make("f", _part("num", kids[0]), _part("den", kids[1]))


def _root(kids: "list[Element]") -> Any:
    return _make("rad", _part("deg", kids[1]), _part("e", kids[0]))


def _square_root(kids: "list[Element]") -> Any:
    return _make("rad", _make("radPr", _make("degHide", val="1")), _make("deg"), _make("e", *_row(kids)))


def _script(name: str, *parts: str) -> "Callable[[list[Element]], Any]":
    def write(kids: "list[Element]") -> Any:
        return _make(name, *(_part(part, kid) for part, kid in zip(parts, kids, strict=False)))

    return write


def _over(kids: "list[Element]") -> Any:
    sign = (kids[1].text or "").strip()
    if sign in _ACCENTS:
        return _make("acc", _make("accPr", _make("chr", val=_ACCENTS[sign])), _part("e", kids[0]))
    return _make("limUpp", _part("e", kids[0]), _part("lim", kids[1]))


def _under_and_over(kids: "list[Element]") -> Any:
    under = _make("limLow", _part("e", kids[0]), _part("lim", kids[1]))
    return _make("limUpp", _make("e", under), _part("lim", kids[2]))


def _table(kids: "list[Element]") -> Any:
    return _make("m", *(_make("mr", *(_part("e", cell) for cell in row)) for row in kids))


_WRITERS: "Mapping[str, Callable[[list[Element]], Any]]" = MappingProxyType(
    {
        "mfrac": _fraction,
        "mroot": _root,
        "msqrt": _square_root,
        "msub": _script("sSub", "e", "sub"),
        "msup": _script("sSup", "e", "sup"),
        "msubsup": _script("sSubSup", "e", "sub", "sup"),
        "munder": _script("limLow", "e", "lim"),
        "mover": _over,
        "munderover": _under_and_over,
        "mtable": _table,
    }
)
_NEEDED = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2, "munderover": 3}

"""Formulas of office documents (ISO/IEC 29500-1, 22.1) as LaTeX."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ingest.parsers.mathematics.latex import (
    MAX_DEPTH,
    MAX_LENGTH,
    fenced,
    fraction,
    join,
    matrix,
    operator,
    root,
    scripted,
    stacked,
    word,
    words,
)
from ingest.parsers.mathematics.symbols import FUNCTIONS

Element = Any
"""An element of lxml, or one that can be used like it."""

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|\s+|.", re.DOTALL)
_VARIANTS = {
    "double-struck": "double-struck",
    "script": "script",
    "fraktur": "fraktur",
    "sans-serif": "sans-serif",
    "monospace": "monospace",
}
_OFF = {"0", "off", "false"}


def latex_of_omml(element: Element) -> str:
    """Give a formula (`m:oMath` or `m:oMathPara`) as LaTeX without dollar signs.

    Unknown elements give what stands in them. Empty for what has no words, or more than 20,000 characters.
    """
    latex = " ".join(_row(element, 0).split())
    return latex if len(latex) <= MAX_LENGTH else ""


def _name(element: Element) -> str:
    """Give an element's name without its namespace; empty for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _child(element: Element, name: str) -> Element | None:
    return next((child for child in element if _name(child) == name), None)


def _property(element: Element, name: str, usual: str) -> str:
    """Give a value that is set in the properties of an element; without a value, it is on."""
    properties = next((child for child in element if _name(child).endswith("Pr")), None)
    found = None if properties is None else _child(properties, name)
    if found is None:
        return usual
    return next((value for key, value in found.attrib.items() if key.rpartition("}")[2] == "val"), "")


def _row(element: Element, depth: int) -> str:
    return join(_pieces(element, depth))


def _pieces(element: Element, depth: int) -> Iterator[str]:
    if depth > MAX_DEPTH:
        yield words("".join(element.itertext()))
        return
    for child in element:
        name = _name(child)
        if name == "r":
            yield from _run(child)
        elif write := _WRITERS.get(name):
            yield write(child, depth + 1)
        elif name and not name.endswith("Pr") and name not in {"del", "t", "instrText"}:
            yield _row(child, depth + 1)


def _part(element: Element, name: str, depth: int) -> str:
    found = _child(element, name)
    return "" if found is None else _row(found, depth)


def _run(run: Element) -> Iterator[str]:
    """Give the signs of a run: letters one by one where they are set slanting, names where they stand upright."""
    text = "".join(child.text or "" for child in run if _name(child) == "t")
    if _property(run, "nor", "0") not in _OFF:
        yield words(text)
        return
    style = _property(run, "sty", "i")
    variant = _VARIANTS.get(_property(run, "scr", ""), {"b": "bold", "bi": "bold-italic"}.get(style, ""))
    for token in _TOKEN.findall(text):
        if token.isspace():
            continue
        if not token.isalpha():
            yield token if token[0].isascii() and token[0].isdigit() else operator(token)
        elif style == "p" or variant or token in FUNCTIONS:
            yield word(token, variant or ("normal" if style == "p" and len(token) > 1 else ""))
        else:
            yield from (word(letter) for letter in token)


def _fraction(element: Element, depth: int) -> str:
    upper, lower = _part(element, "num", depth), _part(element, "den", depth)
    kind = _property(element, "type", "bar")
    if kind in {"lin", "skw"}:
        return f"{_kept_together(upper)}/{_kept_together(lower)}"
    return fraction(upper, lower, has_line=kind != "noBar")


def _kept_together(latex: str) -> str:
    return latex if re.fullmatch(r"\w*|\\\w+", latex) else f"({latex})"


def _root(element: Element, depth: int) -> str:
    is_square = _property(element, "degHide", "0") not in _OFF
    return root(_part(element, "e", depth), "" if is_square else _part(element, "deg", depth))


def _scripted(element: Element, depth: int) -> str:
    return scripted(_part(element, "e", depth), _part(element, "sub", depth), _part(element, "sup", depth))


def _scripted_before(element: Element, depth: int) -> str:
    scripts = scripted("", _part(element, "sub", depth), _part(element, "sup", depth))
    return f"{scripts}{_part(element, 'e', depth)}"


def _gathered(element: Element, depth: int) -> str:
    """Write a sum, an integral or the like with its limits, and what it gathers."""
    sign = operator(_property(element, "chr", "∫") or "∫")
    whole = stacked(sign, _part(element, "sub", depth), _part(element, "sup", depth))
    return join([whole, " ", _part(element, "e", depth)])


def _fenced(element: Element, depth: int) -> str:
    opening, closing = _property(element, "begChr", "("), _property(element, "endChr", ")")
    separator = operator(_property(element, "sepChr", "|") or "|")
    inner: list[str] = []
    for child in element:
        if _name(child) == "e":
            inner += [separator] if inner else []
            inner.append(_row(child, depth))
    return fenced(operator(opening), join(inner), operator(closing))


def _matrix(element: Element, depth: int) -> str:
    rows = [row for row in element if _name(row) == "mr"]
    return matrix([_row(cell, depth) for cell in row if _name(cell) == "e"] for row in rows)


def _lines(element: Element, depth: int) -> str:
    """Write equations one below the other; an ampersand in them says where they are aligned."""
    lines = [re.sub(r"\s*\\&\s*", " & ", _row(line, depth)) for line in element if _name(line) == "e"]
    is_aligned = any("&" in line for line in lines)
    return matrix(([line] for line in lines), name="aligned" if is_aligned else "matrix")


def _function(element: Element, depth: int) -> str:
    return join([_part(element, "fName", depth), " ", _part(element, "e", depth)])


def _below(element: Element, depth: int) -> str:
    return stacked(_part(element, "e", depth), _part(element, "lim", depth))


def _above(element: Element, depth: int) -> str:
    return stacked(_part(element, "e", depth), "", _part(element, "lim", depth))


def _accent(element: Element, depth: int) -> str:
    return stacked(_part(element, "e", depth), "", operator(_property(element, "chr", "\u0302")))


def _bar(element: Element, depth: int) -> str:
    base = _part(element, "e", depth)
    return f"\\overline{{{base}}}" if _property(element, "pos", "bot") == "top" else f"\\underline{{{base}}}"


def _grouped(element: Element, depth: int) -> str:
    base, sign = _part(element, "e", depth), operator(_property(element, "chr", "⏟"))
    is_above = _property(element, "pos", "bot") == "top"
    return stacked(base, "", sign) if is_above else stacked(base, sign)


def _boxed(element: Element, depth: int) -> str:
    return f"\\boxed{{{_part(element, 'e', depth)}}}"


_WRITERS: Mapping[str, Callable[[Element, int], str]] = {
    "f": _fraction,
    "rad": _root,
    "sSup": _scripted,
    "sSub": _scripted,
    "sSubSup": _scripted,
    "sPre": _scripted_before,
    "nary": _gathered,
    "d": _fenced,
    "m": _matrix,
    "eqArr": _lines,
    "func": _function,
    "limLow": _below,
    "limUpp": _above,
    "acc": _accent,
    "bar": _bar,
    "groupChr": _grouped,
    "borderBox": _boxed,
}

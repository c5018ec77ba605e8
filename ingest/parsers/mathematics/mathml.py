"""Formulas of web pages and books (presentation MathML) as LaTeX, which people can read and pages can show again."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

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

_OPENING = {"(", "[", "\\{", "|", "\\|", "\\langle", "\\lfloor", "\\lceil"}
_CLOSING = {")", "]", "\\}", "|", "\\|", "\\rangle", "\\rfloor", "\\rceil"}
_TEX = {"application/x-tex", "tex", "text/x-tex", "latex", "application/x-latex"}
_DISPLAYED = re.compile(r"\{\\displaystyle (.*)\}|\\displaystyle (.*)|\{\\textstyle (.*)\}", re.DOTALL)
_WIDTH = re.compile(r"(-?[\d.]+)\s*em")
_ALIGNED = re.compile(r"right\s+left")
_UNREAD = {"annotation", "annotation-xml", "none", "mprescripts", "malignmark", "maligngroup", "mphantom"}


@dataclass(frozen=True, slots=True)
class Tag:
    """An element of MathML: its name without a prefix, its attributes, and what stands in it."""

    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: "tuple[Tag | str, ...]" = ()


def latex_of(formula: Tag) -> str:
    """Give a formula as LaTeX without dollar signs: what its author wrote where the file tells, else what it shows.

    Unknown elements give what stands in them. Empty for what has no words, or more than 20,000 characters.
    """
    latex = _said_by_author(formula) or _latex(formula, 0)
    latex = " ".join(latex.split())
    return latex if len(latex) <= MAX_LENGTH else ""


def is_safe_latex(latex: str) -> bool:
    """Whether LaTeX that somebody wrote can stand between dollar signs: none of its own, and its braces match."""
    depth = 0
    for sign in re.sub(r"\\.", "", latex, flags=re.DOTALL):
        depth += (sign == "{") - (sign == "}")
        if depth < 0 or sign == "$":
            return False
    return depth == 0 and len(latex) <= MAX_LENGTH


def _said_by_author(formula: Tag) -> str:
    for tag in _walk(formula):
        if tag.name == "annotation" and tag.attributes.get("encoding", "").lower() in _TEX:
            latex = _text(tag).strip()
            if shown := _DISPLAYED.fullmatch(latex):
                latex = next(group for group in shown.groups() if group is not None).strip()
            if latex and is_safe_latex(latex):
                return re.sub(r"(?<!\\)%.*", "", latex)
    return ""


def _walk(tag: Tag) -> Iterator[Tag]:
    ahead = [tag]
    while ahead:
        tag = ahead.pop()
        yield tag
        ahead.extend(child for child in reversed(tag.children) if isinstance(child, Tag))


def _text(tag: Tag) -> str:
    """Give the words of an element, however deep they stand."""
    ahead: list[Tag | str] = [tag]
    found = []
    while ahead:
        one = ahead.pop()
        if isinstance(one, str):
            found.append(one)
        else:
            ahead.extend(reversed(one.children))
    return "".join(found)


def _latex(tag: Tag | str, depth: int) -> str:
    if isinstance(tag, str):
        return words(tag) if tag.strip() else ""
    if depth > MAX_DEPTH:
        return words(_text(tag))
    write = _WRITERS.get(tag.name)
    if write is not None:
        return write(tag, depth + 1)
    return "" if tag.name in _UNREAD else _row(tag, depth + 1)


def _children(tag: Tag) -> list[Tag]:
    return [child for child in tag.children if isinstance(child, Tag)]


def _each(tag: Tag, depth: int, count: int) -> list[str]:
    """Give so many children as LaTeX, empty where one is missing."""
    found = [_latex(child, depth) for child in _children(tag)[:count]]
    return found + [""] * (count - len(found))


def _row(tag: Tag, depth: int) -> str:
    pieces = [piece for child in tag.children if (piece := _latex(child, depth))]
    if len(pieces) > 1 and pieces[0] in _OPENING and _is_pair(pieces):
        closing = pieces[-1] if pieces[-1] in _CLOSING else ""
        return fenced(pieces[0], join(pieces[1:-1] if closing else pieces[1:]), closing)
    return join(_fence_inside(pieces))


def _is_pair(pieces: list[str]) -> bool:
    """Whether the first and the last belong together, or a brace opens cases."""
    inner = pieces[1:-1]
    opens = any(piece in _OPENING - _CLOSING for piece in inner)
    if pieces[-1] in _CLOSING and not opens and not any(piece in _CLOSING for piece in inner):
        return True
    return pieces[0] == "\\{" and len(pieces) == 2 and pieces[1].startswith("\\begin")


def _fence_inside(pieces: list[str]) -> list[str]:
    """Draw fences within a row together with the one thing between them, such as a matrix."""
    drawn: list[str] = []
    for piece in pieces:
        drawn.append(piece)
        if len(drawn) > 2 and drawn[-3] in _OPENING and drawn[-1] in _CLOSING and len(drawn[-2]) > 1:
            drawn[-3:] = [fenced(drawn[-3], drawn[-2], drawn[-1])]
    if len(drawn) > 1 and drawn[-2] == "\\{" and drawn[-1].startswith("\\begin"):
        drawn[-2:] = [fenced("\\{", drawn[-1], "")]
    return drawn


def _name(tag: Tag, _depth: int) -> str:
    return word(_text(tag), tag.attributes.get("mathvariant", ""))


def _number(tag: Tag, _depth: int) -> str:
    text = _text(tag).strip()
    return text if re.fullmatch(r"[\d.,\s]+", text) and text.isascii() else word(text)


def _operator(tag: Tag, _depth: int) -> str:
    return operator(_text(tag))


def _said(tag: Tag, depth: int) -> str:
    within = [child for child in tag.children if isinstance(child, Tag)]
    return join(_latex(child, depth) for child in tag.children) if within else words(_text(tag))


def _blank(tag: Tag, _depth: int) -> str:
    width = _WIDTH.search(tag.attributes.get("width", ""))
    size = float(width[1]) if width and width[1].strip(".-") and width[1].count(".") < 2 else 0.0
    return "\\quad " if size >= 1 else "\\ " if size >= 0.25 else ""


def _fraction(tag: Tag, depth: int) -> str:
    upper, lower = _each(tag, depth, 2)
    thickness = tag.attributes.get("linethickness", "").strip()
    return fraction(upper, lower, has_line=not re.fullmatch(r"0(?:\.0+)?\s*[a-z%]*", thickness))


def _degree_root(tag: Tag, depth: int) -> str:
    radicand, degree = _each(tag, depth, 2)
    return root(radicand, degree)


def _lower(tag: Tag, depth: int) -> str:
    base, below = _each(tag, depth, 2)
    return scripted(base, below)


def _upper(tag: Tag, depth: int) -> str:
    base, above = _each(tag, depth, 2)
    return scripted(base, "", above)


def _both(tag: Tag, depth: int) -> str:
    return scripted(*_each(tag, depth, 3))


def _under(tag: Tag, depth: int) -> str:
    base, below = _each(tag, depth, 2)
    return stacked(base, below)


def _over(tag: Tag, depth: int) -> str:
    base, above = _each(tag, depth, 2)
    return stacked(base, "", above)


def _under_over(tag: Tag, depth: int) -> str:
    return stacked(*_each(tag, depth, 3))


def _table(tag: Tag, depth: int) -> str:
    rows = []
    for row in _children(tag):
        cells = [_latex(cell, depth) for cell in _children(row)]
        rows.append(cells[1:] if row.name == "mlabeledtr" else cells)
    is_aligned = _ALIGNED.match(tag.attributes.get("columnalign", ""))
    return matrix(rows, name="aligned" if is_aligned else "matrix")


def _fenced(tag: Tag, depth: int) -> str:
    marks = [mark for mark in tag.attributes.get("separators", ",") if not mark.isspace()]
    pieces: list[str] = []
    for index, child in enumerate(_children(tag)):
        if index and marks:
            pieces.append(f"{operator(marks[min(index, len(marks)) - 1])} ")
        pieces.append(_latex(child, depth))
    opening, closing = tag.attributes.get("open", "("), tag.attributes.get("close", ")")
    return fenced(operator(opening), join(pieces), operator(closing))


def _semantics(tag: Tag, depth: int) -> str:
    shown = [child for child in _children(tag) if child.name not in {"annotation", "annotation-xml"}]
    return _latex(shown[0], depth) if shown else ""


def _enclosed(tag: Tag, depth: int) -> str:
    inner = _row(tag, depth)
    notation = tag.attributes.get("notation", "longdiv").split()
    if "radical" in notation:
        return root(inner)
    if "box" in notation:
        return f"\\boxed{{{inner}}}"
    return f"\\cancel{{{inner}}}" if any(mark.endswith("strike") for mark in notation) else inner


def _many_scripts(tag: Tag, depth: int) -> str:
    """Write scripts on both sides of a base: pairs of lower and upper ones, those before it after `mprescripts`."""
    base, *scripts = _children(tag) or [Tag("none")]
    names = [script.name for script in scripts]
    cut = names.index("mprescripts") if "mprescripts" in names else len(scripts)
    after = [_latex(script, depth) for script in scripts[:cut]]
    before = [_latex(script, depth) for script in scripts[cut + 1 :]]
    left = scripted("", join(before[::2]), join(before[1::2])) if any(before) else ""
    whole = left + scripted(_latex(base, depth), join(after[::2]), join(after[1::2]))
    return "" if whole == "{}" else whole


def _quoted(tag: Tag, _depth: int) -> str:
    return words(f'"{_text(tag)}"')


def _picture(tag: Tag, _depth: int) -> str:
    return words(tag.attributes.get("alt", ""))


def _first(tag: Tag, depth: int) -> str:
    return _each(tag, depth, 1)[0]


def _square_root(tag: Tag, depth: int) -> str:
    return root(_row(tag, depth))


_WRITERS: Mapping[str, Callable[[Tag, int], str]] = {
    "mi": _name,
    "mn": _number,
    "mo": _operator,
    "mtext": _said,
    "ms": _quoted,
    "mspace": _blank,
    "mfrac": _fraction,
    "msqrt": _square_root,
    "mroot": _degree_root,
    "msub": _lower,
    "msup": _upper,
    "msubsup": _both,
    "munder": _under,
    "mover": _over,
    "munderover": _under_over,
    "mtable": _table,
    "mfenced": _fenced,
    "semantics": _semantics,
    "menclose": _enclosed,
    "mmultiscripts": _many_scripts,
    "mglyph": _picture,
    "maction": _first,
}

"""What stands within lines of web pages and books: formulas, references to notes, small raised figures, pictures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.parsers.html.tree import Attributes, classes_of, formula_of, kinds_of, name_of, words_of
from ingest.parsers.mathematics.mathml import is_safe_latex, latex_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_MARK = r"\d{1,4}|[a-z]|[ivxlc]{1,6}|[*†‡§¶‖]{1,3}|note \d{1,3}"
_MARK_ALONE = re.compile(rf"[\[(]?({_MARK})[\])]?")
_MARK_FIRST = re.compile(rf"\s*[\[(]?({_MARK})(?:[\])]?[.:)\]]?\s+|[\])]\s*)", re.IGNORECASE)
_REFERENCES = {"doc-noteref", "noteref", "footnote-number", "footnote-ref"}
_REFERENCE_CLASSES = {"footnote-ref", "footnote-reference", "noteref", "fnref", "footnoteref", "footnote_reference"}
_NOTES = {"doc-footnote", "doc-endnote", "footnote", "endnote", "rearnote", "note-footnote"}
_NOTE_LISTS = {"doc-endnotes", "endnotes", "footnotes", "rearnotes", "footnote-refs"}
_NOTE_CLASSES = {"footnote", "endnote", "footnotedef", "fn"}
_NOTE_LIST_CLASSES = {"footnotes", "endnotes", "footnote-list", "references", "footnote_list"}
_BACK = re.compile(r"[\s↩↵⏎↑^⤴\ufe0e\[\]]*(?:back|return)?[\s↩↵⏎↑^⤴\ufe0e\[\]]*", re.IGNORECASE)
_TERMS = {"term", "keyterm", "key-term", "glossterm", "defterm", "dfn", "vocab", "vocabulary", "firstterm"}
_STRONG = frozenset(["b", "strong", "em", "i", "dfn"])
_RAISED = dict(zip("0123456789+-−–n()i", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻ⁿ⁽⁾ⁱ", strict=True))
_EXPONENT = re.compile(r"[+\-−–]?(?:\d{1,4}|n)(?:[+\-−–](?:\d{1,2}|n)?)?")
_FORMULA_CLASSES = {"katex", "mwe-math-element", "mathjax", "mathjax_display", "mathjax_chtml", "mathjax_svg"}
_PREVIEWS = {"mathjax_preview", "katex-html", "mjx-chtml"}
_TYPED = re.compile(
    r"\\\((.{1,2000}?)\\\)|\\\[(.{1,4000}?)\\\]|\$\$([^$]{1,4000})\$\$"
    r"|(?<![\\$\w])\$(?![\s$])([^$\n]{0,300}[\\^_][^$\n]{0,300}?)(?<![\s\\])\$(?![\w$])",
    re.DOTALL,
)
_FILE_NAME = re.compile(
    r"[\w.-]+\.\w{3,4}|(?:image|img|picture|photo|figure|fig|logo|icon|cover)\W*[\d.]*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula within a text."""

    latex: str
    is_displayed: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a page: where it lies, and what the page says that it shows."""

    source: str
    alt: str

    @property
    def says_something(self) -> bool:
        """Whether its words tell a reader more than that there is a picture."""
        return len(self.alt.split()) > 1 and not _FILE_NAME.fullmatch(self.alt)


def picture_of(attributes: Attributes) -> Picture:
    """Read what an `img` says; pictures that are written into the page have no source."""
    source = next((attributes[name] for name in ("src", "data-src", "href", "data") if attributes.get(name)), "")
    alt = " ".join(attributes.get("alt", "").split())
    return Picture("" if source.startswith("data:") else source.strip()[:500], alt[:1_000])


def split_typed(text: str) -> Iterator[str | Formula]:
    """Part a text into words and the formulas that are typed in it as LaTeX: in dollars, brackets or parentheses."""
    end = 0
    for found in _TYPED.finditer(text):
        latex = next(group for group in found.groups() if group is not None).strip()
        if latex and is_safe_latex(latex):
            yield text[end : found.start()]
            yield Formula(latex, is_displayed=found[2] is not None or found[3] is not None)
            end = found.end()
    yield text[end:]


def formula_in(node: "LexborNode", name: str, attributes: Attributes) -> Formula | None:
    """Give the formula that an element is, or stands for as a program drew it; None for any other element."""
    if name == "math":
        return Formula(latex_of(formula_of(node)), attributes.get("display") == "block")
    if name == "script":
        kind = attributes.get("type", "").replace(" ", "")
        latex = (node.text(deep=True) or "").strip() if kind.startswith("math/tex") else ""
        return Formula(latex, "mode=display" in kind) if latex and is_safe_latex(latex) else None
    if name == "img" and any("math" in one or "tex" in one for one in classes_of(attributes)):
        latex = attributes.get("alt", "").strip().removeprefix("{\\displaystyle").removesuffix("}").strip(" $")
        return Formula(latex) if latex and is_safe_latex(latex) else None
    if name == "mjx-container" or classes_of(attributes) & _FORMULA_CLASSES:
        return _drawn(node, attributes)
    return None


def _drawn(node: "LexborNode", attributes: Attributes) -> Formula | None:
    inner = node.css_first("math")
    if inner is None:
        return None
    is_displayed = attributes.get("display") == "true" or "mathjax_display" in classes_of(attributes)
    return Formula(latex_of(formula_of(inner)), is_displayed or (inner.attributes.get("display") == "block"))


def is_preview(attributes: Attributes) -> bool:
    """Whether an element is a formula as a program drew it, whose source stands beside it."""
    return bool(classes_of(attributes) & _PREVIEWS)


def is_strong(name: str, attributes: Attributes) -> bool:
    """Whether an element stresses its words, or marks them as a term."""
    return name in _STRONG or bool((kinds_of(attributes) | classes_of(attributes)) & _TERMS)


def note_reference(node: "LexborNode", name: str, attributes: Attributes) -> tuple[str, str] | None:
    """Give the mark of a note that an element points at, and the id it points to; None for any other element."""
    if name not in {"a", "sup"}:
        return None
    link = node if name == "a" else node.css_first("a")
    if link is None:
        return None
    text = words_of(node)
    found = _MARK_ALONE.fullmatch(text)
    target = link.attributes.get("href") or ""
    if not found or "#" not in target:
        return None
    is_named = kinds_of(attributes) & _REFERENCES or classes_of(attributes) & _REFERENCE_CLASSES
    is_raised = name == "sup" or (node.child is not None and name_of(node.child) == "sup" and node.child.next is None)
    return (found[1], target.rpartition("#")[2]) if is_named or is_raised else None


def is_note(name: str, attributes: Attributes) -> bool:
    """Whether an element holds one note."""
    if name not in {"aside", "div", "li", "p", "section", "dd", "tr"}:
        return False
    return bool(kinds_of(attributes) & _NOTES or (classes_of(attributes) & _NOTE_CLASSES and name != "section"))


def holds_notes(attributes: Attributes) -> bool:
    """Whether an element holds notes, one after the other."""
    return bool(kinds_of(attributes) & _NOTE_LISTS or classes_of(attributes) & _NOTE_LIST_CLASSES)


def leads_back(node: "LexborNode", name: str, attributes: Attributes) -> bool:
    """Whether a link leads from a note back to where it belongs, or from a heading to itself."""
    if name != "a":
        return False
    if kinds_of(attributes) & {"doc-backlink", "backlink"} or classes_of(attributes) & {"headerlink", "anchor"}:
        return True
    text = words_of(node)
    return bool("#" in attributes.get("href", "") and text and (_BACK.fullmatch(text) or text in {"¶", "#"}))


def leading_mark(text: str) -> re.Match[str] | None:
    """Find the mark that a note begins with; its first group is the mark alone."""
    return _MARK_FIRST.match(text)


def raised(text: str) -> str:
    """Give an exponent in small raised signs; other raised text (the end of "1st") as it is."""
    return "".join(_RAISED[sign] for sign in text) if _EXPONENT.fullmatch(text) else text

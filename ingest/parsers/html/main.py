"""What of a web page is its reading, and what is only around it: menus, banners, forms, feet."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.parsers.html.tree import NEVER, Attributes, attributes_of, classes_of, kinds_of, name_of, walk, words_of
from ingest.parsers.office.text import Tally

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

CONTROLS = frozenset(["button", "input", "select", "textarea", "datalist", "dialog", "audio", "video", "map", "menu"])
_FIELDS = frozenset(["button", "select", "textarea", "datalist"])
_BANNERS = re.compile(r"\b(?:cookie|cookies|consent|gdpr|onetrust|cmp)\b")
_AROUND = re.compile(
    r"\b(?:nav|navbar|navigation|navbox|toc|breadcrumbs?|pagination|pager|share|sharing|social|sidebar|related|recommended"
    r"|advert|advertisement|ads|promo|newsletter|subscribe|menu|toolbar|catlinks|printfooter|skip|jump)\b"
)
_SPLIT = re.compile(r"[^a-z]+|(?<=[a-z])(?=[A-Z])")
_NAVIGATION = {"navigation", "menu", "menubar", "search", "toc", "landmarks", "page-list", "doc-toc", "doc-pagelist"}
_MOST = 0.5
_SMALL = 0.25
_NEARLY_ALL = 0.8
_PARAGRAPHS = "p, li, h1, h2, h3, h4, blockquote"
_SEVERAL = 3
_LEAST_MAIN = 0.3


@dataclass(slots=True)
class _Size:
    """Letters of an element, and how many of them are in links."""

    letters: int = 0
    linked: int = 0


class Sizes:
    """How much text stands in the elements of a page."""

    def __init__(self, root: "LexborNode") -> None:
        """Measure all elements below `root`."""
        self._sizes: dict[int, _Size] = {}
        self._open: list[_Size] = [_Size()]
        self._links = 0
        walk(root, self)
        self._whole = max(self._open[0].letters, 1)

    def share(self, node: "LexborNode") -> float:
        """Give the share of the page's letters that stand in an element (0 to 1)."""
        return self._sizes.get(node.mem_id, _Size()).letters / self._whole

    def linked(self, node: "LexborNode") -> float:
        """Give the share of an element's letters that are links (0 to 1)."""
        size = self._sizes.get(node.mem_id, _Size())
        return size.linked / max(size.letters, 1)

    def open(self, node: "LexborNode", name: str, _attributes: Attributes) -> bool:
        """Begin to count."""
        if name in NEVER:
            return False
        self._links += name == "a"
        self._open.append(_Size())
        self._sizes[node.mem_id] = self._open[-1]
        return True

    def text(self, text: str) -> None:
        """Count the letters of a text."""
        length = len(text) if len(text) < 3 else len("".join(text.split()))
        self._open[-1].letters += length
        self._open[-1].linked += length if self._links else 0

    def comment(self, text: str) -> None:
        """Comments are no text of the page."""

    def close(self, _node: "LexborNode", name: str) -> None:
        """Add what was counted to what stands around it."""
        self._links -= name == "a"
        size = self._open.pop()
        self._open[-1].letters += size.letters
        self._open[-1].linked += size.linked


def find_main(body: "LexborNode", sizes: Sizes) -> "LexborNode":
    """Give the element that holds the reading: `main`, else the one article, else the whole body.

    One that holds less than a third of the page's text is not believed.
    """
    mains = body.css("main, [role=main]")
    if len(mains) == 1 and sizes.share(mains[0]) >= _LEAST_MAIN:
        return mains[0]
    articles = [node for node in body.css("article, [role=article]") if sizes.share(node) >= _MOST]
    return articles[0] if articles else body


class Around:
    """Says of elements within the reading's element whether they only stand around it, and what they are."""

    def __init__(self, main: "LexborNode", sizes: Sizes) -> None:
        """Take the element that holds the reading; in a whole page, its head, foot and sides are around it."""
        self._sizes = sizes
        self._is_page = name_of(main) == "body"

    def code_of(self, node: "LexborNode", name: str, attributes: Attributes) -> str:
        """Give the code of what is left out (see `Dropped`), or nothing for what belongs to the reading."""
        kinds = kinds_of(attributes)
        if name in {"html", "body", "main"} or self._sizes.share(node) > _MOST:
            return ""
        if name == "nav" or kinds & _NAVIGATION:
            return "navigation"
        if name == "form":
            return "form"
        if self._is_page and (code := self._edge(node, name, kinds)):
            return code
        return self._named(node, name, attributes)

    def code_outside(self, node: "LexborNode") -> str:
        """Give the code of an element outside of the reading's: what it is named, or mostly is; else an aside."""
        name, attributes = name_of(node), attributes_of(node)
        kinds = kinds_of(attributes)
        if code := unread_code(name) or self.code_of(node, name, attributes):
            return code
        if name in {"header", "footer"}:
            return name
        if kinds & {"banner", "contentinfo"}:
            return "footer" if "contentinfo" in kinds else "header"
        return "navigation" if self._sizes.linked(node) > _MOST else "aside"

    def is_most(self, node: "LexborNode") -> bool:
        """Whether an element holds nearly the whole page, in several paragraphs: a script shows it to people."""
        return self._sizes.share(node) > _NEARLY_ALL and len(node.css(_PARAGRAPHS)) >= _SEVERAL

    def _edge(self, node: "LexborNode", name: str, kinds: frozenset[str]) -> str:
        """Heads and feet of the page (not those of its sections), and what stands beside it."""
        if name == "aside" and self._sizes.linked(node) > _MOST:
            return "navigation"
        if name not in {"header", "footer"} and not kinds & {"banner", "contentinfo"}:
            return ""
        if _is_within_section(node) or node.css_first("h1, [role=doc-endnotes], .footnotes") is not None:
            return ""
        return "footer" if name == "footer" or "contentinfo" in kinds else "header"

    def _named(self, node: "LexborNode", name: str, attributes: Attributes) -> str:
        """Banners about cookies, and lists of links that are named as such."""
        if name not in {"div", "section", "aside", "ul", "ol", "p", "span", "table"}:
            return ""
        said = " ".join((*classes_of(attributes), attributes.get("id", "")))
        if not said:
            return ""
        named = " ".join(_SPLIT.split(said)).lower()
        if _BANNERS.search(named) and self._sizes.share(node) < _SMALL:
            return "cookie_notice"
        return "navigation" if _AROUND.search(named) and self._sizes.linked(node) > _MOST else ""


def count_outside(main: "LexborNode", sizes: Sizes, tally: Tally) -> None:
    """Count what of a page stands outside of the element that holds its reading, by the largest pieces."""
    around = Around(main, sizes)
    inner = main
    while name_of(inner) != "body" and (above := inner.parent) is not None:
        child = above.child
        while child is not None:
            if child.mem_id != inner.mem_id and (words := _words_left_out(child)):
                code = "aside" if child.is_text_node else around.code_outside(child)
                tally.add(code, words)
            child = child.next
        inner = above


def unread_code(name: str) -> str:
    """Give the code of what is never read as text, though people may see words there; nothing for programs."""
    if name == "noscript":
        return "noscript"
    if name == "menu":
        return "navigation"
    return "form" if name in _FIELDS else ""


def words_unread(node: "LexborNode") -> str:
    """Give the words of an element that is never read as text."""
    return " ".join((node.text(deep=True, separator=" ") or "").split())


def _words_left_out(node: "LexborNode") -> str:
    if node.is_text_node:
        return " ".join((node.text_content or "").split())
    if not node.is_element_node:
        return ""
    return words_unread(node) if name_of(node) == "noscript" else words_of(node)


def _is_within_section(node: "LexborNode") -> bool:
    above = node.parent
    while above is not None and name_of(above) != "body":
        if name_of(above) in {"article", "section", "blockquote", "figure"}:
            return True
        above = above.parent
    return False

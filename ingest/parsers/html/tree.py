"""Walks through a tree of elements without recursion, however deep it is."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol, TypeAlias

from ingest.parsers.mathematics.latex import MAX_DEPTH
from ingest.parsers.mathematics.mathml import Tag

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

Attributes = Mapping[str, str]
Node: TypeAlias = "LexborNode"

NEVER = frozenset(["head", "script", "style", "template", "noscript", "iframe", "object", "embed", "canvas", "svg"])
"""What is no text of a page, whatever stands in it."""

_LONGEST_TEXT = 2_000


class Visitor(Protocol):
    """What is told of the elements, texts and comments of a tree, in their order."""

    def open(self, node: "LexborNode", name: str, attributes: Attributes) -> bool:
        """Take the beginning of an element; say whether to go into it, and be told of its end."""
        ...

    def text(self, text: str) -> None:
        """Take a text."""
        ...

    def comment(self, text: str) -> None:
        """Take a comment."""
        ...

    def close(self, node: "LexborNode", name: str) -> None:
        """Take the end of an element that was gone into."""
        ...


def walk(root: "LexborNode", visitor: Visitor) -> None:
    """Tell a visitor of an element and all that stands in it."""
    path: list[tuple[LexborNode, str]] = []
    ahead: LexborNode | None = root
    while True:
        if ahead is None:
            ended, name = path.pop()
            visitor.close(ended, name)
            if not path:
                return
            ahead = ended.next
        elif _goes_into(ahead, visitor):
            path.append((ahead, name_of(ahead)))
            ahead = ahead.child
        elif path:
            ahead = ahead.next
        else:
            return


def _goes_into(node: "LexborNode", visitor: Visitor) -> bool:
    if node.is_element_node:
        return visitor.open(node, name_of(node), attributes_of(node))
    if node.is_text_node:
        visitor.text(node.text_content or "")
    else:
        visitor.comment(node.comment_content or "")
    return False


def name_of(node: "LexborNode") -> str:
    """Give the name of an element, without a prefix."""
    return (node.tag or "").rpartition(":")[2]


def attributes_of(node: "LexborNode") -> Attributes:
    """Give the attributes of an element; one without a value is empty."""
    return {name: value or "" for name, value in node.attributes.items()}


def words_of(node: "LexborNode") -> str:
    """Give the words of an element on one line, up to 2,000 characters, scripts and the like left out."""
    collector = _Words()
    walk(node, collector)
    return " ".join("".join(collector.found).split())[:_LONGEST_TEXT]


def kinds_of(attributes: Attributes) -> frozenset[str]:
    """Give what an element says of its meaning: its roles, and its types in books."""
    said = " ".join(attributes.get(name, "") for name in ("role", "epub:type", "data-type", "type"))
    return frozenset(said.lower().split())


def classes_of(attributes: Attributes) -> frozenset[str]:
    """Give the classes of an element."""
    return frozenset(attributes.get("class", "").lower().split())


class _Words:
    """Collects words, up to a length."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._length = 0

    def open(self, _node: "LexborNode", name: str, _attributes: Attributes) -> bool:
        if name == "br":
            self.found.append(" ")
        return name not in NEVER and self._length < 2 * _LONGEST_TEXT

    def text(self, text: str) -> None:
        self.found.append(text)
        self._length += len(text)

    def comment(self, text: str) -> None:
        """Comments are no words of the page."""

    def close(self, _node: "LexborNode", _name: str) -> None:
        """Nothing ends with an element."""


def formula_of(node: "LexborNode") -> Tag:
    """Give an element of MathML as a tree of its own; what nests too deep is its text."""
    return _tag(node, 0)


def _tag(node: "LexborNode", depth: int) -> Tag:
    if depth > MAX_DEPTH:
        return Tag("mtext", {}, (words_of(node),))
    children: list[Tag | str] = []
    child = node.child
    while child is not None:
        if child.is_element_node:
            children.append(_tag(child, depth + 1))
        elif child.is_text_node and (child.text_content or "").strip():
            children.append(child.text_content or "")
        child = child.next
    return Tag(name_of(node), attributes_of(node), tuple(children))

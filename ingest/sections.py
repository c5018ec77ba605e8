"""Headings to a section tree, and which of its sections study aids are made for."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from domain.documents import Heading, Page, Position, Section
from domain.ids import DocumentId

LEAST_WORDS = 150
SHORT_READING_LEAST = 60
"""Words of a unit in a reading that is no longer than one unit of a book."""

MOST_WORDS = 4_000
_LONE_LEAST = 50
"""A short section that no neighbour can take in still gets study aids from this many words on."""

_FEWEST_PARTS = 2
_LEADERS = re.compile(r"(?:\. ?){5}")
_LABEL = re.compile(
    r"(?:chapter|chapitre|kapitel|capítulo|capitolo|hoofdstuk|part|teil|partie|unit|lesson|section|book)?"
    r"\s*(?:\d{1,3}|[ivxlc]{1,7})[.:]?",
    re.IGNORECASE,
)
_APPARATUS_NAMES = (
    *("contents", "table of contents", "references", "references cited", "bibliography", "works cited", "index"),
    *("list of figures", "list of tables", "inhalt", "inhaltsverzeichnis", "literatur", "literaturverzeichnis"),
    *("sachverzeichnis", "stichwortverzeichnis", "table des matières", "bibliographie", "références", "índice"),
    *("índice general", "contenido", "bibliografía", "referencias", "sommario", "indice", "bibliografia"),
)
_APPARATUS = re.compile(rf"(?:\W|\d)*(?:{'|'.join(_APPARATUS_NAMES)})\W*", re.IGNORECASE)
"""Parts of a book that nobody studies."""

_IDEOGRAPHS = re.compile("[\u3040-\u30ff\u3400-\u9fff]")


@dataclass
class _Node:
    title: str
    level: int
    start: Position
    end: Position
    words: int = 0
    children: list["_Node"] = field(default_factory=list)
    is_unit: bool = False


def build_sections(document_id: DocumentId, title: str, pages: Sequence[Page]) -> tuple[Section, ...]:
    """Build the section tree of a document, in reading order.

    The largest sections of 150 to 4,000 words are units. A larger section is not: its subsections are, and so
    is the text before the first of them. Neighbouring short subsections of a large section are put under one.
    A short reading is cut at its highest headings instead, where they leave pieces of 60 words.
    """
    text = _Text(pages)
    root = _Node(title, 0, text.start, text.end)
    _grow(root, pages, text)
    _count(root, text)
    if root.words > MOST_WORDS or not _divide_short(root, text):
        _choose_units(root, text, whole=True)
    tops = [root] if root.is_unit or not root.children else root.children
    # a document with one top heading needs no second one above it
    if root.is_unit and len(root.children) == 1 and root.children[0].words == root.words:
        tops = root.children
        tops[0].is_unit = True
    sections: list[Section] = []
    for node in tops:
        _number(sections, node, document_id, ())
    return tuple(sections)


class _Text:
    """The pages' text, to be counted between two positions."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self._texts = {page.number: page.text for page in pages}
        last = max(self._texts, default=1)
        self.start = Position(min(self._texts, default=1), 0)
        self.end = Position(last, len(self._texts.get(last, "")))

    def words(self, start: Position, end: Position) -> int:
        return sum(_count_words(part) for part in self._parts(start, end))

    def page_starts(self, start: Position, end: Position) -> Iterator[Position]:
        """Yield where the pages between begin, `start` included."""
        yield start
        tops = (Position(page, 0) for page in range(start.page + 1, end.page + 1) if page in self._texts)
        yield from (top for top in tops if top < end)

    def _parts(self, start: Position, end: Position) -> Iterator[str]:
        for page in range(start.page, end.page + 1):
            text = self._texts.get(page, "")
            first = start.offset if page == start.page else 0
            last = end.offset if page == end.page else len(text)
            yield text[first:last]


def _count_words(text: str) -> int:
    """Count words, without the lines of a table of contents; two ideographs make about one."""
    if _LEADERS.search(text):
        text = "\n".join(line for line in text.split("\n") if not _LEADERS.search(line))
    return len(text.split()) + len(_IDEOGRAPHS.findall(text)) // 2


def _grow(root: _Node, pages: Sequence[Page], text: _Text) -> None:
    """Hang each heading under the nearest one above it of a higher level."""
    open_nodes = [root]
    label: tuple[str, Position] | None = None
    for page, heading, after in _headings(pages):
        start = Position(page.number, heading.at.start)
        if _LABEL.fullmatch(heading.title) and after and not page.text[heading.at.end : after.at.start].strip():
            label = heading.title, start
            continue
        title = heading.title
        if label:
            title, start = f"{label[0]} {title}", label[1]
            label = None
        while open_nodes[-1].level >= heading.level:
            open_nodes.pop().end = start
        node = _Node(title, heading.level, start, text.end)
        open_nodes[-1].children.append(node)
        open_nodes.append(node)


def _headings(pages: Sequence[Page]) -> Iterator[tuple[Page, Heading, Heading | None]]:
    """Yield each heading with its page and the next heading of that page."""
    for page in pages:
        for heading, after in zip_longest(page.headings, page.headings[1:]):
            yield page, heading, after


def _count(node: _Node, text: _Text) -> None:
    own_end = node.children[0].start if node.children else node.end
    node.words = text.words(node.start, own_end)
    for child in node.children:
        _count(child, text)
        node.words += child.words


def _divide_short(root: _Node, text: _Text) -> bool:
    """Make the highest headings of a short reading its units; False where there are no two of a useful size."""
    node = root.children[0] if len(root.children) == 1 else root
    parts = [child for child in node.children if not _APPARATUS.fullmatch(child.title)]
    if sum(part.words >= SHORT_READING_LEAST for part in parts) < _FEWEST_PARTS:
        return False
    _add_lead(node, text, least=LEAST_WORDS)
    node.children = list(_gather_short(node.children, least=SHORT_READING_LEAST))
    for child in node.children:
        child.is_unit = not _APPARATUS.fullmatch(child.title)
    return True


def _choose_units(node: _Node, text: _Text, *, whole: bool = False) -> None:
    if _APPARATUS.fullmatch(node.title):
        return
    if node.words <= MOST_WORDS:
        node.is_unit = whole or node.words >= LEAST_WORDS
        return
    if node.children:
        _add_lead(node, text, least=_LONE_LEAST)
        node.children = list(_gather_short(node.children, least=LEAST_WORDS))
    else:
        parts = list(_cut_by_pages(node, text))
        # a page is never cut, however full it is
        node.children = parts if len(parts) > 1 else []
        node.is_unit = not node.children
    for child in node.children:
        _choose_units(child, text)
        if child.words < LEAST_WORDS and not _APPARATUS.fullmatch(child.title):
            child.is_unit = child.words >= _LONE_LEAST


def _add_lead(node: _Node, text: _Text, *, least: int) -> None:
    """Make the text before the first subsection a subsection too; a short one goes to the first subsection."""
    first = node.children[0]
    words = text.words(node.start, first.start)
    if words < least:
        first.start, first.words = node.start, first.words + words
        return
    node.children.insert(0, _Node(node.title, node.level + 1, node.start, first.start, words))


def _gather_short(nodes: list[_Node], *, least: int) -> Iterator[_Node]:
    """Put runs of short neighbours under one node, as long as they make half a large section."""
    run: list[_Node] = []
    for node in nodes:
        is_full = sum(item.words for item in run) > MOST_WORDS / 2
        if run and (node.words >= least or is_full):
            yield _gathered(run)
            run = []
        if node.words >= least:
            yield node
        else:
            run.append(node)
    if run:
        yield _gathered(run)


def _gathered(run: list[_Node]) -> _Node:
    first, last = run[0], run[-1]
    if first is last:
        return first
    words = sum(node.words for node in run)
    return _Node(f"{first.title} – {last.title}", first.level, first.start, last.end, words, run)


def _cut_by_pages(node: _Node, text: _Text) -> Iterator[_Node]:
    """Cut a long stretch without headings at page starts, into parts of about half a large section."""
    starts = list(text.page_starts(node.start, node.end))
    parts = round(node.words / (MOST_WORDS / 2))
    part_start, words, cut = starts[0], 0, 0
    for here, after in zip(starts, [*starts[1:], node.end], strict=True):
        words += text.words(here, after)
        # the end of a part is the page start nearest to its share
        is_full = cut + 1 < parts and words * parts >= node.words * (cut + 0.95)
        if is_full or after == node.end:
            part_words = text.words(part_start, after)
            yield _Node(_part_title(node.title, part_start, here), node.level + 1, part_start, after, part_words)
            part_start, cut = after, cut + 1


def _part_title(title: str, start: Position, last: Position) -> str:
    if start.page == last.page:
        return f"{title}, page {start.page}"
    return f"{title}, pages {start.page}–{last.page}"


def _number(sections: list[Section], node: _Node, document_id: DocumentId, above: tuple[str, ...]) -> int:
    """Add the node and what is under it; give the last ordinal among them."""
    ordinal = len(sections)
    path = (*above, node.title)
    section = Section(
        document_id, ordinal, ordinal, len(path), node.title, path, node.start, node.end, is_unit=node.is_unit
    )
    sections.append(section)
    last = ordinal
    for child in node.children:
        last = _number(sections, child, document_id, path)
    sections[ordinal] = Section(
        document_id, ordinal, last, len(path), node.title, path, node.start, node.end, is_unit=node.is_unit
    )
    return last

"""Books in EPUB 2 and 3: their chapters in reading order, headings as their table of contents has them."""

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from domain.documents import PageProblem
from domain.errors import Invalid, TooLarge, Unreadable
from ingest.parsers.archive import Archive, open_archive
from ingest.parsers.contract import Order, Reading, Watch
from ingest.parsers.epub.contents import Text, rank_headings
from ingest.parsers.epub.package import Book, Chapter, load_book, resolve
from ingest.parsers.flow import Block, paginate
from ingest.parsers.html.hidden import Sight
from ingest.parsers.html.main import Sizes
from ingest.parsers.html.source import decode_page, parse_chapter
from ingest.parsers.html.tree import Attributes, Node, kinds_of, walk
from ingest.parsers.html.writer import HtmlWriter, Rules
from ingest.parsers.office.text import Tally

_MOST_BYTES = 60_000_000
_MOST_SHEETS = 20
_LONGEST_SHEET = 300_000
_MOST_PROBLEMS = 20
_ALL_LINKS = 0.9
_MANY_LINKS = 8
_CHARACTERS_A_PAGE = 6_000
"""A book that marks where its printed pages begin does so at least so often."""

_MISSING = "A part of this book is missing in the file ({name}). Get a complete copy if you need it."
_BROKEN = "A part of this book could not be read ({name}). Get a fresh copy if you need it."


@dataclass(frozen=True, slots=True)
class _Gap:
    """A part of the book that gave nothing, and before which block it would stand."""

    at: int
    message: str


def parse_epub(order: Order, watch: Watch) -> Reading:
    """Read a book. A part of it that is missing is a problem of a page.

    Raises Unreadable (damaged, encrypted) or TooLarge.
    """
    tally = Tally()
    with open_archive(order.path, order.limits) as archive:
        book = load_book(archive)
        if sum(archive.size(one.name) for one in book.chapters if not one.is_missing) > _MOST_BYTES:
            raise TooLarge("This book is too long to read at once. Split it into smaller files.")
        reader = _Reader(archive, book, tally)
        blocks = reader.read()
    if not blocks and reader.gaps:
        raise Unreadable("The text of this book is missing or damaged. Get a fresh copy of it.")
    pages = paginate(blocks, order.limits, watch)
    problems = tuple(
        PageProblem(_page_of(blocks[: gap.at], order), "page_failed", gap.message)
        for gap in reader.gaps[:_MOST_PROBLEMS]
    )
    return Reading(pages, book.title, problems, tally.finish())


class _Reader:
    """Reads the chapters of an open book one after the other; `gaps` names those that gave nothing."""

    def __init__(self, archive: Archive, book: Book, tally: Tally) -> None:
        self.gaps: list[_Gap] = []
        self._archive = archive
        self._book = book
        self._tally = tally
        self._sheets = list(_style_sheets(archive))

    def read(self) -> list[Block]:
        """Give the blocks of the whole book; what stands apart from the reading order comes last."""
        blocks: list[Block] = []
        for chapter in sorted(self._book.chapters, key=lambda one: not one.is_main):
            text = self._read_chapter(chapter, len(blocks))
            if text is not None:
                blocks += rank_headings(text, self._book.entries)
        length = sum(len(block.text) for block in blocks)
        if sum(1 for block in blocks if block.label) * _CHARACTERS_A_PAGE >= length:
            return blocks
        return [replace(block, label="") if block.label else block for block in blocks]

    def _read_chapter(self, chapter: Chapter, at: int) -> Text | None:
        name = posixpath.basename(chapter.name)[:80]
        if chapter.is_missing:
            self.gaps.append(_Gap(at, _MISSING.format(name=name)))
            return None
        try:
            return self._read_file(chapter.name)
        except Invalid as error:
            if error.code == "encrypted":
                raise
            self.gaps.append(_Gap(at, _BROKEN.format(name=name)))
            return None

    def _read_file(self, name: str) -> Text | None:
        source = decode_page(self._archive.read(name))
        page = parse_chapter(source)
        if page.body is None or name == self._book.contents_file or _is_contents(page.body):
            self._tally.add("contents_list")
            return None
        sheets = [*self._sheets, *(style.text(deep=True) or "" for style in page.css("style"))]
        sight = Sight(page.root, sheets)
        writer = HtmlWriter(Rules(sight, _leave_out, _is_most, self._tally))
        walk(page.body, writer)
        folder = posixpath.dirname(name)
        blocks = [
            replace(_with_sources(block, folder), label=writer.labels.get(at, ""))
            for at, block in enumerate(writer.finish())
        ]
        return Text(name, blocks, writer.places)


def _style_sheets(archive: Archive) -> Iterator[str]:
    names = [name for name in archive.names() if name.lower().endswith(".css")]
    for name in names[:_MOST_SHEETS]:
        if archive.size(name) <= _LONGEST_SHEET:
            yield decode_page(archive.read(name))


def _leave_out(node: Node, name: str, attributes: Attributes) -> str:
    """Leave out tables of contents: those that say so, and lists of nothing but links."""
    is_named = name == "nav" or kinds_of(attributes) & {"toc", "landmarks", "page-list", "doc-toc", "doc-pagelist"}
    is_list = name in {"ul", "ol"} and (node.parent is None or node.parent.tag != "li")
    if is_named or (is_list and len(node.css("a[href]")) >= _MANY_LINKS and Sizes(node).linked(node) >= _ALL_LINKS):
        return "contents_list"
    return ""


def _is_most(_node: Node) -> bool:
    return False


def _is_contents(body: Node) -> bool:
    """Whether a page is a table of contents: hardly anything but links."""
    return len(body.css("a[href]")) >= _MANY_LINKS and Sizes(body).linked(body) >= _ALL_LINKS


def _with_sources(block: Block, folder: str) -> Block:
    """Name the pictures of a chapter by their names within the file."""
    if not any(part.source for part in block.parts):
        return block
    parts = (replace(part, source=resolve(folder, part.source)[0]) for part in block.parts)
    return replace(block, parts=tuple(parts))


def _page_of(blocks: Sequence[Block], order: Order) -> int:
    """Give the number of the page that these blocks end on."""
    return max(len(paginate(blocks, order.limits, _Unwatched())), 1)


class _Unwatched:
    """Pages that are only counted."""

    def start_page(self, number: int, count: int) -> None:
        """Say nothing."""

    def finish_pages(self) -> None:
        """Say nothing."""

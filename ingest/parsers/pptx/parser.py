"""Presentations (PPTX, PPTM, PPSX; transitional and strict): a page for each slide, with what the speaker noted.

Macros, recordings and anything outside of the file are never touched.
"""

from collections.abc import Iterator
from dataclasses import replace

from domain.documents import Page, PageProblem
from domain.errors import TooLarge, Unreadable
from ingest.parsers.archive import open_archive
from ingest.parsers.contract import Order, Reading, Watch
from ingest.parsers.flow import build_page
from ingest.parsers.office.ooxml import Element, P, Package, R, whole, words_of
from ingest.parsers.office.text import Tally
from ingest.parsers.pptx.places import Frame
from ingest.parsers.pptx.slides import Deck, SlideReader, same_title

_USUAL_PART = "ppt/presentation.xml"
_USUAL_SIZE = Frame(0, 0, 12_192_000, 6_858_000)
_OFF = {"0", "false"}


def parse_pptx(order: Order, watch: Watch) -> Reading:
    """Read a presentation; slides that are not shown are left out and counted."""
    with open_archive(order.path, order.limits) as archive:
        package = Package(archive)
        main = package.main_part(_USUAL_PART)
        root = package.read(main)
        deck = Deck(package, _size(root), Tally())
        names = list(_list_slides(package, main, root))
        if len(names) > order.limits.max_pages:
            message = f"There are over {order.limits.max_pages:,} slides in this file. Split it into smaller files."
            raise TooLarge(message)
        reader = _Reader(deck)
        for number, name in enumerate(names, start=1):
            watch.start_page(number, len(names))
            if number not in order.skip:
                reader.take(number, name)
        watch.finish_pages()
        title = reader.title or package.title()
    return Reading(tuple(reader.pages), title, tuple(reader.problems), deck.tally.finish())


class _Reader:
    """Collects the pages of a presentation."""

    def __init__(self, deck: Deck) -> None:
        self.pages: list[Page] = []
        self.problems: list[PageProblem] = []
        self.title = ""
        """That of the first slide, if that is a slide for titles."""
        self._deck = deck
        self._before = ""

    def take(self, number: int, name: str) -> None:
        """Read a slide; one that is broken, or shows pictures alone, is named."""
        try:
            element = self._deck.package.read(name)
        except (Unreadable, TooLarge):
            self.problems.append(PageProblem(number, "page_failed", f"Slide {number} could not be read."))
            return
        if element.get("show") in _OFF:
            self._count_hidden(name, element)
            return
        self._count_comments(name)
        slide = SlideReader(self._deck, name, element).read()
        blocks = list(slide.blocks)
        if blocks and blocks[0].level:
            if not self.pages and blocks[0].level == 1:
                self.title = slide.title
            if same_title(slide.title, self._before):
                blocks[0] = replace(blocks[0], level=0)
        self._before = slide.title
        self.pages.append(replace(build_page(number, blocks), label=f"Slide {number}"))
        if slide.is_picture:
            message = f"Slide {number} shows pictures only. What they show could not be read."
            self.problems.append(PageProblem(number, "only_pictures", message))

    def _count_hidden(self, name: str, element: Element) -> None:
        """Count a slide that is not shown, with its words, those noted under it and the comments on it."""
        notes = [self._deck.package.find(part) for part in self._deck.package.related(name, "notesSlide")]
        words = [words_of(root) for root in (element, *notes)]
        self._deck.tally.add("hidden_slide", " ".join(words))
        self._count_comments(name)

    def _count_comments(self, name: str) -> None:
        for part in self._deck.package.related(name, "comments"):
            root = self._deck.package.find(part)
            for words in _comments(root) if root is not None else ():
                self._deck.tally.add("comment", words)


def _comments(root: Element) -> Iterator[str]:
    """Yield what comments say, in the older form and in that of 2021 (`p188:cm`)."""
    for comment in root.iter():
        if comment.tag.endswith("}cm"):
            words = words_of(comment)
            if words:
                yield words


def _size(root: Element) -> Frame:
    size = root.find(f"{P}sldSz")
    if size is None:
        return _USUAL_SIZE
    return Frame(0, 0, whole(size.get("cx"), 1), whole(size.get("cy"), 1))


def _list_slides(package: Package, main: str, root: Element) -> Iterator[str]:
    """Yield the slides in the order in which they are shown; those that the file does not hold are left out."""
    relations = package.relations(main)
    for slide in root.iterfind(f"{P}sldIdLst/{P}sldId"):
        relation = relations.get(slide.get(f"{R}id", ""))
        if relation is not None and not relation.is_outside:
            yield relation.target

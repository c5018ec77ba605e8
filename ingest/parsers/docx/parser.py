"""Word documents (DOCX, DOCM, DOTX; transitional and strict): the text that people see, with its structure.

Macros, embedded files and anything outside of the file are never touched.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain

from domain.documents import PageProblem
from domain.errors import Unreadable
from ingest.parsers.archive import open_archive
from ingest.parsers.contract import Order, Reading, Watch
from ingest.parsers.docx.body import Body
from ingest.parsers.docx.headings import infer_headings
from ingest.parsers.docx.items import Item
from ingest.parsers.docx.notes import Notes
from ingest.parsers.docx.numbering import Numbering
from ingest.parsers.docx.runs import Story
from ingest.parsers.docx.setting import set_blocks
from ingest.parsers.docx.styles import Styles
from ingest.parsers.flow import paginate
from ingest.parsers.office.graphics import read_chart, read_diagram
from ingest.parsers.office.ooxml import Element, Package, W, words_of
from ingest.parsers.office.text import Tally

_USUAL_PART = "word/document.xml"
_NOTES = ("footnote", "endnote")
_LONGEST_TITLE = 200


def parse_docx(order: Order, watch: Watch) -> Reading:
    """Read a Word document in pages of about 3,000 characters: it has none of its own until it is printed."""
    with open_archive(order.path, order.limits) as archive:
        document = _Document(Package(archive))
        items = list(document.read())
        infer_headings(items)
        blocks = list(set_blocks(items, document.notes.take, document.tally))
        document.count_left_out()
        title = _title(items) or document.package.title()
    pages = paginate(blocks, order.limits, watch)
    if document.is_cut_off and not pages:
        raise Unreadable("This file is damaged. Open it in Word and save it again, or get a fresh copy.")
    problems = (PageProblem(len(pages), "cut_off", _CUT_OFF),) if document.is_cut_off else ()
    return Reading(pages, title, problems, document.tally.finish())


_CUT_OFF = "This file is damaged: the text breaks off here. Open it in Word and save it again, or get a fresh copy."


class _Document:
    """An open Word document."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.tally = Tally()
        self._main = package.main_part(_USUAL_PART)
        root = package.read(self._main)
        self.is_cut_off = self._main in package.broken
        body = root.find(f"{W}body")
        if body is None:
            message = "There is no Word document in this file. Open it in the program it came from and save it again."
            raise Unreadable(message)
        self._body = body
        self._is_shaded = root.find(f"{W}background") is not None
        self._styles = Styles(package.find_related(self._main, "styles"))
        numbering = package.find_related(self._main, "numbering")
        self._numbering = Numbering(numbering, self._styles)
        self.notes = Notes(body)
        for kind in _NOTES:
            for name in package.related(self._main, f"{kind}s"):
                part = package.find(name)
                if part is not None:
                    self.notes.add(part, kind, partial(self._read_note, name))

    def read(self) -> Iterator[Item]:
        """Yield what stands in the document."""
        return self._reader(self._main).read(self._body)

    def count_left_out(self) -> None:
        """Count what stands around the text: running heads and feet, people's comments."""
        for kind in ("header", "footer"):
            for name in self.package.related(self._main, kind):
                words = words_of(self.package.find(name))
                if words:
                    self.tally.add("running_line", words)
        root = self.package.find_related(self._main, "comments")
        for comment in root.iter(f"{W}comment") if root is not None else ():
            words = words_of(comment)
            if words:
                self.tally.add("comment", words)

    def _read_note(self, name: str, _: str, note: Element) -> Iterator[Item]:
        return self._reader(name).read(note)

    def _reader(self, name: str) -> Body:
        story = Story(
            styles=self._styles,
            relations=self.package.relations(name),
            tally=self.tally,
            note=self.notes.mark,
            is_shaded=self._is_shaded,
        )
        return Body(story, self._numbering, partial(read_chart, self.package), partial(read_diagram, self.package))


def _title(items: Sequence[Item]) -> str:
    """Give the document's title: that of its own style, else its one highest heading where it comes first."""
    worded = [item for item in items if item.block.text]
    named = [item for item in worded if item.style.is_title]
    tops = [item for item in worded if item.level == 1]
    first = worded[:1] if len(tops) == 1 and worded[0] is tops[0] else []
    title = next((item.block.text for item in chain(named, first)), "")
    return " ".join(title.split())[:_LONGEST_TITLE]

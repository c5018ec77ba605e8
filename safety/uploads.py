"""Screens what students upload for signs of danger, in the background, as soon as its words are there.

A student's own notes can open a case. What staff upload never does: a chapter on suicide is a chapter. Until a
student's document was screened and nothing was found, no model sees it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from domain.care import Severity, Worry
from domain.documents import Document, Page, PartKind
from domain.errors import Transient
from domain.ids import DocumentId, FlagId, stable_id
from domain.jobs import SCREENING, JobContext, Progress, ScreenDocument
from domain.people import Person, Role
from domain.ports import Store
from domain.scope import EVERYTHING
from safety.bounded import HELD, Bounded
from safety.cases import Cases
from safety.caught import Caught
from safety.windows import OVERLAP, windows

ENTRY = "upload"
_STAGE = "safety check"
_MOST_FLAGS = 5
"""The gravest places of a document that a counsellor gets to read; more of them would say no more."""

_BEGINNING = 16
"""Digits of a flag's id that are its document's; the others are its place's."""

_AGAIN = timedelta(minutes=10)
"""How long after a screening failed for good it begins anew."""

_NAMED = {PartKind.SPEECH, PartKind.FIGURE}
_ORDER = tuple(Severity)
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Place:
    """A worrying window of a document: `ordinal` counts the windows from its beginning."""

    ordinal: int
    text: str
    worry: Worry


class Uploads:
    """Screens documents. Doing it twice flags no place twice."""

    def __init__(self, store: Store, screener: Bounded, cases: Cases, *, cry_out: Callable[[Severity], None]) -> None:
        """Read documents from the store, and keep what is worrying in cases.

        `cry_out` tells somebody directly that a sign of danger could not be saved.
        """
        self._store = store
        self._screener = screener
        self._cases = cases
        self._cry_out = cry_out
        self._cried_of: set[DocumentId] = set()

    def retry(self, now: datetime) -> int:
        """Queue screenings anew that failed a while ago, for as long as it takes; give how many."""
        with self._store(EVERYTHING) as work:
            count = work.jobs.revive(SCREENING, now - _AGAIN)
            work.commit()
        if count:
            _log.warning("uploads.unscreened", count=count)
        return count

    def screen(self, job: ScreenDocument, context: JobContext) -> None:
        """Screen a student's document, all pages. One that is gone, or that staff added, is left alone.

        Raises Transient when a part could not be screened, after a case says so, and when a sign of danger could not
        be saved, after somebody was told directly: the document stays unscreened until a later run gets through.
        """
        with self._store(EVERYTHING) as work:
            document = work.documents.find(job.document_id)
            owner = work.people.find_person(document.owner_id) if document else None
        if document is None or owner is None or not _is_students(owner):
            return
        found = self._look(document, context)
        gravest = sorted(found, key=lambda place: _ORDER.index(place.worry.severity), reverse=True)
        are_saved = [self._flag(owner, document, place) for place in gravest[:_MOST_FLAGS]]
        if not all(are_saved):
            raise Transient("What was found in this reading could not be saved. It is tried again.")
        self._cried_of.discard(document.id)
        if any(place.worry is HELD for place in found):
            raise Transient("This reading could not be checked for signs of danger. It is tried again.")
        self._settle(document, is_harmless=not found)

    def _look(self, document: Document, context: JobContext) -> list[_Place]:
        """List the worrying windows. The first that cannot be screened ends it."""
        found: list[_Place] = []
        for ordinal, (page, window) in enumerate(self._windows(document)):
            context.report(Progress(_STAGE, page, document.page_count))
            weight = self._screener.weigh(window)
            if weight is None:
                return [*found, _Place(ordinal, window, HELD)]
            if weight.worry:
                found.append(_Place(ordinal, window, weight.worry))
        return found

    def _windows(self, document: Document) -> Iterator[tuple[int, str]]:
        """Yield windows with their page: the titles, all pages, then what was left out of them.

        Each page goes on where the text of the one before ended.
        """
        before = f"{document.filename}\n{document.title}\n{document.file_title}"
        for number in range(1, document.page_count + 1):
            with self._store(EVERYTHING) as work:
                page = work.readings.find_page(document.id, number)
            text, asides = (page.text, _asides(page)) if page else ("", "")
            for window in windows(f"{before}\n{text}\n{asides}"):
                yield number, window
            before = f"{asides[-OVERLAP:]}\n{text[-OVERLAP:]}"
        for one in document.dropped:
            for window in windows(one.text or one.example):
                yield document.page_count, window

    def _flag(self, owner: Person, document: Document, place: _Place) -> bool:
        """Put a place into the owner's case; where that fails tell somebody directly, once until it was saved."""
        about = {"person_id": owner.id, "document_id": document.id, "severity": place.worry.severity.value}
        with Caught() as caught:
            self._save(owner, document, place)
            return True
        _log.error("flag.not_saved", code=caught.fault, **about)
        if document.id not in self._cried_of:
            with Caught() as caught:
                self._cry_out(place.worry.severity)
                self._cried_of.add(document.id)
                return False
            _log.error("alarm.not_given", code=caught.fault, **about)
        return False

    def _save(self, owner: Person, document: Document, place: _Place) -> None:
        # by its words too: others may stand there once the file is replaced
        own = stable_id("flag", document.id, place.ordinal, place.text, place.worry.rule)
        flag_id = FlagId(flags_begin_with(document.id) + own[_BEGINNING:])
        with self._store(EVERYTHING) as work:
            kept = {flag.id for case in work.care.list_about(owner.id) for flag in case.flags}
        if flag_id not in kept:
            self._cases.raise_flag(owner, place.text, place.worry, entry=ENTRY, flag_id=flag_id)

    def _settle(self, document: Document, *, is_harmless: bool) -> None:
        """Say of the document as it is by now that nothing was found: ingest may have moved it on.

        Raises Transient when its text is another by now, which nobody has looked through yet.
        """
        with self._store(EVERYTHING) as work:
            work.people.lock()
            current = work.documents.find(document.id)
            if current is not None and current.edition != document.edition:
                raise Transient("This reading has changed meanwhile. It is looked through again.")
            if current is not None and is_harmless:
                work.documents.save(replace(current, is_screened=True))
                work.commit()


def flags_begin_with(document_id: DocumentId) -> str:
    """Give the beginning of the ids of all flags that a document raises, by which it is known whose they are."""
    return stable_id("flags", document_id)[:_BEGINNING]


def may_be_shown(store: Store, document: Document) -> bool:
    """Whether a model may see a document: one of staff's, or one of a student's that was screened."""
    return document.is_screened or is_staffs(store, document)


def is_staffs(store: Store, document: Document) -> bool:
    """Whether somebody added a document who is there and no student."""
    # whose it is says nothing of anybody to whoever sees it
    with store(EVERYTHING) as work:
        owner = work.people.find_person(document.owner_id)
    return owner is not None and not _is_students(owner)


def _asides(page: Page) -> str:
    """Give what belongs to a page and is not in its text: hidden words, who speaks, what pictures are called."""
    labels = (part.label for part in page.parts if part.kind in _NAMED)
    return "\n".join((*page.hidden, *dict.fromkeys(labels)))


def _is_students(owner: Person) -> bool:
    return owner.role is Role.STUDENT

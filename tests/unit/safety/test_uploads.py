"""What a student uploads is screened through to the last page; what staff upload opens no case."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from adapters.sql.store import SqlStore
from domain.care import UNAVAILABLE, Case, Severity, Worry
from domain.documents import Document, Dropped, Page, ParsedDocument, Part, PartKind, Range, RedactedDocument
from domain.errors import Cancelled, StoreBusy, Transient
from domain.ids import ClassId, DocumentId, PersonId, stable_id
from domain.jobs import SCREENING, JobStatus, Progress, ScreenDocument
from domain.people import Role
from domain.scope import EVERYTHING
from safety.bounded import Bounded
from safety.cases import Cases
from safety.conversation import Weight
from safety.uploads import ENTRY, Uploads, may_be_shown
from tests.builders import a_document, a_person
from tests.conftest import FixedClock
from tests.pipeline_tools import QuietContext

DANGER = "I want to kill myself"
CALM = "Leaves take in light and make sugar of it. " * 60


class Detector:
    """Finds one sentence, and does not get over another."""

    def __init__(self) -> None:
        self.is_broken = True

    def weigh(self, text: str) -> Weight:
        if "too much" in text and self.is_broken:
            raise MemoryError
        found = [Severity.MODERATE] * ("I feel low" in text) + [Severity.HIGH] * (DANGER in text)
        return Weight(Worry(found[-1], "suicide", f"en.{found[-1].value}"), 5.0) if found else Weight()


class JoiningDetector(Detector):
    """Finds the sentence across lines too."""

    def weigh(self, text: str) -> Weight:
        return super().weigh(" ".join(text.split()))


@pytest.fixture
def detector() -> Detector:
    return Detector()


@pytest.fixture
def alarms() -> list[Severity]:
    """What was told directly."""
    return []


@pytest.fixture
def uploads(store: SqlStore, clock: FixedClock, detector: Detector, alarms: list[Severity]) -> Uploads:
    return Uploads(store, Bounded(detector), Cases(store, clock), cry_out=alarms.append)


def saved(store: SqlStore, *pages: str | Page, **changes: Any) -> Document:
    """Keep a student's own document of these pages."""
    own: dict[str, Any] = {"owner_id": a_person().id, "class_id": None, "title": "Notes", "page_count": len(pages)}
    document = a_document(**own | changes)
    whole = tuple(page if isinstance(page, Page) else Page(at, page) for at, page in enumerate(pages, 1))
    parsed = ParsedDocument(document.id, document.title, "en", whole, ())
    with store(EVERYTHING) as work:
        work.documents.save(document)
        work.readings.save_pages(RedactedDocument(parsed, ()))
        work.commit()
    return document


def case_of(store: SqlStore, person_id: PersonId | None = None) -> Case | None:
    with store(EVERYTHING) as work:
        return work.care.find_open(person_id or a_person().id)


def is_screened(store: SqlStore, document: Document) -> bool:
    with store(EVERYTHING) as work:
        found = work.documents.find(document.id)
    assert found is not None
    return found.is_screened


def test_danger_on_page_300_is_found(store: SqlStore, uploads: Uploads) -> None:
    """Every page is screened, and the flag holds the words around the sign."""
    document = saved(store, *[CALM] * 299, f"{CALM} {DANGER}. {CALM}")

    uploads.screen(ScreenDocument(document.id), QuietContext())

    case = case_of(store)
    assert case is not None
    assert [flag.entry for flag in case.flags] == [ENTRY]
    assert DANGER in case.flags[0].text
    assert len(case.flags[0].text) <= 4000
    assert not may_be_shown(store, document)
    assert not is_screened(store, document)


def test_a_sentence_that_goes_over_two_pages_is_found(store: SqlStore, uploads: Uploads) -> None:
    """Each window goes on where the page before ended."""
    uploads.screen(ScreenDocument(saved(store, f"{CALM} I want to", "kill myself").id), QuietContext())

    assert case_of(store) is None
    uploads.screen(ScreenDocument(saved(store, f"{CALM} I feel", f"{DANGER}").id), QuietContext())
    assert case_of(store) is not None


def test_the_title_and_what_is_hidden_count(store: SqlStore, uploads: Uploads) -> None:
    """The name of the file and the title are words of the student too."""
    uploads.screen(ScreenDocument(saved(store, CALM, filename=f"{DANGER}.txt").id), QuietContext())

    assert case_of(store) is not None


@pytest.mark.parametrize("code", ["comment", "deleted_text", "hidden_slide", "running_line", "navigation", "speaker"])
def test_what_was_left_out_of_the_text_counts(store: SqlStore, uploads: Uploads, code: str) -> None:
    """Danger in comments, deletions, hidden slides and the like opens a case, far behind their example too."""
    dropped = (Dropped("page_number", 3, "1"), Dropped(code, 9, CALM[:80], f"{CALM * 4}\n{DANGER}."))
    document = saved(store, CALM, dropped=dropped)

    uploads.screen(ScreenDocument(document.id), QuietContext())

    case = case_of(store)
    assert case is not None
    assert DANGER in case.flags[0].text
    assert not is_screened(store, document)


def test_examples_of_older_readings_count(store: SqlStore, uploads: Uploads) -> None:
    """Where only an example of what was left out is kept, that is screened."""
    uploads.screen(ScreenDocument(saved(store, CALM, dropped=(Dropped("comment", 1, DANGER),)).id), QuietContext())

    assert case_of(store) is not None


@pytest.mark.parametrize("kind", [PartKind.SPEECH, PartKind.FIGURE])
def test_names_of_speakers_and_pictures_count(store: SqlStore, uploads: Uploads, kind: PartKind) -> None:
    """Who speaks, and what a picture is said to show, are words of the student that stand in no text."""
    page = Page(1, CALM, parts=(Part(kind, Range(0, 6), label=DANGER),))

    uploads.screen(ScreenDocument(saved(store, page, CALM).id), QuietContext())

    assert case_of(store) is not None


def test_the_title_within_the_file_counts(store: SqlStore, uploads: Uploads) -> None:
    """What the file calls itself is screened, whatever the reading is called by now."""
    uploads.screen(ScreenDocument(saved(store, CALM, file_title=DANGER).id), QuietContext())

    assert case_of(store) is not None


def test_hidden_words_part_no_sentence_that_goes_over_two_pages(
    store: SqlStore, clock: FixedClock, alarms: list[Severity]
) -> None:
    """The text of the next page is read on from the text, however much is hidden behind it."""
    page = Page(1, f"{CALM} I want to", hidden=(CALM,))
    uploads = Uploads(store, Bounded(JoiningDetector()), Cases(store, clock), cry_out=alarms.append)

    uploads.screen(ScreenDocument(saved(store, page, "kill myself").id), QuietContext())

    assert case_of(store) is not None


def test_calm_notes_may_be_shown_to_a_model(store: SqlStore, uploads: Uploads) -> None:
    """Once all of it was screened and nothing was found, and not before."""
    document = saved(store, CALM, CALM)
    assert not may_be_shown(store, document)

    uploads.screen(ScreenDocument(document.id), QuietContext())

    assert case_of(store) is None
    assert is_screened(store, document)
    assert may_be_shown(store, replace(document, is_screened=True))


def test_twice_is_once(store: SqlStore, uploads: Uploads) -> None:
    """A job that runs again flags no place again."""
    document = saved(store, f"{DANGER}. {CALM}", CALM, "I feel low.")

    uploads.screen(ScreenDocument(document.id), QuietContext())
    first = case_of(store)
    uploads.screen(ScreenDocument(document.id), QuietContext())

    assert first is not None
    assert len(first.flags) == 2
    assert case_of(store) == first


def test_the_gravest_places_are_enough(store: SqlStore, uploads: Uploads) -> None:
    """A document full of signs gives the counsellor the gravest five."""
    document = saved(store, *[f"{CALM * 2} I feel low."] * 8, f"{CALM * 2} {DANGER}")

    uploads.screen(ScreenDocument(document.id), QuietContext())

    case = case_of(store)
    assert case is not None
    assert len(case.flags) == 5
    assert case.severity is Severity.HIGH


def test_a_teachers_reading_opens_no_case(store: SqlStore, uploads: Uploads) -> None:
    """A chapter on suicide is a chapter."""
    teacher = a_person(Role.TEACHER)
    document = saved(store, DANGER, owner_id=teacher.id, class_id=ClassId(teacher.class_ids[0]))

    uploads.screen(ScreenDocument(document.id), QuietContext())

    assert case_of(store, teacher.id) is None
    assert may_be_shown(store, document)


def test_what_is_gone_is_left_alone(store: SqlStore, uploads: Uploads) -> None:
    """A document or an owner that is not there any more is nobody's."""
    uploads.screen(ScreenDocument(DocumentId(stable_id("gone"))), QuietContext())

    assert not may_be_shown(store, a_document(owner_id=PersonId("0" * 32)))


def test_what_cannot_be_screened_says_so_and_is_tried_again(
    store: SqlStore, uploads: Uploads, detector: Detector
) -> None:
    """A case says that nobody knows, no model sees the document, and a later run that gets through is heard."""
    document = saved(store, CALM, f"{CALM} This is too much. {DANGER}")

    with pytest.raises(Transient):
        uploads.screen(ScreenDocument(document.id), QuietContext())
    case = case_of(store)
    assert case is not None
    assert [flag.worry.subject for flag in case.flags] == [UNAVAILABLE]
    assert not is_screened(store, document)

    detector.is_broken = False
    uploads.screen(ScreenDocument(document.id), QuietContext())
    case = case_of(store)
    assert case is not None
    assert [flag.worry.subject for flag in case.flags] == [UNAVAILABLE, "suicide"]


def test_a_screening_that_failed_for_good_begins_anew(store: SqlStore, uploads: Uploads, clock: FixedClock) -> None:
    """Ten minutes after its last try the job is queued as if it were new; what goes well is left alone."""
    document = saved(store, CALM)
    fail_screening(store, document)
    before = uploads.retry(clock.now())
    clock.move(timedelta(minutes=11))

    counts = [uploads.retry(clock.now()), uploads.retry(clock.now())]

    with store(EVERYTHING) as work:
        record = work.jobs.find_for(document.id, SCREENING)
    assert (before, counts) == (0, [1, 0])
    assert record is not None
    assert (record.status, record.attempts) == (JobStatus.QUEUED, 0)


def fail_screening(store: SqlStore, document: Document) -> None:
    with store(EVERYTHING) as work:
        work.jobs.add(ScreenDocument(document.id))
        record = work.jobs.claim("me", lease_seconds=10.0)
        assert record is not None
        work.jobs.finish(record.id, "me", error=("try_again", "It did not work."))
        work.commit()


class ClosedCases(Cases):
    """Cases that take no sign of danger, until they are opened."""

    is_closed = True

    def raise_flag(self, *args: Any, **named: Any) -> Case:
        if self.is_closed:
            raise StoreBusy("Not now.")
        return super().raise_flag(*args, **named)


def test_what_cannot_be_saved_is_told_directly_and_tried_again(
    store: SqlStore, clock: FixedClock, detector: Detector, alarms: list[Severity]
) -> None:
    """Somebody hears at once of the gravest sign, once until it was saved; no words reach the log."""
    cases = ClosedCases(store, clock)
    uploads = Uploads(store, Bounded(detector), cases, cry_out=alarms.append)
    document = saved(store, f"I feel low. {CALM}", f"{CALM * 2} {DANGER}")

    with capture_logs() as logs:
        for _ in range(2):
            with pytest.raises(Transient, match="could not be saved"):
                uploads.screen(ScreenDocument(document.id), QuietContext())
    assert (alarms, is_screened(store, document)) == ([Severity.HIGH], False)
    assert {one["event"] for one in logs} == {"flag.not_saved"}
    assert DANGER not in repr(logs)

    cases.is_closed = False
    uploads.screen(ScreenDocument(document.id), QuietContext())
    case = case_of(store)
    assert case is not None
    assert len(case.flags) == 2


def test_an_alarm_that_fails_too_is_written_down(store: SqlStore, clock: FixedClock, detector: Detector) -> None:
    """The job is tried again all the same, and then so is the alarm."""
    tries: list[Severity] = []

    def cry_out(severity: Severity) -> None:
        tries.append(severity)
        raise OSError("private words")

    uploads = Uploads(store, Bounded(detector), ClosedCases(store, clock), cry_out=cry_out)
    document = saved(store, DANGER)

    with capture_logs() as logs:
        for _ in range(2):
            with pytest.raises(Transient):
                uploads.screen(ScreenDocument(document.id), QuietContext())

    assert len(tries) == 2
    assert [(one["event"], one["code"]) for one in logs] == [
        ("flag.not_saved", "store_busy"),
        ("alarm.not_given", "OSError"),
    ] * 2


def test_a_document_that_is_deleted_meanwhile_stays_deleted(store: SqlStore, uploads: Uploads) -> None:
    """The last word on it is not written to a document that is gone."""
    document = saved(store, CALM)

    class Deleting(QuietContext):
        def report(self, progress: Progress) -> None:
            super().report(progress)
            with store(EVERYTHING) as work:
                work.documents.delete(document.id)
                work.commit()

    uploads.screen(ScreenDocument(document.id), Deleting())

    with store(EVERYTHING) as work:
        assert work.documents.find(document.id) is None


def test_a_job_that_loses_its_lease_stops(store: SqlStore, uploads: Uploads) -> None:
    """Between two windows the job hears that it is no longer its own."""
    document = saved(store, *[CALM] * 5)

    with pytest.raises(Cancelled):
        uploads.screen(ScreenDocument(document.id), QuietContext(cancel_after=2))


def test_a_file_that_is_replaced_meanwhile_is_screened_again(store: SqlStore, uploads: Uploads) -> None:
    """What was looked through is not what is there: the job comes back, and finds what the new file says."""
    document = saved(store, CALM)

    class Replacing(QuietContext):
        def report(self, progress: Progress) -> None:
            super().report(progress)
            saved(store, f"{CALM} {DANGER}.", content_hash="1" * 64)

    with pytest.raises(Transient, match="changed"):
        uploads.screen(ScreenDocument(document.id), Replacing())
    assert not is_screened(store, document)

    uploads.screen(ScreenDocument(document.id), QuietContext())

    case = case_of(store)
    assert case is not None
    assert len(case.flags) == 1

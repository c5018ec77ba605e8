"""How a reading stands, in words."""

import pytest

from api.progress import standing_of
from domain.documents import Document, DocumentStatus, SpareFile
from domain.ids import JobId
from domain.jobs import GenerateAids, IngestDocument, JobRecord, JobStatus, Progress
from ingest.service import DocumentView
from tests.builders import NOW, a_document


def a_job(
    document: Document, status: JobStatus, progress: Progress | None = None, *, makes_aids: bool = False
) -> JobRecord:
    job = GenerateAids(document.id) if makes_aids else IngestDocument(document.id)
    return JobRecord(JobId("j"), job, status, NOW, progress=progress or Progress())


def test_a_failed_reading_says_why() -> None:
    """The sentence is the one that was found when the file was read."""
    document = a_document(status=DocumentStatus.FAILED, problem="This file is locked with a password.")

    standing = standing_of(DocumentView(document, None, None))

    assert (standing.state, standing.sentence) == ("failed", "This file is locked with a password.")
    assert not standing.is_moving
    assert not standing.is_readable


def test_a_failed_reading_without_a_reason_still_says_something() -> None:
    """Nobody is left with an empty line."""
    assert standing_of(DocumentView(a_document(status=DocumentStatus.FAILED), None, None)).sentence


def test_a_stopped_reading_waits_for_its_owner() -> None:
    """After a stop nothing more happens by itself."""
    standing = standing_of(DocumentView(a_document(status=DocumentStatus.CANCELLED), None, None))

    assert (standing.state, standing.is_moving) == ("cancelled", False)
    assert standing.sentence == "Start it again or delete it."


def test_a_reading_whose_new_file_comes_is_worked_on_and_can_be_read() -> None:
    """While a new file is read the old one stands, and the shelf says that something is under way."""
    coming = SpareFile("new.md", "text/markdown", "hash", 9)
    document = a_document(status=DocumentStatus.READY, aids_ready=True, spare=coming)

    working = standing_of(DocumentView(document, a_job(document, JobStatus.RUNNING), None))
    ended = standing_of(DocumentView(document, a_job(document, JobStatus.DONE), None))

    assert (working.state, working.is_moving, working.is_readable) == ("working", True, True)
    assert (ended.state, ended.is_moving) == ("ready", False)


def test_a_new_file_that_was_not_taken_is_told_of() -> None:
    """A ready reading says why its new file was refused."""
    document = a_document(status=DocumentStatus.READY, aids_ready=True, problem="The new file was not taken.")

    standing = standing_of(DocumentView(document, None, None))

    assert (standing.state, standing.sentence) == ("ready", "The new file was not taken.")


@pytest.mark.parametrize("status", list(DocumentStatus))
def test_no_sentence_says_its_label_again(status: DocumentStatus) -> None:
    """The shelf writes a word for the state before the sentence, so the sentence does not begin with it."""
    standing = standing_of(DocumentView(a_document(status=status, aids_ready=True), None, None))

    assert not standing.sentence.startswith(("Ready", "Stopped", "Waiting", "Working", "Not read", "Can be read"))


@pytest.mark.parametrize("job", [None, JobStatus.QUEUED])
def test_a_queued_reading_waits_for_its_turn(job: JobStatus | None) -> None:
    """Before its job runs there is nothing to count."""
    document = a_document(status=DocumentStatus.QUEUED)

    standing = standing_of(DocumentView(document, a_job(document, job) if job else None, None))

    assert (standing.state, standing.sentence, standing.total) == (
        "waiting",
        "It starts by itself when its turn comes.",
        0,
    )
    assert standing.is_moving


def test_progress_is_by_page_and_stage() -> None:
    """The stage and the count are said, and no bar runs past its end."""
    document = a_document(status=DocumentStatus.READING)
    job = a_job(document, JobStatus.RUNNING, Progress("reading pages", 12, 10))

    standing = standing_of(DocumentView(document, job, None))

    assert standing.sentence == "Reading pages, 12 of 10."
    assert (standing.done, standing.total, standing.is_readable) == (10, 10, False)


def test_a_searchable_reading_can_be_opened_while_work_goes_on() -> None:
    """People need not wait for what they do not need."""
    document = a_document(status=DocumentStatus.SEARCHABLE)
    job = a_job(document, JobStatus.RUNNING, Progress())

    standing = standing_of(DocumentView(document, job, None))

    assert standing.sentence == "You can read it already. Starting."
    assert standing.is_readable
    assert standing.is_moving


def test_study_aids_are_counted_by_section() -> None:
    """A ready reading whose aids are being made is still moving."""
    document = a_document(status=DocumentStatus.READY)
    aids = a_job(document, JobStatus.RUNNING, Progress("study aids", 3, 9), makes_aids=True)

    standing = standing_of(DocumentView(document, a_job(document, JobStatus.DONE), aids))

    assert (standing.state, standing.done, standing.total) == ("working", 3, 9)


def test_a_reading_with_all_its_aids_is_ready() -> None:
    """When all is done nothing moves, and there is nothing to try again."""
    document = a_document(aids_ready=True)

    standing = standing_of(DocumentView(document, None, a_job(document, JobStatus.DONE, makes_aids=True)))

    assert (standing.state, standing.sentence) == ("ready", "The study aids that could be made are there.")
    assert (standing.is_moving, standing.may_retry) == (False, False)


@pytest.mark.parametrize(("status", "word"), [(JobStatus.FAILED, "Not every"), (JobStatus.CANCELLED, "stopped")])
def test_what_was_not_made_is_admitted(status: JobStatus, word: str) -> None:
    """A reading whose study aids failed or were stopped never says that they are there; it can be tried again."""
    document = a_document()

    standing = standing_of(DocumentView(document, None, a_job(document, status, makes_aids=True)))

    assert standing.state == "partial"
    assert word in standing.sentence
    assert not standing.sentence.startswith("Ready")
    assert (standing.is_readable, standing.is_moving, standing.may_retry) == (True, False, True)


@pytest.mark.parametrize("status", [JobStatus.FAILED, JobStatus.CANCELLED])
def test_a_searchable_reading_whose_work_ended_can_be_tried_again(status: JobStatus) -> None:
    """Without a job that goes on nothing moves, and the words stay open."""
    document = a_document(status=DocumentStatus.SEARCHABLE)

    standing = standing_of(DocumentView(document, a_job(document, status), None))

    assert (standing.state, standing.is_readable, standing.is_moving) == ("partial", True, False)
    assert standing.may_retry


def test_a_reading_in_another_language_is_not_said_to_have_all_aids() -> None:
    """Where most kinds need English, the library says so."""
    standing = standing_of(DocumentView(a_document(aids_ready=True, language="de"), None, None))

    assert standing.state == "ready"
    assert "readings in other languages" in standing.sentence

"""What people do with readings, and what they may not do."""

import io
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import pytest

from adapters.files.disk import DiskFiles
from domain.documents import Document, DocumentStatus
from domain.errors import Conflict, MargentError, NotAllowed, NotFound, TooLarge
from domain.ids import ClassId, DocumentId, HoldId, PersonId, stable_id
from domain.jobs import GenerateAids, IngestDocument, JobStatus
from domain.people import Role
from domain.rights import Hold
from domain.scope import EVERYTHING
from ingest.jobs import handle
from ingest.limits import Limits
from ingest.parsers.contract import CSV, DOCX, EPUB, HTML, MARKDOWN, PDF, PICTURES, PLAIN, PPTX, SRT, VTT
from ingest.pipeline import Tools
from ingest.service import Documents
from tests.builders import CLASS, NOW, a_person
from tests.unit.ingest.conftest import Watcher

TEXT = b"# Light\n\nThe chloroplast makes sugar from light."
OWNER = a_person(Role.TEACHER)
READER = a_person(Role.STUDENT)
CLASSMATE = a_person(Role.STUDENT, id=PersonId("classmate"))
STRANGER = a_person(Role.COUNSELLOR, class_ids=())


def _upload(
    documents: Documents, *, data: bytes = TEXT, name: str = "light.md", class_id: ClassId | None = CLASS
) -> Document:
    return documents.upload(OWNER, name, io.BytesIO(data), class_id=class_id).document


def _set(tools: Tools, document: Document, status: DocumentStatus) -> None:
    with tools.store(EVERYTHING) as work:
        work.documents.save(replace(document, status=status))
        work.commit()


def _kept_files(tmp_path: Path) -> list[Path]:
    return [path for path in (tmp_path / "files").rglob("*") if path.is_file()]


def test_an_upload_is_kept_and_queued(documents: Documents) -> None:
    """The document has a title from its name, and a job waits."""
    document = _upload(documents, name="../My_notes.md")

    view = documents.load(OWNER, document.id)
    assert (view.document.title, view.document.filename, view.document.size) == ("My notes", "My_notes.md", len(TEXT))
    assert view.document.status is DocumentStatus.QUEUED
    assert view.ingest_job is not None
    assert view.ingest_job.status is JobStatus.QUEUED
    assert view.aids_job is None


def test_the_same_file_is_recognised(documents: Documents) -> None:
    """The same bytes from the same person for the same class are one document."""
    first = _upload(documents)

    again = documents.upload(OWNER, "other name.md", io.BytesIO(TEXT), class_id=CLASS)

    assert again.is_known
    assert again.document.id == first.id


def test_other_people_and_classes_have_their_own(documents: Documents) -> None:
    """Someone else's upload of the same bytes is a document of its own."""
    first = _upload(documents)

    assert documents.upload(READER, "a.md", io.BytesIO(TEXT)).document.id != first.id
    assert not documents.upload(OWNER, "a.md", io.BytesIO(TEXT)).is_known


def test_a_failed_file_can_be_uploaded_again(documents: Documents, tools: Tools) -> None:
    """A failed try does not stand in the way: it begins anew in its place, and is not there twice."""
    first = _upload(documents)
    _set(tools, replace(first, problem_code="damaged", problem="This PDF is damaged."), DocumentStatus.FAILED)

    again = documents.upload(OWNER, "a.md", io.BytesIO(TEXT), class_id=CLASS)

    (view,) = documents.list_documents(OWNER)
    assert not again.is_known
    assert (view.document.id, view.document.status, view.document.filename) == (
        first.id,
        DocumentStatus.QUEUED,
        "a.md",
    )
    assert (view.document.problem_code, view.document.problem) == ("", "")
    assert view.ingest_job is not None
    assert view.ingest_job.status is JobStatus.QUEUED


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [(b"", "a.pdf", "empty"), (b"PK\x03\x04", "a.docx", "damaged"), (b"words", "a.pdf", "wrong_type")],
)
def test_bad_files_leave_nothing_behind(
    documents: Documents, tmp_path: Path, data: bytes, name: str, code: str
) -> None:
    """A refused file is not kept, and no document is made."""
    with pytest.raises(MargentError) as caught:
        _upload(documents, data=data, name=name)

    assert caught.value.code == code
    assert documents.list_documents(OWNER) == []
    assert _kept_files(tmp_path) == []


def test_a_file_over_the_limit_leaves_nothing_behind(tools: Tools, tmp_path: Path) -> None:
    """Too large a file is refused while it comes in."""
    documents = Documents(tools.store, tools.files, tools.index, clock=tools.clock, limits=Limits(max_bytes=100_000))

    with pytest.raises(TooLarge):
        _upload(documents, data=b"words " * 20_000, name="a.txt")

    assert _kept_files(tmp_path) == []


def test_a_large_file_is_kept_whole(documents: Documents) -> None:
    """Looking at the first bytes loses none."""
    data = b"words and " * 30_000

    document = _upload(documents, data=data, name="a.txt")

    assert documents.file_path(OWNER, document.id).read_bytes() == data


def test_people_share_with_their_own_classes_only(documents: Documents) -> None:
    """A class that the person is not in cannot be uploaded to."""
    with pytest.raises(NotAllowed):
        documents.upload(STRANGER, "a.md", io.BytesIO(TEXT), class_id=CLASS)


def test_members_of_the_class_read_and_others_know_nothing(documents: Documents, tools: Tools) -> None:
    """A shared reading can be opened by its class; for others it is not there."""
    document = _upload(documents)
    handle(IngestDocument(document.id), tools, Watcher())

    assert documents.load_page(READER, document.id, 1).text.startswith("Light")
    assert [section.title for section in documents.list_sections(READER, document.id)] == ["Light"]
    assert [view.document.id for view in documents.list_documents(READER)] == [document.id]
    assert documents.list_documents(STRANGER) == []
    for look in (documents.load, documents.list_sections, documents.file_path, documents.cancel):
        with pytest.raises(NotFound):
            look(STRANGER, document.id)


def test_what_is_not_there_is_not_found(documents: Documents, tools: Tools) -> None:
    """Unknown documents and pages are not found; nor are pages of a reading that is not read yet."""
    document = _upload(documents)

    with pytest.raises(NotFound):
        documents.load(OWNER, DocumentId("0" * 32))
    with pytest.raises(NotFound):
        documents.load_page(OWNER, document.id, 1)
    assert documents.list_sections(OWNER, document.id) == []
    handle(IngestDocument(document.id), tools, Watcher())
    with pytest.raises(NotFound):
        documents.load_page(OWNER, document.id, 2)


def test_a_queued_reading_is_cancelled_at_once(documents: Documents) -> None:
    """Nobody has begun, so nobody has to be waited for."""
    document = _upload(documents)

    documents.cancel(OWNER, document.id)

    view = documents.load(OWNER, document.id)
    assert view.document.status is DocumentStatus.CANCELLED
    assert view.ingest_job is not None
    assert view.ingest_job.status is JobStatus.CANCELLED


def test_a_running_reading_is_asked_to_stop(documents: Documents, tools: Tools) -> None:
    """The running job hears of it at its next step."""
    document = _upload(documents)
    with tools.store(EVERYTHING) as work:
        work.jobs.claim("worker", lease_seconds=60)
        work.documents.save(replace(document, status=DocumentStatus.READING))
        work.commit()

    documents.cancel(OWNER, document.id)

    job = documents.load(OWNER, document.id).ingest_job
    assert job is not None
    assert job.is_cancel_asked


def test_the_making_of_aids_can_be_stopped(documents: Documents, tools: Tools) -> None:
    """A ready reading whose study aids are being made has something to stop; without, it has not."""
    document = _upload(documents)
    handle(IngestDocument(document.id), tools, Watcher())

    documents.cancel(OWNER, document.id)

    aids = documents.load(OWNER, document.id).aids_job
    assert aids is not None
    assert aids.status is JobStatus.CANCELLED
    with pytest.raises(Conflict):
        documents.cancel(OWNER, document.id)


@pytest.mark.parametrize("status", [DocumentStatus.FAILED, DocumentStatus.CANCELLED])
def test_a_failed_reading_is_tried_again(documents: Documents, tools: Tools, status: DocumentStatus) -> None:
    """A retried reading waits like a new one, its problem forgotten."""
    document = _upload(documents)
    documents.cancel(OWNER, document.id)
    _set(tools, replace(document, problem="It failed."), status)

    documents.retry(OWNER, document.id)

    view = documents.load(OWNER, document.id)
    assert (view.document.status, view.document.problem) == (DocumentStatus.QUEUED, "")
    assert view.ingest_job is not None
    assert view.ingest_job.status is JobStatus.QUEUED
    with pytest.raises(Conflict):
        documents.retry(OWNER, document.id)


def _give_up(tools: Tools, document: Document, status: DocumentStatus) -> None:
    _set(tools, document, status)
    with tools.store(EVERYTHING) as work:
        record = work.jobs.claim("worker", lease_seconds=60)
        assert record is not None
        work.jobs.finish(record.id, "worker", error=("unexpected", "Something went wrong."))
        work.commit()


def test_a_job_that_gave_up_shows_as_failed(documents: Documents, tools: Tools) -> None:
    """When the job failed before anything was readable, people see a failed reading."""
    document = _upload(documents)

    _give_up(tools, document, DocumentStatus.READING)

    shown = documents.load(OWNER, document.id).document
    assert (shown.status, shown.problem) == (DocumentStatus.FAILED, "Something went wrong.")


def test_a_reading_without_its_vectors_goes_on_from_there(documents: Documents, tools: Tools) -> None:
    """A reading that can be searched by words stays so while its vectors are tried again."""
    document = _upload(documents)
    _give_up(tools, document, DocumentStatus.SEARCHABLE)

    documents.retry(OWNER, document.id)

    view = documents.load(OWNER, document.id)
    assert view.document.status is DocumentStatus.SEARCHABLE
    assert view.ingest_job is not None
    assert view.ingest_job.status is JobStatus.QUEUED
    with pytest.raises(Conflict):
        documents.retry(OWNER, document.id)


def _end_aids(documents: Documents, tools: Tools, document: Document, *, fails: bool) -> None:
    """Bring a reading to where its words are there and the making of its aids has ended."""
    handle(IngestDocument(document.id), tools, Watcher())
    documents.cancel(OWNER, document.id)
    if fails:
        with tools.store(EVERYTHING) as work:
            work.jobs.add(GenerateAids(document.id))
            record = work.jobs.claim("worker", lease_seconds=60)
            assert record is not None
            work.jobs.finish(record.id, "worker", error=("unexpected", "Something went wrong."))
            work.commit()


@pytest.mark.parametrize("fails", [False, True])
def test_aids_that_failed_or_were_stopped_are_made_again(documents: Documents, tools: Tools, *, fails: bool) -> None:
    """A retry queues the study aids alone, once; the words stay open meanwhile."""
    document = _upload(documents)
    _end_aids(documents, tools, document, fails=fails)

    documents.retry(OWNER, document.id)

    view = documents.load(OWNER, document.id)
    assert view.document.status is DocumentStatus.READY
    assert view.aids_job is not None
    assert view.aids_job.status is JobStatus.QUEUED
    with pytest.raises(Conflict):
        documents.retry(OWNER, document.id)


def test_a_reading_with_its_aids_has_nothing_to_try_again(documents: Documents, tools: Tools) -> None:
    """What is complete is a conflict, though a job ended badly once."""
    document = _upload(documents)
    _end_aids(documents, tools, document, fails=False)
    with tools.store(EVERYTHING) as work:
        work.documents.save(replace(documents.load(OWNER, document.id).document, aids_ready=True))
        work.commit()

    with pytest.raises(Conflict):
        documents.retry(OWNER, document.id)


def test_deleting_takes_everything(documents: Documents, tools: Tools, tmp_path: Path) -> None:
    """Row, words, vectors, jobs and file are gone."""
    document = _upload(documents)
    handle(IngestDocument(document.id), tools, Watcher())

    documents.delete(OWNER, document.id)

    assert documents.list_documents(OWNER) == []
    assert _kept_files(tmp_path) == []
    with tools.store(EVERYTHING) as work:
        assert work.readings.list_chunks(document.id) == []
        assert work.jobs.find_for(document.id, GenerateAids(document.id).name) is None


@pytest.mark.parametrize("person_id", [OWNER.id, None])
def test_a_hold_keeps_the_reading_from_its_owner(
    documents: Documents, tools: Tools, person_id: PersonId | None
) -> None:
    """While a legal hold is on the owner, or on the school, the owner cannot delete; once it is lifted, she can."""
    document = _upload(documents)
    hold = Hold(HoldId(stable_id("hold")), OWNER.school_id, person_id, "A court asks.", None, NOW)
    with tools.store(EVERYTHING) as work:
        work.rights.save_hold(hold)
        work.commit()

    with pytest.raises(Conflict) as refused:
        documents.delete(OWNER, document.id)
    with tools.store(EVERYTHING) as work:
        work.rights.save_hold(replace(hold, lifted_at=NOW))
        work.commit()
    assert documents.list_documents(OWNER)
    documents.delete(OWNER, document.id)

    assert refused.value.code == "on_hold"
    assert documents.list_documents(OWNER) == []


def test_a_file_that_others_need_is_kept(documents: Documents) -> None:
    """Deleting one of two documents with the same bytes keeps the bytes."""
    first = _upload(documents)
    second = documents.upload(READER, "a.md", io.BytesIO(TEXT)).document

    documents.delete(OWNER, first.id)

    assert documents.file_path(READER, second.id).read_bytes() == TEXT


@pytest.mark.parametrize("media_type", [DOCX, PPTX, EPUB, *sorted(PICTURES)])
def test_files_that_say_more_than_their_pages_are_kept_from_the_class(
    documents: Documents, tools: Tools, media_type: str
) -> None:
    """Photos, Office files and books go to teachers and whoever added them, not to other students of the class."""
    document = documents.upload(READER, "a.md", io.BytesIO(TEXT), class_id=CLASS).document
    with tools.store(EVERYTHING) as work:
        work.documents.save(replace(document, media_type=media_type))
        work.commit()

    with pytest.raises(NotAllowed, match="pages and pictures can be seen here"):
        documents.file_path(CLASSMATE, document.id)
    for person in (READER, OWNER):
        assert documents.file_path(person, document.id).read_bytes() == TEXT
    with pytest.raises(NotFound):
        documents.file_path(STRANGER, document.id)


@pytest.mark.parametrize("media_type", [PDF, PLAIN, CSV, MARKDOWN, HTML, VTT, SRT])
def test_plain_files_go_to_the_class(documents: Documents, tools: Tools, media_type: str) -> None:
    """What shows all that it says goes to whoever may read it."""
    document = _upload(documents)
    with tools.store(EVERYTHING) as work:
        work.documents.save(replace(document, media_type=media_type))
        work.commit()

    assert documents.file_path(READER, document.id).read_bytes() == TEXT


def test_only_the_owner_changes_a_reading(documents: Documents) -> None:
    """Members of the class read; they do not cancel, retry or delete."""
    document = _upload(documents)

    for change in (documents.cancel, documents.retry, documents.delete):
        with pytest.raises(NotAllowed):
            change(READER, document.id)


def test_a_file_may_come_in_one_piece(documents: Documents, tools: Tools) -> None:
    """A store that reads a stream to its end at once gets all of it."""

    class AtOnce(DiskFiles):
        def save(self, stream: BinaryIO, *, limit: int) -> tuple[str, int]:
            return super().save(io.BytesIO(stream.read()), limit=limit)

    whole = Documents(
        tools.store,
        AtOnce(Path(tools.files.path(_upload(documents).content_hash)).parents[1]),
        tools.index,
        clock=tools.clock,
        limits=tools.limits,
    )

    document = _upload(whole, data=TEXT * 2_000)

    assert whole.file_path(OWNER, document.id).read_bytes() == TEXT * 2_000

"""Accept, list, open, cancel, retry and delete readings. The work itself is a job."""

from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from domain.clock import Clock
from domain.documents import Document, DocumentStatus, Page, Section
from domain.errors import Conflict, NotAllowed, NotFound, Unsupported
from domain.ids import ClassId, DocumentId, PersonId, new_id
from domain.jobs import GenerateAids, IngestDocument, JobRecord, JobStatus
from domain.people import Person, Role, sees
from domain.ports import ChunkIndex, FileStore, Store, UnitOfWork
from domain.scope import EVERYTHING, scope_of
from ingest.limits import Limits
from ingest.parsers.contract import CSV, HTML, MARKDOWN, PDF, PLAIN, SRT, VTT, ZIP
from ingest.parsers.sniffing import clean_name, sniff_file
from ingest.storing import coming_file, drop_new_file
from ingest.unfinished import TO_RETRY, is_making_aids, list_missing
from safety.retention import check_may_delete

_FOR_ALL = {PDF, PLAIN, CSV, MARKDOWN, HTML, VTT, SRT}
"""Types of files that all readers may take. Others say more than their pages: where a photo was taken, what was
deleted from an essay and what was remarked on it."""

_UNDER_WAY = {DocumentStatus.QUEUED, DocumentStatus.READING, DocumentStatus.SEARCHABLE}


@dataclass(frozen=True, slots=True)
class Upload:
    """An accepted file; `is_known` when the person had uploaded the same bytes as the same kind before."""

    document: Document
    is_known: bool


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document and its newest jobs."""

    document: Document
    ingest_job: JobRecord | None
    aids_job: JobRecord | None


class Documents:
    """What people do with readings. Methods raise NotFound for documents the person may not know of."""

    def __init__(self, store: Store, files: FileStore, index: ChunkIndex, *, clock: Clock, limits: Limits) -> None:
        self._store = store
        self._files = files
        self._index = index
        self._clock = clock
        self._limits = limits

    def upload(
        self,
        person: Person,
        filename: str,
        stream: BinaryIO,
        *,
        class_id: ClassId | None = None,
        source_url: str = "",
    ) -> Upload:
        """Keep a file and queue its ingest; with a class, its members see it. The stream can be gone back in.

        `source_url` is the web page that it was taken from.
        Raises Unreadable (empty, wrong_type, damaged, encrypted), Unsupported, TooLarge or NotAllowed; then nothing is
        kept.
        """
        if class_id is not None and class_id not in person.class_ids:
            raise NotAllowed("You can share readings with your own classes only.")
        name = clean_name(filename)
        media_type = sniff_file(stream, name, self._limits)
        if media_type == ZIP:
            raise Unsupported("This is an archive of files. Unpack it, and upload what is in it.")
        content_hash, size = self._files.save(stream, limit=self._limits.max_bytes)
        with self._store(scope_of(person)) as work:
            same = work.documents.find_same(person.id, content_hash)
            is_same = same is not None and (same.class_id, same.media_type) == (class_id, media_type)
            if same is not None and is_same and same.status not in TO_RETRY:
                return Upload(same, is_known=True)
            document = Document(
                # what failed or was stopped begins anew in its own place
                id=same.id if same is not None and is_same else DocumentId(new_id()),
                school_id=person.school_id,
                owner_id=person.id,
                class_id=class_id,
                title=_title(name),
                filename=name,
                media_type=media_type,
                content_hash=content_hash,
                size=size,
                status=DocumentStatus.QUEUED,
                created_at=self._clock.now(),
                source_url=source_url,
            )
            work.documents.save(document)
            work.jobs.add(IngestDocument(document.id))
            work.commit()
        return Upload(document, is_known=False)

    def list_documents(self, person: Person) -> list[DocumentView]:
        """List the documents the person may know of, newest first."""
        with self._store(scope_of(person)) as work:
            return [_view(work, document) for document in work.documents.list_visible(person)]

    def load(self, person: Person, document_id: DocumentId) -> DocumentView:
        """Give a document and how far its jobs are."""
        with self._store(scope_of(person)) as work:
            return _view(work, _visible(work, person, document_id))

    def load_page(self, person: Person, document_id: DocumentId, number: int) -> Page:
        """Give a page of a document that can be read."""
        with self._store(scope_of(person)) as work:
            document = _visible(work, person, document_id)
            page = work.readings.find_page(document_id, number) if document.is_readable else None
        if page is None:
            raise NotFound("There is no such page in this reading.")
        return page

    def list_odd_pages(self, person: Person, document_id: DocumentId) -> list[Page]:
        """List the pages that hold words nobody sees or orders to a machine, for staff and whoever added the reading.

        Others are shown none: what is hidden is not for them, and the words on the page are on the page.
        """
        with self._store(scope_of(person)) as work:
            document = _visible(work, person, document_id)
            is_for = _is_keeper(person, document) and document.is_readable
            return work.readings.list_odd_pages(document_id) if is_for else []

    def list_sections(self, person: Person, document_id: DocumentId) -> list[Section]:
        """List a document's sections in reading order; none while it cannot be read."""
        with self._store(scope_of(person)) as work:
            document = _visible(work, person, document_id)
            return work.readings.list_sections(document_id) if document.is_readable else []

    def cancel(self, person: Person, document_id: DocumentId) -> None:
        """Stop the work on a document. Raises Conflict when there is nothing to stop."""
        with self._store(scope_of(person)) as work:
            document = _own(person.id, _visible(work, person, document_id))
            is_under_way = document.status in _UNDER_WAY or document.spare is not None
            if not is_under_way and not is_making_aids(work, document_id):
                raise Conflict("There is nothing to stop: this reading is not being worked on.")
            job = work.jobs.find_for(document_id, IngestDocument(document_id).name)
            is_read_now = job is not None and job.status is JobStatus.RUNNING
            work.jobs.ask_cancel(document_id)
            if document.status is DocumentStatus.QUEUED:
                work.documents.save(replace(document, status=DocumentStatus.CANCELLED))
            work.commit()
        if coming_file(document) is not None and not is_read_now:
            drop_new_file(document, self._store, self._files)

    def retry(self, person: Person, document_id: DocumentId) -> None:
        """Queue what a document still lacks: its reading, its vectors, or its study aids.

        Raises Conflict when nothing failed and nothing was stopped.
        """
        with self._store(scope_of(person)) as work:
            document = _own(person.id, _visible(work, person, document_id))
            missing = list_missing(work, document)
            if not missing:
                raise Conflict("Nothing of this reading failed or was stopped, so there is nothing to try again.")
            if document.status in TO_RETRY:
                fresh = replace(document, status=DocumentStatus.QUEUED, problem_code="", problem="", page_problems=())
                work.documents.save(fresh)
            for job in missing:
                work.jobs.add(job)
            work.commit()

    def delete(self, person: Person, document_id: DocumentId) -> None:
        """Delete a document and everything made from it. Raises Conflict while a legal hold keeps it."""
        with self._store(scope_of(person)) as work:
            document = _own(person.id, _visible(work, person, document_id))
        # neither holds nor whether others need the same file is anything that the person can see
        with self._store(EVERYTHING) as work:
            work.people.lock()
            check_may_delete(work, document)
            work.jobs.ask_cancel(document_id)
            work.documents.delete(document_id)
            unused = [one for one in document.content_hashes if not work.documents.is_used(one)]
            work.commit()
        self._index.delete(document_id)
        for content_hash in unused:
            self._files.delete(content_hash)

    def file_path(self, person: Person, document_id: DocumentId) -> Path:
        """Give the uploaded file, to be sent back as it came.

        Raises NotAllowed where it may say more than its pages, to all but teachers and whoever added it.
        """
        with self._store(scope_of(person)) as work:
            document = _visible(work, person, document_id)
        if document.media_type not in _FOR_ALL and not _is_keeper(person, document):
            raise NotAllowed(
                "Only whoever added this reading and its teachers can take the file. Its pages and pictures can be "
                "seen here."
            )
        return self._files.path(document.content_hash)


def _title(filename: str) -> str:
    stem = PurePosixPath(filename).stem.replace("_", " ").strip()
    return stem or filename


def _visible(work: UnitOfWork, person: Person, document_id: DocumentId) -> Document:
    document = work.documents.find(document_id)
    if document is None or not sees(person, document):
        raise NotFound("There is no such reading.")
    return document


def _is_keeper(person: Person, document: Document) -> bool:
    """Whether somebody who sees a document is staff, or added it."""
    return person.role is Role.TEACHER or document.owner_id == person.id


def _own(person_id: PersonId, document: Document) -> Document:
    if document.owner_id != person_id:
        raise NotAllowed("Only the person who uploaded this reading can do that.")
    return document


def _view(work: UnitOfWork, document: Document) -> DocumentView:
    ingest_job = work.jobs.find_for(document.id, IngestDocument(document.id).name)
    aids_job = work.jobs.find_for(document.id, GenerateAids(document.id).name)
    return DocumentView(document, ingest_job, aids_job)

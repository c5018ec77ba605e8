"""A new file in the place of a reading's old one. Until the new one is read, the old one stays as it is."""

from dataclasses import dataclass, replace
from typing import BinaryIO

from domain.documents import Document, DocumentStatus, SpareFile
from domain.errors import Conflict, NotAllowed, NotFound, Unsupported
from domain.ids import DocumentId
from domain.jobs import IngestDocument, JobStatus
from domain.people import Person, sees
from domain.ports import FileStore, Store, UnitOfWork
from domain.scope import EVERYTHING, scope_of
from ingest.limits import Limits
from ingest.parsers.contract import ZIP
from ingest.parsers.sniffing import clean_name, sniff_file
from ingest.storing import with_file
from safety.retention import check_may_delete

_UNREAD = {DocumentStatus.FAILED, DocumentStatus.CANCELLED}


@dataclass(frozen=True)
class Replacing:
    """Takes new files for readings that are there. Raises NotFound for readings the person may not know of."""

    store: Store
    files: FileStore
    limits: Limits

    def replace(self, person: Person, document_id: DocumentId, filename: str, stream: BinaryIO) -> Document:
        """Keep a file and queue that it takes the place of the reading's; give the reading as it is until then.

        Pages that say the same keep their study aids and what was answered; the rest is made anew. The stream can be
        gone back in. The same file again changes nothing.
        Raises NotAllowed for others than its owner, Conflict while the reading is worked on or must be kept,
        Unreadable, Unsupported or TooLarge; then nothing is kept.
        """
        self._find(person, document_id)
        name = clean_name(filename)
        media_type = sniff_file(stream, name, self.limits)
        if media_type == ZIP:
            raise Unsupported("This is an archive of files. Unpack it, and choose one file of it.")
        content_hash, size = self.files.save(stream, limit=self.limits.max_bytes)
        coming = SpareFile(name, media_type, content_hash, size)
        # neither holds nor whether others need the same file is anything that the person can see
        with self.store(EVERYTHING) as work:
            work.people.lock()
            try:
                document = _to_replace(work, document_id)
            except (Conflict, NotFound):
                if not work.documents.is_used(content_hash):
                    self.files.delete(content_hash)
                raise
            changed = _with(document, coming)
            work.documents.save(changed)
            unused = [one for one in document.content_hashes if not work.documents.is_used(one)]
            if changed.spare is not None or changed.status is DocumentStatus.QUEUED:
                work.jobs.add(IngestDocument(document_id))
            work.commit()
        for one in unused:
            self.files.delete(one)
        return changed

    def _find(self, person: Person, document_id: DocumentId) -> None:
        with self.store(scope_of(person)) as work:
            document = work.documents.find(document_id)
        if document is None or not sees(person, document):
            raise NotFound("There is no such reading.")
        if document.owner_id != person.id:
            raise NotAllowed("Only the person who uploaded this reading can do that.")


def _to_replace(work: UnitOfWork, document_id: DocumentId) -> Document:
    document = work.documents.find(document_id)
    if document is None:
        raise NotFound("There is no such reading.")
    check_may_delete(work, document)
    job = work.jobs.find_for(document_id, IngestDocument(document_id).name)
    if job is not None and job.status in {JobStatus.QUEUED, JobStatus.RUNNING}:
        raise Conflict("This reading is still being read. Wait until it is ready, or stop it first.")
    return document


def _with(document: Document, coming: SpareFile) -> Document:
    """Give the document with its coming file; one that was never read takes it at once."""
    if document.status not in _UNREAD:
        return replace(document, spare=None if coming.content_hash == document.content_hash else coming)
    renewed = with_file(document, coming)
    return replace(renewed, status=DocumentStatus.QUEUED, problem_code="", problem="", page_problems=())

"""Deleting a reading or a person with everything that belongs to them: rows, keys, files and vectors.

Vectors and files go before the rows are committed: whoever is cut off in between finds the rows again and repeats.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace

from domain.care import CaseStatus
from domain.documents import Document
from domain.errors import NotFound
from domain.ids import ClassId, PersonId
from domain.ports import ChunkIndex, FileStore, Store, UnitOfWork


class Eraser:
    """Deletes within the caller's unit of work, which holds the write lock and commits."""

    def __init__(self, store: Store, files: FileStore, index: ChunkIndex) -> None:
        """Delete from these."""
        self._store = store
        self._files = files
        self._index = index

    def delete_reading(self, work: UnitOfWork, document: Document) -> int:
        """Delete a reading and everything made from it; give how many files went with it."""
        work.jobs.ask_cancel(document.id)
        self._index.delete(document.id)
        work.documents.delete(document.id)
        return self._drop_files(work, document)

    def erase_person(
        self, work: UnitOfWork, person_id: PersonId, *, kept: Collection[CaseStatus] = tuple(CaseStatus)
    ) -> Mapping[str, int]:
        """Delete everything about a person; give how many rows of each table, and how many files.

        The person's key goes too: whatever copy of sealed text is left somewhere can never be opened again. While
        there is a case whose status is among `kept`, cases, key and name stay, for the counsellor alone.
        """
        owned = list_owned(work, person_id)
        for document in owned:
            work.jobs.ask_cancel(document.id)
            self._index.delete(document.id)
        counts = dict(work.records.erase(person_id, kept=kept))
        files = sum(self._drop_files(work, document) for document in owned)
        return counts | ({"file": files} if files else {})

    def scrub(self) -> None:
        """Overwrite what was deleted."""
        self._index.scrub()
        self._store.scrub()

    def _drop_files(self, work: UnitOfWork, document: Document) -> int:
        return sum(self._drop_file(work, content_hash) for content_hash in set(document.content_hashes))

    def _drop_file(self, work: UnitOfWork, content_hash: str) -> int:
        if work.documents.is_used(content_hash):
            return 0
        try:
            self._files.path(content_hash)
        except NotFound:
            return 0
        self._files.delete(content_hash)
        return 1


def hand_over(
    work: UnitOfWork, person_id: PersonId, successor_id: PersonId, *, class_ids: Collection[ClassId] | None = None
) -> int:
    """Let the readings that a person shared with classes (these, or all) pass to a successor; give how many."""
    shared = [
        document
        for document in list_owned(work, person_id)
        if document.class_id is not None and (class_ids is None or document.class_id in class_ids)
    ]
    for document in shared:
        work.documents.save(replace(document, owner_id=successor_id))
    return len(shared)


def list_owned(work: UnitOfWork, person_id: PersonId) -> list[Document]:
    """List the readings that a person added."""
    found = (work.documents.find(document_id) for document_id in work.records.list_files(person_id))
    return [document for document in found if document is not None]

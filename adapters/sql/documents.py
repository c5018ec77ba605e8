"""Documents."""

from dataclasses import astuple
from typing import Any

from sqlalchemy import Row, delete, or_, select

from adapters.sql import words
from adapters.sql.schema import document
from adapters.sql.transaction import Transaction
from domain.documents import Document, DocumentStatus, PageProblem, SpareFile
from domain.ids import DocumentId, PersonId, SchoolId
from domain.parts_data import dropped_from_data, dropped_to_data
from domain.people import Person

_PLAIN = (
    "school_id",
    "owner_id",
    "class_id",
    "title",
    "filename",
    "media_type",
    "content_hash",
    "size",
    "created_at",
    "language",
    "page_count",
    "problem_code",
    "problem",
    "aids_ready",
    "is_screened",
    "source_url",
    "version",
    "reading_level",
    "like_id",
    "file_title",
    "reader",
)
"""Columns that hold the attribute of their name as it is."""


class SqlDocuments:
    """A `domain.ports.DocumentRepository`.

    Two jobs may work on a document at once. So of a document that was found in this unit of work, only what differs
    from what was found is written: neither job undoes what the other has said meanwhile.
    """

    def __init__(self, transaction: Transaction) -> None:
        """Work within this transaction."""
        self._transaction = transaction
        self._found: dict[DocumentId, Document] = {}

    def save(self, value: Document) -> None:
        """Add the document, or replace the one with its id; a new title is searchable at once."""
        row = _to_row(value)
        if value.id in self._found:
            before = _to_row(self._found[value.id])
            row = {name: new for name, new in row.items() if new != before[name]}
        if row:
            self._transaction.put(document, {"id": value.id}, row)
        if "title" in row:
            words.rename(self._transaction, value.id, value.title)
        self._found[value.id] = value

    def find(self, document_id: DocumentId) -> Document | None:
        """Give the document or None."""
        row = self._transaction.read(select(document).where(document.c.id == document_id)).first()
        if row is None:
            self._found.pop(document_id, None)
            return None
        self._found[document_id] = found = _from_row(row)
        return found

    def find_same(self, owner_id: PersonId, content_hash: str) -> Document | None:
        """Give the newest document that this person uploaded with the same bytes."""
        query = (
            select(document)
            .where(document.c.owner_id == owner_id, document.c.content_hash == content_hash)
            .order_by(document.c.created_at.desc(), document.c.id)
            .limit(1)
        )
        row = self._transaction.read(query).first()
        return None if row is None else _from_row(row)

    def find_read(self, content_hash: str, school_id: SchoolId, *, media_type: str, reader: int) -> Document | None:
        """Give a readable document of the school whose file has the same bytes, read as the same by the same code."""
        readable = [DocumentStatus.SEARCHABLE.value, DocumentStatus.READY.value]
        query = (
            select(document)
            .where(
                document.c.content_hash == content_hash,
                document.c.school_id == school_id,
                document.c.media_type == media_type,
                document.c.reader == reader,
                document.c.status.in_(readable),
            )
            .order_by(document.c.status, document.c.created_at, document.c.id)
            .limit(1)
        )
        row = self._transaction.read(query).first()
        return None if row is None else _from_row(row)

    def is_used(self, content_hash: str) -> bool:
        """Whether any document still needs the file with these bytes, or will."""
        needs = or_(document.c.content_hash == content_hash, document.c.coming_hash == content_hash)
        query = select(document.c.id).where(needs).limit(1)
        return self._transaction.read(query).first() is not None

    def list_visible(self, person: Person) -> list[Document]:
        """List the person's own documents and those of the person's classes, newest first."""
        query = (
            select(document)
            .where(
                document.c.school_id == person.school_id,
                or_(document.c.owner_id == person.id, document.c.class_id.in_(person.class_ids)),
            )
            .order_by(document.c.created_at.desc(), document.c.id)
        )
        return [_from_row(row) for row in self._transaction.read(query)]

    def list_ready(self) -> list[Document]:
        """List the documents that nothing is left to be done for, oldest first."""
        query = (
            select(document)
            .where(document.c.status == DocumentStatus.READY.value)
            .order_by(document.c.created_at, document.c.id)
        )
        return [_from_row(row) for row in self._transaction.read(query)]

    def delete(self, document_id: DocumentId) -> None:
        """Delete the document and everything made from it, attempts at its quizzes included.

        Interactions stay, without their document.
        """
        self._transaction.write(delete(document).where(document.c.id == document_id))


def _to_row(value: Document) -> dict[str, Any]:
    row = {name: getattr(value, name) for name in _PLAIN}
    row["status"] = value.status.value
    row["page_problems"] = [astuple(problem) for problem in value.page_problems]
    row["stage_seconds"] = dict(value.stage_seconds)
    row["dropped"] = dropped_to_data(value.dropped)
    row["sketch"] = list(value.sketch)
    spare = value.spare
    row["spare"] = list(astuple(spare)) if spare else []
    row["coming_hash"] = spare.content_hash if spare and not spare.is_old else None
    return row


def _from_row(row: Row[Any]) -> Document:
    return Document(
        id=row.id,
        status=DocumentStatus(row.status),
        page_problems=tuple(PageProblem(*problem) for problem in row.page_problems),
        stage_seconds=row.stage_seconds,
        dropped=dropped_from_data(row.dropped),
        sketch=tuple(row.sketch),
        spare=SpareFile(*row.spare) if row.spare else None,
        **{name: getattr(row, name) for name in _PLAIN},
    )

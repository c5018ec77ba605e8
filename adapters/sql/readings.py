"""Pages, sections and chunks of documents, and the search over the chunks' words."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from types import SimpleNamespace
from typing import Any, TypeVar

from sqlalchemy import Row, String, Table, cast, delete, insert, select, tuple_, update

from adapters.sql import places, words
from adapters.sql.schema import chunk, document, page, recognised, section
from adapters.sql.transaction import Transaction
from domain.documents import (
    Chunk,
    Heading,
    Hit,
    Mark,
    Page,
    Position,
    Range,
    RedactedDocument,
    Section,
    Span,
)
from domain.ids import ChunkId, DocumentId
from domain.parts_data import boxes_from_data, boxes_to_data, part_from_data, part_to_data
from domain.places import Part, Place

T = TypeVar("T")

_BATCH = 256


class SqlReadings:
    """A `domain.ports.ReadingRepository`."""

    def __init__(self, transaction: Transaction) -> None:
        """Work within this transaction."""
        self._transaction = transaction

    def save_pages(self, redacted: RedactedDocument) -> None:
        """Replace the document's pages, sections and marks."""
        parsed = redacted.parsed
        marks: dict[int, list[Mark]] = {}
        for mark in redacted.marks:
            marks.setdefault(mark.page, []).append(mark)
        self._replace(page, parsed.document_id, parsed.pages, lambda one: _page_row(one, marks.get(one.number, [])))
        self._replace(section, parsed.document_id, parsed.sections, _section_row)

    def save_chunks(self, document_id: DocumentId, chunks: Sequence[Chunk]) -> None:
        """Replace the document's chunks and index their words, so that they can be searched."""
        self._replace(chunk, document_id, chunks, _chunk_row)
        named = select(document.c.title, document.c.language).where(document.c.id == document_id)
        about = self._transaction.read(named).first()
        title, language = (about.title, about.language) if about else ("", "")
        headings = {one.ordinal: " ".join(one.path) for one in self.list_sections(document_id)}
        # what the scope does not cover is not found here, and its words are not written
        found = self._transaction.read(select(chunk.c.number, chunk.c.ordinal).where(_of(document_id)))
        numbers = {row.ordinal: row.number for row in found}
        for batch in _batches([one for one in chunks if one.ordinal in numbers]):
            entries = [
                words.Entry(numbers[one.ordinal], title, headings.get(one.section, ""), one.text) for one in batch
            ]
            words.add(self._transaction, entries, language)

    def find_page(self, document_id: DocumentId, number: int) -> Page | None:
        """Give a page or None."""
        query = select(page).where(page.c.document_id == document_id, page.c.number == number)
        row = self._transaction.read(query).first()
        return None if row is None else _to_page(row)

    def list_pages(self, document_id: DocumentId) -> list[Page]:
        """List all pages in order."""
        query = select(page).where(page.c.document_id == document_id).order_by(page.c.number)
        return [_to_page(row) for row in self._transaction.read(query)]

    def list_odd_pages(self, document_id: DocumentId) -> list[Page]:
        """List the pages with hidden words or words that read like orders, in order."""
        is_odd = page.c.has_orders | (cast(page.c.hidden, String) != "[]")
        query = select(page).where(page.c.document_id == document_id, is_odd).order_by(page.c.number)
        return [_to_page(row) for row in self._transaction.read(query)]

    def mark_orders(self, document_id: DocumentId, numbers: Sequence[int]) -> None:
        """Say of these pages that they hold words that read like orders."""
        these = (page.c.document_id == document_id) & page.c.number.in_(numbers)
        self._transaction.write(update(page).where(these).values(has_orders=True))

    def list_sections(self, document_id: DocumentId) -> list[Section]:
        """List the sections in reading order."""
        query = select(section).where(section.c.document_id == document_id).order_by(section.c.ordinal)
        return [_to_section(row) for row in self._transaction.read(query)]

    def load_sections(self, wanted: Collection[tuple[DocumentId, int]]) -> Mapping[tuple[DocumentId, int], Section]:
        """Give the sections with these documents and ordinals, leaving out those that are gone."""
        query = select(section).where(tuple_(section.c.document_id, section.c.ordinal).in_(list(wanted)))
        return {(row.document_id, row.ordinal): _to_section(row) for row in self._transaction.read(query)}

    def list_chunks(self, document_id: DocumentId, sections: tuple[int, int] | None = None) -> list[Chunk]:
        """List chunks in reading order, of all or of the sections `first` to `last` (both included)."""
        query = select(chunk).where(_of(document_id)).order_by(chunk.c.ordinal)
        if sections is not None:
            query = query.where(chunk.c.section.between(*sections))
        return [_to_chunk(row) for row in self._transaction.read(query)]

    def load_chunks(self, chunk_ids: Sequence[ChunkId]) -> list[Chunk]:
        """Give the chunks in the order asked for, leaving out those that are gone."""
        found = {row.id: row for row in self._transaction.read(select(chunk).where(chunk.c.id.in_(chunk_ids)))}
        return [_to_chunk(found[one]) for one in chunk_ids if one in found]

    def save_recognised(self, document_id: DocumentId, content_hash: str, page: Page) -> None:
        """Keep a page that was recognised from a picture of this file."""
        kept = {"content_hash": content_hash, "page": _page_row(page, [])}
        self._transaction.put(recognised, {"document_id": document_id, "number": page.number}, kept)

    def list_recognised(self, document_id: DocumentId, content_hash: str) -> list[Page]:
        """List the pages that were recognised from this file so far, in order."""
        query = (
            select(recognised.c.page)
            .where(recognised.c.document_id == document_id, recognised.c.content_hash == content_hash)
            .order_by(recognised.c.number)
        )
        return [_to_page(SimpleNamespace(**row.page)) for row in self._transaction.read(query)]

    def drop_recognised(self, document_id: DocumentId) -> None:
        """Forget the recognised pages."""
        self._transaction.write(delete(recognised).where(recognised.c.document_id == document_id))

    def list_places(self, chunk_ids: Sequence[ChunkId], document_ids: Sequence[DocumentId]) -> list[Place]:
        """Say where the chunks stand, in the order asked for, leaving out those of other documents or gone."""
        return places.list_places(self._transaction, chunk_ids, document_ids)

    def search_words(
        self, query: str, document_ids: Sequence[DocumentId], limit: int, *, part: Part | None = None
    ) -> list[Hit]:
        """Rank the chunks of the documents, or of a part of one, by the words of the query."""
        return words.search(self._transaction, query, words.Among(document_ids, part), limit=limit)

    def _replace(
        self, table: Table, document_id: DocumentId, values: Sequence[T], to_row: Callable[[T], dict[str, Any]]
    ) -> None:
        self._transaction.write(delete(table).where(table.c.document_id == document_id))
        for batch in _batches(values):
            self._transaction.write(insert(table), [{"document_id": document_id, **to_row(one)} for one in batch])


def _batches(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """Cut what is written into pieces, so that a book is not held in memory as rows too."""
    return (values[first : first + _BATCH] for first in range(0, len(values), _BATCH))


def _of(document_id: DocumentId) -> Any:
    return chunk.c.document_id == document_id


def _to_pairs(ranges: Iterable[Range]) -> list[tuple[int, int]]:
    return [(one.start, one.end) for one in ranges]


def _to_ranges(pairs: Iterable[tuple[int, int]]) -> tuple[Range, ...]:
    return tuple(Range(start, end) for start, end in pairs)


def _page_row(value: Page, marks: list[Mark]) -> dict[str, Any]:
    return {
        "number": value.number,
        "text": value.text,
        "headings": [(one.level, one.title, one.at.start, one.at.end) for one in value.headings],
        "emphasis": _to_pairs(value.emphasis),
        "hidden": list(value.hidden),
        "marks": [(one.at.start, one.at.end, one.kind) for one in marks],
        "has_orders": value.has_orders,
        "parts": [part_to_data(one) for one in value.parts],
        "boxes": boxes_to_data(value.boxes),
        "confidence": value.confidence,
        "label": value.label,
    }


def _to_page(row: Row[Any] | SimpleNamespace) -> Page:
    return Page(
        number=row.number,
        text=row.text,
        headings=tuple(Heading(level, title, Range(start, end)) for level, title, start, end in row.headings),
        emphasis=_to_ranges(row.emphasis),
        hidden=tuple(row.hidden),
        has_orders=row.has_orders,
        parts=tuple(part_from_data(one) for one in row.parts),
        boxes=boxes_from_data(row.boxes),
        confidence=row.confidence,
        label=row.label,
    )


def _section_row(value: Section) -> dict[str, Any]:
    return {
        "ordinal": value.ordinal,
        "last": value.last,
        "level": value.level,
        "title": value.title,
        "path": list(value.path),
        "start_page": value.start.page,
        "start_offset": value.start.offset,
        "end_page": value.end.page,
        "end_offset": value.end.offset,
        "is_unit": value.is_unit,
        "language": value.language,
    }


def _to_section(row: Row[Any]) -> Section:
    return Section(
        document_id=row.document_id,
        ordinal=row.ordinal,
        last=row.last,
        level=row.level,
        title=row.title,
        path=tuple(row.path),
        start=Position(row.start_page, row.start_offset),
        end=Position(row.end_page, row.end_offset),
        is_unit=row.is_unit,
        language=row.language,
    )


def _chunk_row(value: Chunk) -> dict[str, Any]:
    return {
        "id": value.id,
        "ordinal": value.ordinal,
        "section": value.section,
        "page": value.span.page,
        "start": value.span.start,
        "end": value.span.end,
        "text": value.text,
        "gap": value.gap,
        "emphasis": _to_pairs(value.emphasis),
        "marks": _to_pairs(value.marks),
    }


def _to_chunk(row: Row[Any]) -> Chunk:
    return Chunk(
        id=row.id,
        document_id=row.document_id,
        ordinal=row.ordinal,
        section=row.section,
        span=Span(row.document_id, row.page, row.start, row.end),
        text=row.text,
        gap=row.gap,
        emphasis=_to_ranges(row.emphasis),
        marks=_to_ranges(row.marks),
    )

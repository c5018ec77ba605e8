"""Puts a small reading into a store."""

from collections.abc import Sequence
from typing import Any

from domain.documents import (
    Chunk,
    Document,
    Heading,
    Mark,
    Page,
    ParsedDocument,
    Position,
    Range,
    RedactedDocument,
    Section,
    Span,
)
from domain.ids import ChunkId, stable_id
from domain.ports import Store
from domain.scope import EVERYTHING
from tests.builders import a_document


def save_reading(store: Store, texts: Sequence[str], **changes: Any) -> Document:
    """Save a document whose chunks have these texts: each a page and a section of its own."""
    document = a_document(**changes)
    with store(EVERYTHING) as unit:
        unit.documents.save(document)
        unit.readings.save_pages(a_redacted(document, texts))
        unit.readings.save_chunks(document.id, some_chunks(document, texts))
        unit.commit()
    return document


def some_chunks(document: Document, texts: Sequence[str]) -> list[Chunk]:
    """One chunk a text, each on its own page and in its own section."""
    return [
        Chunk(
            id=ChunkId(stable_id(document.id, ordinal)),
            document_id=document.id,
            ordinal=ordinal,
            section=ordinal,
            span=Span(document.id, ordinal + 1, 0, len(text)),
            text=text,
            gap=" ",
            emphasis=(Range(0, 3),),
            marks=(Range(1, 2),),
        )
        for ordinal, text in enumerate(texts)
    ]


def a_redacted(document: Document, texts: Sequence[str]) -> RedactedDocument:
    """One page a text, each with a heading, an emphasis, a hidden line and a mark."""
    pages = tuple(
        Page(
            number=number,
            text=text,
            headings=(Heading(1, f"Part {number}", Range(0, 1)),),
            emphasis=(Range(0, 3), Range(4, 5)),
            hidden=("a running head",),
        )
        for number, text in enumerate(texts, 1)
    )
    sections = tuple(
        Section(
            document_id=document.id,
            ordinal=ordinal,
            last=ordinal,
            level=1,
            title=f"Part {ordinal + 1}",
            path=("Book", f"Part {ordinal + 1}"),
            start=Position(ordinal + 1, 0),
            end=Position(ordinal + 1, len(text)),
            is_unit=True,
        )
        for ordinal, text in enumerate(texts)
    )
    parsed = ParsedDocument(document.id, document.title, document.language, pages, sections)
    return RedactedDocument(parsed, (Mark(1, Range(0, 2), "PHONE_NUMBER"),))

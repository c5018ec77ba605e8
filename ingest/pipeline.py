"""The one path of a reading: parse, redact, chunk, store the words, embed, store the vectors."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Protocol

from domain.clock import Clock
from domain.documents import Chunk, Document, DocumentStatus, ParsedDocument, RedactedDocument
from domain.errors import Cancelled
from domain.jobs import GenerateAids, JobContext, ScreenDocument
from domain.people import Role
from domain.ports import ChunkIndex, Embedder, FileStore, Store
from domain.scope import EVERYTHING
from ingest.chunking import split
from ingest.indexing import index_chunks
from ingest.limits import Limits
from ingest.orders import mark_orders
from ingest.parsers import parse_file
from safety.injection_signs import InjectionSigns


class Redactor(Protocol):
    """Marks personal data; `safety.personal_data.Redactor` is the real one."""

    def redact(self, parsed: ParsedDocument) -> RedactedDocument:
        """Give the document with its personal data marked."""
        ...


@dataclass(frozen=True)
class Tools:
    """What ingest needs from the world."""

    store: Store
    files: FileStore
    redactor: Redactor
    embedder: Embedder
    index: ChunkIndex
    clock: Clock
    limits: Limits
    signs: InjectionSigns = field(default_factory=InjectionSigns)


def ingest(document: Document, tools: Tools, context: JobContext) -> Document:
    """Take an uploaded document all the way. Run again after a crash, it goes on where words or vectors are missing.

    Raises Unreadable, Unsupported or TooLarge for the file, Cancelled, or Transient.
    """
    watch = _StopWatch(tools.clock)
    if document.status is not DocumentStatus.SEARCHABLE:
        with watch.time("parse"):
            parsed = parse_file(tools.files.path(document.content_hash), document, tools.limits, context.report)
        with watch.time("redact"):
            redacted = tools.redactor.redact(parsed)
        with watch.time("chunk"):
            chunks = split(redacted)
        with watch.time("store"):
            document = _store_words(document, redacted, chunks, tools.store)
            tools.index.delete(document.id)
    with watch.time("embed"):
        index_chunks(_load_chunks(document, tools.store), tools.embedder, tools.index, context.report)
    ready = _store_ready(document, watch.seconds, tools.store)
    mark_orders(ready, tools.store, tools.signs)
    return ready


def _store_words(document: Document, redacted: RedactedDocument, chunks: Sequence[Chunk], store: Store) -> Document:
    """Make the reading searchable by its words and ask for study aids, in one transaction.

    What a student added is screened for signs of danger, and first: until then no model sees it.
    """
    parsed = redacted.parsed
    searchable = replace(
        document,
        title=parsed.title,
        language=parsed.language,
        page_count=max((page.number for page in parsed.pages), default=0),
        page_problems=parsed.problems,
        status=DocumentStatus.SEARCHABLE,
    )
    with store(EVERYTHING) as work:
        if work.documents.find(document.id) is None:
            raise Cancelled("This reading was deleted.")
        owner = work.people.find_person(document.owner_id)
        work.documents.save(searchable)
        work.readings.save_pages(redacted)
        work.readings.save_chunks(document.id, chunks)
        if owner is not None and owner.role is Role.STUDENT:
            work.jobs.add(ScreenDocument(document.id))
        work.jobs.add(GenerateAids(document.id))
        work.commit()
    return searchable


def _load_chunks(document: Document, store: Store) -> list[Chunk]:
    with store(EVERYTHING) as work:
        return work.readings.list_chunks(document.id)


def _store_ready(document: Document, seconds: dict[str, float], store: Store) -> Document:
    with store(EVERYTHING) as work:
        work.people.lock()  # screening and study aids say their part of the same row
        current = work.documents.find(document.id)
        if current is None:
            raise Cancelled("This reading was deleted.")
        ready = replace(current, status=DocumentStatus.READY, stage_seconds={**current.stage_seconds, **seconds})
        work.documents.save(ready)
        work.commit()
    return ready


class _StopWatch:
    """Measures how long each stage takes."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.seconds: dict[str, float] = {}

    @contextmanager
    def time(self, stage: str) -> Iterator[None]:
        began = self._clock.now()
        yield
        self.seconds[stage] = (self._clock.now() - began).total_seconds()

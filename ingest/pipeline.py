"""The one path of a reading: read, mark personal data, cut, store the words, recognise scans, embed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Protocol

from domain.clock import Clock
from domain.documents import Chunk, Document, DocumentStatus, ParsedDocument, RedactedDocument
from domain.errors import Cancelled
from domain.jobs import GenerateAids, JobContext, Progress
from domain.ports import ChunkIndex, Embedder, FileStore, Store
from domain.scope import EVERYTHING
from ingest.chunking import split
from ingest.indexing import STAGE as INDEXING
from ingest.indexing import index_chunks
from ingest.known import copy_vectors, find_reading
from ingest.likeness import find_like
from ingest.limits import Limits
from ingest.measuring import Measures, measure
from ingest.orders import mark_orders
from ingest.parsers.contract import Reading
from ingest.parsing import assemble, has_words, list_scans, read_file, wordless
from ingest.recognition import is_available
from ingest.scans import Scanner
from ingest.storing import Contents, coming_file, drop_old_file, store_words
from safety.injection_signs import InjectionSigns

_CHECKING = "checking"
_COMPARING = "comparing"


class Redactor(Protocol):
    """Marks personal data; `safety.personal_data.Redactor` is the real one."""

    def redact(self, parsed: ParsedDocument, *, before_page: Callable[[int], None] | None = None) -> RedactedDocument:
        """Give the document with its personal data marked; `before_page` hears the number of each page."""
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
    recognises: Callable[[], bool] = is_available


def ingest(document: Document, tools: Tools, context: JobContext) -> Document:
    """Take an uploaded document, or the new file of one, all the way. Run again after a crash, it goes on.

    Raises Unreadable, Unsupported or TooLarge for the file, Cancelled, or Transient.
    """
    return _Path(tools, context).walk(document)


class _Path:
    """One document's way through ingest."""

    def __init__(self, tools: Tools, context: JobContext) -> None:
        self._tools = tools
        self._context = context
        self._watch = _StopWatch(tools.clock)

    def walk(self, document: Document) -> Document:
        if coming_file(document) is not None or document.status is not DocumentStatus.SEARCHABLE:
            reading = self._read(document)
            may_recognise = bool(list_scans(reading.problems)) and self._tools.recognises()
            if has_words(reading):
                document = self._store(document, reading, is_complete=not may_recognise)
            elif not may_recognise:
                raise wordless(reading.problems)
        else:
            reading = self._load(document)
        if list_scans(reading.problems) and self._tools.recognises():
            document = self._recognise(document, reading)
        return self._finish(document)

    def _read(self, document: Document) -> Reading:
        """Read the file, unless the same one was read before."""
        file = coming_file(document) or document
        with self._watch.time("parse"):
            same = replace(document, content_hash=file.content_hash, media_type=file.media_type)
            known = find_reading(same, self._tools.store)
            if known is not None:
                return known
            path = self._tools.files.path(file.content_hash)
            return read_file(path, file.filename, self._tools.limits, self._context.report)

    def _load(self, document: Document) -> Reading:
        """Give what an earlier run has read."""
        with self._tools.store(EVERYTHING) as work:
            pages = tuple(work.readings.list_pages(document.id))
        return Reading(pages, document.file_title, document.page_problems, document.dropped)

    def _store(self, document: Document, reading: Reading, *, is_complete: bool) -> Document:
        with self._watch.time("redact"):
            parsed = assemble(document, reading)
            count = len(parsed.pages) + 1

            def hear(number: int) -> None:
                self._context.report(Progress(_CHECKING, min(number, count - 1), count))

            redacted = self._tools.redactor.redact(parsed, before_page=hear)
            hear(count)
        with self._watch.time("chunk"):
            chunks = split(redacted)
            # nobody can stop it while it is stored: that is one transaction
            hear(count)
        with self._watch.time("store"):
            contents = Contents(reading.title, redacted, chunks, is_complete=is_complete)
            return store_words(document, contents, self._tools.store, at=self._tools.clock.now())

    def _recognise(self, document: Document, reading: Reading) -> Document:
        """Recognise what is a picture; then the reading is stored anew, with all its pages."""
        scanner = Scanner(self._tools.store, self._tools.limits, self._context.report)
        file = coming_file(document) or document
        with self._watch.time("recognise"):
            whole = scanner.recognise(document, reading, self._tools.files.path(file.content_hash))
        if not has_words(whole):
            raise wordless(whole.problems)
        return self._store(document, whole, is_complete=True)

    def _finish(self, document: Document) -> Document:
        """Give it vectors and marks, and say that it is ready."""
        # that it can be searched by its words is told before anything heavy is loaded
        self._context.report(Progress(INDEXING, 0, 1))
        store = self._tools.store
        with store(EVERYTHING) as work:
            chunks = work.readings.list_chunks(document.id)
        self._context.report(Progress(INDEXING, 0, len(chunks)))
        with store(EVERYTHING) as work:
            pages = work.readings.list_pages(document.id)
        with self._watch.time("embed"):
            self._embed(document, chunks)
        drop_old_file(document, store, self._tools.files)
        with self._watch.time("compare"):
            self._context.report(Progress(_COMPARING, 0, 1))
            measures = measure(pages, document.language)
            mark_orders(document, pages, store, self._tools.signs, self._context.report)
        return self._store_ready(document, measures)

    def _embed(self, document: Document, chunks: list[Chunk]) -> None:
        """Give the chunks their vectors, and take away those of chunks that are gone."""
        copy_vectors(document, chunks, self._tools.index, self._tools.store)
        tools = self._tools
        index_chunks(chunks, tools.embedder, tools.index, self._context.report, language=document.language)
        self._tools.index.keep_only(document.id, [chunk.id for chunk in chunks])

    def _store_ready(self, document: Document, measures: Measures) -> Document:
        with self._tools.store(EVERYTHING) as work:
            work.people.lock()  # screening and study aids say their part of the same row
            current = work.documents.find(document.id)
            if current is None:
                raise Cancelled("This reading was deleted.")
            seconds = {**current.stage_seconds, **self._watch.seconds}
            ready = replace(current, status=DocumentStatus.READY, stage_seconds=seconds, spare=None)
            ready = replace(ready, reading_level=measures.level, sketch=measures.sketch)
            owner = work.people.find_person(document.owner_id)
            like = find_like(ready, work.documents.list_visible(owner)) if owner is not None else None
            ready = replace(ready, like_id=None if like is None else like.id)
            work.documents.save(ready)
            work.readings.drop_recognised(document.id)
            if not ready.aids_ready:
                work.jobs.add(GenerateAids(document.id))
            work.commit()
        return ready


class _StopWatch:
    """Measures how long each stage takes, in seconds by the clock."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.seconds: dict[str, float] = {}

    @contextmanager
    def time(self, stage: str) -> Iterator[None]:
        began = self._clock.now()
        yield
        self.seconds[stage] = self.seconds.get(stage, 0.0) + (self._clock.now() - began).total_seconds()

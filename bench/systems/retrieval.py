"""The product's search, as `score_retrieval.py` calls it: a real store, real Chroma, the real fusion.

python ../shared/bench/score_retrieval.py bench.systems.retrieval:search
"""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from accounts.service import Accounts
from adapters.embeddings.minilm import MiniLM
from adapters.keys.ring import RingFile
from adapters.sql.migrate import upgrade
from adapters.sql.store import SqlStore
from adapters.vectors.chroma import ChromaIndex
from domain.clock import SystemClock
from domain.documents import (
    Chunk,
    Document,
    DocumentStatus,
    Page,
    ParsedDocument,
    Position,
    RedactedDocument,
    Section,
    Span,
)
from domain.ids import ChunkId, DocumentId, new_id
from domain.jobs import Progress
from domain.people import Person, Role
from domain.scope import EVERYTHING
from generators.retrieval import Retriever
from ingest.indexing import index_chunks
from ingest.language import detect_language

MODELS = Path(__file__).parents[2] / "var" / "models"
Row = Mapping[str, str]

_CHAPTER, _UNIT, _HEADING = 1, 2, 3
_OPENS_CHAPTER = "Introduction"


def search(corpus: Sequence[Row], queries: Sequence[str], k: int) -> list[list[str]]:
    """Give the ids of the `k` best passages for each query."""
    return _search(corpus, queries, k, with_vectors=True)


def search_words(corpus: Sequence[Row], queries: Sequence[str], k: int) -> list[list[str]]:
    """Do the same with words alone, as in the time before the vectors are ready."""
    return _search(corpus, queries, k, with_vectors=False)


def _search(corpus: Sequence[Row], queries: Sequence[str], k: int, *, with_vectors: bool) -> list[list[str]]:
    embedder = MiniLM(MODELS / "minilm")
    with tempfile.TemporaryDirectory() as folder, _library(Path(folder)) as (store, index):
        document = _document(corpus, Accounts(store, SystemClock()).ensure_demo(Role.TEACHER))
        sections, chunks = _divide(corpus, document.id)
        with store(EVERYTHING) as work:
            work.documents.save(document)
            work.readings.save_pages(_redacted(document, sections))
            work.readings.save_chunks(document.id, chunks)
            work.commit()
        if with_vectors and document.language in embedder.languages:
            index_chunks(chunks, embedder, index, _say_nothing)
        names = {chunk.id: row["id"] for chunk, row in zip(chunks, corpus, strict=True)}
        retriever = Retriever(store, index, embedder)
        return [
            [names[passage.chunk.id] for passage in retriever.search(query, [document], scope=EVERYTHING, limit=k)]
            for query in queries
        ]


@contextmanager
def _library(folder: Path) -> Iterator[tuple[SqlStore, ChromaIndex]]:
    url = f"sqlite:///{folder / 'bench.db'}"
    upgrade(url)
    ring = RingFile(folder / "keys" / "ring.json")
    ring.prepare(())
    index = ChromaIndex(folder / "vectors")
    yield SqlStore(url, ring=ring), index
    index.close()


def _document(corpus: Sequence[Row], owner: Person) -> Document:
    return Document(
        id=DocumentId(new_id()),
        school_id=owner.school_id,
        owner_id=owner.id,
        class_id=None,
        title="",
        filename="corpus",
        media_type="text/plain",
        content_hash="",
        size=0,
        status=DocumentStatus.READY,
        created_at=SystemClock().now(),
        language=detect_language(row["text"] for row in corpus[:50]),
    )


def _divide(corpus: Sequence[Row], document_id: DocumentId) -> tuple[list[Section], list[Chunk]]:
    """Make a section of each run of passages with one section id, with its headings as subsections.

    These corpora name no chapters. In these books each begins with a section of the same name, and a reading's table
    of contents would say so.
    """
    sections: list[Section] = []
    chunks: list[Chunk] = []
    for _, group in groupby(corpus, key=lambda row: row["section"]):
        unit = -1
        for (title, heading), rows in groupby(group, key=lambda row: (row["title"], row["heading"])):
            if unit < 0:
                if title == _OPENS_CHAPTER:
                    sections.append(_section(document_id, len(sections), ("",), _CHAPTER))
                unit = len(sections)
                sections.append(_section(document_id, unit, (title,), _UNIT))
            if heading:
                sections.append(_section(document_id, len(sections), (title, heading), _HEADING))
            for row in rows:
                number = len(chunks)
                span = Span(document_id, number + 1, 0, len(row["text"]))
                place = len(sections) - 1 if heading else unit
                chunks.append(Chunk(ChunkId(new_id()), document_id, number, place, span, row["text"]))
    return _closed(sections), chunks


def _section(document_id: DocumentId, ordinal: int, path: tuple[str, ...], level: int) -> Section:
    here = Position(ordinal + 1, 0)
    return Section(document_id, ordinal, ordinal, level, path[-1], path, here, here, level == _UNIT)


def _closed(sections: Sequence[Section]) -> list[Section]:
    """Let each section reach to the one before the next that is not inside it."""
    closed: list[Section] = []
    next_of = dict.fromkeys((_CHAPTER, _UNIT, _HEADING), len(sections))
    for section in reversed(sections):
        closed.append(replace(section, last=min(next_of[level] for level in next_of if level <= section.level) - 1))
        next_of[section.level] = section.ordinal
    return closed[::-1]


def _redacted(document: Document, sections: Sequence[Section]) -> RedactedDocument:
    pages = (Page(1, ""),)
    parsed = ParsedDocument(document.id, document.title, document.language, pages, tuple(sections))
    return RedactedDocument(parsed, ())


def _say_nothing(_progress: Progress) -> None:
    return

"""What a search costs in stores of 10,000 and 100,000 passages, with the query already embedded.

python -m bench.search_speed

Passages are shuffled sentences of real textbooks, queries real questions about them, in a real SQLite store and a
real Chroma folder; vectors are made up, around a centre for each hundred passages. Each library is searched by a
teacher who sees all of it, by a student who sees five readings of it, and within one reading and one chapter. Prints
the median and the 95th percentile of CPU milliseconds, for the whole search and its stages, and the memory of the
process that searches.
"""

import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from adapters.keys.ring import RingFile
from adapters.sql.migrate import upgrade
from adapters.sql.store import SqlStore
from adapters.vectors.chroma import ChromaIndex
from bench.measure import peak_mb
from bench.run import SHARED
from domain.documents import (
    Chunk,
    Document,
    EmbeddedChunk,
    ParsedDocument,
    Position,
    RedactedDocument,
    Section,
    Span,
    Vector,
)
from domain.ids import ChunkId, ClassId, DocumentId, stable_id
from domain.people import ClassRoom, Person, Role, School
from domain.places import Part
from domain.scope import EVERYTHING, Scope, scope_of
from generators.retrieval import Retriever, Within
from tests.builders import SCHOOL, a_document, a_person

_SIZES = (10_000, 100_000)
_BOOK = 2000
_SECTION, _SECTIONS_OF_CHAPTER = 20, 8
_QUERIES = 200
_FEW_BOOKS = 5
_DEPTH = 100
_LENGTH = 800
_WIDTH = 384
_SEED = 20261122


def main() -> None:
    """Build the libraries, and search each in a process of its own."""
    if len(sys.argv) > 1:
        _measure(Path(sys.argv[1]), int(sys.argv[2]))
        return
    for size in _SIZES:
        with tempfile.TemporaryDirectory() as folder:
            began = time.process_time()
            _build(Path(folder), size)
            built = time.process_time() - began
            disk = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file()) // 2**20
            print(json.dumps({"passages": size, "build_cpu_s": round(built, 1), "disk_mb": disk}), flush=True)
            subprocess.run([sys.executable, "-m", "bench.search_speed", folder, str(size)], check=True)


def _build(folder: Path, size: int) -> None:
    chance = random.Random(_SEED)  # noqa: S311 - no secret
    sentences, vectors = _sentences(), _vectors(size)
    with _open(folder) as (store, index):
        with store(EVERYTHING) as work:
            work.people.save_school(School(SCHOOL, "A school"))
            for class_id in _classes():
                work.people.save_class(ClassRoom(class_id, SCHOOL, "A class", class_id))
            for person in _people():
                work.people.save_person(person)
            work.commit()
        for number in range(size // _BOOK):
            document = _book(number)
            chunks = [_chunk(document.id, ordinal, _passage(sentences, chance)) for ordinal in range(_BOOK)]
            parsed = ParsedDocument(document.id, document.title, "en", (), tuple(_sections(document.id)))
            with store(EVERYTHING) as work:
                work.documents.save(document)
                work.readings.save_pages(RedactedDocument(parsed, ()))
                work.readings.save_chunks(document.id, chunks)
                work.commit()
            own = vectors[number * _BOOK : (number + 1) * _BOOK]
            index.add([EmbeddedChunk(chunk, vector) for chunk, vector in zip(chunks, own, strict=True)])


def _measure(folder: Path, size: int) -> None:
    documents = [_book(number) for number in range(size // _BOOK)]
    teacher, student = _people()
    queries, vectors = _questions(), _near(_vectors(size))
    embedder = _Prepared(dict(zip(queries, vectors, strict=True)))
    few = documents[:_FEW_BOOKS]
    chapter = Part(few[0].id, 1, _SECTIONS_OF_CHAPTER)
    with _open(folder) as (store, index):
        retriever = Retriever(store, index, embedder)

        def search(found: Sequence[Document], scope: Scope, within: Within) -> Callable[[str], object]:
            return lambda query: retriever.search(query, found, scope=scope, within=within)

        acts: dict[str, Callable[[str], object]] = {
            "all, by a teacher": search(documents, scope_of(teacher), Within()),
            "five readings, by a student": search(few, scope_of(student), Within()),
            "one reading": search(few[:1], scope_of(student), Within()),
            "one chapter": search(few[:1], scope_of(student), Within(part=chapter)),
            **_stages(store, index, embedder, [document.id for document in documents], scope_of(teacher)),
        }
        for name, act in acts.items():
            print(json.dumps({"passages": size, "act": name, **_time(act, queries)}), flush=True)
    print(json.dumps({"passages": size, "peak_mb": peak_mb()}), flush=True)


def _stages(
    store: SqlStore, index: ChromaIndex, embedder: "_Prepared", documents: Sequence[DocumentId], scope: Scope
) -> dict[str, Callable[[str], object]]:
    """Give the stages of a search in everything, each by itself."""

    def words(query: str) -> list[ChunkId]:
        with store(scope) as work:
            return [hit.chunk_id for hit in work.readings.search_words(query, documents, _DEPTH)]

    def places(query: str) -> None:
        with store(scope) as work:
            work.readings.list_places(found[query], documents)

    def nearest(query: str) -> list[ChunkId]:
        return [hit.chunk_id for hit in index.search(embedder.embed_query(query), None, _DEPTH)]

    found = {query: words(query) + nearest(query) for query in embedder.known}
    return {"  words": words, "  vectors": nearest, "  places of 200": places}


def _time(act: Callable[[str], object], queries: Sequence[str]) -> dict[str, float]:
    """Give the median and the 95th percentile of CPU milliseconds, all threads counted."""
    act(queries[0])
    spent = []
    for query in queries:
        began = time.process_time()
        act(query)
        spent.append((time.process_time() - began) * 1000)
    spent.sort()
    return {"p50_ms": round(spent[len(spent) // 2], 2), "p95_ms": round(spent[len(spent) * 95 // 100], 2)}


@dataclass(frozen=True, slots=True)
class _Prepared:
    """An encoder whose queries are embedded already."""

    known: dict[str, Vector]
    name: str = "prepared"
    languages: frozenset[str] | None = frozenset({"en"})
    floor: float = -1.0

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        """Give the vectors of known texts."""
        return [self.known[text] for text in texts]

    def embed_passages(self, texts: Sequence[str]) -> list[Vector]:
        """Give the vectors of known texts."""
        return self.embed(texts)

    def embed_query(self, query: str) -> Vector:
        """Give the vector of a known query."""
        return self.known[query]

    def ping(self) -> None:
        """Do nothing."""


@contextmanager
def _open(folder: Path) -> Iterator[tuple[SqlStore, ChromaIndex]]:
    url = f"sqlite:///{folder / 'bench.db'}"
    upgrade(url)
    ring = RingFile(folder / "keys" / "ring.json")
    ring.prepare(())
    store, index = SqlStore(url, ring=ring), ChromaIndex(folder / "vectors")
    yield store, index
    index.close()
    store.close()


def _people() -> tuple[Person, Person]:
    """Give a teacher of both classes and a student of the one with few readings."""
    few, many = _classes()
    return a_person(Role.TEACHER, class_ids=(few, many)), a_person(Role.STUDENT, class_ids=(few,))


def _classes() -> tuple[ClassId, ClassId]:
    return ClassId(stable_id("few")), ClassId(stable_id("many"))


def _book(number: int) -> Document:
    few, many = _classes()
    document_id = DocumentId(stable_id("book", number))
    class_id = few if number < _FEW_BOOKS else many
    return a_document(id=document_id, class_id=class_id, title=f"Book {number}", content_hash=f"{number:064x}")


def _sections(document_id: DocumentId) -> Iterator[Section]:
    """Chapters of eight sections, of twenty passages each."""
    width = _SECTIONS_OF_CHAPTER + 1
    last = _BOOK // _SECTION // _SECTIONS_OF_CHAPTER * width + width
    for ordinal in range(last):
        here, is_unit = Position(1, 0), bool(ordinal % width)
        title = f"Section {ordinal}" if is_unit else f"Chapter {ordinal // width}"
        end = ordinal if is_unit else min(ordinal + width, last) - 1
        yield Section(document_id, ordinal, end, 1 + is_unit, title, (title,), here, here, is_unit)


def _chunk(document_id: DocumentId, ordinal: int, text: str) -> Chunk:
    unit = ordinal // _SECTION
    section = unit + unit // _SECTIONS_OF_CHAPTER + 1
    name = ChunkId(stable_id(document_id, ordinal))
    return Chunk(name, document_id, ordinal, section, Span(document_id, 1, 0, len(text)), text)


def _passage(sentences: Sequence[str], chance: random.Random) -> str:
    parts: list[str] = []
    while sum(map(len, parts)) < _LENGTH:
        parts.append(chance.choice(sentences))
    return " ".join(parts)


def _sentences() -> list[str]:
    return [sentence for row in _rows("corpus") for sentence in re.split(r"(?<=[.!?])\s+", row["text"])]


def _questions() -> list[str]:
    asked = list(dict.fromkeys(row["query"] for row in _rows("queries")))
    return random.Random(_SEED).sample(asked, _QUERIES)  # noqa: S311 - no secret


def _rows(kind: str) -> Iterator[dict[str, Any]]:
    for path in sorted((SHARED / "data" / "retrieval").glob(f"*.{kind}.jsonl")):
        if not path.name.startswith("xquad"):
            yield from (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())


def _vectors(size: int) -> Any:
    import numpy as np

    chance = np.random.default_rng(_SEED)
    centres = _unit(chance.normal(size=(size // 100, _WIDTH)))
    return _unit(centres[chance.integers(len(centres), size=size)] + 0.036 * chance.normal(size=(size, _WIDTH)))


def _near(vectors: Any) -> list[Vector]:
    """Give vectors that are near to some of these."""
    import numpy as np

    chance = np.random.default_rng(_SEED + 1)
    chosen = vectors[chance.integers(len(vectors), size=_QUERIES)]
    return list(_unit(chosen + 0.026 * chance.normal(size=chosen.shape)))


def _unit(vectors: Any) -> Any:
    import numpy as np

    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


if __name__ == "__main__":
    main()

"""Vectors are made in batches, once for each chunk."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.vectors.memory import MemoryIndex
from domain.documents import Chunk, EmbeddedChunk, Span, Vector
from domain.errors import Cancelled
from domain.ids import ChunkId, DocumentId, stable_id
from domain.jobs import Progress
from ingest.indexing import index_chunks
from ingest.pipeline import Tools
from tests.unit.ingest.conftest import Watcher

ID = DocumentId("d" * 32)


@dataclass
class Counting:
    """An encoder that counts the texts it got and gives every one the same vector."""

    languages: frozenset[str] | None = frozenset({"en"})
    floor: float = -1.0
    name: str = "counting"
    seen: int = 0

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        self.seen += len(texts)
        return [(1.0, 0.0)] * len(texts)

    def embed_passages(self, texts: Sequence[str]) -> list[Vector]:
        return self.embed(texts)

    def embed_query(self, query: str) -> Vector:
        return self.embed([query])[0]

    def ping(self) -> None:
        return


def _chunks(count: int) -> list[Chunk]:
    return [
        Chunk(ChunkId(stable_id(number)), ID, number, 0, Span(ID, 1, number, number + 1), f"word {number}")
        for number in range(count)
    ]


def test_every_chunk_gets_its_vector(tools: Tools) -> None:
    """All chunks are in the index afterwards, and progress ends at the whole."""
    chunks = _chunks(70)
    watcher = Watcher()

    index_chunks(chunks, tools.embedder, tools.index, watcher.report)

    assert set(tools.index.load_vectors([chunk.id for chunk in chunks])) == {chunk.id for chunk in chunks}
    assert watcher.steps == [Progress("indexing", done, 70) for done in (0, 32, 64, 70)]


def test_known_vectors_are_left_alone(tools: Tools) -> None:
    """A repeated run makes only what is missing."""
    chunks = _chunks(3)
    kept = [0.0] * 384
    tools.index.add([EmbeddedChunk(chunks[0], kept)])
    watcher = Watcher()

    index_chunks(chunks, tools.embedder, tools.index, watcher.report)

    assert list(tools.index.load_vectors([chunks[0].id])[chunks[0].id]) == kept
    assert watcher.steps[0].done == 1


def test_it_stops_between_batches(tools: Tools) -> None:
    """A cancelled job stops after the batch under way."""
    watcher = Watcher(act=_cancel_from(32))

    with pytest.raises(Cancelled):
        index_chunks(_chunks(130), tools.embedder, tools.index, watcher.report)

    assert watcher.steps[-1].done == 32


@given(count=st.integers(0, 600), stop=st.integers(1, 600))
@settings(max_examples=30)
def test_a_second_run_makes_what_the_first_did_not_write(count: int, stop: int) -> None:
    """Wherever a run ends, the next one embeds the rest alone, and every chunk gets its vector once or is counted."""
    index, embedder, chunks = MemoryIndex(), Counting(), _chunks(count)

    with suppress(Cancelled):
        index_chunks(chunks, embedder, index, _cancel_from(stop))
    written = len(index.load_vectors([chunk.id for chunk in chunks]))
    embedder.seen = 0
    index_chunks(chunks, embedder, index, lambda _: None)

    assert len(index.load_vectors([chunk.id for chunk in chunks])) == count
    assert embedder.seen == count - written
    assert written >= min(stop, count) // 256 * 256


@pytest.mark.parametrize(("language", "count"), [("en", 3), (None, 3), ("de", 0), ("und", 0)])
def test_only_languages_that_the_encoder_knows_are_embedded(language: str | None, count: int) -> None:
    """A reading in another language gets no vectors, for search would not use them."""
    index, embedder, watcher = MemoryIndex(), Counting(), Watcher()

    index_chunks(_chunks(3), embedder, index, watcher.report, language=language)

    assert embedder.seen == count
    assert len(watcher.steps) == (2 if count else 0)


def test_an_encoder_for_all_languages_embeds_all() -> None:
    """Where the encoder names no languages, every reading gets its vectors."""
    index, embedder = MemoryIndex(), Counting(languages=None)

    index_chunks(_chunks(3), embedder, index, lambda _: None, language="sw")

    assert embedder.seen == 3


def _cancel_from(done: int) -> Callable[[Progress], None]:
    def report(progress: Progress) -> None:
        if progress.done >= done:
            raise Cancelled("Stopped.")

    return report

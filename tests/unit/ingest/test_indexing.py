"""Vectors are made in batches, once for each chunk."""

import pytest

from domain.documents import Chunk, EmbeddedChunk, Span
from domain.errors import Cancelled
from domain.ids import ChunkId, DocumentId, stable_id
from domain.jobs import Progress
from ingest.indexing import index_chunks
from ingest.pipeline import Tools
from tests.unit.ingest.conftest import Watcher

ID = DocumentId("d" * 32)


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
    assert watcher.steps == [Progress("indexing", done, 70) for done in (0, 64, 70)]


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
    chunks = _chunks(130)

    def cancel(progress: Progress) -> None:
        if progress.done:
            raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        index_chunks(chunks, tools.embedder, tools.index, Watcher(act=cancel).report)

    assert len(tools.index.load_vectors([chunk.id for chunk in chunks])) == 64

"""Chunks to vectors, in batches that can be watched and stopped; what has a vector already is left alone."""

from collections.abc import Callable, Sequence

from domain.documents import Chunk, EmbeddedChunk
from domain.jobs import Progress
from domain.ports import ChunkIndex, Embedder

STAGE = "indexing"
_BATCH = 64


def index_chunks(
    chunks: Sequence[Chunk], embedder: Embedder, index: ChunkIndex, report: Callable[[Progress], None]
) -> None:
    """Embed the chunks that have no vector yet and add them to the index. Stops where `report` raises."""
    known = index.load_vectors([chunk.id for chunk in chunks])
    missing = [chunk for chunk in chunks if chunk.id not in known]
    # texts of like length together waste the least work on padding
    missing.sort(key=lambda chunk: len(chunk.text))
    done = len(chunks) - len(missing)
    report(Progress(STAGE, done, len(chunks)))
    for batch in _batches(missing):
        vectors = embedder.embed([chunk.text for chunk in batch])
        index.add([EmbeddedChunk(chunk, vector) for chunk, vector in zip(batch, vectors, strict=True)])
        done += len(batch)
        report(Progress(STAGE, done, len(chunks)))


def _batches(chunks: list[Chunk]) -> list[list[Chunk]]:
    return [chunks[start : start + _BATCH] for start in range(0, len(chunks), _BATCH)]

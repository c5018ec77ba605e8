"""Chunks to vectors, in batches that can be watched and stopped; what has a vector already is left alone."""

from collections.abc import Callable, Iterator, Sequence

from domain.documents import Chunk, EmbeddedChunk
from domain.jobs import Progress
from domain.ports import ChunkIndex, Embedder

STAGE = "indexing"

BATCH = 32
"""Chunks embedded between two looks at whether somebody stopped the job: well under a second."""

_WRITE = 256
"""Chunks written to the index at once, and made again at most after a sudden end."""


def index_chunks(
    chunks: Sequence[Chunk],
    embedder: Embedder,
    index: ChunkIndex,
    report: Callable[[Progress], None],
    *,
    language: str | None = None,
) -> None:
    """Embed the chunks that have no vector yet and add them to the index. Stops where `report` raises.

    `language` is the reading's. Where the embedder does not know it, nothing is done: search would not use the vectors.
    """
    if language is not None and embedder.languages is not None and language not in embedder.languages:
        return
    known = index.load_vectors([chunk.id for chunk in chunks])
    missing = [chunk for chunk in chunks if chunk.id not in known]
    # an encoder takes texts of like length together
    missing.sort(key=lambda chunk: len(chunk.text))
    done = len(chunks) - len(missing)
    report(Progress(STAGE, done, len(chunks)))
    for group in _split(missing, _WRITE):
        embedded: list[EmbeddedChunk] = []
        for batch in _split(group, BATCH):
            vectors = embedder.embed_passages([chunk.text for chunk in batch])
            embedded += [EmbeddedChunk(chunk, vector) for chunk, vector in zip(batch, vectors, strict=True)]
            if len(embedded) == len(group):
                index.add(embedded)
            report(Progress(STAGE, done + len(embedded), len(chunks)))
        done += len(group)


def _split(chunks: list[Chunk], size: int) -> Iterator[list[Chunk]]:
    return (chunks[start : start + size] for start in range(0, len(chunks), size))

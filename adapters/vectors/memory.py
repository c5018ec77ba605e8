"""Vectors in this process, searched one by one: exact, and gone when the process ends."""

from collections.abc import Mapping, Sequence

from domain.documents import EmbeddedChunk, Hit, Vector
from domain.ids import ChunkId, DocumentId


class MemoryIndex:
    """Vectors of chunks, for tests and for `margent study`, which keeps nothing."""

    def __init__(self) -> None:
        """Start empty."""
        self._chunks: dict[ChunkId, EmbeddedChunk] = {}

    def add(self, chunks: Sequence[EmbeddedChunk]) -> None:
        """Add or replace the vectors of these chunks."""
        self._chunks.update({embedded.chunk.id: embedded for embedded in chunks})

    def search(self, vector: Vector, document_ids: Sequence[DocumentId] | None, limit: int) -> list[Hit]:
        """Rank the chunks of the documents by cosine similarity, or all that there are with None."""
        import numpy as np

        chunks = self._chunks.values()
        rows = [row for row in chunks if document_ids is None or row.chunk.document_id in document_ids]
        if not rows:
            return []
        scores = np.asarray([row.vector for row in rows]) @ np.asarray(vector)
        best = np.argsort(-scores, kind="stable")[:limit]
        return [Hit(rows[index].chunk.id, float(scores[index])) for index in best]

    def load_vectors(self, chunk_ids: Sequence[ChunkId]) -> Mapping[ChunkId, Vector]:
        """Give the stored vectors of these chunks, leaving out those that have none."""
        return {key: self._chunks[key].vector for key in chunk_ids if key in self._chunks}

    def delete(self, document_id: DocumentId) -> None:
        """Forget the document's vectors."""
        gone = [key for key, row in self._chunks.items() if row.chunk.document_id == document_id]
        for key in gone:
            del self._chunks[key]

    def keep_only(self, document_id: DocumentId, chunk_ids: Sequence[ChunkId]) -> None:
        """Forget the document's vectors of all other chunks."""
        kept = set(chunk_ids)
        rows = self._chunks.items()
        for key in [key for key, row in rows if row.chunk.document_id == document_id and key not in kept]:
            del self._chunks[key]

    def scrub(self) -> None:
        """Do nothing: what was deleted is gone."""

    def ping(self) -> None:
        """Do nothing: this index is always there."""

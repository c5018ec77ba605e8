"""Vectors in Chroma, embedded: one folder, owned by one process at a time.

Two processes on one folder give silently wrong answers, so the folder is locked while it is open.
Chroma holds vectors and ids only: the words of a reading stay in the store, where erasing finds them.
"""

import fcntl
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from threading import RLock
from typing import IO, TYPE_CHECKING, Any

from domain.documents import EmbeddedChunk, Hit, Vector
from domain.errors import IndexDown
from domain.ids import ChunkId, DocumentId

if TYPE_CHECKING:
    from langchain_chroma import Chroma

_COLLECTION = "chunks"
_BATCH = 1000
"""Vectors written in one call; Chroma refuses batches over a few thousand."""


class ChromaIndex:
    """Vectors of chunks in a folder. Opened at the first use."""

    def __init__(self, folder: Path) -> None:
        """Use `folder`, which is made when it is missing."""
        self._folder = folder
        self._lock: IO[str] | None = None
        self._opening = RLock()

    def add(self, chunks: Sequence[EmbeddedChunk]) -> None:
        """Add or replace the vectors of these chunks."""
        collection = self._collection
        for first in range(0, len(chunks), _BATCH):
            batch = chunks[first : first + _BATCH]
            collection.upsert(
                ids=[embedded.chunk.id for embedded in batch],
                embeddings=[list(map(float, embedded.vector)) for embedded in batch],
                documents=[""] * len(batch),
                metadatas=[{"document_id": embedded.chunk.document_id} for embedded in batch],
            )

    def search(self, vector: Vector, document_ids: Sequence[DocumentId], limit: int) -> list[Hit]:
        """Rank the chunks of the documents by cosine similarity."""
        if not document_ids:
            return []
        found = self._store.similarity_search_by_vector_with_relevance_scores(
            embedding=list(map(float, vector)), k=limit, filter=_within(document_ids)
        )
        return [Hit(ChunkId(str(document.id)), 1.0 - distance) for document, distance in found]

    def load_vectors(self, chunk_ids: Sequence[ChunkId]) -> Mapping[ChunkId, Vector]:
        """Give the stored vectors of these chunks, leaving out those that have none."""
        if not chunk_ids:
            return {}
        rows = self._collection.get(ids=list(chunk_ids), include=["embeddings"])
        return dict(zip(map(ChunkId, rows["ids"]), rows["embeddings"], strict=True))

    def delete(self, document_id: DocumentId) -> None:
        """Forget the document's vectors."""
        self._collection.delete(where={"document_id": document_id})

    def ping(self) -> None:
        """Raise IndexDown when another process holds the folder or Chroma does not answer."""
        self._collection.count()

    def take(self) -> None:
        """Own the folder from now on. Raises IndexDown when another process has it."""
        with self._opening:
            if self._lock is None:
                self._lock = _lock(self._folder)

    def close(self) -> None:
        """Let another process open the folder."""
        with self._opening:
            if self._lock:
                self._lock.close()
                self._lock = None

    @property
    def _collection(self) -> Any:
        return self._opened[1]

    @property
    def _store(self) -> "Chroma":
        return self._opened[0]

    @property
    def _opened(self) -> "tuple[Chroma, Any]":
        with self._opening:
            return self._open

    @cached_property
    def _open(self) -> "tuple[Chroma, Any]":
        import chromadb
        from chromadb.config import Settings
        from langchain_chroma import Chroma

        self.take()
        client = chromadb.PersistentClient(str(self._folder), Settings(anonymized_telemetry=False))
        store = Chroma(
            client=client,
            collection_name=_COLLECTION,
            collection_metadata={"hnsw:space": "cosine"},
            embedding_function=None,
        )
        return store, client.get_collection(_COLLECTION, embedding_function=None)


def _lock(folder: Path) -> IO[str]:
    folder.mkdir(parents=True, exist_ok=True)
    lock = (folder / "lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        lock.close()
        message = "Another Margent already uses this data folder. Stop it first, or use another folder."
        raise IndexDown(message, code="in_use") from error
    return lock


def _within(document_ids: Sequence[DocumentId]) -> Any:
    """Give Chroma's filter for these documents."""
    if len(document_ids) == 1:
        return {"document_id": document_ids[0]}
    return {"document_id": {"$in": list(document_ids)}}

"""Vectors in Chroma, embedded: one folder, owned by one process at a time.

Two processes on one folder give silently wrong answers, so the folder is locked while it is open.
Chroma holds vectors and ids only: the words of a reading stay in the store, where erasing finds them.
"""

import fcntl
import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import cached_property
from pathlib import Path
from threading import RLock
from typing import IO, Any

from domain.documents import EmbeddedChunk, Hit, Vector
from domain.errors import IndexDown
from domain.ids import ChunkId, DocumentId

_COLLECTION = "chunks"
_COMING = "chunks-coming"
"""What a collection is called while the living vectors are copied into it."""

_TO_SCRUB = "to-scrub"
"""An empty file that says that something was deleted since the last scrubbing."""

_DATABASE = "chroma.sqlite3"
"""Chroma's own file."""

_LOCK = "lock"
"""The file that is locked while the folder is open."""

_ENCODER = "encoder"
"""A file with the name of the encoder that made the vectors."""

_FIRST_ENCODER = "all-MiniLM-L6-v2-int8"
"""Whose vectors those are that were made before their encoder was written down."""

_SPACE: Mapping[str, str] = {"hnsw:space": "cosine"}
_BATCH = 1000
"""Vectors written in one call; Chroma refuses batches over a few thousand."""

_BUSY_SECONDS = 10.0
"""How long Chroma may hold up the tidying of its database."""


class ChromaIndex:
    """Vectors of chunks in a folder. Opened at the first use."""

    def __init__(self, folder: Path) -> None:
        """Use `folder`, which is made when it is missing."""
        self._folder = folder
        self._lock: IO[str] | None = None
        self._opening = RLock()

    def add(self, chunks: Sequence[EmbeddedChunk]) -> None:
        """Add or replace the vectors of these chunks."""
        for first in range(0, len(chunks), _BATCH):
            batch = chunks[first : first + _BATCH]
            with self._opening:
                self._collection.upsert(
                    ids=[embedded.chunk.id for embedded in batch],
                    embeddings=[list(map(float, embedded.vector)) for embedded in batch],
                    documents=[""] * len(batch),
                    metadatas=[{"document_id": embedded.chunk.document_id} for embedded in batch],
                )

    def search(self, vector: Vector, document_ids: Sequence[DocumentId] | None, limit: int) -> list[Hit]:
        """Rank the chunks of the documents by cosine similarity, or all that there are with None.

        Asking for all is many times cheaper: Chroma looks up the ids of everything that a filter lets through.
        """
        if document_ids is not None and not document_ids:
            return []
        collection = self._collection
        within = None if document_ids is None else _within(document_ids)
        with _while_there():
            # texts and metadata are left where they are: fetching them costs more than the search
            found = collection.query(
                query_embeddings=[list(map(float, vector))], n_results=limit, where=within, include=["distances"]
            )
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        return [Hit(ChunkId(chunk_id), 1.0 - distance) for chunk_id, distance in pairs]

    def load_vectors(self, chunk_ids: Sequence[ChunkId]) -> Mapping[ChunkId, Vector]:
        """Give the stored vectors of these chunks, leaving out those that have none."""
        if not chunk_ids:
            return {}
        collection = self._collection
        with _while_there():
            rows = collection.get(ids=list(chunk_ids), include=["embeddings"])
        return dict(zip(map(ChunkId, rows["ids"]), rows["embeddings"], strict=True))

    def delete(self, document_id: DocumentId) -> None:
        """Forget the document's vectors."""
        with self._opening:
            self._collection.delete(where={"document_id": document_id})
            (self._folder / _TO_SCRUB).touch()

    def keep_only(self, document_id: DocumentId, chunk_ids: Sequence[ChunkId]) -> None:
        """Forget the document's vectors of all other chunks."""
        kept = set(chunk_ids)
        with self._opening:
            known = self._collection.get(where={"document_id": document_id}, include=[])["ids"]
            gone = [one for one in known if one not in kept]
            for first in range(0, len(gone), _BATCH):
                self._collection.delete(ids=gone[first : first + _BATCH])
            if gone:
                (self._folder / _TO_SCRUB).touch()

    def scrub(self) -> None:
        """Overwrite what was deleted, so that nothing of it is left in the folder.

        Chroma only marks deleted vectors, and its database keeps its log and its free pages. So the living vectors
        are copied into a new collection, and the old one is taken away with its files. Meanwhile nobody else
        writes; a search under way may raise IndexDown, once. Where nothing was deleted, nothing is done.
        """
        with self._opening:
            if not (self._folder / _TO_SCRUB).exists():
                return
            client, old = self._opened
            coming = client.create_collection(_COMING, metadata=dict(_SPACE), embedding_function=None)
            _copy(old, coming)
            client.delete_collection(_COLLECTION)
            coming.modify(name=_COLLECTION)
            del self._open
            _forget_rest(self._folder)
            (self._folder / _TO_SCRUB).unlink()

    @property
    def encoder(self) -> str:
        """The name of the encoder that made the vectors, empty where there are none yet."""
        path = self._folder / _ENCODER
        if path.is_file():
            return path.read_text(encoding="utf-8")
        return _FIRST_ENCODER if (self._folder / _DATABASE).exists() else ""

    def clear(self) -> None:
        """Forget every vector, so that those of another encoder can come, of another length too."""
        with self._opening:
            if not (self._folder / _DATABASE).exists():
                return
            client, _ = self._opened
            client.delete_collection(_COLLECTION)
            del self._open
            _forget_rest(self._folder)

    def note_encoder(self, name: str) -> None:
        """Write down whose vectors these are."""
        self.take()
        (self._folder / _ENCODER).write_text(name, encoding="utf-8")

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
    def _opened(self) -> tuple[Any, Any]:
        with self._opening:
            return self._open

    @cached_property
    def _open(self) -> tuple[Any, Any]:
        import chromadb
        from chromadb.config import Settings
        from langchain_chroma import Chroma

        self.take()
        client = chromadb.PersistentClient(str(self._folder), Settings(anonymized_telemetry=False))
        _finish_scrubbing(client)
        Chroma(
            client=client,
            collection_name=_COLLECTION,
            collection_metadata=dict(_SPACE),
            embedding_function=None,
        )
        return client, client.get_collection(_COLLECTION, embedding_function=None)


def _lock(folder: Path) -> IO[str]:
    folder.mkdir(parents=True, exist_ok=True)
    lock = (folder / _LOCK).open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        lock.close()
        message = "Another Margent already uses this data folder. Stop it first, or use another folder."
        raise IndexDown(message, code="in_use") from error
    return lock


def _copy(old: Any, coming: Any) -> None:
    for first in range(0, old.count(), _BATCH):
        rows = old.get(limit=_BATCH, offset=first, include=["embeddings", "metadatas"])
        coming.add(
            ids=rows["ids"],
            embeddings=rows["embeddings"],
            documents=[""] * len(rows["ids"]),
            metadatas=rows["metadatas"],
        )


def _finish_scrubbing(client: Any) -> None:
    """Take up what a scrubbing left that was cut off: its copy counts once what it was copied from is gone."""
    names = {collection.name for collection in client.list_collections()}
    if _COMING in names and _COLLECTION in names:
        client.delete_collection(_COMING)
    elif _COMING in names:
        client.get_collection(_COMING, embedding_function=None).modify(name=_COLLECTION)


def _forget_rest(folder: Path) -> None:
    """Delete the files of collections that are gone, and let Chroma's database forget its free pages."""
    with closing(sqlite3.connect(folder / _DATABASE, timeout=_BUSY_SECONDS)) as database:
        known = {row[0] for row in database.execute("SELECT id FROM segments")}
        database.execute("INSERT INTO embedding_fulltext_search (embedding_fulltext_search) VALUES ('optimize')")
        database.commit()
        database.execute("VACUUM")
    for path in folder.iterdir():
        if path.is_dir() and path.name not in known:
            shutil.rmtree(path)


@contextmanager
def _while_there() -> Iterator[None]:
    """Say that the index does not answer when the collection is taken away meanwhile."""
    from chromadb.errors import NotFoundError

    try:
        yield
    except NotFoundError as error:
        raise IndexDown("The index is being tidied up. Try again in a moment.") from error


def _within(document_ids: Sequence[DocumentId]) -> Any:
    """Give Chroma's filter for these documents."""
    if len(document_ids) == 1:
        return {"document_id": document_ids[0]}
    return {"document_id": {"$in": list(document_ids)}}

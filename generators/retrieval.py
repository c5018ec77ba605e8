"""From a question to ranked evidence: words and vectors, fused by score (`generators.fusion`).

Vectors count for readings in languages that the encoder may be trusted in; elsewhere words alone decide.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from domain.documents import Chunk, Document, DocumentStatus, Hit, Section, Vector
from domain.errors import Transient
from domain.ids import ChunkId, ClassId, DocumentId
from domain.places import Part, Place
from domain.ports import ChunkIndex, Embedder, Store, UnitOfWork
from domain.scope import Scope
from generators.fusion import blend, rank

_DEPTH = 100
"""Hits taken from each list before they are fused."""

_DEEPEST = 2000
"""Hits of the whole index that are looked through for those of the documents, before the index is told of these."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk that was found, with the reading and section it stands in. Higher scores are better."""

    chunk: Chunk
    document: Document
    section: Section
    score: float


@dataclass(frozen=True, slots=True)
class Within:
    """What a search keeps to, besides the documents that it is given: a class, a part of one document."""

    class_id: ClassId | None = None
    part: Part | None = None

    def covers(self, document: Document) -> bool:
        """Whether the document is looked at."""
        is_of_class = self.class_id is None or document.class_id == self.class_id
        return is_of_class and (self.part is None or document.id == self.part.document_id)


_EVERYWHERE = Within()


@dataclass(frozen=True, slots=True)
class Retriever:
    """Searches readings."""

    store: Store
    index: ChunkIndex
    embedder: Embedder

    def search(
        self,
        query: str,
        documents: Sequence[Document],
        *,
        scope: Scope,
        limit: int = 20,
        within: Within = _EVERYWHERE,
    ) -> list[Passage]:
        """Rank the chunks of the documents for the query, best first. Without vectors, words alone decide.

        To keep to one document, give that one alone.
        """
        readable = {one.id: one for one in documents if one.is_readable and within.covers(one)}
        embedded = [one.id for one in readable.values() if self._is_embedded(one)]
        vector = self._embed(query) if embedded else None
        with self.store(scope) as work:
            by_words = work.readings.search_words(query, list(readable), _DEPTH, part=within.part)
            shown = _Places(work, list(readable))
            by_vectors = self._nearest(vector, _Nearest(self.index, shown, frozenset(embedded)), within.part)
            places = shown.find([*by_words, *by_vectors])
            ranked = rank(places, blend(places, by_words, by_vectors, embedded=embedded))
            meant = self._meant(by_words, by_vectors)
            return _load(work, [pair for pair in ranked if pair[0].chunk_id in meant][:limit], readable)

    def _meant(self, by_words: Sequence[Hit], by_vectors: Sequence[Hit]) -> set[ChunkId]:
        """Keep what holds a word of the query, or is near enough to it: something is nearest to any nonsense."""
        near = [hit for hit in by_vectors if hit.score >= self.embedder.floor]
        return {hit.chunk_id for hit in (*by_words, *near)}

    def _is_embedded(self, document: Document) -> bool:
        trusted = self.embedder.languages
        is_trusted = trusted is None or document.language.split("-", maxsplit=1)[0] in trusted
        return is_trusted and document.status is DocumentStatus.READY

    def _embed(self, query: str) -> Vector | None:
        try:
            return self.embedder.embed_query(query) if query.strip() else None
        except Transient:
            return None

    def _nearest(self, vector: Vector | None, nearest: "_Nearest", part: Part | None) -> list[Hit]:
        if vector is None:
            return []
        try:
            return nearest.in_part(vector, part) if part else nearest.in_documents(vector)
        except Transient:
            return []


class _Places:
    """Where chunks of some documents stand, as far as the store shows them; each is asked about once."""

    def __init__(self, work: UnitOfWork, documents: Sequence[DocumentId]) -> None:
        self.work = work
        self._documents = documents
        self._known: dict[ChunkId, Place | None] = {}

    def find(self, hits: Sequence[Hit]) -> list[Place]:
        """Give the places of what was found, each once; what is not shown has none."""
        wanted = list(dict.fromkeys(hit.chunk_id for hit in hits))
        new = [one for one in wanted if one not in self._known]
        self._known.update(dict.fromkeys(new))
        self._known.update((place.chunk_id, place) for place in self.work.readings.list_places(new, self._documents))
        return [place for one in wanted if (place := self._known[one])]


@dataclass(frozen=True, slots=True)
class _Nearest:
    """Finds the chunks of some documents whose vectors are near."""

    index: ChunkIndex
    places: _Places
    documents: Collection[DocumentId]

    def in_part(self, vector: Vector, part: Part) -> list[Hit]:
        """Compare the vectors of the part's chunks, one by one: an index knows no sections."""
        import numpy as np

        chunks = self.places.work.readings.list_chunks(part.document_id, (part.first, part.last))
        known = self.index.load_vectors([chunk.id for chunk in chunks])
        if not known:
            return []
        scores = np.asarray(list(known.values())) @ np.asarray(vector)
        hits = [Hit(chunk_id, float(score)) for chunk_id, score in zip(known, scores, strict=True)]
        return sorted(hits, key=lambda hit: -hit.score)[:_DEPTH]

    def in_documents(self, vector: Vector) -> list[Hit]:
        """Look through the nearest of all chunks for those of the documents.

        The index is told which documents are meant where these hold little of it: that costs it more, the more they
        hold (decision 21).
        """
        hits, near = self._near(vector, _DEPTH)
        if len(near) * 2 < _DEPTH <= len(hits):
            depth = _DEPTH * _DEPTH // max(len(near), 1)
            near = self._near(vector, depth)[1] if depth <= _DEEPEST else []
        if len(near) * 2 < _DEPTH <= len(hits):
            return self.index.search(vector, list(self.documents), _DEPTH)
        return near[:_DEPTH]

    def _near(self, vector: Vector, depth: int) -> tuple[list[Hit], list[Hit]]:
        """Give the nearest of all chunks, and those of the documents among them."""
        hits = self.index.search(vector, None, depth)
        mine = {place.chunk_id for place in self.places.find(hits) if place.document_id in self.documents}
        return hits, [hit for hit in hits if hit.chunk_id in mine]


def _load(
    work: UnitOfWork, ranked: Sequence[tuple[Place, float]], documents: Mapping[DocumentId, Document]
) -> list[Passage]:
    chunks = work.readings.load_chunks([place.chunk_id for place, _ in ranked])
    sections = work.readings.load_sections({(chunk.document_id, chunk.section) for chunk in chunks})
    scores = {place.chunk_id: score for place, score in ranked}
    return [
        Passage(chunk, documents[chunk.document_id], sections[chunk.document_id, chunk.section], scores[chunk.id])
        for chunk in chunks
        if (chunk.document_id, chunk.section) in sections
    ]

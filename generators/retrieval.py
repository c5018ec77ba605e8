"""From a question to ranked evidence: words and vectors, fused by rank.

Fusion is reciprocal rank (Cormack, Clarke and Büttcher, SIGIR 2009), with 20 where they have 60: the lists here are
short (docs/benchmarks.md). A section whose chunks are found together moves up. Vectors count for English readings
alone: the packaged encoder knows no other language, and adding it elsewhere was measured to harm.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.documents import Chunk, Document, Hit, Section
from domain.errors import Transient
from domain.ids import ChunkId, DocumentId
from domain.ports import ChunkIndex, Embedder, Store
from domain.scope import Scope

_RANK_CONSTANT = 20
_DEPTH = 50
"""Hits taken from each list before they are fused."""

_VOTES = (1.0, 0.5, 0.25, 0.12)
"""What a section's first, second, ... chunk adds to its vote."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk that was found, with the reading and section it stands in. Higher scores are better."""

    chunk: Chunk
    document: Document
    section: Section
    score: float


@dataclass(frozen=True, slots=True)
class Retriever:
    """Searches readings."""

    store: Store
    index: ChunkIndex
    embedder: Embedder

    def search(self, query: str, documents: Sequence[Document], *, scope: Scope, limit: int = 20) -> list[Passage]:
        """Rank the chunks of the documents for the query, best first. Without vectors, words alone decide."""
        readable = {document.id: document for document in documents if document.is_readable}
        with self.store(scope) as uow:
            by_words = uow.readings.search_words(query, list(readable), _DEPTH)
            by_vectors = self._by_vectors(query, list(readable.values()))
            scores = fuse([by_words, by_vectors])
            chunks = uow.readings.load_chunks(list(scores))
            sections = {key: uow.readings.list_sections(key) for key in {chunk.document_id for chunk in chunks}}
        return [
            Passage(chunk, readable[chunk.document_id], sections[chunk.document_id][chunk.section], score)
            for chunk, score in rank(chunks, scores, sections)[:limit]
        ]

    def _by_vectors(self, query: str, documents: Sequence[Document]) -> list[Hit]:
        english = [document.id for document in documents if document.language == "en"]
        if not english or not query.strip():
            return []
        try:
            (vector,) = self.embedder.embed([query])
            return self.index.search(vector, english, _DEPTH)
        except Transient:
            return []


def fuse(lists: Sequence[Sequence[Hit]]) -> dict[ChunkId, float]:
    """Add up 1 / (20 + rank) over the lists, ranks from 1."""
    scores: dict[ChunkId, float] = defaultdict(float)
    for hits in lists:
        for place, hit in enumerate(hits, start=1):
            scores[hit.chunk_id] += 1.0 / (_RANK_CONSTANT + place)
    return scores


def rank(
    chunks: Sequence[Chunk],
    scores: Mapping[ChunkId, float],
    sections: Mapping[DocumentId, Sequence[Section]],
) -> list[tuple[Chunk, float]]:
    """Order chunks by their score and the vote of the chunks found in the same section."""
    homes = {key: _units(found) for key, found in sections.items()}
    found: dict[tuple[DocumentId, int], list[float]] = defaultdict(list)
    for chunk in sorted(chunks, key=lambda chunk: -scores[chunk.id]):
        found[chunk.document_id, homes[chunk.document_id][chunk.section]].append(scores[chunk.id])
    votes = {key: sum(vote * score for vote, score in zip(_VOTES, best, strict=False)) for key, best in found.items()}
    scored = [
        (chunk, scores[chunk.id] + votes[chunk.document_id, homes[chunk.document_id][chunk.section]])
        for chunk in chunks
    ]
    return sorted(scored, key=lambda pair: (-pair[1], pair[0].ordinal))


def _units(sections: Sequence[Section]) -> list[int]:
    """Give for each section the one that study aids are made for and that it stands in, or itself."""
    homes = list(range(len(sections)))
    for section in sections:
        if section.is_unit:
            homes[section.ordinal : section.last + 1] = [section.ordinal] * (section.last + 1 - section.ordinal)
    return homes

"""Puts what words and vectors found into one order: of chunks, of the sections they stand in, of the chapters around.

Scores are brought to 0..1 and averaged: a convex combination, which Bruch, Gai and Ingber (ACM TOIS 42, 2023) found
better than fusing by rank and little dependent on its weights. A section counts by its best chunks, and by its
chapter: contextualisation (Arvola, Junkkari and Kekäläinen, CIKM 2005). Measured in decision 21.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from domain.documents import Hit
from domain.ids import ChunkId, DocumentId
from domain.places import Place

_WORDS = 0.6
"""The weight of words where vectors count as well."""

_VOTES = (1.0, 1 / 2, 1 / 4, 1 / 8)
"""What a section's first, second, ... chunk adds to its score."""

_CONTEXT = 0.4
"""The weight of the chapter: of the mean of its best sections."""

_BEST = 3

Home = tuple[DocumentId, int | None]


def blend(
    places: Sequence[Place],
    by_words: Sequence[Hit],
    by_vectors: Sequence[Hit],
    *,
    embedded: Collection[DocumentId],
) -> dict[ChunkId, float]:
    """Give each chunk a score from 0 to 1. In documents that are not `embedded` words alone decide."""
    words = _scaled(by_words, 0.0)
    vectors = _scaled(by_vectors, by_vectors[-1].score if by_vectors else 0.0)
    scores: dict[ChunkId, float] = {}
    for place in places:
        score = words.get(place.chunk_id, 0.0)
        if by_vectors and place.document_id in embedded:
            score = _WORDS * score + (1 - _WORDS) * vectors.get(place.chunk_id, 0.0)
        scores[place.chunk_id] = score
    return scores


def rank(places: Sequence[Place], scores: Mapping[ChunkId, float]) -> list[tuple[Place, float]]:
    """Order chunks, best first: by the section they stand in, and by their share of its best chunk's score, squared.

    So the best of a section stands for it, and a long section does not fill the first page alone.
    """
    homes: dict[Home, list[float]] = defaultdict(list)
    chapters: dict[Home, set[Home]] = defaultdict(set)
    for place in places:
        homes[place.document_id, place.unit].append(scores[place.chunk_id])
        chapters[place.document_id, place.chapter].add((place.document_id, place.unit))
    best = {home: max(found) for home, found in homes.items()}
    sections = {home: _vote(found) for home, found in homes.items()}
    contexts = {
        chapter: sum(sorted((sections[home] for home in found), reverse=True)[:_BEST]) / _BEST
        for chapter, found in chapters.items()
    }

    def score(place: Place) -> float:
        home = place.document_id, place.unit
        share = scores[place.chunk_id] / best[home] if best[home] else 1.0
        return (sections[home] + _CONTEXT * contexts[place.document_id, place.chapter]) * share * share

    return sorted(((place, score(place)) for place in places), key=lambda pair: (-pair[1], pair[0].ordinal))


def _vote(found: Sequence[float]) -> float:
    return sum(vote * score for vote, score in zip(_VOTES, sorted(found, reverse=True), strict=False))


def _scaled(hits: Sequence[Hit], lowest: float) -> dict[ChunkId, float]:
    """Bring scores to 0..1, `lowest` to 0 and the first to 1; of scores that are all alike, all are 1."""
    if not hits:
        return {}
    width = hits[0].score - lowest
    return {hit.chunk_id: (hit.score - lowest) / width if width > 0 else 1.0 for hit in hits}

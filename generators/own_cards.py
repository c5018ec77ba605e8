"""Looks for the words of people's own cards in readings, so that a card can point at where it stands.

A card is found where one sentence, with the one before it, holds every content word, number and negation of both its
sides. Anything less is not found: the card is then shown as its owner's own words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from domain.documents import Chunk, Citation, Range, Span
from domain.hands import OwnCard, Source
from domain.people import Person, sees
from domain.ports import Store
from domain.scope import scope_of
from domain.words import content_stems
from generators.model.replies import says
from safety.claim_words import sentences


@dataclass(frozen=True, slots=True)
class _Place:
    """A sentence of a reading, with the one before for what it leans on."""

    words: str
    citation: Citation
    stems: frozenset[str]


@dataclass(frozen=True, slots=True)
class Grounder:
    """Finds where cards stand in readings that their owner may see."""

    store: Store

    def ground(self, person: Person, cards: Sequence[OwnCard], sources: Sequence[Source]) -> tuple[OwnCard, ...]:
        """Give the cards with where their words stand; those that stand nowhere come back as they are."""
        if not cards:
            return ()
        places = [place for source in sources for place in self._places(person, source)]
        by_stem: dict[str, list[int]] = {}
        for index, place in enumerate(places):
            for stem in place.stems:
                by_stem.setdefault(stem, []).append(index)
        return tuple(_grounded(card, places, by_stem) for card in cards)

    def _places(self, person: Person, source: Source) -> Iterator[_Place]:
        with self.store(scope_of(person)) as work:
            document = work.documents.find(source.document_id)
            if document is None or not sees(person, document):
                return
            sections = {one.ordinal: one for one in work.readings.list_sections(document.id)}
            section = sections.get(source.section) if source.section is not None else None
            chunks = work.readings.list_chunks(document.id, (section.ordinal, section.last) if section else None)
        for chunk in chunks:
            yield from _cut(chunk)


def _cut(chunk: Chunk) -> Iterator[_Place]:
    before = ""
    for start, end in sentences(chunk.text):
        at = Range(start, end)
        said = chunk.text[at.start : at.end]
        span = Span(chunk.document_id, chunk.span.page, chunk.span.start + at.start, chunk.span.start + at.end)
        words = f"{before} {said}"
        yield _Place(words, Citation(span, said), frozenset(content_stems(words)))
        before = said


def _grounded(card: OwnCard, places: Sequence[_Place], by_stem: dict[str, list[int]]) -> OwnCard:
    """Find the first sentence that says both sides, looking where the card's rarest word stands."""
    wanted = set(content_stems(card.back)) or set(content_stems(card.front))
    near = min((by_stem.get(stem, []) for stem in wanted), key=len, default=[])
    for index in near:
        place = places[index]
        if says(place.words, card.back) and says(place.words, card.front):
            return replace(card, citations=(place.citation,))
    return card

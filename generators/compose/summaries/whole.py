"""The summary of a whole reading, chosen among the sentences of its sections' summaries.

Its gist is the sentence nearest to what the reading's title and its sections' titles name; none where none is near.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from domain.function_words import words_by_language
from domain.material import Artifact, SummarySentence
from generators.compose.reading.candidates import normal_form
from generators.compose.summaries.gist import defines_title, further, share, stands_alone, weigh_title
from generators.compose.summaries.section_words import list_stems

_MOST_ANSWERS = 40
"""Sentences that answer learning objectives of the reading's own, beside the others."""

_LEAST_OF_TITLE = 0.65
_FLOOR = 1.2
_SECTIONS, _SPREAD, _DEFINES, _EARLY = 1.0, 0.5, 0.5, 0.3


@dataclass(frozen=True, slots=True)
class _Place:
    """A sentence with the number of its part among all parts (0 to 1)."""

    unit: SummarySentence
    depth: float


def combine_summaries(
    parts: Sequence[Artifact], *, sentences: int = 12, title: str = ""
) -> tuple[SummarySentence, ...]:
    """Choose among the sections' sentences for the whole reading: each section in turn gives its next best one.

    What says what the reading (its `title`) is about comes first, then each section's gist, then its key points.
    Sentences that answer a learning objective are there beside the `sentences` asked for.
    """
    every = [unit for part in parts for unit in part.units if isinstance(unit, SummarySentence)]
    gist = _find_gist(parts, title)
    chosen = {_key(unit): unit for unit in ([gist] if gist else [])}
    for unit in _in_turn(parts, sentences):
        if len(chosen) < sentences:
            chosen.setdefault(_key(unit), unit)
    answers = [unit for unit in every if unit.objective and _key(unit) not in chosen]
    chosen |= {_key(unit): unit for unit in reversed(answers[:_MOST_ANSWERS])}
    order = {unit.id: place for place, unit in enumerate(every)}
    in_order = sorted(chosen.values(), key=lambda unit: order[unit.id])
    return tuple(replace(unit, is_gist=unit is gist) for unit in in_order)


def _key(unit: SummarySentence) -> str:
    return normal_form(unit.claim.text) or unit.claim.text


def _in_turn(parts: Sequence[Artifact], sentences: int) -> Iterator[SummarySentence]:
    """Yield the best of each section, then the next best; of more sections than sentences some are heard, evenly."""
    queues = [[unit for unit in part.units if isinstance(unit, SummarySentence)] for part in parts]
    queues = [sorted(queue, key=lambda unit: (not unit.is_gist, not unit.is_key_point)) for queue in queues if queue]
    if len(queues) > sentences:
        queues = [queues[place * len(queues) // sentences] for place in range(sentences)]
    for turn in range(max(map(len, queues), default=0)):
        yield from (queue[turn] for queue in queues if turn < len(queue))


def _find_gist(parts: Sequence[Artifact], title: str) -> SummarySentence | None:
    """Find the sentence that says what the reading is about, by its title, its sections' titles and what they share."""
    places = [
        _Place(unit, number / len(parts))
        for number, part in enumerate(parts)
        for unit in part.units
        if isinstance(unit, SummarySentence)
    ]
    said = Counter(stem for place in places for stem in set(list_stems(place.unit.claim.text)))
    grammar = frozenset(stem for words in words_by_language().values() for word in words for stem in list_stems(word))
    about = weigh_title(title, said, grammar)
    sections = weigh_title(" ".join(part.title for part in parts), said, grammar)

    def worth(place: _Place) -> float:
        stems = frozenset(list_stems(place.unit.claim.text))
        named = share(stems, about)
        defines = defines_title(place.unit.claim.text, about)
        is_fit = (place.unit.is_gist or defines) and named >= _LEAST_OF_TITLE
        if not is_fit or not stands_alone(place.unit.claim.text):
            return 0.0
        spread = sum(said[stem] for stem in stems - grammar) / (len(places) * max(1, len(stems - grammar)))
        near = named + _SECTIONS * share(stems, sections) + _SPREAD * spread + _EARLY * (1 - place.depth)
        return near + _DEFINES * defines - further(place.unit.claim.text)

    best = max(places, key=worth, default=None)
    return best.unit if best is not None and worth(best) >= _FLOOR else None

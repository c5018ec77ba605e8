"""Summaries made of the reading's own sentences, in its order, within a budget of words.

Sentences, or shorter cuts of them, are taken one by one: what they carry, the words and terms they add that an author
would use, less what they repeat: a greedy search for the best cover within a budget (Lin and Bilmes, NAACL 2010).
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from domain.claims import Claim
from domain.ids import UnitId, stable_id
from domain.material import Artifact, Kind, SummarySentence
from generators.compose.reading.candidates import normal_form
from generators.compose.reading.parse import ParsedSection
from generators.compose.summaries.gist import find_gist, fitness, main_pattern
from generators.compose.summaries.objectives import find_objectives, match_objectives
from generators.compose.summaries.salience import Salience, read_salience
from generators.compose.summaries.section_words import count_words, list_stems, read_words
from generators.compose.summaries.suppositions import is_conditional
from generators.compose.terms.terms import Term, find_terms, mention_pattern

WORDS_A_SENTENCE = 21
"""Words in a sentence of a summary; an author's own have 20 on average over four textbooks."""

_SPARE = 3
_NEW_WORDS = 0.05
_COST = 0.22
"""The chance that a word must have for its place in the summary to pay."""

_NEW_TERMS = 0.16
_REPEATS = 0.1
_TERMS = 25
_KEY_SHARE = 3
"""One sentence in three is a key point."""


@dataclass(frozen=True)
class _Plan:
    """What a summary is chosen by, and how long it may be."""

    terms: Sequence[Term]
    chances: Mapping[tuple[str, int], float]
    sentences: int
    budget: int


def summarise(parsed: ParsedSection, *, sentences: int = 6) -> tuple[SummarySentence, ...]:
    """Choose at most `sentences` sentences, with about 21 words each, in reading order. May be empty.

    One is marked as the gist. Sentences that answer the section's own learning objectives come first.
    """
    terms = find_terms(parsed, limit=_TERMS)
    words = read_words(parsed, terms)
    plan = _Plan(terms, words.chances(sentences), sentences, sentences * WORDS_A_SENTENCE + _SPARE)
    objectives = find_objectives(parsed)
    listed = [aim.at for aim in objectives]
    candidates = [
        one
        for one in read_salience(parsed, terms, words, sentences=sentences)
        if not any(at.start < one.sentence.at.end and one.sentence.at.start < at.end for at in listed)
    ]
    if not candidates:
        return ()
    title = _defining_the_title(parsed, candidates, terms)
    answers = match_objectives(objectives, [one.text for one in candidates], words)
    chosen = _choose(candidates, plan, first=[*([title] if title else []), *(candidates[place] for place in answers)])
    sure = [pick for pick in chosen if not is_conditional(pick.sentence)]
    key = {pick.sentence.index for pick in sure[: max(1, len(chosen) // _KEY_SHARE)]}
    main = main_pattern(terms, parsed.evidence.title)
    gist = _gist(title if title in chosen else None, sure or chosen, plan, main)
    told = {candidates[place].sentence.index: objective for place, objective in answers.items()}
    in_order = sorted(chosen, key=lambda pick: pick.sentence.index)
    return tuple(
        replace(
            _sentence(parsed, pick, is_key_point=pick.sentence.index in key),
            is_gist=pick is gist,
            objective=told.get(pick.sentence.index, ""),
        )
        for pick in in_order
    )


def mark_gist(parsed: ParsedSection, units: Sequence[SummarySentence]) -> tuple[SummarySentence, ...]:
    """Mark the gist of a summary that a model wrote, and the learning objectives that its sentences answer.

    The first sentence that the model called the gist is it; where it called none so, what covers most is.
    """
    if not units:
        return ()
    terms = find_terms(parsed, limit=_TERMS)
    words = read_words(parsed, terms)
    texts = [unit.claim.text for unit in units]
    called = next((place for place, unit in enumerate(units) if unit.is_gist), None)
    found = find_gist(texts, words, terms=terms, title=parsed.evidence.title)
    gist = found if called is None else called
    told = match_objectives(find_objectives(parsed), texts, words)
    return tuple(
        replace(unit, is_gist=place == gist, objective=told.get(place, "")) for place, unit in enumerate(units)
    )


def combine_summaries(parts: Sequence[Artifact], *, sentences: int = 12) -> tuple[SummarySentence, ...]:
    """Choose among the sections' sentences for the whole reading: each section in turn gives its next best one.

    A section's gist comes first, then its key points. The gist that shares most with the others is that of the whole.
    """
    queues = [[unit for unit in part.units if isinstance(unit, SummarySentence)] for part in parts]
    queues = [sorted(queue, key=lambda unit: (not unit.is_gist, not unit.is_key_point)) for queue in queues if queue]
    if len(queues) > sentences:
        queues = [queues[place * len(queues) // sentences] for place in range(sentences)]
    order = {unit.id: place for place, unit in enumerate(unit for part in parts for unit in part.units)}
    chosen: dict[str, SummarySentence] = {}
    for turn in range(max(map(len, queues), default=0)):
        for queue in queues:
            if turn < len(queue) and len(chosen) < sentences:
                chosen.setdefault(normal_form(queue[turn].claim.text) or queue[turn].claim.text, queue[turn])
    gist = _most_shared([unit for unit in chosen.values() if unit.is_gist] or list(chosen.values()))
    in_order = sorted(chosen.values(), key=lambda unit: order[unit.id])
    return tuple(replace(unit, is_gist=unit is gist) for unit in in_order)


def _most_shared(units: Sequence[SummarySentence]) -> SummarySentence | None:
    """Give the sentence whose words most of the others have, for its length."""
    said = {unit.id: frozenset(list_stems(unit.claim.text)) for unit in units}
    spread = Counter(word for stems in said.values() for word in stems)

    def shared(unit: SummarySentence) -> float:
        return sum(spread[word] for word in said[unit.id]) / (len(said[unit.id]) + 1)

    return max(units, key=shared, default=None)


def _gist(title: Salience | None, chosen: Sequence[Salience], plan: _Plan, main: re.Pattern[str] | None) -> Salience:
    """Give what defines the title where that is fit, else, of the fittest, what is worth most by itself."""
    if title is not None and all(fitness(title.text, None)) and not is_conditional(title.sentence):
        return title
    gain = _gain((), plan)
    return max(chosen, key=lambda pick: (fitness(pick.text, main), gain(pick)))


def _defining_the_title(
    parsed: ParsedSection, candidates: Sequence[Salience], terms: Sequence[Term]
) -> Salience | None:
    """Find the sentence that defines what the title names, of several the one for the most central term."""
    title = parsed.evidence.title
    named = [term for term in terms if term.definition and mention_pattern(term.label).search(title)]
    by_index = {candidate.sentence.index: candidate for candidate in reversed(candidates)}
    return next((found for term in named if (found := by_index.get(term.sentence.index)) is not None), None)


def _choose(candidates: Sequence[Salience], plan: _Plan, *, first: Iterable[Salience]) -> list[Salience]:
    """Take `first`, then the best wording that still fits, again and again; the most important come first."""
    chosen: list[Salience] = []
    left = list(candidates)
    budget = plan.budget

    def take(pick: Salience) -> None:
        nonlocal left, budget
        chosen.append(pick)
        budget -= count_words(pick.text)
        left = [one for one in left if one.sentence is not pick.sentence and count_words(one.text) <= budget]

    left = [one for one in left if count_words(one.text) <= budget]
    for pick in first:
        if pick in left and len(chosen) < plan.sentences:
            take(pick)
    while left and len(chosen) < plan.sentences:
        take(max(left, key=_gain(chosen, plan)))
    return chosen


def _gain(chosen: Sequence[Salience], plan: _Plan) -> Callable[[Salience], float]:
    """Value a sentence beside those chosen: its score, what it adds, less its likeness to the nearest."""
    import numpy as np

    said = Counter(word for pick in chosen for word in pick.stems)
    named = frozenset[int]().union(*(pick.terms for pick in chosen))
    vectors = np.asarray([pick.vector for pick in chosen])

    def gain(candidate: Salience) -> float:
        new = sum(min(1.0, plan.terms[place].weight) for place in candidate.terms - named)
        likeness = float((vectors @ np.asarray(candidate.vector)).max()) if chosen else 0.0
        worth = _new_words(candidate, said, plan) - _COST * len(candidate.stems)
        return candidate.score + _NEW_WORDS * worth + _NEW_TERMS * new - _REPEATS * likeness

    return gain


def _new_words(candidate: Salience, said: Counter[str], plan: _Plan) -> float:
    """Count the words that a sentence is likely to share with an author's summary beside those already said."""
    times = Counter[str]()
    total = 0.0
    for word in candidate.stems:
        times[word] += 1
        time = said[word] + times[word]
        total += plan.chances.get((word, time), 0.0)
    return total


def _sentence(parsed: ParsedSection, pick: Salience, *, is_key_point: bool) -> SummarySentence:
    citations = parsed.cite(pick.sentence.at)
    first = citations[0].span
    identity = stable_id(Kind.SUMMARY, first.document_id, first.page, first.start, pick.text)
    return SummarySentence(UnitId(identity), Claim(pick.text, citations), is_key_point)

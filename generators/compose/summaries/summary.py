"""Summaries made of the reading's own sentences, in its order, within a budget of words.

Sentences, or shorter cuts of them, are taken one by one: what they carry, the words and terms they add that an author
would use, less what they repeat: a greedy search for the best cover within a budget (Lin and Bilmes, NAACL 2010).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from domain.claims import Claim
from domain.ids import UnitId, stable_id
from domain.material import Kind, SummarySentence
from generators.compose.reading.parse import ParsedSection
from generators.compose.summaries.gist import Worded, defines_title, find_gist, find_named, read_subject
from generators.compose.summaries.objectives import find_objectives, match_objectives
from generators.compose.summaries.salience import Salience, read_salience
from generators.compose.summaries.section_words import SectionWords, count_words, list_stems, read_words
from generators.compose.summaries.suppositions import is_conditional
from generators.compose.terms.terms import Term, find_terms

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

    One is marked as the gist where one says what the section is about. What answers the section's own learning
    objectives comes first.
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
    gist = _gist(parsed, candidates, terms, words)
    answers = match_objectives(objectives, [one.text for one in candidates], words)
    chosen = _choose(candidates, plan, first=[*([gist] if gist else []), *(candidates[place] for place in answers)])
    sure = [pick for pick in chosen if not is_conditional(pick.sentence)]
    key = {pick.sentence.index for pick in sure[: max(1, len(chosen) // _KEY_SHARE)]}
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

    The first sentence that the model called the gist is it; where it called none so, one is looked for.
    """
    if not units:
        return ()
    terms = find_terms(parsed, limit=_TERMS)
    words = read_words(parsed, terms)
    texts = [unit.claim.text for unit in units]
    gist = next((place for place, unit in enumerate(units) if unit.is_gist), None)
    if gist is None:
        vectors = parsed.embed(texts)
        wordings = [
            Worded(text, vector, at / len(texts)) for at, (text, vector) in enumerate(zip(texts, vectors, strict=True))
        ]
        gist = find_gist(wordings, read_subject(parsed, terms, words))
    told = match_objectives(find_objectives(parsed), texts, words)
    return tuple(
        replace(unit, is_gist=place == gist, objective=told.get(place, "")) for place, unit in enumerate(units)
    )


def _gist(
    parsed: ParsedSection, candidates: Sequence[Salience], terms: Sequence[Term], words: SectionWords
) -> Salience | None:
    """Give the wording that says what the section is about, or the sentences that end in naming it; None for none."""
    subject = read_subject(parsed, terms, words)
    sure = [one for one in candidates if not is_conditional(one.sentence)]
    count = len(parsed.sentences)
    found = find_gist([Worded(one.text, one.vector, one.sentence.index / count) for one in sure], subject)
    if found is not None and defines_title(sure[found].text, subject.title):
        return sure[found]
    named = find_named(parsed, subject)
    if named is not None:
        stems = tuple(list_stems(named.text))
        return Salience(named, named.text, stems, {}, frozenset(), parsed.embed([named.text])[0])
    return None if found is None else sure[found]


def _choose(candidates: Sequence[Salience], plan: _Plan, *, first: Iterable[Salience]) -> list[Salience]:
    """Take `first`, then the best wording that still fits, again and again; the most important come first."""
    chosen: list[Salience] = []
    left = list(candidates)
    budget = plan.budget

    def take(pick: Salience) -> None:
        nonlocal left, budget
        chosen.append(pick)
        budget -= count_words(pick.text)
        left = [one for one in left if not _overlap(one, pick) and count_words(one.text) <= budget]

    for pick in first:
        is_free = count_words(pick.text) <= budget and not any(_overlap(one, pick) for one in chosen)
        if is_free and len(chosen) < plan.sentences:
            take(pick)
    left = [one for one in left if count_words(one.text) <= budget]
    while left and len(chosen) < plan.sentences:
        take(max(left, key=_gain(chosen, plan)))
    return chosen


def _overlap(one: Salience, other: Salience) -> bool:
    return one.sentence.at.start < other.sentence.at.end and other.sentence.at.start < one.sentence.at.end


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

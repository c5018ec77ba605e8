"""Summaries made of the reading's own sentences, in its order, within a budget of words.

Sentences are taken one by one: what they carry, the terms they add, less what they repeat.
"""

from collections.abc import Callable, Sequence

from domain.claims import Claim
from domain.ids import UnitId, stable_id
from domain.material import Artifact, Kind, SummarySentence
from generators.compose.candidates import normal_form
from generators.compose.parse import ParsedSection
from generators.compose.salience import Salience, read_salience
from generators.compose.suppositions import is_conditional
from generators.compose.terms import Term, find_terms, mention_pattern

WORDS_A_SENTENCE = 20
"""Words in a sentence of an author's own summary, on average over four textbooks."""

_SPARE = 3
_NEW_TERMS = 0.12
_REPEATS = 0.1
_TERMS = 25
_KEY_SHARE = 3
"""One sentence in three is a key point."""


def summarise(parsed: ParsedSection, *, sentences: int = 6) -> tuple[SummarySentence, ...]:
    """Choose at most `sentences` sentences, with about 20 words each, in reading order. May be empty."""
    terms = find_terms(parsed, limit=_TERMS)
    candidates = read_salience(parsed, terms)
    chosen = _choose(candidates, terms, sentences, first=_defining_the_title(parsed, candidates, terms))
    sure = [pick for pick in chosen if not is_conditional(pick.sentence)]
    key = {pick.sentence.index for pick in sure[: max(1, len(chosen) // _KEY_SHARE)]}
    in_order = sorted(chosen, key=lambda pick: pick.sentence.index)
    return tuple(_sentence(parsed, pick, is_key_point=pick.sentence.index in key) for pick in in_order)


def combine_summaries(parts: Sequence[Artifact], *, sentences: int = 12) -> tuple[SummarySentence, ...]:
    """Choose among the sections' sentences for the whole reading: each section in turn gives its next best one."""
    queues = [[unit for unit in part.units if isinstance(unit, SummarySentence)] for part in parts]
    queues = [sorted(queue, key=lambda unit: not unit.is_key_point) for queue in queues if queue]
    if len(queues) > sentences:
        queues = [queues[place * len(queues) // sentences] for place in range(sentences)]
    order = {unit.id: place for place, unit in enumerate(unit for part in parts for unit in part.units)}
    chosen: dict[str, SummarySentence] = {}
    for turn in range(max(map(len, queues), default=0)):
        for queue in queues:
            if turn < len(queue) and len(chosen) < sentences:
                chosen.setdefault(normal_form(queue[turn].claim.text), queue[turn])
    return tuple(sorted(chosen.values(), key=lambda unit: order[unit.id]))


def _defining_the_title(
    parsed: ParsedSection, candidates: Sequence[Salience], terms: Sequence[Term]
) -> Salience | None:
    """Find the sentence that defines what the title names, of several the one for the most central term."""
    title = parsed.evidence.title
    named = [term for term in terms if term.definition and mention_pattern(term.label).search(title)]
    by_index = {candidate.sentence.index: candidate for candidate in candidates}
    return next((found for term in named if (found := by_index.get(term.sentence.index)) is not None), None)


def _choose(
    candidates: Sequence[Salience], terms: Sequence[Term], sentences: int, *, first: Salience | None
) -> list[Salience]:
    """Take `first`, then the best sentence that still fits, again and again; the most important come first."""
    words = sentences * WORDS_A_SENTENCE + _SPARE
    chosen = [first] if first is not None and len(first.text.split()) <= words else []
    words -= sum(len(pick.text.split()) for pick in chosen)
    left = [candidate for candidate in candidates if candidate is not first]
    while len(chosen) < sentences:
        left = [candidate for candidate in left if len(candidate.text.split()) <= words]
        if not left:
            break
        best = max(left, key=_gain(chosen, terms))
        left.remove(best)
        chosen.append(best)
        words -= len(best.text.split())
    return chosen


def _gain(chosen: Sequence[Salience], terms: Sequence[Term]) -> Callable[[Salience], float]:
    """Value a sentence beside those chosen: its score, the terms it adds, less its likeness to the most alike."""
    import numpy as np

    named = frozenset[int]().union(*(pick.terms for pick in chosen))
    vectors = np.asarray([pick.vector for pick in chosen])

    def gain(candidate: Salience) -> float:
        new = sum(min(1.0, terms[place].weight) for place in candidate.terms - named)
        likeness = float((vectors @ np.asarray(candidate.vector)).max()) if chosen else 0.0
        return candidate.score + _NEW_TERMS * new - _REPEATS * likeness

    return gain


def _sentence(parsed: ParsedSection, pick: Salience, *, is_key_point: bool) -> SummarySentence:
    citations = parsed.cite(pick.sentence.at)
    first = citations[0].span
    identity = stable_id(Kind.SUMMARY, first.document_id, first.page, first.start, pick.text)
    return SummarySentence(UnitId(identity), Claim(pick.text, citations), is_key_point)

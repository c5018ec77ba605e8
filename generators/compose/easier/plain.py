"""An easier version of a section: its main sentences, taken apart, with its own definitions beside hard terms.

No word is exchanged for another: the wording stays the reading's, so that every sentence can be checked against it.
"""

import re
from collections.abc import Sequence

from domain.claims import Claim
from domain.ids import UnitId, stable_id
from domain.material import Gloss, VariantSentence
from domain.words import list_words
from generators.compose.cards.cloze import without_opener
from generators.compose.cards.flashcards import choose_terms
from generators.compose.easier.clauses import take_apart
from generators.compose.easier.descriptions import describes_a_thing
from generators.compose.easier.reading_level import grade, is_everyday
from generators.compose.reading.parse import ParsedSection, Sentence
from generators.compose.terms.terms import Term, mention_pattern

_KEPT = 0.6
"""The share of a section's sentences that an easier version keeps."""

_FEWEST = 4
_FEWEST_AT_ALL = 3
_EASIER = ((1.0, 0.5), (0.5, 0.0))
"""School grades by which an easier version is to be easier, and the share of the sentences that must be left for it:
a whole grade where enough remains, else half a grade; below 0.3 it is refused."""
_LONGEST_GLOSS = 16
_POINTS_AWAY = re.compile(
    r"\b(?:figures?|fig\.|tables?|equations?|appendix)\s*[\d(.]|"
    r"\b(?:shown|seen|see|listed|described) (?:in|above|below)\b|"
    r"\b(?:previous|next|later|earlier|this) (?:chapter|section)s?\b",
    re.IGNORECASE,
)
_LEANS = re.compile(
    r"(?:it|they|this|these|that|those|he|she|such|its|their|his|her|both|each|another|others|the (?:former|latter))\b",
    re.IGNORECASE,
)


def simplify(parsed: ParsedSection) -> tuple[VariantSentence, ...]:
    """Write the easier version, in reading order. Every sentence cites the one it was taken from. May be empty."""
    terms = choose_terms(parsed)
    told = [term for term in terms if describes_a_thing(term, parsed)]
    units: list[VariantSentence] = []
    explained: set[str] = set()
    for sentence in _choose_easier(parsed, terms):
        for place, text in enumerate(map(without_opener, take_apart(sentence))):
            glosses = _gloss(text, sentence, told, explained=explained)
            explained |= {gloss.term for gloss in glosses}
            units.append(_unit(parsed, sentence, text, glosses, place=place))
    return tuple(units)


def _choose(parsed: ParsedSection, terms: Sequence[Term]) -> list[Sentence]:
    """Keep the sentences that carry the section's terms, and none that leans on one that is left out."""
    usable = [sentence for sentence in parsed.sentences if _is_usable(sentence)]
    ranked = sorted(usable, key=lambda sentence: (-_weight(sentence, parsed, terms), sentence.index))
    kept = {sentence.index for sentence in ranked[: max(_FEWEST, round(_KEPT * len(usable)))]}
    for sentence in usable:
        if sentence.index in kept and _LEANS.match(sentence.text) and sentence.index - 1 not in kept:
            kept.remove(sentence.index)
    return [sentence for sentence in usable if sentence.index in kept]


def _choose_easier(parsed: ParsedSection, terms: Sequence[Term]) -> list[Sentence]:
    """Choose what carries the terms, made easier; where that stays hard, the easier ones of all sentences."""
    chosen = _choose(parsed, terms)
    usable = [sentence for sentence in parsed.sentences if _is_usable(sentence)]
    original = grade(parsed.evidence.text)
    defining = {term.sentence.index for term in terms if term.definition}
    for easier, share in _EASIER:
        fewest = max(_FEWEST_AT_ALL, round(share * len(usable)))
        for some in (chosen, usable):
            if light := _lighten(some, goal=original - easier, fewest=fewest, defining=defining):
                return light
    return chosen


def _lighten(chosen: Sequence[Sentence], *, goal: float, fewest: int, defining: set[int]) -> list[Sentence]:
    """Leave out the hardest sentences until the rest has the grade `goal`; give nothing where it never has.

    What defines a term goes last, and what the next sentence leans on stays.
    """
    kept = list(chosen)
    while _grade(kept) > goal:
        leaned_on = {sentence.index - 1 for sentence in kept if _LEANS.match(sentence.text)}
        spare = [sentence for sentence in kept if sentence.index not in leaned_on]
        if len(kept) <= fewest or not spare:
            return []
        plain = [sentence for sentence in spare if sentence.index not in defining]
        kept.remove(min(plain or spare, key=lambda sentence: _grade([one for one in kept if one is not sentence])))
    return kept


def _grade(sentences: Sequence[Sentence]) -> float:
    return grade(" ".join(piece for sentence in sentences for piece in take_apart(sentence)))


def _is_usable(sentence: Sentence) -> bool:
    text = sentence.text.strip()
    is_sentence = text.rstrip('"”’)')[-1:] in {".", "!", "。"} and len(list_words(text)) >= 3
    return is_sentence and not _POINTS_AWAY.search(text) and "\n\n" not in text


def _weight(sentence: Sentence, parsed: ParsedSection, terms: Sequence[Term]) -> float:
    """Weigh a sentence: the terms it names and defines, whether it opens a paragraph, against its length."""
    named = sum(bool(mention_pattern(term.label).search(sentence.text)) for term in terms)
    defines = sum(term.sentence is sentence and bool(term.definition) for term in terms)
    opens = parsed.evidence.text[: sentence.at.start].endswith("\n\n") or sentence.index == 0
    return min(named, 3) + 2 * defines + opens - len(sentence.text.split()) / 8


def _gloss(text: str, sentence: Sentence, terms: Sequence[Term], *, explained: set[str]) -> tuple[Gloss, ...]:
    """Explain the hard terms of a sentence at their first mention, unless it explains them itself."""
    glosses = []
    for term in terms:
        meaning = " ".join(term.definition.split()).strip(" .;:,")
        is_short = len(meaning.split()) <= _LONGEST_GLOSS
        is_hard = not all(map(is_everyday, list_words(term.label)))
        is_new = term.label not in explained and term.sentence is not sentence
        if is_short and is_hard and is_new and mention_pattern(term.label).search(text):
            glosses.append(Gloss(term.label, meaning))
    return tuple(glosses)


def _unit(
    parsed: ParsedSection, sentence: Sentence, text: str, glosses: tuple[Gloss, ...], *, place: int
) -> VariantSentence:
    citations = parsed.cite(sentence.at)
    first = citations[0].span
    identity = stable_id("variant_sentence", first.document_id, first.page, first.start, place, text)
    original = " ".join(sentence.text.split())
    return VariantSentence(UnitId(identity), Claim(text, citations), original, glosses)

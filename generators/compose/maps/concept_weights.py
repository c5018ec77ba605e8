"""How likely a term that nobody marked is a concept to learn, from its weight as a term and from its company.

A logistic model. Its weights come from the glossaries of four textbooks (OpenStax, CC BY 4.0); `bench/fit_concepts.py`
fits them and prints what they reach on a book that they have not seen.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from generators.compose.reading.candidates import normal_form
from generators.compose.reading.mentions import Names, name_of
from generators.compose.reading.parse import ParsedSection
from generators.compose.terms.terms import Term

WEIGHTS: Mapping[str, float] = {
    "bias": -1.84,
    "a term": 0.77,
    "a learned ending": 0.59,
    "kin": 1.2,
    "once": -0.81,
    "plural": -0.57,
    "long words": 0.97,
}
_LEAST, _MOST = 0.001, 0.98
_LEAST_OFTEN = 0.02
"""What a phrase that comes again counts as kin, however unlikely a term it is."""

_LEARNED = re.compile(
    r"(?:isms?|[ts]ions?|it(?:y|ies)|sis|[lt]ogy|graphy|metry|ics|ances?|ences?|[ae]ncy|itis|oma|emia|meters?|scopes?|"
    r"phobia|tropy|archy|cracy|nomy|ization|onyms?|oids?)$"
)
"""Endings of learned words: osmosis, monarchy, magnetism."""


def weigh_concepts(parsed: ParsedSection, terms: Sequence[Term]) -> list[Term]:
    """Give unmarked terms of an English section the chance (0 to 1) that they are concepts; likeliest first."""
    if not parsed.is_full:
        return list(terms)
    signs = read_signs(parsed, terms)
    weighed = [
        term if term.is_emphasised else replace(term, weight=chance(one))
        for term, one in zip(terms, signs, strict=True)
    ]
    return sorted(weighed, key=lambda term: -term.weight)


def chance(signs: Mapping[str, float], weights: Mapping[str, float] = WEIGHTS) -> float:
    """Give the chance (0 to 1) that signs speak for."""
    return 1 / (1 + math.exp(-sum(weights[name] * value for name, value in signs.items())))


def read_signs(parsed: ParsedSection, terms: Sequence[Term]) -> list[dict[str, float]]:
    """Read every sign of each term that the weights know. Kin end in the same word: "open set" and "closed set"."""
    counts = _count(parsed, terms)
    share = {term: max(term.weight, _LEAST_OFTEN * (counts[term] > 1)) for term in terms}
    of_head: dict[str, float] = defaultdict(float)
    for term in terms:
        of_head[_head(term)] += share[term] * _is_compound(term)
    return [
        {
            "bias": 1.0,
            "a term": _odds(term.weight),
            "a learned ending": float(not _is_compound(term) and bool(_LEARNED.search(_head(term)))),
            "kin": math.log1p(max(0.0, of_head[_head(term)] - share[term])) if _is_compound(term) else 0.0,
            "once": float(counts[term] <= 1),
            "plural": float(_is_plural(parsed, term)),
            "long words": math.log(_letters_a_word(term)),
        }
        for term in terms
    ]


def _count(parsed: ParsedSection, terms: Sequence[Term]) -> dict[Term, int]:
    names = {term: name_of(term.label) for term in terms}
    found = Counter(mention.name for mention in Names(names.values()).find_all(parsed.evidence.text))
    return {term: found[name] for term, name in names.items()}


def _odds(weight: float) -> float:
    """Give the logarithm of the odds of a chance, which a mark puts over 1."""
    bounded = min(_MOST, max(_LEAST, weight))
    return math.log(bounded / (1 - bounded))


def _words(term: Term) -> list[str]:
    return normal_form(term.label).split() or [term.label]


def _head(term: Term) -> str:
    return _words(term)[-1]


def _is_compound(term: Term) -> bool:
    return len(_words(term)) > 1


def _letters_a_word(term: Term) -> float:
    words = _words(term)
    return sum(map(len, words)) / len(words)


def _is_plural(parsed: ParsedSection, term: Term) -> bool:
    tokens = parsed.doc.char_span(term.at.start, term.at.end, alignment_mode="expand")
    return tokens is not None and tokens.root.tag_ in {"NNS", "NNPS"}

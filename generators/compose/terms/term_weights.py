"""How likely a phrase is a term of its section, from signs that hold in any subject.

A logistic model over a few signs. Its weights come from the glossaries of four textbooks (OpenStax, CC BY 4.0);
`bench/fit_terms.py` fits them and prints what they reach on a book that they have not seen.
"""

import math
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from domain.documents import Range
from generators.compose.reading.candidates import Candidate
from generators.compose.reading.common_words import COMMON, FAIRLY_COMMON, VERY_COMMON
from generators.compose.reading.parse import ParsedSection

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens

WEIGHTS = {
    "bias": -6.84,
    "mentions": 1.71,
    "two words": 1.12,
    "three words": 0.98,
    "four words": -0.03,
    "surely defined": 3.12,
    "defined": 2.02,
    "maybe defined": 1.57,
    "named": 1.79,
    "rare words": 1.41,
    "opens a paragraph": 0.84,
    "a name": -1.16,
    "paragraphs": -0.56,
    "a subject": 0.18,
    "of": -0.38,
    "hyphen": 0.19,
    "adjective": 0.21,
}
_NAMES = frozenset({"PERSON", "GPE", "ORG", "NORP", "DATE", "CARDINAL", "LOC", "FAC", "TIME", "MONEY"})


def rarity(word: str) -> float:
    """Say how rare a word is in schoolbooks, from 0 (everywhere) to 1 (in few)."""
    if word in VERY_COMMON:
        return 0.1
    if word in COMMON:
        return 0.35
    return 0.6 if word in FAIRLY_COMMON else 1.0


def weigh(parsed: ParsedSection, candidate: Candidate, strength: float) -> float:
    """Give the chance (0 to 1) that the candidate is a term; `strength` is that of its best definition, 0 for none."""
    signs = read_signs(parsed, candidate, strength)
    return 1 / (1 + math.exp(-sum(WEIGHTS[name] * value for name, value in signs.items())))


def read_signs(
    parsed: ParsedSection, candidate: Candidate, strength: float, *, rare: Callable[[str], float] = rarity
) -> dict[str, float]:
    """Read every sign of a candidate that the weights know."""
    first = candidate.places[0]
    words = candidate.key.split()
    tokens = _tokens(parsed, first)
    text = parsed.evidence.text
    opening = text.rfind("\n", 0, first.start)
    paragraphs = {text.count("\n", 0, place.start) for place in candidate.places}
    return {
        "bias": 1.0,
        "mentions": math.log(len(candidate.places)),
        "two words": float(len(words) == 2),
        "three words": float(len(words) == 3),
        "four words": float(len(words) > 3),
        "surely defined": float(strength >= 0.9),
        "defined": float(0.75 <= strength < 0.9),
        "maybe defined": float(0 < strength < 0.75),
        "named": float(candidate.is_named),
        "rare words": sum(map(rare, words)) / len(words),
        "opens a paragraph": float(first.start - opening < 12),
        "a name": float(any(token.ent_type_ in _NAMES for token in tokens)),
        "paragraphs": math.log(len(paragraphs)),
        "a subject": float(any(token.dep_ in {"nsubj", "nsubjpass"} for token in tokens)),
        "of": float(" of " in candidate.label),
        "hyphen": float(bool(re.search(r"\w-\w", candidate.label))),
        "adjective": float(any(token.pos_ == "ADJ" for token in tokens)),
    }


def _tokens(parsed: ParsedSection, at: Range) -> "Tokens":
    span = parsed.doc.char_span(at.start, at.end, alignment_mode="expand")
    assert span is not None
    return span

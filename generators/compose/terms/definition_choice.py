"""Which of several sentences that name a term says best what it is.

A linear model of how near a cut comes to the author's own glossary (ROUGE-L). Its weights come from four textbooks
(OpenStax, CC BY 4.0); `bench/fit_definitions.py` fits them and prints what they reach on a book not seen.
"""

import re
from collections.abc import Mapping

from domain.documents import Range
from generators.compose.reading.parse import Sentence
from generators.compose.terms.definitions import Cut

WEIGHTS: Mapping[str, float] = {
    "at a mark": 0.23,
    "at the first mention": 0.2,
    "hardly sure": -0.14,
    "unsure": -0.13,
    "long words, tens": 0.17,
    "bare": -0.08,
    "long": -0.21,
    "before the term": -0.16,
    "in the sentence before": -0.1,
    "an example": -0.18,
}
_SURE, _UNSURE = 0.75, 0.5
_MOST, _FEWEST, _MANY = 15, 3, 18
"""Long words that still count, fewer than which a definition is bare, and more than which it is long."""


def worth(cut: Cut, sentence: Sentence, term: Range, *, is_marked: bool, is_first: bool) -> float:
    """Say how good a cut is beside others for the same term; only differences count.

    `is_first` is for terms that are marked nowhere.
    """
    signs = read_signs(cut, sentence, term, is_marked=is_marked, is_first=is_first)
    return sum(WEIGHTS[name] * value for name, value in signs.items())


def read_signs(cut: Cut, sentence: Sentence, term: Range, *, is_marked: bool, is_first: bool) -> dict[str, float]:
    """Read every sign of a cut that the weights know."""
    words = len(re.findall(r"[^\W_]{4,}", cut.text))
    return {
        "at a mark": float(is_marked),
        "at the first mention": float(is_first),
        "hardly sure": float(_UNSURE <= cut.strength < _SURE),
        "unsure": float(cut.strength < _UNSURE),
        "long words, tens": min(words, _MOST) / 10,
        "bare": float(words < _FEWEST),
        "long": float(words > _MANY),
        "before the term": float(cut.at.end <= term.start),
        "in the sentence before": float(cut.at.end <= sentence.at.start),
        "an example": float(sentence.text.lower().startswith(("for example", "for instance"))),
    }

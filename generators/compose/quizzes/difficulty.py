"""What a question asks of the mind, and how hard it is before anybody tried it: plain rules in tables.

Levels are those of Anderson and Krathwohl, A Taxonomy for Learning, Teaching, and Assessing (2001), table 5.1. The
signs of difficulty are those that studies of made questions agree on (Kurdi and others, A Systematic Review of
Automatic Question Generation for Educational Purposes, 2020, section 5.3): options that are alike (Alsubait, Parsia and
Sattler 2013), rare words, long statements; and how likely a guess is right. The weights are ours, and a first guess.
"""

import re

from domain.questions import Bloom, QuestionForm
from domain.words import content_lemmas
from generators.compose.terms.term_weights import rarity

_BY_WORDING = (
    (r"\b(?:differ|difference|compare|distinguish|in contrast)\b", Bloom.ANALYSE),
    (r"^(?:why|how)\b|\bin your own words\b|\bexplain\b", Bloom.UNDERSTAND),
    (r"^what (?:do|does|did) .* (?:cause|lead to|result in|prevent|produce|trigger)\b", Bloom.UNDERSTAND),
    (r"^what does .* mean\b", Bloom.UNDERSTAND),
)
"""The stem's words and the level they ask for: attributing and comparing above explaining and interpreting."""

_BY_FORM = {
    QuestionForm.ORDERING: Bloom.UNDERSTAND,
    QuestionForm.CHOICE: Bloom.REMEMBER,
    QuestionForm.CLOZE: Bloom.REMEMBER,
    QuestionForm.SHORT: Bloom.REMEMBER,
    QuestionForm.TRUE_FALSE: Bloom.REMEMBER,
    QuestionForm.MATCHING: Bloom.REMEMBER,
}
"""Else the form: recognising and recalling are remembering; putting what happens in order is explaining how."""

_QUOTING = frozenset({QuestionForm.CLOZE, QuestionForm.TRUE_FALSE})
"""Forms whose stem is a sentence of the reading, whose words ask for nothing."""

_BASE = {
    QuestionForm.TRUE_FALSE: 0.15,
    QuestionForm.MATCHING: 0.25,
    QuestionForm.CHOICE: 0.25,
    QuestionForm.CLOZE: 0.4,
    QuestionForm.ORDERING: 0.4,
    QuestionForm.SHORT: 0.5,
}
"""By form: what can be guessed is easier than what is recognised, and that than what must be found."""

_RARE, _LONG, _ALIKE, _POINT, _HIGHER = 0.2, 0.15, 0.25, 0.04, 0.1
_LONG_STEM = 40
"""Words from which a stem is as long as they come."""


def level_of(form: QuestionForm, stem: str) -> Bloom:
    """Say what a question asks of the mind."""
    asked = "" if form in _QUOTING else re.sub(r"“[^”]*”|.*in the gap\? .*", "“”", stem)
    found = (level for pattern, level in _BY_WORDING if re.search(pattern, asked, re.IGNORECASE))
    return next(found, _BY_FORM[form])


def estimate(form: QuestionForm, stem: str, answer: str, *, likeness: float = 0.0, points: int = 0) -> float:
    """Say how hard a question is, from 0 to 1. `likeness` is how alike its options are, `points` what it asks for."""
    words = content_lemmas(answer if form is not QuestionForm.TRUE_FALSE else stem)
    rare = sum(map(rarity, words)) / len(words) if words else 0.0
    length = min(1.0, len(stem.split()) / _LONG_STEM)
    higher = _HIGHER * (level_of(form, stem) is not Bloom.REMEMBER)
    found = _BASE[form] + _RARE * rare + _LONG * length + _ALIKE * max(0.0, likeness) + _POINT * points + higher
    return round(min(1.0, found), 2)

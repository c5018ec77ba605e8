"""How hard an English text is to read, as a US school grade.

What makes prose hard is measured in five ways: long sentences, the share of content words that are not everyday ones,
long words, words with the endings of abstract nouns and adjectives, and the packed style of written reports against
that of talk. Their weights are set by hand, sentences and words alike as in the classic formulas; nothing is fitted to
rated texts. `bench/systems/level.py` shows how well the grade orders texts.
"""

import math
from dataclasses import dataclass

from domain.readability import count_syllables, split_into_words
from domain.words import FUNCTION_WORDS
from generators.compose.easier.everyday_words import EVERYDAY

_KNOWN = EVERYDAY | FUNCTION_WORDS

_TALK = frozenset(
    {
        "i",
        "me",
        "my",
        "mine",
        "you",
        "your",
        "he",
        "him",
        "his",
        "she",
        "her",
        "we",
        "us",
        "our",
        "they",
        "them",
        "said",
    }
)
_REPORT = frozenset(
    {
        "the",
        "of",
        "in",
        "by",
        "to",
        "a",
        "an",
        "for",
        "with",
        "from",
        "which",
        "as",
        "between",
        "within",
        "upon",
        "through",
    }
)

_MIDDLE = 7.5
"""The grade of a text that is average in everything."""

_STEP = 0.75
"""Grades for one unit of weight: all the measures one spread up are four and a half grades, as in Flesch-Kincaid."""


@dataclass(frozen=True, slots=True)
class _Measure:
    """How a measure is weighed: `middle` and `spread` are those of ordinary prose."""

    weight: float
    middle: float
    spread: float

    def weigh(self, value: float) -> float:
        return self.weight * (value - self.middle) / self.spread


_SENTENCE_LENGTH = _Measure(2.0, math.log(15), 0.4)
_RARE_WORDS = _Measure(2.0, 0.6, 0.145)
_ABSTRACT_WORDS = _Measure(0.5, 0.027, 0.027)
_WORD_LENGTH = _Measure(0.5, 1.45, 0.17)
_STYLE = _Measure(1.0, 0.13, 0.08)


def grade(text: str) -> float:
    """Give the school grade an English text is for: 0 for no words, rarely above 18. Meant for a paragraph or more."""
    sentences = split_into_words(text)
    words = [word.lower() for sentence in sentences for word in sentence]
    if not words:
        return 0.0
    count = len(words)
    content = [word for word in words if word not in FUNCTION_WORDS]
    weighed = (
        _SENTENCE_LENGTH.weigh(math.log(count / len(sentences))),
        _RARE_WORDS.weigh(sum(not is_everyday(word) for word in content) / max(1, len(content))),
        _ABSTRACT_WORDS.weigh(sum(_is_abstract(word) for word in words) / count),
        _WORD_LENGTH.weigh(sum(count_syllables(word) for word in words) / count),
        _STYLE.weigh(sum((word in _REPORT) - (word in _TALK) for word in words) / count),
    )
    return max(0.0, _MIDDLE + _STEP * sum(weighed))


def _is_abstract(word: str) -> bool:
    return len(word) >= _SHORTEST_ABSTRACT and word.endswith(_ABSTRACT_ENDINGS)


def is_everyday(word: str) -> bool:
    """Whether a lower-case word, or the word it is a form of, is one that young readers know."""
    return any(form in _KNOWN for form in _forms(word))


_SHORTEST_ABSTRACT = 7
_ABSTRACT_ENDINGS = (
    "tion", "sion", "ment", "ity", "ness", "ance", "ence", "ism", "ology",
    "ical", "ive", "ous", "ial", "al", "ate", "ize",
)  # fmt: skip
_ENDINGS = (
    ("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("d", ""), ("ied", "y"), ("ing", ""), ("ing", "e"),
    ("er", ""), ("er", "e"), ("est", ""), ("est", "e"), ("ly", ""), ("ily", "y"), ("y", ""), ("'s", ""), ("’s", ""),
)  # fmt: skip


def _forms(word: str) -> list[str]:
    forms = [word, *(word[: -len(end)] + instead for end, instead in _ENDINGS if word.endswith(end))]
    return forms + [form[:-1] for form in forms if len(form) > 3 and form[-1] == form[-2]]

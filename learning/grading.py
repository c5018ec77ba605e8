"""Is an answer right, and how much of it? By plain rules alone: no model ever grades.

Choices go by their text, gaps and short answers by their words, numbers to the digit, orders and pairs item by item.
Small slips of typing are forgiven in words, never in numbers, and never when they make another option's word.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from domain.questions import Question, QuestionForm
from domain.words import FUNCTION_WORDS, fold, lemma, list_numbers, list_words, stem
from learning.directions import agree, is_opposite
from learning.inflection import base_forms
from learning.quantities import list_units, normalise, write_numbers

_KEY_WORDS = 0.75
"""The share of the key's content words that a short answer must hold."""

_LONG_KEY = 4
"""Content words from which a short answer is judged by its key words instead of the whole phrase."""

_POINT_WORDS = 0.6
"""The same share for a point of a marking key: who says it in own words, and names one of several, has said it."""

_PLURALS = (
    ("us", "i"),
    ("um", "a"),
    ("on", "a"),
    ("a", "ae"),
    ("ma", "mata"),
    ("is", "es"),
    ("ix", "ices"),
    ("ex", "ices"),
    ("f", "ves"),
    ("fe", "ves"),
    ("man", "men"),
    ("foot", "feet"),
    ("tooth", "teeth"),
    ("goose", "geese"),
    ("mouse", "mice"),
    ("child", "children"),
    ("person", "people"),
    ("", "es"),
)
"""Endings of one thing and of many, beside the regular ones."""

_BOUND = re.compile(
    r"\b(?:(?:more|less|fewer|higher|lower) than|over|under|above|below|up to|at (?:least|most))\s+(?=\d)",
    re.IGNORECASE,
)


_CLAUSE = re.compile(r"[,.;:\n]+|\b(?:and|but|while)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Assessment:
    """How right an answer is.

    `marks` has one mark for each thing that is looked at by itself: the items of an order in the answer's order, the
    pairs of a matching, the key points of a short answer. It is empty where the answer is right or wrong as a whole.
    """

    is_correct: bool
    marks: tuple[bool, ...] = ()


def grade(question: Question, answer: str) -> bool:
    """Whether `answer` is right. An empty answer is wrong; capitals, articles and blanks do not count."""
    return assess(question, answer).is_correct


def assess(question: Question, answer: str) -> Assessment:
    """Say whether an answer is right, and of an answer with parts which are.

    An order has its items one a line, in the order they are put in; a matching the meanings, one a line, in the order
    of the terms, with an empty line where none was chosen.
    """
    match question.form:
        case QuestionForm.CHOICE | QuestionForm.TRUE_FALSE:
            return Assessment(bool(fold(answer)) and fold(answer) == fold(question.answer))
        case QuestionForm.ORDERING:
            return _by_lines(answer, question.sequence)
        case QuestionForm.MATCHING:
            return _by_lines(answer, [pair.right for pair in question.pairs])
        case _:
            return _by_words(question, answer)


def mistake_of(question: Question, answer: str) -> str:
    """Give what somebody may believe who answers so, where the reading shows it; else nothing."""
    return next((one.belief for one in question.misconceptions if fold(one.option) == fold(answer)), "")


def _by_lines(answer: str, wanted: Sequence[str]) -> Assessment:
    """Compare line by line; a line that stands twice counts in neither place."""
    lines = [fold(line) for line in answer.split("\n")]
    lines += [""] * (len(wanted) - len(lines))
    marks = tuple(lines.count(line) == 1 and line == fold(right) for line, right in zip(lines, wanted, strict=False))
    return Assessment(bool(marks) and all(marks), marks)


def _by_words(question: Question, answer: str) -> Assessment:
    """Compare an answer in words with the key; with a marking key, point by point."""
    if not fold(answer):
        return Assessment(is_correct=False, marks=tuple(False for _ in question.key_points))
    keys = [key for wording in (question.answer, *question.accepted) for key in _wordings(wording, answer)]
    if any(_is_same(answer, key) or _is_bare_number(answer, key, question.stem) for key in keys):
        return Assessment(is_correct=True, marks=tuple(True for _ in question.key_points))
    if question.form is not QuestionForm.SHORT:
        return Assessment(is_correct=False)
    if not question.key_points:
        return Assessment(any(_holds_key_words(answer, key) for key in keys))
    said = [answer, *_CLAUSE.split(answer)]
    marks = tuple(any(_holds_key_words(part, point, _POINT_WORDS) for part in said) for point in question.key_points)
    return Assessment(all(marks), marks)


def _wordings(key: str, answer: str) -> tuple[str, ...]:
    """Give the key, and without its "more than" before a number for an answer that gives the number plainly."""
    return (key,) if _BOUND.search(answer) else (key, _BOUND.sub("", key))


def is_typo(word: str, key: str) -> bool:
    """Whether a word is the key with one slip (two from nine letters): a letter more, less, other, or swapped.

    Words below five letters must be exact; the first letter must be right; figures are never forgiven.
    """
    if word == key:
        return True
    if len(key) < 5 or any(character.isdigit() for character in word + key) or word[:1] != key[:1]:
        return False
    if is_opposite(word, key):
        return False
    return _distance(word, key) <= (2 if len(key) >= 9 else 1)


def _is_same(answer: str, key: str) -> bool:
    """Whether two phrases are the same, slips of typing aside. Numbers and units must be the same."""
    said, wanted = _bare(answer), _bare(key)
    if not wanted:
        return fold(answer) == fold(key)
    if _numbers(answer) != _numbers(key):
        return False
    said, wanted = _without_numbers(said), _without_numbers(wanted)
    if len(said) != len(wanted):
        return is_typo("".join(said), "".join(wanted))
    return all(_is_word(one, other) for one, other in zip(said, wanted, strict=True))


def _is_bare_number(answer: str, key: str, stem: str) -> bool:
    """Whether the answer is the key's number alone, and the question itself names the unit, as "how many km" does."""
    said, wanted = _bare(answer), _bare(key)
    if not _numbers(key) or _without_numbers(said) or _numbers(answer) != _numbers(key):
        return False
    units = _without_numbers(wanted)
    asked = {lemma(word) for word in list_units(stem)}
    return bool(units) and all(lemma(word) in asked for word in units)


def _is_word(word: str, key: str) -> bool:
    return lemma(word) == lemma(key) or _is_plural(word, key) or _is_plural(key, word) or is_typo(word, key)


def _is_plural(many: str, one: str) -> bool:
    """Whether one word is the plural of another by an ending that is not a plain "s"."""
    return any(
        len(one) >= 3 and one.endswith(ending) and many == one.removesuffix(ending) + plural
        for ending, plural in _PLURALS
    )


def _numbers(text: str) -> list[str]:
    return list_numbers(write_numbers(fold(text)))


def _bare(text: str) -> list[str]:
    """List the words without articles and politeness; units stand in one spelling."""
    return [word for word in list_words(normalise(text)) if word not in {"a", "an", "the", "to", "of"}]


def _without_numbers(words: Sequence[str]) -> list[str]:
    return [word for word in words if not list_numbers(word)]


def _holds_key_words(answer: str, key: str, enough: float = _KEY_WORDS) -> bool:
    """Whether a free answer says what the key says: enough of its content words, its numbers, and no other sense."""
    wanted = list(dict.fromkeys(word for word in _bare(key) if word not in FUNCTION_WORDS))
    said = _bare(answer)
    if not set(_numbers(key)) <= set(_numbers(answer)) or not agree(said, _bare(key)):
        return False
    words = _without_numbers(wanted)
    found = sum(any(_is_akin(other, word) for other in said) for word in words)
    share = enough if len(words) >= _LONG_KEY else 1.0
    return bool(wanted) and found >= share * len(words)


def _is_akin(word: str, key: str) -> bool:
    """Whether two words are one in different forms: absorbs, absorbing, absorption; splits, splitting; makes, made."""
    return stem(word) == stem(key) or _is_word(word, key) or not base_forms(word).isdisjoint(base_forms(key))


def _distance(one: str, other: str) -> int:
    """Count the slips between two words (optimal string alignment: Damerau 1964, Levenshtein 1966)."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        now = [row]
        for column, target in enumerate(other, start=1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (letter != target))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == target:
                cost = min(cost, before[column - 2] + 1)
            now.append(cost)
        before, last = last, now
    return last[-1]

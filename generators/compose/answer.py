"""Answer a question with sentences of the reading, or say nothing where the reading does not say.

A sentence counts when it is close enough in meaning to the question. The bar was set on end-of-section
questions of two textbooks: it keeps 95 in 100 questions that the book answers and turns away 90 in 100
that belong to the other book (docs/benchmarks.md).
"""

import re
from collections.abc import Sequence

from domain.documents import Vector
from domain.ids import UnitId, stable_id
from domain.material import AnswerSentence, Claim
from generators.compose.parse import ParsedSection, Sentence

_BAR = 0.52
"""Cosine of question and sentence from which the reading is taken to say something about it."""

_BEHIND_BEST = 0.12
_MOST = 3
_SHARED_WORDS = 0.6
"""Share of the question's words that a sentence must hold where meaning cannot be compared."""

_LEANING = re.compile(r"(it|they|this|these|that|those|he|she|such|however|therefore|thus|but|and|so)\b", re.IGNORECASE)


def answer(question: str, parsed: ParsedSection) -> tuple[AnswerSentence, ...]:
    """Choose up to three sentences, best first. Empty when the evidence does not answer the question."""
    candidates = [sentence for sentence in parsed.sentences if _is_statement(sentence)]
    if not candidates or not question.strip():
        return ()
    scores = _by_meaning(question, candidates, parsed) if parsed.is_full else _by_words(question, candidates)
    bar = _BAR if parsed.is_full else _SHARED_WORDS
    best = max(scores)
    if best < bar:
        return ()
    ranked = sorted(zip(scores, candidates, strict=True), key=lambda pair: (-pair[0], pair[1].index))
    chosen = [sentence for score, sentence in ranked if score >= max(bar, best - _BEHIND_BEST)][:_MOST]
    return tuple(_unit(question, sentence, parsed) for sentence in chosen)


def _unit(question: str, sentence: Sentence, parsed: ParsedSection) -> AnswerSentence:
    citations = parsed.cite(sentence.at)
    identifier = UnitId(stable_id("answer", question, citations[0].span))
    return AnswerSentence(identifier, Claim(sentence.text, citations))


def _is_statement(sentence: Sentence) -> bool:
    """Whether the sentence can stand alone: neither a question, nor a fragment, nor leaning on the one before."""
    long_enough = len(sentence.text) >= 15
    return long_enough and not sentence.text.endswith("?") and not _LEANING.match(sentence.text)


def _by_meaning(question: str, candidates: Sequence[Sentence], parsed: ParsedSection) -> list[float]:
    vector, *others = parsed.embed([question, *(sentence.text for sentence in candidates)])
    return [_cosine(vector, other) for other in others]


def _cosine(one: Vector, other: Vector) -> float:
    return float(sum(a * b for a, b in zip(one, other, strict=True)))


def _by_words(question: str, candidates: Sequence[Sentence]) -> list[float]:
    wanted = _words(question)
    return [len(wanted & _words(sentence.text)) / max(1, len(wanted)) for sentence in candidates]


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.lower()) if len(word) > 3}

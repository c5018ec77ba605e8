"""Answer a question with sentences of the reading, or say nothing where the reading does not say.

A sentence counts when it is close enough to the question in meaning (cosine) and words. One that leans on the sentence
before ("It rises ...") is given together with it. The bar was set on end-of-section questions of two textbooks: it
keeps 91 in 100 that the book answers, and turns away 96 in 100 of the other book's (docs/benchmarks.md).
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from domain.claims import Claim
from domain.documents import Range, Vector
from domain.ids import UnitId, stable_id
from domain.material import AnswerSentence
from domain.words import content_stems, fold
from generators.compose.reading.parse import ParsedSection, Sentence

_BAR = 0.56
"""Closeness of question and sentence from which the reading is taken to say something about it."""

_WORDS = 0.1
"""What holding every content word of the question adds; words that are rare in the evidence weigh most."""

_DEFINING = 0.2
"""What a sentence that defines the very thing asked about is ahead of others."""

_BEHIND_BEST = 0.1
_MOST = 3
_SHARED_WORDS = 0.6
"""Share of the question's words that a sentence must hold where meaning cannot be compared."""

_LEANING = re.compile(
    r"(?:it|its|they|their|this|these|that|those|he|she|his|her|such|however|therefore|thus|then|but|and|so|instead|"
    r"either way|in contrast|meanwhile)\b",
    re.IGNORECASE,
)
_ASKS_MEANING = re.compile(
    r"(?:what|who)(?:'s| is| are| was| were)(?: meant by)? (?:an? |the )?(?P<one>.+?)\??$|"
    r"define (?:an? |the )?(?P<two>.+?)\??$|"
    r"what do(?:es)? (?:an? |the )?(?P<three>.+?) mean\??$",
)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Words that can be given: a sentence, with the one before where it leans on that."""

    sentence: Sentence
    at: Range
    text: str


def answer(question: str, parsed: ParsedSection) -> tuple[AnswerSentence, ...]:
    """Choose up to three pieces, best first. Empty when the evidence does not answer the question."""
    candidates = _candidates(parsed)
    if not candidates or not question.strip():
        return ()
    scores = _by_meaning(question, candidates, parsed) if parsed.is_full else _shares(question, candidates)
    bar = _BAR if parsed.is_full else _SHARED_WORDS
    best = max(scores)
    if best < bar:
        return ()
    ranked = sorted(zip(scores, candidates, strict=True), key=lambda pair: (-pair[0], pair[1].sentence.index))
    chosen: list[_Candidate] = []
    for score, candidate in ranked:
        overlaps = any(one.at.start < candidate.at.end and candidate.at.start < one.at.end for one in chosen)
        if score >= max(bar, best - _BEHIND_BEST) and not overlaps:
            chosen.append(candidate)
    return tuple(_unit(question, candidate, parsed) for candidate in chosen[:_MOST])


def _candidates(parsed: ParsedSection) -> list[_Candidate]:
    """List the statements that can be understood where they are shown."""
    found = []
    for before, sentence in zip((None, *parsed.sentences), parsed.sentences, strict=False):
        if len(sentence.text) < 15 or sentence.text.endswith("?") or not sentence.text.endswith((".", "!", ":", "。")):
            continue
        start = sentence.at.start
        if _LEANING.match(sentence.text):
            if before is None or _LEANING.match(before.text) or not _follows(before, sentence, parsed):
                continue
            start = before.at.start
        at = Range(start, sentence.at.end)
        found.append(_Candidate(sentence, at, parsed.evidence.text[at.start : at.end]))
    return found


def _follows(before: Sentence, sentence: Sentence, parsed: ParsedSection) -> bool:
    between = parsed.evidence.text[before.at.end : sentence.at.start]
    return not between.strip() and "\n\n" not in between


def _unit(question: str, candidate: _Candidate, parsed: ParsedSection) -> AnswerSentence:
    citations = parsed.cite(candidate.at)
    identifier = UnitId(stable_id("answer", question, citations[0].span))
    return AnswerSentence(identifier, Claim(candidate.text, citations))


def _by_meaning(question: str, candidates: Sequence[_Candidate], parsed: ParsedSection) -> list[float]:
    texts = [question, *(one.sentence.text for one in candidates), *(one.text for one in candidates)]
    vector, *others = parsed.embed(texts)
    alone, whole = others[: len(candidates)], others[len(candidates) :]
    thing = _thing(question)
    return [
        max(_cosine(vector, one), _cosine(vector, two))
        + _WORDS * shared
        + (_DEFINING if _defines(candidate, thing) else 0.0)
        for candidate, shared, one, two in zip(candidates, _shares(question, candidates), alone, whole, strict=True)
    ]


def _shares(question: str, candidates: Sequence[_Candidate]) -> list[float]:
    """Give how much of the question's content words each candidate holds, 0 to 1, rare words counting more."""
    held = [set(content_stems(one.text)) for one in candidates]
    weights = {
        word: math.log(1 + len(held) / (1 + sum(word in words for words in held)))
        for word in set(content_stems(question))
    }
    total = sum(weights.values()) or 1.0
    return [sum(weight for word, weight in weights.items() if word in words) / total for words in held]


def _thing(question: str) -> str:
    """Give what the question wants defined, or an empty string."""
    asked = _ASKS_MEANING.match(fold(question))
    return next((group for group in asked.groups() if group), "") if asked else ""


def _defines(candidate: _Candidate, thing: str) -> bool:
    if not thing:
        return False
    name = re.escape(thing)
    pattern = (
        rf"(?:an? |the )?{name}(?: \([^)]*\))? (?:is|are|was|were|means|refers to|states)\b|"
        rf".*\b(?:called|named|termed|known as|is|are) (?:an? |the )?{name}\b"
    )
    return re.match(pattern, fold(candidate.sentence.text)) is not None


def _cosine(one: Vector, other: Vector) -> float:
    return float(sum(a * b for a, b in zip(one, other, strict=True)))

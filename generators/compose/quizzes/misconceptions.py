"""What somebody may believe who chooses a wrong answer, where the reading itself shows why one might.

It says what many people think, warns of a mistake, sets two things against each other, or explains them so alike that
they are easily mixed up. Where it shows nothing of the kind, nothing is supposed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from domain.documents import Range
from domain.questions import Misconception
from generators.compose.maps.relation_words import says_contrast
from generators.compose.quizzes.distractors import Rivals
from generators.compose.reading.mentions import Names, name_of
from generators.compose.reading.parse import ParsedSection, Sentence
from generators.compose.terms.terms import Term

_ALIKE = 0.45
"""Cosine of two definitions from which their terms are easily mixed up (and below which both could not be right)."""

_WHO = r"(?:many|most|some|a lot of) (?:people|students|readers|learners|of us)|people(?: often)?|we often"
_BELIEF = re.compile(
    rf"^(?:{_WHO}) (?:often |still |may |might |mistakenly |wrongly )*(?:think|believe|assume|suppose|imagine)"
    r" (?:that )?(?P<belief>.+?)(?=, but\b|, yet\b|; |\.$)|"
    r"^(?:it is )?(?:an? |one )?(?:common|popular|widespread|frequent) (?:misconception|myth|mistake|error|belief)"
    r"(?: about [\w\s-]+?)? (?:is )?(?:that |to (?:think|believe|assume) (?:that )?)(?P<myth>.+?)(?=, but\b|; |\.$)",
    re.IGNORECASE,
)
_WARNS = re.compile(
    r"\b(?:not (?:to )?be confused with|should not be confused|(?:often|easily|sometimes|commonly) (?:be )?"
    r"(?:confused|mistaken|mixed up)|do not confuse|(?:common|frequent) (?:mistake|error|misconception|confusion))\b",
    re.IGNORECASE,
)

_SETS_RIGHT = re.compile(
    r"(?:however|in fact|in reality|actually|but|this is (?:not|false|wrong|a mistake))\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Belief:
    """What people believe, as the reading says, and the words that say so and set it right."""

    text: str
    place: Range


def find_beliefs(parsed: ParsedSection) -> Iterator[Belief]:
    """Yield the false beliefs that the reading names and goes on to set right."""
    for sentence, after in pairwise(parsed.sentences):
        found = _BELIEF.match(sentence.text)
        if not found:
            continue
        words = (found["belief"] or found["myth"]).strip(" ,")
        is_set_right = not sentence.text[found.end() :].strip(" .") and "\n\n" not in sentence.tokens.text
        end = after.at.end if is_set_right and _denies(after.text) else sentence.at.end
        if end > sentence.at.end or re.search(r"\bbut\b|\byet\b|; ", sentence.text[found.end() :]):
            yield Belief(f"{words[:1].upper()}{words[1:]}.", Range(sentence.at.start, end))


def explain_mistakes(term: Term, others: Sequence[Term], rivals: Rivals) -> tuple[Misconception, ...]:
    """Say what whoever takes another term for this one may believe, where the reading shows it."""
    found = ((other, _why(term, other, rivals)) for other in others)
    return tuple(Misconception(other.label, why) for other, why in found if why)


def _why(term: Term, other: Term, rivals: Rivals) -> str:
    mixed = f"Takes “{other.label}” for “{term.label}”."
    for sentence in _naming_both(term, other, rivals.parsed):
        if _WARNS.search(sentence.text):
            return f"{mixed} The reading warns of this: “{' '.join(sentence.text.split())}”"
        if _sets_apart(term, other, sentence):
            return f"{mixed} The reading sets them apart: “{' '.join(sentence.text.split())}”"
    if rivals.likeness_of_meanings(term, other) >= _ALIKE:
        return f"{mixed} The reading explains both in similar words: “{other.label}” is “{other.definition}”."
    return ""


def _naming_both(term: Term, other: Term, parsed: ParsedSection) -> Iterator[Sentence]:
    wanted = {name_of(term.label), name_of(other.label)}
    names = Names(wanted)
    for sentence in parsed.sentences:
        if wanted <= {mention.name for mention in names.find_all(sentence.text)}:
            yield sentence


def _sets_apart(term: Term, other: Term, sentence: Sentence) -> bool:
    found = Names([name_of(term.label), name_of(other.label)]).find_longest(sentence.text)
    return any(
        one.name != two.name and bool(says_contrast(sentence.text, one.at, two.at)) for one, two in pairwise(found)
    )


def _denies(text: str) -> bool:
    """Whether a sentence sets right what the one before it said."""
    return _SETS_RIGHT.match(text) is not None

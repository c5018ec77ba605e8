"""Questions of a quiz, in every form that they are asked in."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from domain.claims import Claim
from domain.ids import UnitId


class QuestionForm(StrEnum):
    """How a question is answered."""

    CHOICE = "choice"
    CLOZE = "cloze"
    SHORT = "short"
    TRUE_FALSE = "true_false"
    ORDERING = "ordering"
    MATCHING = "matching"


MADE_OF_PARTS = frozenset({QuestionForm.ORDERING, QuestionForm.MATCHING})
"""Forms that are answered part by part: whatever tells of one part tells of the others."""


class Bloom(StrEnum):
    """What a question asks of the mind: the revised taxonomy of Anderson and Krathwohl (2001), lowest first."""

    REMEMBER = "remember"
    UNDERSTAND = "understand"
    APPLY = "apply"
    ANALYSE = "analyse"
    EVALUATE = "evaluate"
    CREATE = "create"


@dataclass(frozen=True, slots=True)
class Pair:
    """What belongs together in a matching question."""

    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Misconception:
    """What somebody who chooses a wrong option believes, in words for a teacher."""

    option: str
    belief: str


@dataclass(frozen=True, slots=True)
class Question:
    """A quiz item. The claim is the cited statement that makes the answer right, shown after the attempt.

    For a choice, `options` holds two to five different texts and `answer` is one of them.
    `accepted` lists other wordings that count as right. True or false: `options` are both words, the claim corrects
    a false stem. Ordering: `options` are shuffled, `sequence` is their right order. Matching: `pairs` are right,
    `options` are the right-hand sides, shuffled. Of both, `answer` is the right one as a line of text, and each item
    rests on a claim of `parts`. Short: `key_points` is the marking key, what a full answer says.
    `difficulty` runs from 0 (easy) to 1; None where nobody estimated it.
    """

    id: UnitId
    claim: Claim
    form: QuestionForm
    stem: str
    answer: str
    options: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    sequence: tuple[str, ...] = ()
    pairs: tuple[Pair, ...] = ()
    key_points: tuple[str, ...] = ()
    misconceptions: tuple[Misconception, ...] = ()
    bloom: Bloom | None = None
    difficulty: float | None = None
    parts: tuple[Claim, ...] = ()
    unit: Literal["question"] = "question"

    @property
    def terms(self) -> tuple[str, ...]:
        """The left-hand sides of the pairs, which are shown before an attempt."""
        return tuple(pair.left for pair in self.pairs)

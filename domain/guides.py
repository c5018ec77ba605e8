"""Units of study guides, frequent questions, worked examples and other explanations."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from domain.claims import Claim
from domain.ids import UnitId


class GuidePart(StrEnum):
    """What an entry of a study guide is."""

    OBJECTIVE = "objective"
    KEY_QUESTION = "key_question"
    TERM = "term"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class GuideEntry:
    """An entry of a study guide: `label` is the objective, the question, the term, or the date of an event.

    The claim is what the reading says of it. An event has its place in time in `year` (before Christ below 0).
    """

    id: UnitId
    claim: Claim
    part: GuidePart
    label: str
    year: int | None = None
    unit: Literal["guide_entry"] = "guide_entry"


@dataclass(frozen=True, slots=True)
class FaqEntry:
    """A question that readers have, answered in the reading's words: the claim, then `parts`, read as one text."""

    id: UnitId
    claim: Claim
    question: str
    parts: tuple[Claim, ...] = ()
    unit: Literal["faq_entry"] = "faq_entry"


class StepRole(StrEnum):
    """What a step of a worked example is."""

    PROBLEM = "problem"
    STEP = "step"
    RESULT = "result"


@dataclass(frozen=True, slots=True)
class ExampleStep:
    """A step of a worked example of the reading's own.

    Steps of one share the number `example`, those of later ones a higher one; they stand in order.
    """

    id: UnitId
    claim: Claim
    example: int
    title: str
    role: StepRole
    unit: Literal["example_step"] = "example_step"


class Way(StrEnum):
    """How an explanation comes at its subject."""

    MEANING = "meaning"
    EXAMPLE = "example"
    CONTRAST = "contrast"
    CAUSE = "cause"
    MORE = "more"
    COMPARISON = "comparison"


@dataclass(frozen=True, slots=True)
class ExplanationSentence:
    """A sentence that explains something in another way.

    The claim is what the reading says. A `comparison` is the writer's own picture of it, shown as such and never as
    something that the reading says.
    """

    id: UnitId
    claim: Claim
    way: Way
    comparison: str = ""
    unit: Literal["explanation_sentence"] = "explanation_sentence"

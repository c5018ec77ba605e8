"""Attempts at quiz items, and how far a learner has climbed a hint ladder."""

from dataclasses import dataclass
from datetime import datetime

from domain.ids import ArtifactId, AttemptId, PersonId, UnitId


@dataclass(frozen=True, slots=True)
class Attempt:
    """One answer to one item, graded."""

    id: AttemptId
    person_id: PersonId
    artifact_id: ArtifactId
    question_id: UnitId
    answer: str
    is_correct: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Result:
    """How an attempt at a quiz went, without the words of the answer."""

    artifact_id: ArtifactId
    question_id: UnitId
    is_correct: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class HintProgress:
    """The highest rung a person has been shown for a question, -1 before the first; `at` is when that was."""

    person_id: PersonId
    question_id: UnitId
    rung: int = -1
    at: datetime | None = None

"""What every LearningRepository does."""

from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.sql.store import SqlStore
from domain.claims import Claim
from domain.errors import Conflict
from domain.ids import ArtifactId, AttemptId, UnitId, new_id, stable_id
from domain.learning import Attempt, HintProgress
from domain.material import Artifact, ArtifactStatus, Kind, Provenance
from domain.people import Role
from domain.questions import Question, QuestionForm
from domain.scope import EVERYTHING
from tests.builders import NOW, a_document, a_person

STUDENT = a_person(Role.STUDENT)
QUESTION = Question(UnitId(stable_id("question")), Claim("A.", ()), QuestionForm.SHORT, "What?", "A")


def _quiz(section: int | None, *questions: Question) -> Artifact:
    return Artifact(
        id=ArtifactId(stable_id("quiz", section)),
        kind=Kind.QUIZ,
        document_id=a_document().id,
        section=section,
        title="Quiz",
        units=questions,
        provenance=Provenance(),
        status=ArtifactStatus.PUBLISHED,
        created_at=NOW,
    )


def _attempt(quiz: Artifact, minutes: int = 0) -> Attempt:
    at = NOW + timedelta(minutes=minutes)
    return Attempt(AttemptId(new_id()), STUDENT.id, quiz.id, QUESTION.id, "A", is_correct=True, at=at)


@pytest.fixture
def quizzes(store: SqlStore) -> tuple[Artifact, Artifact]:
    part, other = _quiz(1, QUESTION), _quiz(2)
    with store(EVERYTHING) as unit:
        unit.documents.save(a_document())
        unit.material.save(part)
        unit.material.save(other)
        unit.commit()
    return part, other


def test_attempts_are_listed_oldest_first(store: SqlStore, quizzes: tuple[Artifact, Artifact]) -> None:
    """A person's attempts at a quiz come back as they were, oldest first, without other people's or quizzes'."""
    later, sooner = _attempt(quizzes[0], 5), _attempt(quizzes[0])
    theirs = replace(_attempt(quizzes[0]), person_id=a_person(Role.TEACHER).id)

    with store(EVERYTHING) as unit:
        for attempt in (later, sooner, theirs, replace(_attempt(quizzes[1]), question_id=UnitId(new_id()))):
            unit.learning.add_attempt(attempt)
        unit.commit()

    with store(EVERYTHING) as unit:
        assert unit.learning.list_attempts(STUDENT.id, quizzes[0].id) == [sooner, later]


def test_an_attempt_counts_in_every_quiz_with_the_question(store: SqlStore, quizzes: tuple[Artifact, Artifact]) -> None:
    """A question that also stands in the whole reading's quiz was attempted there too."""
    whole = _quiz(None, QUESTION)
    attempt = _attempt(quizzes[0])
    with store(EVERYTHING) as unit:
        unit.material.save(whole)
        unit.learning.add_attempt(attempt)
        unit.commit()

    with store(EVERYTHING) as unit:
        assert unit.learning.list_attempts(STUDENT.id, whole.id) == [attempt]


def test_an_attempt_at_a_quiz_that_is_gone_is_a_conflict(store: SqlStore) -> None:
    """No attempt can be kept for a quiz that is not there."""
    with store(EVERYTHING) as unit, pytest.raises(Conflict):
        unit.learning.add_attempt(_attempt(_quiz(7)))


def test_hint_progress_begins_below_the_first_rung(store: SqlStore) -> None:
    """Before the first hint the rung is -1; what is saved last counts, for each person alone."""
    with store(EVERYTHING) as unit:
        assert unit.learning.load_hint_progress(STUDENT.id, QUESTION.id) == HintProgress(STUDENT.id, QUESTION.id, -1)
        unit.learning.save_hint_progress(HintProgress(STUDENT.id, QUESTION.id, 0, NOW))
        unit.learning.save_hint_progress(HintProgress(STUDENT.id, QUESTION.id, 1, NOW + timedelta(days=1)))
        unit.commit()

    with store(EVERYTHING) as unit:
        climbed = HintProgress(STUDENT.id, QUESTION.id, 1, NOW + timedelta(days=1))
        assert unit.learning.load_hint_progress(STUDENT.id, QUESTION.id) == climbed
        assert unit.learning.load_hint_progress(a_person(Role.TEACHER).id, QUESTION.id).rung == -1

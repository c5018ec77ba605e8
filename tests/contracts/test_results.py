"""What every LearningRepository and InteractionRepository gives of one person between two times."""

from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.sql.store import SqlStore
from domain.claims import Claim
from domain.ids import ArtifactId, AttemptId, InteractionId, UnitId, new_id, stable_id
from domain.interactions import Interaction
from domain.learning import Attempt, HintProgress, Result
from domain.material import Artifact, ArtifactStatus, Kind, Provenance
from domain.people import Role
from domain.questions import Question, QuestionForm
from domain.scope import EVERYTHING
from tests.builders import NOW, a_document, a_person

STUDENT = a_person(Role.STUDENT)
DAY = timedelta(days=1)
QUESTION = Question(UnitId(stable_id("question")), Claim("A.", ()), QuestionForm.SHORT, "What?", "A")
QUIZ = Artifact(
    id=ArtifactId(stable_id("quiz")),
    kind=Kind.QUIZ,
    document_id=a_document().id,
    section=1,
    title="Quiz",
    units=(QUESTION,),
    provenance=Provenance(),
    status=ArtifactStatus.PUBLISHED,
    created_at=NOW,
)


def _attempt(days: int, *, is_correct: bool = True) -> Attempt:
    return Attempt(AttemptId(new_id()), STUDENT.id, QUIZ.id, QUESTION.id, "A", is_correct, NOW + days * DAY)


@pytest.fixture
def learned(store: SqlStore) -> SqlStore:
    with store(EVERYTHING) as unit:
        unit.documents.save(a_document())
        unit.material.save(QUIZ)
        for attempt in (_attempt(2, is_correct=False), _attempt(0), _attempt(1), _attempt(3)):
            unit.learning.add_attempt(attempt)
        unit.learning.add_attempt(replace(_attempt(1), person_id=a_person(Role.TEACHER).id))
        unit.commit()
    return store


def test_results_are_listed_between_two_times(learned: SqlStore) -> None:
    """A person's results come oldest first, from the first time on and before the second, without other people's."""
    with learned(EVERYTHING) as unit:
        found = unit.learning.list_results(STUDENT.id, NOW + DAY, NOW + 3 * DAY)

    assert found == [
        Result(QUIZ.id, QUESTION.id, is_correct=True, at=NOW + DAY),
        Result(QUIZ.id, QUESTION.id, is_correct=False, at=NOW + 2 * DAY),
    ]


def test_hints_of_a_person_are_listed(store: SqlStore) -> None:
    """All questions that the person took a hint for come back, by id, and nobody else's."""
    mine = [HintProgress(STUDENT.id, UnitId(stable_id(number)), number, NOW) for number in range(3)]
    with store(EVERYTHING) as unit:
        for progress in (*mine, replace(mine[0], person_id=a_person(Role.TEACHER).id)):
            unit.learning.save_hint_progress(progress)
        unit.commit()

    with store(EVERYTHING) as unit:
        found = unit.learning.list_hint_progress(STUDENT.id)

    assert found == sorted(mine, key=lambda progress: progress.question_id)


def test_interactions_of_a_person_are_listed_between_two_times(store: SqlStore) -> None:
    """A person's interactions come oldest first, from the first time on and before the second."""
    made = [
        Interaction(InteractionId(new_id()), NOW + days * DAY, Kind.ANSWER, Provenance(), (), "served", None, person_id)
        for days, person_id in ((2, STUDENT.id), (1, STUDENT.id), (1, None), (0, STUDENT.id), (3, STUDENT.id))
    ]
    with store(EVERYTHING) as unit:
        for interaction in made:
            unit.interactions.add(interaction)
        unit.commit()

    with store(EVERYTHING) as unit:
        found = unit.interactions.list_of(STUDENT.id, NOW + DAY, NOW + 3 * DAY)

    assert found == [made[1], made[0]]

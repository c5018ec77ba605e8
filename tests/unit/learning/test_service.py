"""Answers to quiz items are screened, graded and kept."""

import pytest

from adapters.sql.store import SqlStore
from domain.claims import Claim
from domain.errors import Invalid, NotFound
from domain.ids import ArtifactId, UnitId
from domain.learning import Attempt
from domain.material import Artifact, ArtifactStatus, Kind, Provenance
from domain.outcomes import Escalated
from domain.questions import Question, QuestionForm
from domain.scope import EVERYTHING
from learning.service import Graded, Learning
from safety.cases import Cases
from safety.consent import Consents
from safety.gate import Gate
from safety.notebooks import Notebooks
from safety.screening import Screener
from tests.builders import NOW, a_document, a_person, allow
from tests.conftest import FixedClock

DANGER = "I want to kill myself"
STUDENT = a_person()
QUIZ = ArtifactId("f" * 32)
CHOICE, SHORT = UnitId("a" * 32), UnitId("b" * 32)


@pytest.fixture
def store(store: SqlStore) -> SqlStore:
    with store(EVERYTHING) as work:
        allow(work, a_person())
        work.documents.save(a_document())
        work.material.save(_quiz())
        work.commit()
    return store


@pytest.fixture
def learning(store: SqlStore, clock: FixedClock, screener: Screener) -> Learning:
    notebooks = Notebooks(Consents(store, clock), clock)
    return Learning(store=store, gate=Gate(screener, Cases(store, clock)), notebooks=notebooks, clock=clock)


def _quiz() -> Artifact:
    claim = Claim("Starch is spare sugar.", ())
    questions = (
        Question(CHOICE, claim, QuestionForm.CHOICE, "What is starch?", "spare sugar", options=("spare sugar", DANGER)),
        Question(SHORT, claim, QuestionForm.SHORT, "What is spare sugar called?", "starch"),
    )
    status = ArtifactStatus.PUBLISHED
    return Artifact(QUIZ, Kind.QUIZ, a_document().id, 0, "Sugar", questions, Provenance(), status, NOW)


def _graded(outcome: Graded | Escalated) -> Attempt:
    assert isinstance(outcome, Graded)
    return outcome.attempt


def test_an_answer_is_graded_and_kept(learning: Learning) -> None:
    """Right and wrong answers are kept in order, with the time."""
    wrong = learning.answer(STUDENT, SHORT, " sugar ")
    right = learning.answer(STUDENT, SHORT, "Starch")

    assert [_graded(one).is_correct for one in (wrong, right)] == [False, True]
    assert _graded(wrong).answer == "sugar"
    assert _graded(right).at == NOW
    assert learning.attempts(STUDENT, QUIZ) == [_graded(wrong), _graded(right)]


def test_the_question_and_its_source_come_with_the_grade(learning: Learning) -> None:
    """After the attempt the face can show the statement that makes the answer right."""
    graded = learning.answer(STUDENT, CHOICE, "spare sugar")

    assert isinstance(graded, Graded)
    assert graded.question.claim.text == "Starch is spare sugar."
    assert graded.artifact.id == QUIZ


def test_words_of_danger_go_to_people(learning: Learning, store: SqlStore) -> None:
    """They open a case, are not graded and not kept as an attempt."""
    outcome = learning.answer(STUDENT, SHORT, DANGER)

    assert isinstance(outcome, Escalated)
    assert outcome.message
    assert learning.attempts(STUDENT, QUIZ) == []
    with store(EVERYTHING) as work:
        case = work.care.find_open(STUDENT.id)
    assert case is not None
    assert [(flag.text, flag.entry) for flag in case.flags] == [(DANGER, "quiz")]


def test_an_option_is_not_the_persons_own_words(learning: Learning) -> None:
    """Choosing an option raises no worry, whatever the reading is about."""
    assert not _graded(learning.answer(STUDENT, CHOICE, DANGER)).is_correct


@pytest.mark.parametrize("text", ["", "  ", "x" * 1001])
def test_no_answer_and_a_book_are_no_answers(learning: Learning, text: str) -> None:
    """An empty or endless answer is refused with the field's name."""
    with pytest.raises(Invalid) as caught:
        learning.answer(STUDENT, SHORT, text)

    assert caught.value.field == "answer"


@pytest.mark.parametrize("question_id", [SHORT, UnitId("0" * 32)])
def test_danger_is_heard_in_a_long_answer_and_to_no_question(learning: Learning, question_id: UnitId) -> None:
    """Neither the length nor a question that is not there comes before the gate."""
    assert isinstance(learning.answer(STUDENT, question_id, "green " * 1000 + DANGER), Escalated)


def test_questions_of_readings_one_does_not_see_are_not_there(learning: Learning) -> None:
    """An unknown question and one of another class look the same."""
    outsider = a_person(class_ids=())

    with pytest.raises(NotFound):
        learning.answer(STUDENT, UnitId("0" * 32), "x")
    with pytest.raises(NotFound):
        learning.answer(outsider, SHORT, "starch")

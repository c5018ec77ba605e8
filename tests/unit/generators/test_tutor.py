"""The tutor holds the ladder, keeps the place, and hands danger to people."""

from dataclasses import replace

import pytest

from domain.documents import Document
from domain.errors import NotAllowed, NotFound
from domain.ids import DocumentId, UnitId
from domain.material import Artifact, Kind
from domain.outcomes import Escalated, Reason, Refused
from domain.people import Role
from domain.questions import Question, QuestionForm
from domain.scope import EVERYTHING
from generators.kinds.contract import Request
from generators.pipeline import Tools
from generators.shelf import make
from generators.tutor import HintView, Tutor
from safety.leaks import find_leak
from tests.builders import a_person

STUDENT = a_person()
DANGER = "I want to kill myself"


def _grade(question: Question, answer: str) -> bool:
    return answer.lower() == question.answer.lower()


@pytest.fixture
def tutor(tools: Tools) -> Tutor:
    return Tutor(tools, _grade)


@pytest.fixture
def quiz(tools: Tools, plants: Document) -> Artifact:
    make(Request(Kind.QUIZ, plants, 0), tools)
    with tools.store(EVERYTHING) as work:
        artifact = work.material.find_for(plants.id, 0, Kind.QUIZ)
    assert artifact is not None
    return artifact


@pytest.fixture
def question(quiz: Artifact) -> Question:
    return next(unit for unit in quiz.units if isinstance(unit, Question) and unit.form is not QuestionForm.CHOICE)


def test_hints_come_one_rung_at_a_time(tutor: Tutor, question: Question) -> None:
    """Requests that show effort climb rung by rung to the last, and no further."""
    views = [tutor.next_hint(STUDENT, question.id, text="I read it but I don't see it") for _ in range(5)]

    assert [view.rung for view in views] == [0, 1, 2, 3, 3]
    assert [view.is_last for view in views] == [False, False, False, True, True]
    assert {view.of for view in views} == {4}


def test_the_place_is_kept_for_each_person(tutor: Tutor, question: Question) -> None:
    """What one student has climbed is not another's."""
    tutor.next_hint(STUDENT, question.id)

    assert tutor.next_hint(STUDENT, question.id).rung == 1
    assert tutor.next_hint(a_person(Role.TEACHER), question.id).rung == 0


def test_no_view_carries_the_answer(tutor: Tutor, question: Question) -> None:
    """Neither the text nor anything beside it holds the answer."""
    for _ in range(4):
        view = tutor.next_hint(STUDENT, question.id, text="I read it but I don't see it")

        assert find_leak(view.text, question.answer, known=question.stem) is None
        assert question.answer.lower() not in repr(view).lower()


def test_places_are_never_narrower_than_a_paragraph(tutor: Tutor, question: Question) -> None:
    """The last rung sends the reader where the one before did, not to the masked sentence."""
    views = [tutor.next_hint(STUDENT, question.id, text="I read it but I don't see it") for _ in range(4)]
    cited = question.claim.citations[0].span

    assert views[3].citations == views[2].citations
    assert all(place.quote == "" for view in views for place in view.citations)
    (place,) = views[3].citations
    assert place.span.start <= cited.start
    assert place.span.end - place.span.start > cited.end - cited.start


def test_words_of_danger_get_no_hint(tutor: Tutor, tools: Tools, question: Question) -> None:
    """The text is supportive, a case is open, and nothing was climbed."""
    view = tutor.next_hint(STUDENT, question.id, text=DANGER)

    assert isinstance(view.outcome, Escalated)
    assert view.text == view.outcome.message
    assert view.citations == ()
    with tools.store(EVERYTHING) as work:
        assert work.care.find_open(STUDENT.id) is not None
        assert work.learning.load_hint_progress(STUDENT.id, question.id).rung == -1


def test_danger_in_ones_own_question_is_heard(tutor: Tutor, plants: Document) -> None:
    """A question that holds words of danger is not searched for."""
    assert isinstance(tutor.ask_hint(STUDENT, plants.id, DANGER).outcome, Escalated)


def test_a_right_answer_is_confirmed_and_kept(tutor: Tutor, tools: Tools, quiz: Artifact, question: Question) -> None:
    """An answer stated to the tutor is an attempt, and opens the explanation."""
    view = tutor.next_hint(STUDENT, question.id, text=f"I think it is {question.answer}")

    assert view.text.startswith("Yes")
    with tools.store(EVERYTHING) as work:
        (attempt,) = work.learning.list_attempts(STUDENT.id, quiz.id)
    assert (attempt.is_correct, attempt.question_id) == (True, question.id)
    assert tutor.explanation(STUDENT, question.id) == question.claim


def test_a_wrong_answer_is_kept_as_wrong(tutor: Tutor, tools: Tools, quiz: Artifact, question: Question) -> None:
    """A wrong answer is kept, and the next hint comes with it."""
    view = tutor.next_hint(STUDENT, question.id, text="Maybe sunflower?")

    assert not view.text.startswith("Yes")
    with tools.store(EVERYTHING) as work:
        (attempt,) = work.learning.list_attempts(STUDENT.id, quiz.id)
    assert not attempt.is_correct


def test_right_stays_right(tutor: Tutor, tools: Tools, quiz: Artifact, question: Question) -> None:
    """What is written after a right answer takes nothing back."""
    for text in (question.answer, "how many digits?", "Maybe sunflower?"):
        tutor.next_hint(STUDENT, question.id, text=text)

    with tools.store(EVERYTHING) as work:
        attempts = work.learning.list_attempts(STUDENT.id, quiz.id)
    assert [attempt.is_correct for attempt in attempts] == [True]


def test_the_explanation_waits_for_an_attempt(tutor: Tutor, question: Question) -> None:
    """Before an attempt the source stays closed."""
    with pytest.raises(NotAllowed) as caught:
        tutor.explanation(STUDENT, question.id)

    assert caught.value.code == "not_tried"


def test_own_questions_climb_by_asking_and_by_id(tutor: Tutor, plants: Document) -> None:
    """Asking again goes on where one was, and so does the id of the first hint."""
    text = "What do guard cells do when the air is dry?"

    first = tutor.ask_hint(STUDENT, plants.id, text)
    second = tutor.ask_hint(STUDENT, plants.id, text)
    third = tutor.next_hint(STUDENT, first.question_id, text="I read it but I don't see it")

    assert [view.rung for view in (first, second, third)] == [0, 1, 2]
    assert first.citations


def test_own_questions_have_no_explanation(tutor: Tutor, plants: Document) -> None:
    """There is no key to explain."""
    view = tutor.ask_hint(STUDENT, plants.id, "What do guard cells do when the air is dry?")

    with pytest.raises(NotFound):
        tutor.explanation(STUDENT, view.question_id)


def test_the_reading_may_not_say(tutor: Tutor, plants: Document) -> None:
    """A question about something else is refused in words."""
    view = tutor.ask_hint(STUDENT, plants.id, "Who won the football world championship in Brazil?")

    assert isinstance(view.outcome, Refused)
    assert view.outcome.reason is Reason.NOTHING_FOUND
    assert "does not seem to say" in view.text
    assert view.text == view.outcome.message


def test_what_one_does_not_see_is_not_there(tutor: Tutor, plants: Document, question: Question) -> None:
    """Unknown questions and readings, and those of other classes, look the same."""
    outsider = a_person(class_ids=())

    with pytest.raises(NotFound):
        tutor.next_hint(STUDENT, UnitId("0" * 32))
    with pytest.raises(NotFound):
        tutor.next_hint(outsider, question.id)
    with pytest.raises(NotFound):
        tutor.ask_hint(outsider, plants.id, "What is sap?")
    with pytest.raises(NotFound):
        tutor.ask_hint(STUDENT, DocumentId("0" * 32), "What is sap?")


def _first_hint(tools: Tools, quiz: Artifact, question: Question, section: int | None) -> HintView:
    with tools.store(EVERYTHING) as work:
        work.material.save(replace(quiz, units=(question,), section=section))
        work.commit()
    return Tutor(tools, _grade).next_hint(STUDENT, question.id)


def test_a_question_of_the_whole_reading_finds_its_section(tools: Tools, quiz: Artifact, question: Question) -> None:
    """The ladder of a question from the whole reading's quiz is made from the section its source stands in."""
    view = _first_hint(tools, quiz, question, None)

    assert view.outcome is None
    assert view.citations[0].span.page == question.claim.citations[0].span.page


def test_a_source_outside_all_sections_leaves_the_quizs_own(tools: Tools, quiz: Artifact, question: Question) -> None:
    """A question whose source stands in no section is looked up in the quiz's own part of the reading."""
    citation = question.claim.citations[0]
    beyond = replace(citation, span=replace(citation.span, page=99))
    lost = replace(question, claim=replace(question.claim, citations=(beyond,)))

    assert _first_hint(tools, quiz, lost, 0).outcome is None

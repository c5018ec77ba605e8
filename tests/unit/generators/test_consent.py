"""What nobody has allowed is not done: own words are not answered, nothing is kept, nothing goes to the model.

Each test fails when the check it is about is taken out.
"""

from collections.abc import Callable
from dataclasses import replace

import pytest

from domain.consent import Purpose
from domain.documents import Document
from domain.errors import ConsentMissing, Invalid
from domain.ids import DocumentId, PersonId, UnitId, stable_id
from domain.jobs import GenerateAids
from domain.material import Kind, Writer
from domain.outcomes import Escalated, Served
from domain.people import Person, Role
from domain.questions import Question, QuestionForm
from domain.scope import EVERYTHING
from generators import jobs
from generators.kinds.contract import Request
from generators.kinds.registry import KINDS
from generators.pipeline import Tools, generate
from generators.service import Material
from generators.shelf import make
from generators.tutor import HintView, Tutor
from tests.builders import a_person, allow
from tests.pipeline_tools import QuietContext, a_request, reply, save_plants
from tests.scripted_server import Say, ScriptedServer

DANGER = "I want to kill myself"
ASKED = "What is chlorophyll?"
EFFORT = "I read it but I don't see it"
SUMMARY = {"text": "Chlorophyll is the green pigment.", "sources": [4], "is_key_point": True}


def _grade(question: Question, answer: str) -> bool:
    return answer.lower() == question.answer.lower()


@pytest.fixture
def shy(tools: Tools) -> Person:
    """A student of the class who has allowed nothing."""
    person = a_person(id=PersonId("5" * 32), name="Shy", email="shy@school.example")
    with tools.store(EVERYTHING) as work:
        work.people.save_person(person)
        work.commit()
    return person


@pytest.fixture
def question(tools: Tools, plants: Document) -> Question:
    make(Request(Kind.QUIZ, plants, 0), tools)
    with tools.store(EVERYTHING) as work:
        quiz = work.material.find_for(plants.id, 0, Kind.QUIZ)
    assert quiz is not None
    return next(unit for unit in quiz.units if isinstance(unit, Question) and unit.form is not QuestionForm.CHOICE)


def _let(tools: Tools, person: Person, *purposes: Purpose) -> None:
    with tools.store(EVERYTHING) as work:
        allow(work, person, purposes)
        work.commit()


def _rows_about(tools: Tools, person: Person) -> dict[str, int]:
    with tools.store(EVERYTHING) as work:
        rows = work.records.collect(person.id, told_cases=())
    return {table: len(found) for table, found in rows.items() if found and table not in {"person", "enrolment"}}


def _ask(tools: Tools, person: Person, plants: Document, _question: Question, text: str) -> object:
    return Material(tools).ask(person, plants.id, text).outcome


def _ask_hint(tools: Tools, person: Person, plants: Document, _question: Question, text: str) -> object:
    return Tutor(tools, _grade).ask_hint(person, plants.id, text).outcome


def _say(tools: Tools, person: Person, _plants: Document, question: Question, text: str) -> object:
    return Tutor(tools, _grade).next_hint(person, question.id, text=text).outcome


Doing = Callable[[Tools, Person, Document, Question, str], object]
OWN_WORDS = pytest.mark.parametrize("do", [_ask, _ask_hint, _say])


@OWN_WORDS
def test_own_words_need_consent(do: Doing, tools: Tools, plants: Document, question: Question, shy: Person) -> None:
    """Without it they are not answered, and nothing of the request is kept; with it they are."""
    with pytest.raises(ConsentMissing, match="A parent or guardian can allow it") as refused:
        do(tools, shy, plants, question, ASKED)
    assert refused.value.purpose == Purpose.TUTOR.value
    assert _rows_about(tools, shy) == {}

    _let(tools, shy, Purpose.TUTOR)

    assert not isinstance(do(tools, shy, plants, question, ASKED), Escalated)


@OWN_WORDS
def test_danger_is_heard_without_consent(
    do: Doing, tools: Tools, plants: Document, question: Question, shy: Person
) -> None:
    """A child in danger who may not ask gets the words of support, and people get a case."""
    outcome = do(tools, shy, plants, question, DANGER)

    assert isinstance(outcome, Escalated)
    with tools.store(EVERYTHING) as work:
        case = work.care.find_open(shy.id)
    assert case is not None
    assert outcome.case_id == case.id


@OWN_WORDS
def test_danger_is_heard_before_anything_is_checked(
    do: Doing, tools: Tools, plants: Document, question: Question, shy: Person
) -> None:
    """A long text about a reading and a question that are not there ends in words of support too."""
    elsewhere = replace(plants, id=DocumentId("0" * 32))
    unknown = replace(question, id=UnitId("0" * 32))

    assert isinstance(do(tools, shy, elsewhere, unknown, "green " * 1000 + DANGER), Escalated)


@OWN_WORDS
def test_long_words_without_danger_are_refused(
    do: Doing, tools: Tools, plants: Document, question: Question, shy: Person
) -> None:
    """After the gate the limits are as they were."""
    _let(tools, shy, Purpose.TUTOR)

    with pytest.raises(Invalid, match="at most"):
        do(tools, shy, plants, question, "green " * 400)


def test_a_ladder_made_with_consent_is_closed_without(tools: Tools, plants: Document, shy: Person) -> None:
    """After a withdrawal the hints of one's own question stop too, in words or by clicks."""
    tutor = Tutor(tools, _grade)
    _let(tools, shy, Purpose.TUTOR, Purpose.STUDY)
    first = tutor.ask_hint(shy, plants.id, ASKED)
    assert first.outcome is None
    grown = replace(shy, decides_from=tools.clock.now().date())
    tools.consents.decide(grown, grown, {Purpose.TUTOR: False})

    with pytest.raises(ConsentMissing):
        tutor.ask_hint(shy, plants.id, ASKED)
    with pytest.raises(ConsentMissing):
        tutor.next_hint(shy, first.question_id)


def test_the_prepared_hints_of_a_quiz_need_no_consent(tools: Tools, question: Question, shy: Person) -> None:
    """The ladder is climbed by clicks from its first rung, the page can show it again, and nothing of it names them."""
    tutor = Tutor(tools, _grade)

    first = tutor.next_hint(shy, question.id)
    again = tutor.given(shy, question.id)

    assert (first.outcome, first.rung) == (None, 0)
    assert again is not None
    assert again.rung == 0
    assert tutor.next_hint(shy, question.id).rung == 1
    assert _rows_about(tools, shy) == {}


@pytest.mark.parametrize("purpose", [Purpose.STUDY, Purpose.TUTOR])
def test_who_clicked_is_kept_where_something_is_allowed(
    tools: Tools, question: Question, shy: Person, purpose: Purpose
) -> None:
    """With consent to study or to the tutor the record of the request names the student."""
    _let(tools, shy, purpose)

    Tutor(tools, _grade).next_hint(shy, question.id)

    assert "interaction" in _rows_about(tools, shy)


def test_without_consent_the_ladder_starts_anew(tools: Tools, question: Question, shy: Person) -> None:
    """Once the page is forgotten, so is the place on the ladder; no rung is ever skipped."""
    tutor = Tutor(tools, _grade)
    tutor.next_hint(shy, question.id)
    tutor.next_hint(shy, question.id)

    tools.notebooks.forget(shy)

    assert tutor.given(shy, question.id) is None
    assert tutor.next_hint(shy, question.id).rung == 0


def test_an_answer_tried_in_words_is_not_kept_without_consent(tools: Tools, question: Question, shy: Person) -> None:
    """Allowed to ask but not to be kept: the answer is weighed, opens the explanation, and stands nowhere."""
    tutor = Tutor(tools, _grade)
    _let(tools, shy, Purpose.TUTOR)

    view = tutor.next_hint(shy, question.id, text=f"I think it is {question.answer}")

    assert view.text.startswith("Yes")
    assert tutor.explanation(shy, question.id) == question.claim
    assert set(_rows_about(tools, shy)) == {"consent", "interaction"}


def _is_by_model(tools: Tools, request: Request) -> bool:
    outcome = generate(request, KINDS[request.kind], tools)
    assert isinstance(outcome, Served), outcome
    provenance = outcome.artifact.provenance
    assert (provenance.note == "") == (provenance.writer is Writer.MODEL)
    return provenance.writer is Writer.MODEL


def _script(endpoint: ScriptedServer) -> None:
    endpoint.script = [Say(reply(sentences=[SUMMARY]))]


def test_a_question_stays_in_the_school_without_consent(
    model_tools: Tools, plants: Document, endpoint: ScriptedServer, shy: Person
) -> None:
    """The built-in writer answers and says why; the model hears nothing."""
    _let(model_tools, shy, Purpose.TUTOR)
    request = a_request(plants, Kind.ANSWER, None, person=shy, text=ASKED)

    outcome = generate(request, KINDS[Kind.ANSWER], model_tools)

    assert isinstance(outcome, Served)
    assert outcome.artifact.provenance.writer is Writer.BUILT_IN
    assert "without the language model" in outcome.artifact.provenance.note
    assert endpoint.requests == []


def test_with_consent_a_question_goes_to_the_model(
    model_tools: Tools, plants: Document, endpoint: ScriptedServer
) -> None:
    """The same question of somebody who allows it is sent, masked."""
    endpoint.script = [Say(reply(sentences=[{"text": SUMMARY["text"], "sources": [4]}]))]

    generate(a_request(plants, Kind.ANSWER, None, text=ASKED), KINDS[Kind.ANSWER], model_tools)

    assert endpoint.requests


def test_prepared_hints_stay_in_the_school_too(
    model_tools: Tools, plants: Document, endpoint: ScriptedServer, shy: Person
) -> None:
    """Hints are one student's own, so they are written here without consent."""
    make(Request(Kind.QUIZ, plants, 0), replace(model_tools, model=None))
    with model_tools.store(EVERYTHING) as work:
        quiz = work.material.find_for(plants.id, 0, Kind.QUIZ)
    assert quiz is not None

    view: HintView = Tutor(model_tools, _grade).next_hint(shy, UnitId(quiz.units[0].id))

    assert view.outcome is None
    assert endpoint.requests == []


@pytest.mark.parametrize("who", ["asked by its owner", "made by a job", "owned by nobody who is there"])
def test_a_students_own_reading_stays_in_the_school(
    who: str, model_tools: Tools, endpoint: ScriptedServer, shy: Person
) -> None:
    """What a student uploaded is not sent, whether a person asks or the background job of the reading."""
    own = save_plants(
        model_tools, id=DocumentId(stable_id("own")), owner_id=shy.id, class_id=None, content_hash="1" * 64
    )
    request = Request(Kind.SUMMARY, own, 0, shy if who.startswith("asked") else None)
    if who.startswith("owned"):
        request = replace(request, document=replace(own, owner_id=PersonId("0" * 32)))

    assert not _is_by_model(model_tools, request)
    assert endpoint.requests == []


def test_with_consent_the_job_of_a_students_reading_uses_the_model(
    model_tools: Tools, endpoint: ScriptedServer, shy: Person
) -> None:
    """The owner's consent is what counts for a job that asks for nobody, once the reading was screened."""
    own = save_plants(
        model_tools,
        id=DocumentId(stable_id("own")),
        owner_id=shy.id,
        class_id=None,
        content_hash="1" * 64,
        is_screened=True,
    )
    _let(model_tools, shy, Purpose.MODEL_PROVIDER)
    _script(endpoint)

    assert _is_by_model(model_tools, Request(Kind.SUMMARY, own, 0))


def test_no_model_sees_a_students_reading_before_it_was_screened(
    model_tools: Tools, endpoint: ScriptedServer, shy: Person
) -> None:
    """Whatever was allowed: the built-in writer goes on, the model waits."""
    own = save_plants(
        model_tools, id=DocumentId(stable_id("own")), owner_id=shy.id, class_id=None, content_hash="1" * 64
    )
    _let(model_tools, shy, Purpose.MODEL_PROVIDER)

    assert not _is_by_model(model_tools, Request(Kind.SUMMARY, own, 0, shy))
    assert endpoint.requests == []


def test_the_whole_job_of_a_students_reading_sends_nothing(
    model_tools: Tools, endpoint: ScriptedServer, shy: Person
) -> None:
    """All kinds, all sections: the note stands with the whole reading's aids too."""
    own = save_plants(
        model_tools, id=DocumentId(stable_id("own")), owner_id=shy.id, class_id=None, content_hash="1" * 64
    )

    jobs.handle(GenerateAids(own.id), model_tools, QuietContext())

    assert endpoint.requests == []
    with model_tools.store(EVERYTHING) as work:
        made = work.material.list_for(own.id)
    assert {aid.provenance.writer for aid in made} == {Writer.BUILT_IN}
    assert all("may leave the school" in aid.provenance.note for aid in made)


@pytest.mark.parametrize("role", [Role.STUDENT, Role.TEACHER, None])
def test_the_schools_readings_are_the_schools_decision(
    role: Role | None, model_tools: Tools, plants: Document, endpoint: ScriptedServer, shy: Person
) -> None:
    """The shared aids of what a teacher put up may be written by the model, whoever has them made."""
    person = {Role.STUDENT: shy, Role.TEACHER: a_person(Role.TEACHER), None: None}[role]
    _script(endpoint)

    assert _is_by_model(model_tools, Request(Kind.SUMMARY, plants, 0, person))

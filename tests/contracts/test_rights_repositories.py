"""What every ConsentRepository and RightsRepository does about choices and looks, within the scopes of people."""

from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.sql.store import SqlStore
from domain.claims import Claim
from domain.consent import ConsentRecord, Purpose
from domain.ids import AccessId, ArtifactId, AttemptId, ConsentId, PersonId, UnitId, new_id, stable_id
from domain.learning import Attempt, HintProgress
from domain.material import Artifact, ArtifactStatus, Kind, Provenance
from domain.people import Person, Role
from domain.questions import Question, QuestionForm
from domain.rights import Access
from domain.scope import EVERYTHING, scope_of
from safety.access import Accesses
from safety.consent import Consents
from tests.builders import NOW, SCHOOL, a_document, a_person
from tests.conftest import FixedClock

STUDENT = a_person()
OTHER = a_person(id=PersonId("7" * 32), email="other@school.example")
GUARDIAN = a_person(Role.GUARDIAN, ward_ids=(STUDENT.id,))
COUNSELLOR, OFFICE, TEACHER = a_person(Role.COUNSELLOR), a_person(Role.ADMINISTRATOR), a_person(Role.TEACHER)


@pytest.fixture(autouse=True)
def _family(store: SqlStore) -> None:
    with store(EVERYTHING) as unit:
        unit.people.save_person(GUARDIAN)
        unit.people.save_person(OTHER)
        unit.commit()


def _decision(person: Person, *, is_given: bool, minutes: int = 0, purpose: Purpose = Purpose.STUDY) -> ConsentRecord:
    at = NOW + timedelta(minutes=minutes)
    return ConsentRecord(ConsentId(new_id()), person.id, purpose, is_given, 1, person.id, at)


def test_the_newest_decision_is_in_force(store: SqlStore) -> None:
    """All decisions are listed oldest first; the newest of a purpose is found, for one person or for many."""
    first, second = _decision(STUDENT, is_given=True), _decision(STUDENT, is_given=False, minutes=1)
    other, elsewhere = _decision(OTHER, is_given=True), _decision(STUDENT, is_given=True, purpose=Purpose.TUTOR)
    with store(EVERYTHING) as unit:
        for record in (first, second, other, elsewhere):
            unit.consents.add(record)
        unit.commit()

    with store(EVERYTHING) as unit:
        assert unit.consents.list_for(STUDENT.id) == [first, second, elsewhere]
        assert unit.consents.find_current(STUDENT.id, Purpose.STUDY) == second
        assert unit.consents.find_current(STUDENT.id, Purpose.RESEARCH) is None
        current = unit.consents.list_current([STUDENT.id, OTHER.id, TEACHER.id], Purpose.STUDY)
        assert sorted(current, key=lambda record: record.person_id) == sorted(
            (second, other), key=lambda record: record.person_id
        )
        assert unit.consents.list_current([], Purpose.STUDY) == []


@pytest.mark.parametrize("by", [GUARDIAN, OFFICE, replace(STUDENT, decides_from=NOW.date())])
def test_whoever_decides_can_write_it_down(store: SqlStore, clock: FixedClock, by: Person) -> None:
    """The student, the guardian and the office each decide, change and withdraw within their own scope."""
    about = by if by.role is Role.STUDENT else STUDENT
    consents, is_on_paper = Consents(store, clock), by.role is Role.ADMINISTRATOR

    consents.decide(by, about, {Purpose.STUDY: True}, is_on_paper=is_on_paper)
    assert consents.has(about, Purpose.STUDY)
    assert consents.load_about(by, about.id).id == about.id
    consents.decide(by, about, {Purpose.STUDY: False}, is_on_paper=is_on_paper)

    assert not consents.has(about, Purpose.STUDY)


def test_a_look_is_kept_once(store: SqlStore) -> None:
    """A look with an id that is there already adds nothing."""
    look = Access(AccessId(new_id()), SCHOOL, STUDENT.id, OFFICE.id, "copy", "order", NOW)
    for _ in range(2):
        with store(scope_of(OFFICE)) as unit:
            unit.rights.add_access(look)
            unit.rights.add_access(look)
            unit.commit()

    with store(scope_of(STUDENT)) as unit:
        assert unit.rights.list_accesses(STUDENT.id) == [look]


@pytest.mark.parametrize("by", [COUNSELLOR, OFFICE, GUARDIAN, TEACHER])
def test_whoever_looks_can_note_it(store: SqlStore, clock: FixedClock, by: Person) -> None:
    """Each of them writes the note within the own scope, twice an hour or once, and the student finds it."""
    accesses = Accesses(store, clock)
    for _ in range(2):
        with store(scope_of(by)) as unit:
            accesses.note(unit, by, STUDENT.id, what="progress", why=by.role.value)
            unit.commit()

    assert [look.by_id for look in accesses.list_for(STUDENT)] == [by.id]


def test_deleting_what_is_a_persons_leaves_the_others(store: SqlStore) -> None:
    """Attempts, progress and own aids of one person go; shared ones and other people's stay."""
    shared, own, others = (_artifact(owner) for owner in (None, STUDENT, OTHER))
    with store(EVERYTHING) as unit:
        unit.documents.save(a_document())
        for artifact in (shared, own, others):
            unit.material.save(artifact)
        for person in (STUDENT, OTHER):
            unit.learning.add_attempt(_attempt(person, shared))
            unit.learning.save_hint_progress(HintProgress(person.id, QUESTION.id, 1, NOW))
        unit.commit()

    with store(EVERYTHING) as unit:
        unit.learning.delete_of(STUDENT.id)
        unit.material.delete_of(STUDENT.id)
        unit.commit()

    with store(EVERYTHING) as unit:
        assert unit.learning.list_attempts(STUDENT.id, shared.id) == []
        assert unit.learning.load_hint_progress(STUDENT.id, QUESTION.id).rung == -1
        assert unit.material.find(own.id) is None
        assert len(unit.learning.list_attempts(OTHER.id, shared.id)) == 1
        assert unit.learning.load_hint_progress(OTHER.id, QUESTION.id).rung == 1
        assert unit.material.find(shared.id) == shared
        assert unit.material.find(others.id) == others


QUESTION = Question(UnitId(stable_id("question")), Claim("A.", ()), QuestionForm.SHORT, "What?", "A")


def _artifact(owner: Person | None) -> Artifact:
    return Artifact(
        id=ArtifactId(new_id()),
        kind=Kind.HINTS if owner else Kind.QUIZ,
        document_id=a_document().id,
        section=0,
        title="Quiz",
        units=() if owner else (QUESTION,),
        provenance=Provenance(),
        status=ArtifactStatus.PUBLISHED,
        created_at=NOW,
        owner_id=owner.id if owner else None,
    )


def _attempt(person: Person, quiz: Artifact) -> Attempt:
    return Attempt(AttemptId(new_id()), person.id, quiz.id, QUESTION.id, "A", is_correct=True, at=NOW)

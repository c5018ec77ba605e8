"""A sign of danger is never lost, and only counsellors of the school see it."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from adapters.sql.store import SqlStore
from domain.care import CaseStatus, Severity, Worry
from domain.errors import Conflict, Invalid, NotAllowed, NotFound
from domain.ids import CaseId, PersonId, SchoolId
from domain.people import Role
from domain.scope import EVERYTHING
from safety.access import Accesses
from safety.cases import Cases, due_at, subjects_of
from tests.builders import NOW, a_person
from tests.conftest import FixedClock

STUDENT = a_person(Role.STUDENT)
COUNSELLOR = a_person(Role.COUNSELLOR)
LOW = Worry(Severity.LOW, "friend", "en.friend_low")
MODERATE = Worry(Severity.MODERATE, "self_harm", "en.self_harm")
HIGH = Worry(Severity.HIGH, "suicide", "en.plan")


@pytest.fixture
def cases(store: SqlStore, clock: FixedClock) -> Cases:
    return Cases(store, clock)


def test_the_first_flag_opens_a_case(cases: Cases) -> None:
    """A case keeps the student's words, where they were written, and by when somebody must look."""
    case = cases.raise_flag(STUDENT, "my words", HIGH, entry="ask")

    assert cases.list_cases(COUNSELLOR) == [case]
    assert (case.severity, case.subject, case.status) == (Severity.HIGH, "suicide", CaseStatus.OPEN)
    assert [(flag.text, flag.entry, flag.worry) for flag in case.flags] == [("my words", "ask", HIGH)]
    assert case.due_at == NOW + timedelta(minutes=15)
    assert [event.what for event in case.events] == ["opened"]


def test_later_flags_join_and_only_raise(cases: Cases, clock: FixedClock) -> None:
    """A worse sign makes the case worse and due earlier; a milder one changes neither."""
    first = cases.raise_flag(STUDENT, "one", MODERATE, entry="ask")
    clock.move(timedelta(minutes=1))
    worse = cases.raise_flag(STUDENT, "two", HIGH, entry="quiz")
    milder = cases.raise_flag(STUDENT, "three", LOW, entry="quiz")

    assert first.id == worse.id == milder.id
    assert (milder.severity, milder.subject) == (Severity.HIGH, "suicide")
    assert first.due_at > worse.due_at == milder.due_at == clock.now() + timedelta(minutes=15)
    assert [flag.text for flag in milder.flags] == ["one", "two", "three"]


def test_a_case_is_about_all_that_its_flags_are_about(cases: Cases) -> None:
    """No subject is lost when signs join: the case's own comes first, then the others by severity, each once."""
    abuse = Worry(Severity.HIGH, "abuse", "en.abuse")
    for worry in (HIGH, LOW, MODERATE, abuse):
        cases.raise_flag(STUDENT, "words", worry, entry="ask")

    case = cases.raise_flag(STUDENT, "words", HIGH, entry="ask")

    assert case.subject == "suicide"
    assert subjects_of(case) == ("suicide", "abuse", "self_harm", "friend")


def test_a_new_flag_opens_an_acknowledged_case_again(cases: Cases, clock: FixedClock) -> None:
    """What a counsellor took on was not all: the case is open again, and due from now."""
    case = cases.raise_flag(STUDENT, "one", HIGH, entry="ask")
    cases.acknowledge(COUNSELLOR, case.id)
    clock.move(timedelta(hours=1))

    again = cases.raise_flag(STUDENT, "two", MODERATE, entry="ask")

    assert again.status is CaseStatus.OPEN
    assert again.due_at == clock.now() + timedelta(hours=4)


def test_a_closed_case_stays_closed(cases: Cases) -> None:
    """A sign after the end opens a new case."""
    case = cases.raise_flag(STUDENT, "one", HIGH, entry="ask")
    cases.close(COUNSELLOR, case.id, "Talked with the student.")

    new = cases.raise_flag(STUDENT, "two", LOW, entry="ask")

    assert new.id != case.id
    assert new.severity is Severity.LOW


@pytest.mark.parametrize(
    ("severity", "now", "due"),
    [
        (Severity.IMMINENT, NOW, NOW + timedelta(minutes=5)),
        (Severity.HIGH, NOW, NOW + timedelta(minutes=15)),
        (Severity.MODERATE, NOW, NOW + timedelta(hours=4)),
        (Severity.LOW, NOW, datetime(2026, 9, 2, 15, 0, tzinfo=UTC)),
        (Severity.LOW, datetime(2026, 9, 4, 20, 30, tzinfo=UTC), datetime(2026, 9, 7, 15, 0, tzinfo=UTC)),
        (Severity.LOW, datetime(2026, 9, 5, 9, 0, tzinfo=UTC), datetime(2026, 9, 7, 15, 0, tzinfo=UTC)),
    ],
)
def test_deadlines_follow_severity(severity: Severity, now: datetime, due: datetime) -> None:
    """Minutes count for the worst; the mildest waits for the next school day, over a weekend if need be."""
    assert due_at(severity, now) == due


def test_the_first_look_is_noted(cases: Cases, store: SqlStore) -> None:
    """Each counsellor's look at something new is an event; looking twice at the same is not."""
    colleague = a_person(Role.COUNSELLOR, id=PersonId("c" * 32), email="c2@school.example")
    with store(EVERYTHING) as work:
        work.people.save_person(colleague)
        work.commit()
    case = cases.raise_flag(STUDENT, "one", HIGH, entry="ask")

    cases.load(COUNSELLOR, case.id)
    cases.load(COUNSELLOR, case.id)
    seen = cases.load(colleague, case.id)

    assert [(event.what, event.by) for event in seen.events] == [
        ("opened", None),
        ("seen", COUNSELLOR.id),
        ("seen", colleague.id),
    ]
    cases.raise_flag(STUDENT, "two", HIGH, entry="ask")
    assert [event.what for event in cases.load(COUNSELLOR, case.id).events][-2:] == ["flagged", "seen"]


def test_acknowledging_twice_is_as_good_as_once(cases: Cases) -> None:
    """The second acknowledgement changes nothing."""
    case = cases.raise_flag(STUDENT, "one", HIGH, entry="ask")

    first = cases.acknowledge(COUNSELLOR, case.id)

    assert first.status is CaseStatus.ACKNOWLEDGED
    assert cases.acknowledge(COUNSELLOR, case.id) == first


def test_closing_takes_a_note(cases: Cases) -> None:
    """A case is closed with a note on what was done, once."""
    case = cases.raise_flag(STUDENT, "one", HIGH, entry="ask")

    with pytest.raises(Invalid) as caught:
        cases.close(COUNSELLOR, case.id, "  ")
    closed = cases.close(COUNSELLOR, case.id, " Talked. ")

    assert caught.value.field == "note"
    assert closed.status is CaseStatus.CLOSED
    assert (closed.events[-1].what, closed.events[-1].note) == ("closed", "Talked.")
    with pytest.raises(Conflict):
        cases.close(COUNSELLOR, case.id, "Again.")
    with pytest.raises(Conflict):
        cases.acknowledge(COUNSELLOR, case.id)


@pytest.mark.parametrize("role", [Role.STUDENT, Role.TEACHER, Role.ADMINISTRATOR])
def test_only_counsellors_see_cases(cases: Cases, role: Role) -> None:
    """Nobody else lists, reads, acknowledges or closes a case."""
    case = cases.raise_flag(STUDENT, "one", HIGH, entry="ask")
    person = a_person(role)

    with pytest.raises(NotAllowed):
        cases.list_cases(person)
    with pytest.raises(NotAllowed):
        cases.load(person, case.id)
    with pytest.raises(NotAllowed):
        cases.acknowledge(person, case.id)
    with pytest.raises(NotAllowed):
        cases.close(person, case.id, "A note.")


def test_another_schools_case_is_not_there(cases: Cases) -> None:
    """A counsellor of another school cannot know of the case."""
    case = cases.raise_flag(STUDENT, "one", HIGH, entry="ask")
    stranger = a_person(Role.COUNSELLOR, school_id=SchoolId("5" * 32))

    with pytest.raises(NotFound):
        cases.load(stranger, case.id)
    with pytest.raises(NotFound):
        cases.load(COUNSELLOR, CaseId("0" * 32))
    assert cases.list_cases(stranger) == []


def test_flags_that_come_at_once_make_one_case(cases: Cases) -> None:
    """Several messages at the same moment give one case that has them all."""
    texts = [f"message {number}" for number in range(6)]
    threads = [
        threading.Thread(target=cases.raise_flag, args=(STUDENT, text, HIGH), kwargs={"entry": "ask"}) for text in texts
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    (case,) = cases.list_cases(COUNSELLOR)

    assert sorted(flag.text for flag in case.flags) == texts


def test_a_look_at_a_case_is_noted_but_hidden(cases: Cases, store: SqlStore, clock: FixedClock) -> None:
    """Who opens a case is in the student's record; neither the student nor a guardian sees it there yet."""
    case = cases.raise_flag(STUDENT, "my words", HIGH, entry="ask")
    cases.load(COUNSELLOR, case.id)
    cases.load(COUNSELLOR, case.id)

    with store(EVERYTHING) as work:
        (look,) = work.rights.list_accesses(STUDENT.id)

    assert (look.by_id, look.what, look.why, look.thing_id) == (COUNSELLOR.id, "case", "care", case.id)
    assert Accesses(store, clock).list_for(STUDENT) == []


def test_the_counsellor_says_what_the_student_may_know(cases: Cases, store: SqlStore, clock: FixedClock) -> None:
    """Once the student is told, the looks show, never to guardians; untold, they are hidden again."""
    accesses = Accesses(store, clock)
    case = cases.raise_flag(STUDENT, "my words", HIGH, entry="ask")
    cases.load(COUNSELLOR, case.id)

    told = cases.tell(COUNSELLOR, case.id)

    assert cases.tell(COUNSELLOR, case.id) == told
    assert [event.what for event in told.events] == ["opened", "seen", "told"]
    assert [look.what for look in accesses.list_for(STUDENT)] == ["case"]
    assert accesses.list_for(STUDENT, is_for_guardian=True) == []
    assert cases.tell(COUNSELLOR, case.id, is_told=False).events[-1].what == "untold"
    assert accesses.list_for(STUDENT) == []
    with pytest.raises(NotAllowed):
        cases.tell(STUDENT, case.id)


def test_no_look_without_its_note(store: SqlStore, clock: FixedClock) -> None:
    """Where the note cannot be kept the case is not shown, and raising a flag works all the same."""
    cases = Cases(store, clock)
    case = cases.raise_flag(STUDENT, "my words", HIGH, entry="ask")
    nobody = a_person(Role.COUNSELLOR, id=PersonId("9" * 32))  # no account, so no note can name it

    with pytest.raises(Conflict):
        cases.load(nobody, case.id)

    assert cases.raise_flag(STUDENT, "more words", HIGH, entry="ask").id == case.id

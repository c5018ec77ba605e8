"""What counsellors do about cases, and that nobody else does."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from adapters.sql.store import SqlStore
from domain.care import Case, CaseStatus, Concern, Ending
from domain.errors import Conflict, Invalid, NotAllowed, NotFound
from domain.ids import CaseId, PersonId, SchoolId
from domain.notices import Channel
from domain.people import Role
from domain.scope import EVERYTHING
from safety.access import Accesses
from safety.cases import Cases
from safety.desk import CareDesk
from safety.verdicts import Verdict
from tests.builders import NOW, a_person
from tests.care import (
    ABUSE,
    COLLEAGUE,
    COUNSELLOR,
    HIGH,
    MAIL,
    STUDENT,
    a_contact,
    add_people,
    break_table,
    called,
    list_audit,
    put_on_call,
)
from tests.conftest import FixedClock

ACTS: dict[str, Callable[[CareDesk, CaseId], object]] = {
    "case.read": lambda desk, case_id: desk.load(COUNSELLOR, case_id),
    "case.acknowledged": lambda desk, case_id: desk.acknowledge(COUNSELLOR, case_id),
    "case.handed_over": lambda desk, case_id: desk.hand_over(COUNSELLOR, case_id, COLLEAGUE.id),
    "case.noted": lambda desk, case_id: desk.note(COUNSELLOR, case_id, "Called home."),
    "case.resolved": lambda desk, case_id: desk.end(COUNSELLOR, case_id, Ending.RESOLVED, "Talked."),
    "case.referred": lambda desk, case_id: desk.end(COUNSELLOR, case_id, Ending.REFERRED, "To the clinic."),
    "case.false_alarm": lambda desk, case_id: desk.end(COUNSELLOR, case_id, Ending.FALSE_ALARM, "A song."),
    "case.told": lambda desk, case_id: desk.tell(COUNSELLOR, case_id),
    "case.started_afresh": lambda desk, case_id: desk.start_afresh(COUNSELLOR, case_id),
}


@pytest.fixture
def cases(store: SqlStore, clock: FixedClock) -> Cases:
    add_people(store, COLLEAGUE)
    return Cases(store, clock, has=MAIL)


@pytest.fixture
def desk(store: SqlStore, clock: FixedClock) -> CareDesk:
    return CareDesk(store, clock, has=MAIL)


@pytest.fixture
def case(cases: Cases) -> Case:
    return cases.raise_flag(STUDENT, "my words", HIGH, entry="ask")


def whats(case: Case) -> list[str]:
    return [event.what for event in case.events]


@pytest.mark.parametrize("action", list(ACTS))
def test_every_act_is_recorded(desk: CareDesk, case: Case, store: SqlStore, action: str) -> None:
    """An act writes one audit record, for counsellors' eyes, that says who did what to which case."""
    ACTS[action](desk, case.id)

    entry = list_audit(store)[-1].entry
    assert (entry.action, entry.by_id, entry.about_id) == (action, COUNSELLOR.id, STUDENT.id)
    assert (entry.ref, entry.is_care) == (f"case:{case.id}", True)


@pytest.mark.parametrize("action", list(ACTS))
def test_no_act_without_its_record(desk: CareDesk, case: Case, store: SqlStore, action: str) -> None:
    """Where the audit record cannot be written, nothing is done, and nothing is shown."""
    break_table(store, "audit")

    with pytest.raises(Conflict):
        ACTS[action](desk, case.id)

    with store(EVERYTHING) as work:
        assert work.care.find(case.id) == case


@pytest.mark.parametrize("role", [Role.STUDENT, Role.TEACHER, Role.ADMINISTRATOR, Role.GUARDIAN])
def test_only_counsellors_see_cases(desk: CareDesk, case: Case, role: Role) -> None:
    """Nobody else lists, reads, names or changes a case."""
    person = a_person(role)

    for attempt in (
        lambda: desk.list_cases(person),
        lambda: desk.list_verdicts(person),
        lambda: desk.list_colleagues(person),
        lambda: desk.name_people(person, [case]),
        lambda: desk.list_notices(person, case.id),
        lambda: desk.load(person, case.id),
        lambda: desk.acknowledge(person, case.id),
        lambda: desk.hand_over(person, case.id, COLLEAGUE.id),
        lambda: desk.note(person, case.id, "A note."),
        lambda: desk.end(person, case.id, Ending.RESOLVED, "A note."),
        lambda: desk.reopen(person, case.id, "A note."),
        lambda: desk.tell(person, case.id),
        lambda: desk.start_afresh(person, case.id),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_another_schools_case_is_not_there(desk: CareDesk, case: Case) -> None:
    """A counsellor of another school cannot know of the case, nor of one that does not exist."""
    stranger = a_person(Role.COUNSELLOR, school_id=SchoolId("5" * 32))

    for person, case_id in ((stranger, case.id), (COUNSELLOR, CaseId("0" * 32))):
        for attempt in (desk.load, desk.acknowledge, desk.list_notices, desk.start_afresh):
            with pytest.raises(NotFound):
                attempt(person, case_id)
    assert desk.list_cases(stranger) == []


def test_the_first_look_is_noted(desk: CareDesk, cases: Cases, case: Case) -> None:
    """Each counsellor's look at something new is an event; looking twice at the same is not."""
    desk.load(COUNSELLOR, case.id)
    desk.load(COUNSELLOR, case.id)
    seen = desk.load(COLLEAGUE, case.id)

    assert [(event.what, event.by) for event in seen.events] == [
        ("opened", None),
        ("seen", COUNSELLOR.id),
        ("seen", COLLEAGUE.id),
    ]
    cases.raise_flag(STUDENT, "two", HIGH, entry="ask")
    assert whats(desk.load(COUNSELLOR, case.id))[-2:] == ["flagged", "seen"]


def test_a_look_is_recorded_once_an_hour(desk: CareDesk, case: Case, store: SqlStore, clock: FixedClock) -> None:
    """Reloading a page fills no log; coming back later, and another case of the same student, is a look of its own."""
    for hour in range(3):
        clock.time = NOW.replace(hour=NOW.hour + hour)
        for _ in range(3):
            desk.load(COUNSELLOR, case.id)

    reads = [record for record in list_audit(store) if record.entry.action == "case.read"]
    assert len(reads) == 3


def test_a_look_at_a_case_is_noted_but_hidden(desk: CareDesk, case: Case, store: SqlStore, clock: FixedClock) -> None:
    """Who opens a case is in the student's record; neither the student nor a guardian sees it there yet."""
    desk.load(COUNSELLOR, case.id)
    desk.load(COUNSELLOR, case.id)

    with store(EVERYTHING) as work:
        (look,) = work.rights.list_accesses(STUDENT.id)

    assert (look.by_id, look.what, look.why, look.thing_id) == (COUNSELLOR.id, "case", "care", case.id)
    assert Accesses(store, clock).list_for(STUDENT) == []


def test_no_look_without_its_note(desk: CareDesk, cases: Cases, case: Case) -> None:
    """Where the note cannot be kept the case is not shown, and raising a flag works all the same."""
    nobody = a_person(Role.COUNSELLOR, id=PersonId("9" * 32))  # no account, so no note can name it

    with pytest.raises(Conflict):
        desk.load(nobody, case.id)

    assert cases.raise_flag(STUDENT, "more words", HIGH, entry="ask").id == case.id


def test_ones_own_drill_is_seen_without_a_record(desk: CareDesk, cases: Cases, store: SqlStore) -> None:
    """A drill is about nobody: a look at one's own is no look at a student."""
    drill = cases.drill(COUNSELLOR)

    desk.load(COUNSELLOR, drill.id)

    assert [record.entry.action for record in list_audit(store)] == ["drill.begun"]


def test_a_look_at_a_case_about_oneself_is_recorded(desk: CareDesk, cases: Cases, store: SqlStore) -> None:
    """Whoever reads the case about themselves is in the log, though it is no look at somebody else's words."""
    own = cases.raise_flag(COUNSELLOR, "my words", HIGH, entry="ask")

    desk.load(COUNSELLOR, own.id)

    assert list_audit(store)[-1].entry.action == "case.read"


def test_acknowledging_twice_is_as_good_as_once(desk: CareDesk, case: Case, store: SqlStore) -> None:
    """It sets who looks after the case and stops the chain; a second time, by whomever, changes and records nothing."""
    first = desk.acknowledge(COUNSELLOR, case.id)
    records = len(list_audit(store))

    assert (first.status, first.holder_id, first.next_step_at) == (CaseStatus.ACKNOWLEDGED, COUNSELLOR.id, None)
    assert desk.acknowledge(COLLEAGUE, case.id) == first
    assert len(list_audit(store)) == records


def test_a_case_is_handed_to_a_colleague_who_is_called(desk: CareDesk, case: Case, store: SqlStore) -> None:
    """The notice goes to the colleague alone; others than counsellors of the school cannot be chosen."""
    put_on_call(store, a_contact("Nurse"))
    away = replace(COLLEAGUE, id=PersonId("8" * 32), email="away@school.example", is_active=False)
    add_people(store, away)
    before = called(store, case.id)

    handed = desk.hand_over(COUNSELLOR, case.id, COLLEAGUE.id)

    assert (handed.holder_id, handed.status) == (COLLEAGUE.id, CaseStatus.OPEN)
    assert called(store, case.id)[len(before) :] == [COLLEAGUE.email]
    for to_id in (away.id, STUDENT.id, PersonId("0" * 32)):
        with pytest.raises(Invalid):
            desk.hand_over(COUNSELLOR, case.id, to_id)


def test_taking_a_case_over_calls_nobody(desk: CareDesk, case: Case) -> None:
    """Whoever takes it over has it."""
    desk.acknowledge(COUNSELLOR, case.id)
    before = desk.list_notices(COLLEAGUE, case.id)

    taken = desk.hand_over(COLLEAGUE, case.id, COLLEAGUE.id)

    assert (taken.holder_id, taken.status) == (COLLEAGUE.id, CaseStatus.ACKNOWLEDGED)
    assert desk.list_notices(COLLEAGUE, case.id) == before
    assert [one.channel for one in before] == [Channel.DESK, Channel.EMAIL, Channel.EMAIL]


def test_notes_are_added_without_closing(desk: CareDesk, case: Case) -> None:
    """A note stands in the history, also of a closed case; an empty one is refused."""
    noted = desk.note(COUNSELLOR, case.id, " Called home. ")
    desk.end(COUNSELLOR, case.id, Ending.RESOLVED, "Talked.")
    later = desk.note(COLLEAGUE, case.id, "All well.")

    assert (noted.status, noted.events[-1].note) == (CaseStatus.OPEN, "Called home.")
    assert (later.status, whats(later)[-1]) == (CaseStatus.CLOSED, "noted")
    with pytest.raises(Invalid):
        desk.note(COUNSELLOR, case.id, " ")


@pytest.mark.parametrize("ending", sorted(set(Ending) - {Ending.UNANSWERED}))
def test_a_case_is_closed_once_with_a_note_and_an_ending(
    desk: CareDesk, case: Case, store: SqlStore, ending: Ending
) -> None:
    """What was done is kept with how it ended; what added up over turns is forgotten; a second closing is refused."""
    with store(EVERYTHING) as work:
        work.concerns.save(Concern(STUDENT.id, {"sum": 2.0}, NOW))
        work.commit()

    with pytest.raises(Invalid) as caught:
        desk.end(COUNSELLOR, case.id, ending, "  ")
    closed = desk.end(COUNSELLOR, case.id, ending, " Talked. ")

    assert caught.value.field == "note"
    assert (closed.status, closed.ending, closed.next_step_at) == (CaseStatus.CLOSED, ending, None)
    assert (closed.events[-1].what, closed.events[-1].note) == (ending.value, "Talked.")
    with store(EVERYTHING) as work:
        assert work.concerns.find(STUDENT.id) is None
    with pytest.raises(Conflict):
        desk.end(COUNSELLOR, case.id, ending, "Again.")
    with pytest.raises(Conflict):
        desk.acknowledge(COUNSELLOR, case.id)
    with pytest.raises(Conflict):
        desk.hand_over(COUNSELLOR, case.id, COLLEAGUE.id)


def test_a_closed_case_is_opened_again(desk: CareDesk, case: Case, store: SqlStore) -> None:
    """People are called as for a new one."""
    desk.end(COUNSELLOR, case.id, Ending.FALSE_ALARM, "A song.")
    before = len(called(store, case.id))

    again = desk.reopen(COLLEAGUE, case.id, "It was no song.")

    assert (again.status, again.ending) == (CaseStatus.OPEN, None)
    assert len(called(store, case.id)) > before


def test_a_case_is_not_opened_again_beside_another(desk: CareDesk, cases: Cases, case: Case) -> None:
    """A student has one open case; the counsellor is sent there."""
    desk.end(COUNSELLOR, case.id, Ending.RESOLVED, "Talked.")
    cases.raise_flag(STUDENT, "again", HIGH, entry="ask")

    with pytest.raises(Conflict) as caught:
        desk.reopen(COUNSELLOR, case.id, "It was not over.")

    assert caught.value.code == "another_open_case"


def test_the_counsellor_says_what_the_student_may_know(
    desk: CareDesk, case: Case, store: SqlStore, clock: FixedClock
) -> None:
    """Once the student is told, the looks show, never to guardians; untold, they are hidden again."""
    accesses = Accesses(store, clock)
    desk.load(COUNSELLOR, case.id)

    told = desk.tell(COUNSELLOR, case.id)

    assert desk.tell(COUNSELLOR, case.id) == told
    assert whats(told) == ["opened", "seen", "told"]
    assert [look.what for look in accesses.list_for(STUDENT)] == ["case"]
    assert accesses.list_for(STUDENT, is_for_guardian=True) == []
    assert whats(desk.tell(COUNSELLOR, case.id, is_told=False))[-1] == "untold"
    assert accesses.list_for(STUDENT) == []


def test_people_are_named(desk: CareDesk, case: Case) -> None:
    """The student, the holder and whoever did something have names on the counsellor's pages."""
    desk.note(COLLEAGUE, case.id, "Called home.")
    held = desk.acknowledge(COUNSELLOR, case.id)

    names = desk.name_people(COUNSELLOR, [held])

    assert set(names) == {STUDENT.id, COUNSELLOR.id, COLLEAGUE.id}


def test_false_alarms_are_counted_by_rule(desk: CareDesk, cases: Cases, case: Case) -> None:
    """Each closing counts once for each rule with a sign until then; drills and cases never closed do not count."""
    cases.raise_flag(STUDENT, "two", ABUSE, entry="ask")
    cases.raise_flag(STUDENT, "three", HIGH, entry="ask")
    desk.end(COUNSELLOR, case.id, Ending.FALSE_ALARM, "A song.")
    second = cases.raise_flag(STUDENT, "four", HIGH, entry="ask")
    desk.end(COUNSELLOR, second.id, Ending.RESOLVED, "Talked.")
    desk.reopen(COUNSELLOR, second.id, "It was not over.")
    desk.end(COUNSELLOR, second.id, Ending.FALSE_ALARM, "A song after all.")
    cases.raise_flag(STUDENT, "five", ABUSE, entry="ask")
    drill = cases.drill(COUNSELLOR)
    desk.end(COUNSELLOR, drill.id, Ending.FALSE_ALARM, "")

    assert desk.list_verdicts(COUNSELLOR) == [
        Verdict(HIGH.rule, 3, 2, "suicide"),
        Verdict(ABUSE.rule, 1, 1, "abuse"),
    ]


def test_nobody_closes_a_case_as_unanswered(desk: CareDesk, case: Case) -> None:
    """Only a drill ends so, by itself or by whoever ordered it."""
    with pytest.raises(Invalid) as caught:
        desk.end(COUNSELLOR, case.id, Ending.UNANSWERED, "Talked.")

    assert caught.value.field == "ending"

"""A sign of danger is never lost: case, flag, notices and record are one transaction that nothing beside it stops."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from adapters.sql.store import SqlStore
from domain.care import Case, CaseStatus, Concern, Ending, Severity
from domain.errors import Conflict, NotAllowed
from domain.ids import PersonId
from domain.notices import Channel, Occasion
from domain.people import Role
from domain.scope import EVERYTHING
from safety.cases import Cases
from safety.desk import CareDesk
from tests.builders import NOW, a_person
from tests.care import (
    ADMINISTRATOR,
    COUNSELLOR,
    HIGH,
    LOW,
    MAIL,
    MODERATE,
    STUDENT,
    a_contact,
    break_table,
    called,
    list_audit,
    put_on_call,
)
from tests.conftest import FixedClock
from tests.raw import connect

CONCERN = Concern(STUDENT.id, {"sum": 1.5}, NOW)


@pytest.fixture
def cases(store: SqlStore, clock: FixedClock) -> Cases:
    return Cases(store, clock, has=MAIL)


@pytest.fixture
def desk(store: SqlStore, clock: FixedClock) -> CareDesk:
    return CareDesk(store, clock, has=MAIL)


def find_concern(store: SqlStore) -> Concern | None:
    with store(EVERYTHING) as work:
        return work.concerns.find(STUDENT.id)


def test_the_first_flag_opens_a_case(cases: Cases, desk: CareDesk) -> None:
    """A case keeps the student's words, where they were written, and by when somebody must look."""
    case = cases.raise_flag(STUDENT, "my words", HIGH, entry="ask")

    assert desk.list_cases(COUNSELLOR) == [case]
    assert (case.severity, case.subject, case.status) == (Severity.HIGH, "suicide", CaseStatus.OPEN)
    assert [(flag.text, flag.entry, flag.worry) for flag in case.flags] == [("my words", "ask", HIGH)]
    assert case.due_at == case.next_step_at == NOW + timedelta(minutes=15)
    assert [event.what for event in case.events] == ["opened"]


def test_a_flag_calls_people_and_is_recorded(cases: Cases, store: SqlStore) -> None:
    """With the case come a notice on the desk, one to the first step, an audit record, and what adds up over turns."""
    put_on_call(store, a_contact("Nurse"), a_contact("Head", 2))

    case = cases.raise_flag(STUDENT, "my words", HIGH, entry="ask", concern=CONCERN)

    with store(EVERYTHING) as work:
        desk_notice, mail = work.notices.list_for(case.id)
    assert (desk_notice.channel, desk_notice.delivered_at) == (Channel.DESK, NOW)
    assert (mail.channel, mail.address, mail.delivered_at) == (Channel.EMAIL, "nurse@call.example", None)
    (record,) = list_audit(store)
    assert (record.entry.action, record.entry.about_id, record.entry.ref) == (
        "case.opened",
        STUDENT.id,
        f"case:{case.id}",
    )
    assert record.entry.is_care
    assert find_concern(store) == CONCERN


def test_later_flags_join_and_a_worse_one_calls_again(cases: Cases, store: SqlStore, clock: FixedClock) -> None:
    """A worse sign makes the case worse, due earlier, and calls anew; a milder one does none of it."""
    put_on_call(store, a_contact("Nurse"))
    first = cases.raise_flag(STUDENT, "one", MODERATE, entry="ask")
    clock.move(timedelta(minutes=1))
    worse = cases.raise_flag(STUDENT, "two", HIGH, entry="quiz")
    milder = cases.raise_flag(STUDENT, "three", LOW, entry="quiz")

    assert first.id == worse.id == milder.id
    assert (milder.severity, milder.subject) == (Severity.HIGH, "suicide")
    assert first.due_at > worse.due_at == milder.due_at == clock.now() + timedelta(minutes=15)
    assert [flag.text for flag in milder.flags] == ["one", "two", "three"]
    with store(EVERYTHING) as work:
        occasions = [one.occasion for one in work.notices.list_for(first.id) if one.channel is Channel.DESK]
    assert occasions == [Occasion.OPENED, Occasion.GRAVER]
    assert [record.entry.action for record in list_audit(store)] == ["case.opened", "case.flagged", "case.flagged"]


def test_a_closed_case_stays_closed(cases: Cases, desk: CareDesk) -> None:
    """A sign after the end opens a new case."""
    case = cases.raise_flag(STUDENT, "one", HIGH, entry="ask")
    desk.end(COUNSELLOR, case.id, Ending.RESOLVED, "Talked with the student.")

    new = cases.raise_flag(STUDENT, "two", LOW, entry="ask")

    assert new.id != case.id
    assert new.severity is Severity.LOW


def test_flags_that_come_at_once_make_one_case(cases: Cases, desk: CareDesk) -> None:
    """Several messages at the same moment give one case that has them all."""
    texts = [f"message {number}" for number in range(6)]
    threads = [
        threading.Thread(target=cases.raise_flag, args=(STUDENT, text, HIGH), kwargs={"entry": "ask"}) for text in texts
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    (case,) = desk.list_cases(COUNSELLOR)

    assert sorted(flag.text for flag in case.flags) == texts


@pytest.mark.parametrize("table", ["audit", "concern"])
def test_what_stands_beside_a_flag_never_stops_it(cases: Cases, store: SqlStore, table: str) -> None:
    """Without the audit record, or what adds up, the case and its notices are saved all the same; the log says so."""
    break_table(store, table)

    with capture_logs() as logs:
        case = cases.raise_flag(STUDENT, "my words", HIGH, entry="ask", concern=CONCERN)

    assert [(entry["event"], entry["person_id"]) for entry in logs] == [(f"{table}.missed", STUDENT.id)]
    assert "my words" not in str(logs)
    with store(EVERYTHING) as work:
        assert work.care.find(case.id) == case
        assert len(work.notices.list_for(case.id)) == 2
    assert (find_concern(store) is None) == (table == "concern")
    assert len(list_audit(store)) == (0 if table == "audit" else 1)


def test_a_fault_of_any_kind_stops_no_flag(cases: Cases, store: SqlStore) -> None:
    """A table that is not there at all is no error of ours, and keeps nobody from being told."""
    with connect(store) as connection:
        connection.execute(text("DROP TABLE audit"))
        connection.commit()

    with capture_logs() as logs:
        case = cases.raise_flag(STUDENT, "my words", HIGH, entry="ask")

    assert [entry["event"] for entry in logs] == ["audit.missed"]
    with store(EVERYTHING) as work:
        assert len(work.notices.list_for(case.id)) == 2


def test_a_case_whose_notices_cannot_be_written_is_passed_on_at_once(cases: Cases, store: SqlStore) -> None:
    """The case is saved, and its next step is due now, so that the watch calls people as soon as it can."""
    for table in ("notice", "audit"):
        break_table(store, table)

    with capture_logs() as logs:
        case = cases.raise_flag(STUDENT, "my words", HIGH, entry="ask")

    assert [entry["event"] for entry in logs] == ["notices.missed", "audit.missed"]
    assert case.next_step_at == NOW
    with store(EVERYTHING) as work:
        assert work.notices.list_steps_due(NOW) == [case.id]


def test_a_flag_that_cannot_be_saved_says_so(cases: Cases) -> None:
    """Somebody who is not there can have no case: that is an error, and nothing goes on for ever."""
    nobody = replace(STUDENT, id=PersonId("9" * 32))

    with pytest.raises(Conflict):
        cases.raise_flag(nobody, "my words", HIGH, entry="ask")


def drill(cases: Cases, role: Role = Role.COUNSELLOR) -> Case:
    return cases.drill(a_person(role))


@pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.ADMINISTRATOR])
def test_a_drill_goes_the_whole_way(cases: Cases, store: SqlStore, role: Role) -> None:
    """It is a marked case about whoever orders it, calls whom a real one would, and is recorded without a student."""
    put_on_call(store, a_contact("Nurse"), a_contact("Self", account=a_person(role)))

    case = drill(cases, role)

    assert (case.is_drill, case.person_id, case.severity) == (True, a_person(role).id, Severity.IMMINENT)
    assert sorted(called(store, case.id)) == sorted(["nurse@call.example", a_person(role).email])
    with store(EVERYTHING) as work:
        assert {one.is_drill for one in work.notices.list_for(case.id)} == {True}
    (record,) = list_audit(store)
    assert (record.entry.action, record.entry.by_id, record.entry.about_id) == ("drill.begun", a_person(role).id, "")


def test_one_drill_at_a_time(cases: Cases) -> None:
    """A second one of the same person is refused with what to do; a colleague's is not."""
    drill(cases)

    with pytest.raises(Conflict) as caught:
        drill(cases)

    assert caught.value.code == "drill_under_way"
    assert drill(cases, Role.ADMINISTRATOR).is_drill


def test_a_drill_gives_way_to_a_real_case(cases: Cases, desk: CareDesk) -> None:
    """No drill begins beside a real case; a real sign ends the drill and has a case of its own."""
    rehearsed = drill(cases, Role.ADMINISTRATOR)
    real = cases.raise_flag(ADMINISTRATOR, "my words", HIGH, entry="ask")

    assert real.id != rehearsed.id
    assert not real.is_drill
    assert {case.id: case.status for case in desk.list_cases(COUNSELLOR)} == {
        rehearsed.id: CaseStatus.CLOSED,
        real.id: CaseStatus.OPEN,
    }
    with pytest.raises(Conflict) as caught:
        drill(cases, Role.ADMINISTRATOR)
    assert caught.value.code == "no_drill_now"
    assert "case" not in caught.value.message


@pytest.mark.parametrize("role", [Role.STUDENT, Role.TEACHER, Role.GUARDIAN])
def test_only_who_keeps_the_list_drills(cases: Cases, role: Role) -> None:
    """Nobody else can call people for nothing."""
    with pytest.raises(NotAllowed):
        drill(cases, role)


def test_a_drill_without_its_record_is_none(cases: Cases, store: SqlStore, desk: CareDesk) -> None:
    """What is no escalation fails when its audit record fails."""
    break_table(store, "audit")

    with pytest.raises(Conflict):
        drill(cases)

    assert desk.list_cases(COUNSELLOR) == []

"""A case goes its whole way in each kind of database, where people see and write what their own scope covers."""

import threading
from datetime import timedelta

from sqlalchemy import text
from structlog.testing import capture_logs

from adapters.sql.store import SqlStore
from domain.care import CaseStatus, Ending
from domain.notices import Duty
from domain.scope import EVERYTHING
from safety.cases import Cases
from safety.desk import CareDesk
from safety.drills import Drills
from safety.on_call import ContactWish, OnCall
from safety.watch import Watch
from tests.care import (
    ADMINISTRATOR,
    COLLEAGUE,
    COUNSELLOR,
    HIGH,
    LOW,
    MAIL,
    STUDENT,
    add_people,
    called,
    list_audit,
)
from tests.conftest import FixedClock
from tests.raw import connect


def test_a_case_goes_its_whole_way(store: SqlStore, clock: FixedClock) -> None:
    """Raised, passed on, read, handed over, taken on, closed, opened again; each in the audit log, in its order."""
    add_people(store, COLLEAGUE)
    on_call, desk, cases = OnCall(store, clock), CareDesk(store, clock, has=MAIL), Cases(store, clock, has=MAIL)
    for step, (keeper, name) in enumerate(((COUNSELLOR, "nurse"), (ADMINISTRATOR, "head")), 1):
        on_call.save(keeper, ContactWish(step, Duty.ALWAYS, name=name, email=f"{name}@call.example"))

    case = cases.raise_flag(STUDENT, "my words", HIGH, entry="ask")
    clock.move(timedelta(minutes=15))
    Watch(store, has=MAIL).run(clock.now())
    desk.load(COUNSELLOR, case.id)
    desk.hand_over(COUNSELLOR, case.id, COLLEAGUE.id)
    desk.acknowledge(COLLEAGUE, case.id)
    desk.end(COLLEAGUE, case.id, Ending.RESOLVED, "Talked.")
    again = desk.reopen(COLLEAGUE, case.id, "It was not over.")

    assert again.status is CaseStatus.OPEN
    assert called(store, case.id)[:3] == ["nurse@call.example", "head@call.example", COLLEAGUE.email]
    actions = [record.entry.action.partition(".")[2] for record in list_audit(store)]
    assert actions == [
        "saved",
        "saved",
        "opened",
        "overdue",
        "read",
        "handed_over",
        "acknowledged",
        "resolved",
        "reopened",
    ]
    assert len(on_call.standing(ADMINISTRATOR).contacts) == 2


def test_an_administrators_drill_goes_its_way(store: SqlStore, clock: FixedClock) -> None:
    """It is begun, followed and ended by somebody who may see no case and no notice."""
    Cases(store, clock, has=MAIL).drill(ADMINISTRATOR)
    drills = Drills(store, clock)

    drill = drills.find_latest(ADMINISTRATOR)
    drills.end(ADMINISTRATOR)

    assert drill is not None
    assert [one.address for one in drill.notices] == ["", COUNSELLOR.email]


def test_no_audit_table_stops_a_flag(store: SqlStore, clock: FixedClock) -> None:
    """A transaction that the database has given up is begun again, without what it could not write."""
    is_postgres = store._engine.dialect.name == "postgresql"
    broken = (
        "ALTER TABLE audit ADD CONSTRAINT full_up CHECK (seq < 0)"
        if is_postgres
        else "CREATE TRIGGER full_up BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no'); END"
    )
    with connect(store) as connection:
        connection.execute(text(broken))
        connection.commit()

    with capture_logs() as logs:
        case = Cases(store, clock, has=MAIL).raise_flag(STUDENT, "my words", HIGH, entry="ask")

    assert [entry["event"] for entry in logs] == ["audit.missed"]
    with store(EVERYTHING) as work:
        assert work.care.find(case.id) == case


def test_flags_at_the_same_moment_make_one_case(store: SqlStore, clock: FixedClock) -> None:
    """None is lost, and each has its place in the audit chain."""
    cases = Cases(store, clock, has=MAIL)
    worries = [LOW, HIGH] * 4
    threads = [
        threading.Thread(target=cases.raise_flag, args=(STUDENT, f"{place}", worry), kwargs={"entry": "ask"})
        for place, worry in enumerate(worries)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    (case,) = CareDesk(store, clock).list_cases(COUNSELLOR)

    assert sorted(flag.text for flag in case.flags) == [str(place) for place in range(8)]
    assert [record.seq for record in list_audit(store)] == list(range(1, 9))

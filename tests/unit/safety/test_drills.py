"""Whoever ordered a drill follows it, also without being a counsellor, and sees no real case by it."""

import pytest

from adapters.sql.store import SqlStore
from domain.care import CaseStatus, Ending
from domain.errors import Conflict, NotFound
from safety.cases import Cases
from safety.desk import CareDesk
from safety.drills import Drills
from tests.care import ADMINISTRATOR, COUNSELLOR, HIGH, MAIL, a_contact, break_table, list_audit, put_on_call
from tests.conftest import FixedClock


@pytest.fixture
def cases(store: SqlStore, clock: FixedClock) -> Cases:
    put_on_call(store, a_contact("Nurse"))
    return Cases(store, clock, has=MAIL)


@pytest.fixture
def drills(store: SqlStore, clock: FixedClock) -> Drills:
    return Drills(store, clock)


def test_a_drill_is_followed_to_its_end(cases: Cases, drills: Drills, store: SqlStore, clock: FixedClock) -> None:
    """An administrator sees what was sent, who took it on, and ends it once."""
    case = cases.drill(ADMINISTRATOR)
    CareDesk(store, clock).acknowledge(COUNSELLOR, case.id)

    drill = drills.find_latest(ADMINISTRATOR)
    drills.end(ADMINISTRATOR)
    drills.end(ADMINISTRATOR)

    assert drill is not None
    assert [one.address for one in drill.notices] == ["", "nurse@call.example"]
    assert drill.names == {COUNSELLOR.id: COUNSELLOR.name}
    ended = drills.find_latest(ADMINISTRATOR)
    assert ended is not None
    assert (ended.case.status, ended.case.ending) == (CaseStatus.CLOSED, Ending.RESOLVED)
    assert [record.entry.action for record in list_audit(store)] == ["drill.begun", "drill.acknowledged", "drill.ended"]


def test_a_real_case_is_no_drill(cases: Cases, drills: Drills) -> None:
    """Whoever has a case of their own learns nothing of it here, and cannot end it."""
    cases.raise_flag(ADMINISTRATOR, "my words", HIGH, entry="ask")

    assert drills.find_latest(ADMINISTRATOR) is None
    with pytest.raises(NotFound):
        drills.end(ADMINISTRATOR)


def test_somebody_elses_drill_is_theirs(cases: Cases, drills: Drills) -> None:
    """A drill is followed by whoever began it."""
    cases.drill(ADMINISTRATOR)

    assert drills.find_latest(COUNSELLOR) is None


def test_a_drill_does_not_end_without_its_record(cases: Cases, drills: Drills, store: SqlStore) -> None:
    """Where the audit record cannot be written it goes on."""
    case = cases.drill(ADMINISTRATOR)
    break_table(store, "audit")

    with pytest.raises(Conflict):
        drills.end(ADMINISTRATOR)

    found = drills.find_latest(ADMINISTRATOR)
    assert found is not None
    assert found.case == case


def test_a_drill_that_nobody_took_on_has_failed(cases: Cases, drills: Drills) -> None:
    """Whoever ends it before anybody took it on learns so, and so does whoever reads the case."""
    cases.drill(ADMINISTRATOR)
    drills.end(ADMINISTRATOR)

    found = drills.find_latest(ADMINISTRATOR)

    assert found is not None
    assert found.case.ending is Ending.UNANSWERED
    assert [event.what for event in found.case.events] == ["opened", "unanswered"]

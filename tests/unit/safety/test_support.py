"""What teachers see of support: that it is under way, where the school so decides, and nothing else."""

from dataclasses import replace

import pytest

from adapters.sql.store import SqlStore
from domain.care import Ending, Worry
from domain.ids import ClassId
from domain.people import Role
from domain.scope import EVERYTHING
from safety.cases import Cases
from safety.desk import CareDesk
from safety.support import Support
from tests.builders import SCHOOL, a_person
from tests.care import ABUSE, COUNSELLOR, HIGH, STUDENT
from tests.conftest import FixedClock

TEACHER = a_person(Role.TEACHER)
MEMBERS = [STUDENT, TEACHER]


def decide(store: SqlStore, *, tells: bool) -> None:
    with store(EVERYTHING) as work:
        school = work.people.load_school(SCHOOL)
        work.people.save_school(replace(school, rules=replace(school.rules, tells_teachers_of_support=tells)))
        work.commit()


def take_on(store: SqlStore, clock: FixedClock, worry: Worry = HIGH) -> CareDesk:
    """Have a counsellor take on a case of the student."""
    case = Cases(store, clock).raise_flag(STUDENT, "my words", worry, entry="ask")
    desk = CareDesk(store, clock)
    desk.acknowledge(COUNSELLOR, case.id)
    return desk


@pytest.mark.parametrize("tells", [True, False])
def test_the_school_decides_what_teachers_see(store: SqlStore, clock: FixedClock, *, tells: bool) -> None:
    """Once a counsellor took the case on, teachers see that there is support, if the school says so."""
    decide(store, tells=tells)
    take_on(store, clock)

    assert Support(store).list_supported(TEACHER, MEMBERS) == ({STUDENT.id} if tells else frozenset())


def test_a_sign_that_nobody_looked_at_is_not_told(store: SqlStore, clock: FixedClock) -> None:
    """It may be a false alarm; nor is what turned out to be one, or was looked after, told any more."""
    decide(store, tells=True)
    Cases(store, clock).raise_flag(STUDENT, "my words", HIGH, entry="ask")
    support = Support(store)
    before = support.list_supported(TEACHER, MEMBERS)
    desk = take_on(store, clock)
    (case,) = desk.list_cases(COUNSELLOR)
    desk.end(COUNSELLOR, case.id, Ending.FALSE_ALARM, "A song.")

    assert before == support.list_supported(TEACHER, MEMBERS) == frozenset()


def test_abuse_is_not_told(store: SqlStore, clock: FixedClock) -> None:
    """Whoever does it may be a teacher."""
    decide(store, tells=True)
    take_on(store, clock, ABUSE)

    assert Support(store).list_supported(TEACHER, MEMBERS) == frozenset()


def test_drills_and_other_classes_are_not_told(store: SqlStore, clock: FixedClock) -> None:
    """A drill is about nobody; students of other classes are not the teacher's; others than teachers see nothing."""
    decide(store, tells=True)
    desk = take_on(store, clock)
    drill = Cases(store, clock).drill(COUNSELLOR)
    desk.acknowledge(COUNSELLOR, drill.id)
    support = Support(store)
    elsewhere = replace(STUDENT, class_ids=(ClassId("9" * 32),))

    assert support.list_supported(TEACHER, [replace(COUNSELLOR, role=Role.STUDENT)]) == frozenset()
    assert support.list_supported(TEACHER, [elsewhere]) == frozenset()
    for role in (Role.STUDENT, Role.ADMINISTRATOR, Role.GUARDIAN, Role.COUNSELLOR):
        assert support.list_supported(a_person(role), MEMBERS) == frozenset()

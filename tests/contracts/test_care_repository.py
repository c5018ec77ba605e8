"""What every CareRepository does."""

import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from adapters.sql.store import SqlStore
from domain.care import Case, CaseEvent, CaseStatus, Flag, Severity, Worry
from domain.errors import Conflict
from domain.ids import CaseId, FlagId, PersonId, SchoolId, new_id
from domain.people import Person, Role
from domain.scope import EVERYTHING
from tests.builders import NOW, SCHOOL, a_person

STUDENT = a_person(Role.STUDENT)


def _flag(text: str = "I cannot go on.", person: Person = STUDENT) -> Flag:
    return Flag(FlagId(new_id()), person.id, Worry(Severity.HIGH, "self_harm", "rule"), text, "ask", NOW)


def _case(**changes: Any) -> Case:
    case = Case(
        id=CaseId(new_id()),
        school_id=SCHOOL,
        person_id=STUDENT.id,
        severity=Severity.HIGH,
        subject="self_harm",
        status=CaseStatus.OPEN,
        opened_at=NOW,
        due_at=NOW + timedelta(minutes=15),
        flags=(_flag("First words."), _flag("Second words.")),
        events=(CaseEvent(NOW, "opened"), CaseEvent(NOW, "seen", a_person(Role.COUNSELLOR).id, "A note.")),
    )
    return replace(case, **changes)


def test_a_case_comes_back_as_saved(store: SqlStore) -> None:
    """A case keeps its flags and events in order, and can be saved again with more of them."""
    case = _case()
    more = replace(case, flags=(*case.flags, _flag("Third.")), events=(*case.events, CaseEvent(NOW, "flagged")))

    for one in (case, more):
        with store(EVERYTHING) as unit:
            unit.care.save(one)
            unit.commit()
        with store(EVERYTHING) as unit:
            assert unit.care.find(case.id) == one


def test_an_unknown_case_is_none(store: SqlStore) -> None:
    """Finding what is not there gives None."""
    with store(EVERYTHING) as unit:
        assert unit.care.find(CaseId(new_id())) is None
        assert unit.care.find_open(STUDENT.id) is None


@pytest.mark.parametrize("status", [CaseStatus.OPEN, CaseStatus.ACKNOWLEDGED])
def test_a_case_is_open_until_it_is_closed(store: SqlStore, status: CaseStatus) -> None:
    """A person's case is found while it is open or acknowledged, and not once it is closed."""
    case = _case(status=status)
    with store(EVERYTHING) as unit:
        unit.care.save(case)
        assert unit.care.find_open(STUDENT.id) == case
        unit.care.save(replace(case, status=CaseStatus.CLOSED))
        assert unit.care.find_open(STUDENT.id) is None
        unit.care.save(_case())


def test_a_person_has_one_open_case(store: SqlStore) -> None:
    """A second case for a person whose first is not closed is a Conflict."""
    with store(EVERYTHING) as unit:
        unit.care.save(_case())
        with pytest.raises(Conflict):
            unit.care.save(_case())


def test_cases_are_listed_by_urgency(store: SqlStore) -> None:
    """Cases that are not closed come first, then the most severe, then those due first; other schools' never."""
    people = [a_person(Role.STUDENT, id=PersonId(new_id()), email=f"{number}@x.example") for number in range(5)]
    made = [
        _case(severity=Severity.IMMINENT, status=CaseStatus.CLOSED),
        _case(severity=Severity.LOW),
        _case(due_at=NOW + timedelta(hours=2)),
        _case(due_at=NOW + timedelta(hours=1), status=CaseStatus.ACKNOWLEDGED),
        _case(severity=Severity.MODERATE),
    ]
    cases = [
        replace(case, person_id=person.id, flags=(_flag(person=person),))
        for case, person in zip(made, people, strict=True)
    ]
    with store(EVERYTHING) as unit:
        for person, case in zip(people, cases, strict=True):
            unit.people.save_person(person)
            unit.care.save(case)
        unit.commit()

    with store(EVERYTHING) as unit:
        assert unit.care.list_cases(SCHOOL) == [cases[3], cases[2], cases[4], cases[1], cases[0]]
        assert unit.care.list_cases(SchoolId(new_id())) == []


def test_no_flag_is_lost_when_many_come_at_once(store: SqlStore) -> None:
    """Of flags that several threads add to one case at the same moment, every one is kept."""
    case = _case(flags=())
    with store(EVERYTHING) as unit:
        unit.care.save(case)
        unit.commit()

    def add() -> None:
        with store(EVERYTHING) as unit:
            found = unit.care.find_open(STUDENT.id)
            assert found is not None
            unit.care.save(replace(found, flags=(*found.flags, _flag())))
            unit.commit()

    threads = [threading.Thread(target=add) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with store(EVERYTHING) as unit:
        found = unit.care.find(case.id)
    assert found is not None
    assert len(found.flags) == 8


def test_the_cases_about_a_person_are_listed(store: SqlStore) -> None:
    """A person's cases come newest first, closed ones too, with their words; nobody else's come."""
    old = _case(status=CaseStatus.CLOSED, opened_at=NOW - timedelta(days=9), flags=(_flag("Once."),))
    new = _case(flags=(_flag("Again."),))
    with store(EVERYTHING) as unit:
        for case in (old, new):
            unit.care.save(case)
        unit.commit()

    with store(EVERYTHING) as unit:
        assert unit.care.list_about(STUDENT.id) == [new, old]
        assert unit.care.list_about(a_person(Role.TEACHER).id) == []

"""Looks at what a person wrote are noted, once an hour, and listed as far as the person may know."""

from datetime import timedelta

import pytest

from adapters.sql.store import SqlStore
from domain.people import Role
from domain.scope import scope_of
from safety.access import Accesses
from tests.builders import a_person
from tests.conftest import FixedClock

STUDENT = a_person()
OFFICE = a_person(Role.ADMINISTRATOR)


@pytest.fixture
def accesses(store: SqlStore, clock: FixedClock) -> Accesses:
    return Accesses(store, clock)


def _look(store: SqlStore, accesses: Accesses, *, what: str = "copy", thing_id: str = "") -> None:
    with store(scope_of(OFFICE)) as work:
        accesses.note(work, OFFICE, STUDENT.id, what=what, why="order", thing_id=thing_id)
        work.commit()


def test_a_look_says_who_what_why_and_when(store: SqlStore, accesses: Accesses, clock: FixedClock) -> None:
    """The person finds the note, whole."""
    _look(store, accesses)

    (found,) = accesses.list_for(STUDENT)

    assert (found.by_id, found.what, found.why, found.at) == (OFFICE.id, "copy", "order", clock.now())
    assert accesses.list_for(OFFICE) == []


def test_one_note_an_hour_is_enough(store: SqlStore, accesses: Accesses, clock: FixedClock) -> None:
    """Opening the same page again adds nothing within the hour; another thing or a later hour does."""
    _look(store, accesses)
    clock.move(timedelta(minutes=59))
    _look(store, accesses)
    _look(store, accesses, thing_id="other")
    clock.move(timedelta(minutes=1))
    _look(store, accesses)

    assert [look.thing_id for look in accesses.list_for(STUDENT)] == ["", "other", ""]


def test_a_look_that_is_not_committed_is_not_noted(store: SqlStore, accesses: Accesses) -> None:
    """The note is part of the caller's unit of work."""
    with store(scope_of(OFFICE)) as work:
        accesses.note(work, OFFICE, STUDENT.id, what="copy", why="order")

    assert accesses.list_for(STUDENT) == []


def test_ones_own_looks_are_not_noted(store: SqlStore, accesses: Accesses) -> None:
    """Reading one's own page is nobody's look."""
    with store(scope_of(STUDENT)) as work:
        accesses.note(work, STUDENT, STUDENT.id, what="record", why="own")
        work.commit()

    assert accesses.list_for(STUDENT) == []

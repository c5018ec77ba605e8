"""What a guardian's reach shows of a child, on every store: the child's numbers, and nothing of anybody else's."""

from dataclasses import replace

import pytest

from adapters.sql.store import SqlStore
from domain.consent import Purpose
from domain.errors import NotFound
from domain.ids import PersonId, stable_id
from domain.people import Role
from domain.scope import scope_of
from tests.builders import NOW, a_person
from tests.conftest import FixedClock
from tests.unit.accounts.families import CHILD, DAY, GUARDIAN, TEACHER, Home

STRANGER = replace(CHILD, id=PersonId(stable_id("stranger")), name="Not Mine", email="stranger@school.example")


@pytest.fixture
def home(store: SqlStore, clock: FixedClock) -> Home:
    home = Home(store, clock)
    home.save(CHILD, GUARDIAN, STRANGER)
    home.allow(Purpose.STUDY)
    quiz = home.quiz(1, 3)
    for person in (CHILD, STRANGER):
        home.answer(quiz, 0, is_right=True, person=person)
    home.take_hints(quiz.units[1].id, 1)
    home.look(TEACHER.id)
    home.look(a_person(Role.COUNSELLOR).id, what="case", why="care", is_hidden=True)
    home.ask_model()
    return home


def test_a_guardian_is_told_of_the_own_child(home: Home) -> None:
    """Work, hints, looks, exchanges, classes and whom to ask are found through the scopes, and the look is noted."""
    report = home.families.progress(GUARDIAN, CHILD.id)
    again = home.families.report(GUARDIAN, CHILD.id)

    (work,) = report.work
    assert (work.title, work.tally.questions, work.tally.right, work.tally.hints) == (
        "How plants feed themselves",
        1,
        1,
        2,
    )
    assert [part.title for part in work.parts] == ["Part 2"]
    assert (report.model_uses, report.classes, len(report.contacts)) == (1, ("Class 8b",), 2)
    assert [look.role for look in report.looks] == [Role.TEACHER]
    assert {look.role for look in again.looks} == {Role.TEACHER, Role.GUARDIAN}


def test_a_guardians_reach_ends_at_the_own_child(home: Home) -> None:
    """Another child's results and hints are not there, whatever id is asked for."""
    with home.store(scope_of(GUARDIAN)) as work:
        mine = work.learning.list_results(CHILD.id, NOW - DAY, NOW + DAY)
        others = work.learning.list_results(STRANGER.id, NOW - DAY, NOW + DAY)
        hints = work.learning.list_hint_progress(STRANGER.id)

    assert (len(mine), others, hints) == (1, [], [])
    with pytest.raises(NotFound):
        home.families.progress(GUARDIAN, STRANGER.id)

"""The daily allowance of tokens."""

from datetime import UTC, datetime, timedelta

import pytest

from adapters.sql.store import SqlStore
from domain.errors import OverBudget
from domain.ids import InteractionId, PersonId
from domain.interactions import Interaction
from domain.material import Kind, Provenance
from domain.people import Role
from domain.scope import EVERYTHING
from generators.budget import Budget
from tests.builders import a_person
from tests.conftest import FixedClock

STUDENT, TEACHER = a_person().id, a_person(Role.TEACHER).id


def spend(store: SqlStore, clock: FixedClock, tokens: int, person_id: PersonId | None = STUDENT) -> None:
    identifier = InteractionId(f"{clock.now().timestamp():.0f}{tokens}")
    spent = Interaction(
        identifier, clock.now(), Kind.ANSWER, Provenance(), (), "served", person_id=person_id, tokens_in=tokens
    )
    with store(EVERYTHING) as work:
        work.interactions.add(spent)
        work.commit()


def test_within_the_allowance_nothing_happens(store: SqlStore, clock: FixedClock) -> None:
    """One token below the limit may still be asked with."""
    spend(store, clock, 99)

    Budget(store, clock, per_person=100, overall=100).check(STUDENT)


def test_a_used_up_allowance_says_when_it_renews(store: SqlStore, clock: FixedClock) -> None:
    """At the limit the person is told the time of renewal: midnight, UTC."""
    spend(store, clock, 100)

    with pytest.raises(OverBudget) as caught:
        Budget(store, clock, per_person=100).check(STUDENT)

    assert caught.value.renews_at == datetime(2026, 9, 2, tzinfo=UTC)


def test_one_person_does_not_use_up_another_s(store: SqlStore, clock: FixedClock) -> None:
    """What one person spent leaves the others and the service theirs."""
    spend(store, clock, 100)
    budget = Budget(store, clock, per_person=100, overall=1000)

    budget.check(TEACHER)
    budget.check(None)


def test_everybody_together_has_a_limit(store: SqlStore, clock: FixedClock) -> None:
    """When the whole allowance is used up nobody may ask, the service included."""
    spend(store, clock, 1000)
    budget = Budget(store, clock, per_person=5000, overall=1000)

    with pytest.raises(OverBudget):
        budget.check(TEACHER)
    with pytest.raises(OverBudget):
        budget.check(None)


def test_a_new_day_renews(store: SqlStore, clock: FixedClock) -> None:
    """After midnight the allowance is whole again."""
    spend(store, clock, 100)
    clock.move(timedelta(hours=16))

    Budget(store, clock, per_person=100).check(STUDENT)

"""The daily allowance of tokens and of money."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.sql.store import SqlStore
from domain.errors import OverBudget
from domain.ids import ClassId, InteractionId, PersonId
from domain.interactions import Interaction
from domain.material import Kind, Provenance
from domain.people import Role
from domain.scope import EVERYTHING
from generators.budget import Budget, Cap, Caps, Hold, Prices, Whose
from tests.builders import CLASS, SCHOOL, a_document, a_person
from tests.conftest import FixedClock

STUDENT, TEACHER = a_person().id, a_person(Role.TEACHER).id
OTHER_CLASS = ClassId("0" * 32)
ONE_PERSON = Caps(person=Cap(tokens=100), overall=Cap())


def spend(
    store: SqlStore, clock: FixedClock, tokens: int, person_id: PersonId | None = STUDENT, *, cost: int = 0
) -> None:
    identifier = InteractionId(f"{clock.now().timestamp():.0f}{tokens}")
    spent = Interaction(
        identifier,
        clock.now(),
        Kind.ANSWER,
        Provenance(),
        (),
        "served",
        person_id=person_id,
        tokens_in=tokens,
        cost=cost,
    )
    with store(EVERYTHING) as work:
        work.documents.save(a_document())
        work.interactions.add(replace(spent, document_id=a_document().id, school_id=SCHOOL))
        work.commit()


def ask(budget: Budget, person_id: PersonId | None = STUDENT, class_id: ClassId | None = CLASS) -> Hold:
    """Reserve 10 tokens there and 5 back."""
    return budget.reserve(Whose(person_id, class_id), tokens_in=10, tokens_out=5)


def test_within_the_allowance_nothing_happens(store: SqlStore, clock: FixedClock) -> None:
    """One token below the limit may still be asked with."""
    spend(store, clock, 99)

    ask(Budget(store, clock, ONE_PERSON))


def test_a_used_up_allowance_says_when_it_renews(store: SqlStore, clock: FixedClock) -> None:
    """At the limit the person is told the time of renewal: midnight, UTC."""
    spend(store, clock, 100)

    with pytest.raises(OverBudget, match="for you") as caught:
        ask(Budget(store, clock, ONE_PERSON))

    assert caught.value.renews_at == datetime(2026, 9, 2, tzinfo=UTC)


def test_one_person_does_not_use_up_another_s(store: SqlStore, clock: FixedClock) -> None:
    """What one person spent leaves the others and the service theirs."""
    spend(store, clock, 100)
    budget = Budget(store, clock, ONE_PERSON)

    ask(budget, TEACHER)
    ask(budget, None)


def test_everybody_together_has_a_limit(store: SqlStore, clock: FixedClock) -> None:
    """When the whole allowance is used up nobody may ask, the service included."""
    spend(store, clock, 1000)
    budget = Budget(store, clock, Caps(person=Cap(), overall=Cap(tokens=1000)))

    for person_id in (TEACHER, None):
        with pytest.raises(OverBudget):
            ask(budget, person_id, None)


@pytest.mark.parametrize("cap", [Cap(tokens=100), Cap(cost=7)], ids=["tokens", "money"])
def test_a_class_has_a_limit(store: SqlStore, clock: FixedClock, cap: Cap) -> None:
    """What was asked about a class's readings counts for it, whoever asked; another class still may."""
    spend(store, clock, 100, None, cost=7)
    budget = Budget(store, clock, Caps(of_class=cap))

    with pytest.raises(OverBudget, match="for this class"):
        ask(budget)
    ask(budget, class_id=OTHER_CLASS)


def test_money_has_a_limit(store: SqlStore, clock: FixedClock) -> None:
    """A cap in money holds where the one in tokens does not."""
    spend(store, clock, 1, cost=500)

    ask(Budget(store, clock, Caps(person=Cap(cost=501))))
    with pytest.raises(OverBudget):
        ask(Budget(store, clock, Caps(person=Cap(cost=500))))


def test_a_new_day_renews(store: SqlStore, clock: FixedClock) -> None:
    """After midnight the allowance is whole again."""
    spend(store, clock, 100)
    clock.move(timedelta(hours=16))

    ask(Budget(store, clock, ONE_PERSON))


def test_what_is_asked_at_the_moment_counts(store: SqlStore, clock: FixedClock) -> None:
    """Of questions that are out at once each sees the others; one that came to less frees the rest."""
    budget = Budget(store, clock, Caps(person=Cap(tokens=16)), Prices(Decimal(1), Decimal(2)))
    first = ask(budget)
    second = ask(budget)

    with pytest.raises(OverBudget):
        ask(budget)
    assert first.settle(0, 0) == 0
    third = ask(budget)
    for hold in (first, second, third):
        hold.release()
    ask(budget)


def test_money_that_is_held_counts(store: SqlStore, clock: FixedClock) -> None:
    """A question is expected to cost what its tokens cost, until it is known."""
    budget = Budget(store, clock, Caps(overall=Cap(cost=21)), Prices(Decimal(1), Decimal(2)))
    hold = ask(budget)
    ask(budget, None)

    with pytest.raises(OverBudget):
        ask(budget, TEACHER)
    assert hold.settle(1, 1) == 3
    with pytest.raises(OverBudget):
        ask(budget, TEACHER, None)


@given(
    tokens=st.tuples(st.integers(0, 10**9), st.integers(0, 10**9)),
    prices=st.tuples(*[st.decimals(0, 1000, places=4)] * 2),
)
def test_a_cost_is_never_rounded_down(tokens: tuple[int, int], prices: tuple[Decimal, Decimal]) -> None:
    """Millionths of the currency: price per million tokens times tokens, rounded up by less than one."""
    exact = tokens[0] * prices[0] + tokens[1] * prices[1]

    assert 0 <= Prices(*prices).cost(*tokens) - exact < 1

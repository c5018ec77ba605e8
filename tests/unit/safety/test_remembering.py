"""Turns add up over entries and days, as numbers and names of slots."""

from datetime import timedelta

import pytest

from adapters.sql.store import SqlStore
from domain.care import Concern, Severity, Worry
from domain.scope import EVERYTHING
from safety.conversation import State, Weight
from safety.remembering import Memory
from tests.builders import a_person
from tests.conftest import FixedClock

CUE = Weight(log_odds=1.5)
NOTHING = Weight()
GRAVE = Weight(Worry(Severity.HIGH, "suicide", "en.plan"), 5.0)


@pytest.fixture
def memory(store: SqlStore, clock: FixedClock) -> Memory:
    return Memory(store, clock)


def kept(store: SqlStore) -> Concern | None:
    with store(EVERYTHING) as work:
        return work.concerns.find(a_person().id)


def test_cues_add_up_to_a_worry(memory: Memory, store: SqlStore) -> None:
    """Several turns that raise nothing by themselves raise a worry together; it is given, to be kept with the case."""
    found = [memory.add(a_person(), CUE, is_turn=True) for _ in range(3)]

    worries = [worry for worry, _ in found if worry]
    assert worries[0].rule.startswith("conversation.")
    assert found[0] == (None, None)
    before = kept(store)
    given = next(concern for worry, concern in found if worry)
    assert before is not None
    assert given is not None
    assert State.from_dict(given.state).log_odds > 0


def test_slots_combine_over_days(memory: Memory, clock: FixedClock) -> None:
    """A farewell today and a gift tomorrow are heard together."""
    first, _ = memory.add(a_person(), Weight(log_odds=0.1, slots=frozenset({"goodbye"})), is_turn=True)
    clock.move(timedelta(days=1))
    second, _ = memory.add(a_person(), Weight(log_odds=0.1, slots=frozenset({"gift"})), is_turn=True)

    assert first is None
    assert second is not None
    assert second.severity is Severity.HIGH


def test_calm_turns_of_calm_people_are_not_written(memory: Memory, store: SqlStore) -> None:
    """Who never wrote anything worrying has nothing kept."""
    assert memory.add(a_person(), NOTHING, is_turn=True) == (None, None)
    assert kept(store) is None


def test_calm_turns_let_a_sum_fade(memory: Memory, store: SqlStore) -> None:
    """A calm turn lowers the sum; a name that was changed meanwhile does not."""
    memory.add(a_person(), CUE, is_turn=True)
    first = kept(store)
    memory.add(a_person(), NOTHING, is_turn=False)
    second = kept(store)
    memory.add(a_person(), NOTHING, is_turn=True)
    third = kept(store)

    assert first is not None
    assert third is not None
    assert first == second
    assert State.from_dict(third.state).log_odds < State.from_dict(first.state).log_odds


def test_a_worry_of_its_own_comes_with_what_was_before(memory: Memory) -> None:
    """The concern that goes with a case has the earlier turns in it."""
    memory.add(a_person(), CUE, is_turn=True)

    worry, concern = memory.add(a_person(), GRAVE, is_turn=True)

    assert worry == GRAVE.worry
    assert concern is not None
    assert State.from_dict(concern.state).log_odds > GRAVE.log_odds

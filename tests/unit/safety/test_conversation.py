"""Turns that look harmless add up, and benign talk does not."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.care import Severity, Worry
from safety.conversation import SLOTS, State, Weight, add, within

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LOW = Worry(Severity.LOW, "suicide", "en.passive")

weights = st.builds(
    Weight,
    worry=st.sampled_from([None, LOW]),
    log_odds=st.floats(0, 6),
    slots=st.frozensets(st.sampled_from(sorted(SLOTS))),
    is_own=st.booleans(),
    is_framed=st.booleans(),
)


def cue(*slots: str, log_odds: float = 0.8) -> Weight:
    return Weight(log_odds=log_odds, slots=frozenset(slots))


def heard(*weights: Weight, apart: timedelta = timedelta(minutes=1)) -> list[Worry | None]:
    """Give what each turn of a conversation raises."""
    state, raised = State(), []
    for turn, weight in enumerate(weights):
        state, worry = add(state, weight, NOW + turn * apart)
        raised.append(worry)
    return raised


def test_a_turns_own_worry_is_raised() -> None:
    """What one turn says outright is raised at once."""
    assert heard(Weight(LOW, 2.6)) == [LOW]


@pytest.mark.parametrize(
    ("slots", "severity"),
    [
        (("means", "time"), Severity.HIGH),
        (("goodbye", "gift"), Severity.HIGH),
        (("hopeless", "plan"), Severity.HIGH),
        (("hopeless", "time"), Severity.MODERATE),
        (("burden", "hopeless"), Severity.LOW),
        (("harm", "plan"), Severity.HIGH),
        (("fear", "harm"), Severity.MODERATE),
    ],
)
def test_slots_of_different_turns_combine(slots: tuple[str, str], severity: Severity) -> None:
    """Two things said in two turns raise together what neither raises alone."""
    first, between, second = heard(cue(slots[0]), Weight(), cue(slots[1]))

    assert (first, between) == (None, None)
    assert second is not None
    assert second.severity is severity


def test_the_gravest_combination_counts() -> None:
    """Of several combinations that a turn completes the gravest is raised."""
    *_, last = heard(cue("burden"), cue("means"), cue("hopeless"))

    assert last is not None
    assert last.severity is Severity.HIGH


def test_a_turn_that_says_nothing_raises_nothing() -> None:
    """After a worry, the next ordinary turn raises none."""
    assert heard(Weight(LOW, 2.6, frozenset({"hopeless", "plan"})), Weight())[1] is None


def test_weak_cues_add_up() -> None:
    """The same weak cue again and again raises a worry, and more of it a graver one."""
    raised = heard(*[cue("hopeless", log_odds=1.0)] * 12)

    assert raised[:2] == [None, None]
    assert raised[3] is not None
    assert raised[3].severity is Severity.LOW
    assert raised[-1] is not None
    assert raised[-1].severity is Severity.MODERATE


def test_what_was_said_long_ago_fades() -> None:
    """A cue a day adds up to nothing, and a slot is forgotten after seven days."""
    assert heard(*[cue("hopeless")] * 12, apart=timedelta(days=1)) == [None] * 12
    assert heard(cue("means"), cue("time"), apart=timedelta(days=8)) == [None, None]
    assert heard(cue("means"), cue("time"), apart=timedelta(days=6))[1] is not None


def test_a_frame_lowers_what_follows() -> None:
    """After a turn about a play, the death of its people is no worry; one's own still is."""
    others, own = Weight(LOW, 2.6, is_own=False), Weight(LOW, 2.6)

    assert heard(Weight(is_framed=True), others) == [None, None]
    assert heard(Weight(is_framed=True), own) == [None, LOW]
    assert heard(others) == [LOW]
    assert heard(Weight(is_framed=True), *[Weight()] * 8, others)[-1] == LOW


def test_cues_of_one_text() -> None:
    """Cues of one text combine as those of several turns do."""
    assert within(cue("means")) is None
    assert within(cue("goodbye", "gift")) == Worry(Severity.HIGH, "suicide", "conversation.gift+goodbye")
    assert within(cue("hopeless", log_odds=3.0)) == Worry(Severity.LOW, "suicide", "conversation.sum")


@given(turns=st.lists(weights, max_size=6))
def test_a_state_survives_writing(turns: list[Weight]) -> None:
    """A state written as JSON and read again is the same, and holds numbers, times and names of slots alone."""
    state = State()
    for turn, weight in enumerate(turns):
        state, _ = add(state, weight, NOW + timedelta(minutes=turn))

    written = json.loads(json.dumps(state.to_dict()))

    assert State.from_dict(written) == state
    assert written["slots"].keys() <= SLOTS


@given(turns=st.lists(weights, min_size=1, max_size=6))
def test_a_turn_is_never_heard_as_less_than_it_says(turns: list[Weight]) -> None:
    """Whatever came before, a worry of one's own is raised at least as grave as it is."""
    raised = heard(*turns, Weight(LOW, 2.6))

    assert raised[-1] is not None

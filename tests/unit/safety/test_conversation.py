"""Turns that look harmless add up, and benign talk does not."""

import json
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.care import Severity, Who, Worry
from safety.conversation import SLOTS, State, Weight, add, within
from safety.screening import Screener

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


IMMINENT_SUICIDE = Weight(
    Worry(Severity.IMMINENT, "suicide", "en.under_way"), 9.0, frozenset({"plan", "time", "means", "hopeless"})
)
ABUSE = Weight(Worry(Severity.HIGH, "abuse", "en.abuse"), 8.0, frozenset({"hurt", "fear"}))
SELF_HARM = Weight(Worry(Severity.MODERATE, "self_harm", "en.self_harm"), 5.0, frozenset({"hurt"}))
FRIEND = Weight(Worry(Severity.MODERATE, "suicide", "en.friend", Who.OTHER), 3.6)
THREAT = Weight(Worry(Severity.HIGH, "violence", "en.attack"), 5.0, frozenset({"harm", "plan"}))


@pytest.mark.parametrize("turns", list(permutations([IMMINENT_SUICIDE, ABUSE, SELF_HARM, FRIEND, THREAT], 3)))
def test_a_turn_keeps_its_own_subject(turns: tuple[Weight, ...]) -> None:
    """Whatever was said before, a turn with a worry of its own is about that, of whom it says, and no milder."""
    raised = heard(*turns)

    for weight, worry in zip(turns, raised, strict=True):
        assert weight.worry is not None
        assert worry is not None
        assert (worry.subject, worry.rule, worry.who) == (weight.worry.subject, weight.worry.rule, weight.worry.who)
        assert list(Severity).index(worry.severity) >= list(Severity).index(weight.worry.severity)


def test_the_conversation_makes_a_turn_graver() -> None:
    """Somebody who hurts themselves after speaking of a plan is asked about that, and sooner."""
    assert heard(cue("plan"), SELF_HARM)[1] == Worry(Severity.HIGH, "self_harm", "en.self_harm")


@pytest.mark.parametrize("slot", sorted(SLOTS - {"harm"}))
@pytest.mark.parametrize("other", sorted(SLOTS - {"harm"}))
def test_nobody_is_taken_for_an_attacker_who_spoke_of_harming_nobody(slot: str, other: str) -> None:
    """No two things that somebody says of themselves, or of what is done to them, add up to violence."""
    assert all(worry is None or worry.subject != "violence" for worry in heard(cue(slot), cue(other)))


@pytest.mark.parametrize("slot", ["hurt", "hopeless", "burden", "goodbye", "gift"])
@pytest.mark.parametrize("other", ["means", "plan", "time"])
def test_a_sufferer_with_bitter_words_is_asked_about_themselves(slot: str, other: str) -> None:
    """That others will be sorry makes nobody who suffers an attacker."""
    for turns in permutations([cue(slot), cue("harm"), cue(other)]):
        last = heard(*turns)[-1]

        assert last is not None
        assert last.subject != "violence"


@pytest.mark.parametrize("other", ["means", "plan", "time"])
def test_harm_to_others_with_a_way_is_violence(other: str) -> None:
    """Who says nothing of suffering, but of harming others and of a way, is asked about that."""
    _, last = heard(cue("harm"), cue(other))

    assert last is not None
    assert last.subject == "violence"


@pytest.mark.parametrize(
    ("turns", "last"),
    [
        (
            ("I will end my life tonight", "my stepmum beats me most evenings", "I cut my arm again yesterday"),
            "self_harm",
        ),
        (("my uncle hits me", "I am ready to do it"), "suicide"),
        (("I cut myself on Monday", "my brother punches me and I hide"), "abuse"),
        (("they will all be sorry", "nothing matters anymore", "I have decided how I will go"), "suicide"),
        (("I want to stab him at school tomorrow", "my father beats me when he is drunk"), "abuse"),
        (("my father beats me when he is drunk", "I want to stab him at school tomorrow"), "violence"),
    ],
)
def test_mixed_conversations(turns: tuple[str, ...], last: str) -> None:
    """With the grammars as they are, the last turn is answered about what it says itself."""
    screener = Screener()

    worry = heard(*(screener.weigh(text) for text in turns))[-1]

    assert worry is not None
    assert worry.subject == last

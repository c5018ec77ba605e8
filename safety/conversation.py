"""Adds up what the turns of a conversation say, so that turns which look harmless one by one are heard together.

What is kept are numbers and names of slots with their times, never a word of the text. Everything here is pure.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from domain.care import Severity, Worry

SLOTS = frozenset(
    {"means", "time", "goodbye", "gift", "plan", "hopeless", "burden", "isolation", "sleepless", "fear", "hurt", "harm"}
)
"""What a turn may speak of: a means at hand, a time, farewells, gifts, ..., fear of somebody.

`hurt` is harm that the writer suffers, from others or by their own hand; `harm` is what the writer says of harming
others, and nothing else.
"""

_VICTIMS = frozenset({"hurt", "hopeless", "burden", "goodbye", "gift"})
"""Whoever says one of these is asked about themselves: "they will be sorry" is no threat then."""

_HALF_LIFE_TURNS = 6
_HALF_LIFE_HOURS = 24.0
_REMEMBERED = timedelta(days=7)
"""How long a slot counts."""

_FRAMED = 0.5
"""How much of a frame must be left for it to lower what is not the writer's own."""

_LEVELS = ((4.5, Severity.MODERATE), (2.6, Severity.LOW))
"""The sums of log-odds from which on turns that raised nothing by themselves raise a worry."""

_COMBINATIONS: tuple[tuple[frozenset[str], Severity, str], ...] = tuple(
    (frozenset(slots.split()), severity, subject)
    for slots, severity, subject in (
        ("means time", Severity.HIGH, "suicide"),
        ("means goodbye", Severity.HIGH, "suicide"),
        ("means hopeless", Severity.HIGH, "suicide"),
        ("means gift", Severity.HIGH, "suicide"),
        ("means burden", Severity.HIGH, "suicide"),
        ("goodbye gift", Severity.HIGH, "suicide"),
        ("goodbye hopeless", Severity.HIGH, "suicide"),
        ("goodbye burden", Severity.HIGH, "suicide"),
        ("goodbye time", Severity.HIGH, "suicide"),
        ("goodbye plan", Severity.HIGH, "suicide"),
        ("hopeless plan", Severity.HIGH, "suicide"),
        ("gift time", Severity.HIGH, "suicide"),
        ("gift hopeless", Severity.HIGH, "suicide"),
        ("gift burden", Severity.HIGH, "suicide"),
        ("gift plan", Severity.HIGH, "suicide"),
        ("plan time", Severity.HIGH, "suicide"),
        ("burden plan", Severity.HIGH, "suicide"),
        ("hurt means", Severity.HIGH, "suicide"),
        ("hurt plan", Severity.HIGH, "suicide"),
        ("harm means", Severity.HIGH, "violence"),
        ("harm plan", Severity.HIGH, "violence"),
        ("hopeless time", Severity.MODERATE, "suicide"),
        ("burden time", Severity.MODERATE, "suicide"),
        ("hurt time", Severity.MODERATE, "suicide"),
        ("fear hurt", Severity.MODERATE, "abuse"),
        ("fear harm", Severity.MODERATE, "abuse"),
        ("harm time", Severity.MODERATE, "violence"),
        ("burden hopeless", Severity.LOW, "suicide"),
        ("hopeless isolation sleepless", Severity.LOW, "suicide"),
        ("burden isolation", Severity.LOW, "suicide"),
    )
)
"""What is worrying together, the gravest first, and harm to others last among those.

Working defaults that await clinical review.
"""

_ORDER = tuple(Severity)


@dataclass(frozen=True, slots=True)
class Weight:
    """What one text says: its own worry if it has one, the log-odds of danger (0 = nothing), and the slots it fills.

    `is_own` tells whether the worry is one that no frame lowers; `is_framed` whether the text speaks of school work,
    fiction or games.
    """

    worry: Worry | None = None
    log_odds: float = 0.0
    slots: frozenset[str] = frozenset()
    is_own: bool = True
    is_framed: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """What is remembered of a conversation: a sum of log-odds, when each slot was filled, when a turn was added.

    `frame` is 1 after a turn about school work, fiction or games, and fades with further turns.
    """

    log_odds: float = 0.0
    slots: Mapping[str, datetime] = field(default_factory=lambda: MappingProxyType({}))
    at: datetime | None = None
    frame: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        """Write the state as what JSON can hold."""
        return {
            "log_odds": self.log_odds,
            "slots": {slot: at.isoformat() for slot, at in sorted(self.slots.items())},
            "at": self.at.isoformat() if self.at else None,
            "frame": self.frame,
        }

    @classmethod
    def from_dict(cls, written: Mapping[str, Any]) -> "State":
        """Read a state that `to_dict` wrote."""
        slots = {slot: datetime.fromisoformat(at) for slot, at in written["slots"].items()}
        at = written["at"]
        then = datetime.fromisoformat(at) if at else None
        return cls(float(written["log_odds"]), MappingProxyType(slots), then, float(written["frame"]))


def add(state: State, weight: Weight, at: datetime) -> tuple[State, Worry | None]:
    """Add a turn of the time `at` to a conversation, and give the gravest worry that it raises or completes.

    A turn with a worry of its own keeps what it is about and who: what was said before can only make it graver.
    The sum halves within 6 turns or 24 hours; a slot counts for 7 days. A turn that says nothing raises nothing. What
    a frame would lower within a text, it lowers in the turns that follow too.
    """
    decay = _decay(state.at, at)
    if not weight.is_own and state.frame >= _FRAMED:
        weight = Weight(is_framed=weight.is_framed)
    kept = {slot: then for slot, then in state.slots.items() if at - then <= _REMEMBERED}
    slots = kept | dict.fromkeys(weight.slots, at)
    sum_ = state.log_odds * decay + weight.log_odds
    frame = 1.0 if weight.is_framed else state.frame * decay
    raised = [worry for worry in (weight.worry, _combined(slots, weight.slots), _summed(sum_, weight)) if worry]
    worst = max(raised, key=lambda worry: _ORDER.index(worry.severity), default=None)
    if worst and weight.worry:
        worst = replace(weight.worry, severity=worst.severity)
    return State(sum_, MappingProxyType(slots), at, frame), worst


def within(weight: Weight) -> Worry | None:
    """Give the worry that the cues of one text raise together, when none of them raises one by itself."""
    return _combined(weight.slots, weight.slots) or _summed(weight.log_odds, weight)


def _decay(before: datetime | None, at: datetime) -> float:
    hours = max(0.0, (at - before).total_seconds() / 3600) if before else 0.0
    return float(0.5 ** (1 / _HALF_LIFE_TURNS + hours / _HALF_LIFE_HOURS))


def _combined(slots: Collection[str], new: frozenset[str]) -> Worry | None:
    """Give the gravest combination that the new slots are part of."""
    for together, severity, subject in _COMBINATIONS:
        if together & new and all(slot in slots for slot in together):
            about = "suicide" if subject == "violence" and not _VICTIMS.isdisjoint(slots) else subject
            return Worry(severity, about, "conversation." + "+".join(sorted(together)))
    return None


def _summed(sum_: float, weight: Weight) -> Worry | None:
    """Give the worry that a sum raises by a turn that adds to it without raising one itself."""
    if weight.worry or weight.log_odds <= 0:
        return None
    return next((Worry(severity, "suicide", "conversation.sum") for least, severity in _LEVELS if sum_ >= least), None)

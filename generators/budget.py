"""How much the model may be used each day (UTC), in tokens and in money: by a person, by a class's readings, in all."""

from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from decimal import ROUND_CEILING, Decimal
from threading import Lock

from domain.clock import Clock
from domain.errors import OverBudget
from domain.ids import ClassId, PersonId
from domain.ports import Store
from domain.scope import EVERYTHING

MILLION = 1_000_000
"""Costs are counted in millionths of the currency."""


@dataclass(frozen=True, slots=True)
class Prices:
    """What a million tokens cost, in the currency that the settings name; what is free costs 0."""

    tokens_in: Decimal = Decimal(0)
    tokens_out: Decimal = Decimal(0)

    def cost(self, tokens_in: int, tokens_out: int) -> int:
        """Give the cost in millionths of the currency, rounded up."""
        exact = tokens_in * self.tokens_in + tokens_out * self.tokens_out
        return int(exact.to_integral_value(rounding=ROUND_CEILING))


@dataclass(frozen=True, slots=True)
class Cap:
    """The most that may be used in a day: tokens, and money in millionths of the currency. None is without end."""

    tokens: int | None = None
    cost: int | None = None


@dataclass(frozen=True, slots=True)
class Caps:
    """The caps of a person, of a class and of everybody. What the service makes on its own is no person's."""

    person: Cap = Cap(tokens=200_000)
    of_class: Cap = Cap()
    overall: Cap = Cap(tokens=2_000_000)


@dataclass(frozen=True, slots=True)
class Whose:
    """Who asks (None for the service itself), and the class whose reading it is about."""

    person_id: PersonId | None = None
    class_id: ClassId | None = None


@dataclass(frozen=True, slots=True)
class _Spent:
    """What is asked for at this moment, or was and is not on record yet."""

    whose: Whose
    tokens: int
    cost: int


@dataclass(slots=True)
class _Ledger:
    """What is spent but not on record yet, by the number of its hold."""

    held: dict[int, _Spent] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)
    last: int = 0


@dataclass(frozen=True, slots=True)
class Hold:
    """A part of the allowance that one question to the model takes, until it is on record."""

    number: int
    ledger: _Ledger
    prices: Prices

    def settle(self, tokens_in: int, tokens_out: int) -> int:
        """Take what it came to instead of what was expected; give its cost in millionths."""
        cost = self.prices.cost(tokens_in, tokens_out)
        with self.ledger.lock:
            spent = self.ledger.held[self.number]
            self.ledger.held[self.number] = replace(spent, tokens=tokens_in + tokens_out, cost=cost)
        return cost

    def release(self) -> None:
        """Give it back: it is on record now."""
        with self.ledger.lock:
            del self.ledger.held[self.number]


@dataclass(frozen=True, slots=True)
class Budget:
    """The daily allowance. Of what several threads ask at once each sees what the others hold."""

    store: Store
    clock: Clock
    caps: Caps = Caps()
    prices: Prices = Prices()
    _ledger: _Ledger = field(default_factory=_Ledger, init=False, repr=False, compare=False)

    def reserve(self, whose: Whose, *, tokens_in: int, tokens_out: int) -> Hold:
        """Take a part of today's allowance. Raises OverBudget, with the time of renewal, when it is used up.

        It counts as used up when what is on record and what is held reach a cap. So no cap is passed by more than the
        one question that was asked before it was reached.
        """
        with self._ledger.lock:
            self._check(whose)
            self._ledger.last += 1
            hold = Hold(self._ledger.last, self._ledger, self.prices)
            self._ledger.held[hold.number] = _Spent(
                whose, tokens_in + tokens_out, self.prices.cost(tokens_in, tokens_out)
            )
        return hold

    @property
    def held(self) -> int:
        """The tokens that are held at this moment."""
        with self._ledger.lock:
            return sum(one.tokens for one in self._ledger.held.values())

    def _check(self, whose: Whose) -> None:
        today = _midnight(self.clock.now())
        held = self._ledger.held.values()
        parts = [(self.caps.overall, Whose(), "")]
        if whose.class_id:
            parts.append((self.caps.of_class, Whose(class_id=whose.class_id), " for this class"))
        if whose.person_id:
            parts.append((self.caps.person, Whose(person_id=whose.person_id), " for you"))
        for cap, part, for_whom in parts:
            mine = [one for one in held if _is_of(one.whose, part)]
            if self._is_reached(cap, part, mine, today):
                message = f"Today's allowance{for_whom} for the model is used up. It renews at midnight, UTC."
                raise OverBudget(message, renews_at=today + timedelta(days=1))

    def _is_reached(self, cap: Cap, part: Whose, held: list[_Spent], since: datetime) -> bool:
        with self.store(EVERYTHING) as work:
            records = work.interactions
            if cap.tokens is not None:
                tokens = records.tokens_since(part.person_id, since, class_id=part.class_id)
                if tokens + sum(one.tokens for one in held) >= cap.tokens:
                    return True
            if cap.cost is None:
                return False
            cost = records.cost_since(since, person_id=part.person_id, class_id=part.class_id)
            return cost + sum(one.cost for one in held) >= cap.cost


def _is_of(whose: Whose, part: Whose) -> bool:
    is_person = part.person_id is None or whose.person_id == part.person_id
    return is_person and (part.class_id is None or whose.class_id == part.class_id)


def _midnight(moment: datetime) -> datetime:
    return datetime.combine(moment.date(), time.min, tzinfo=moment.tzinfo)

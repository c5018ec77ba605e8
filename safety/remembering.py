"""What a person's turns add up to, over entries and days: loaded, added to and kept as numbers and names of slots.

It is kept whatever the person allowed: it is there for the person's safety, holds no word, and nobody is shown it.
Only a counsellor ends it, by closing a case.
"""

from domain.care import Concern, Worry
from domain.clock import Clock
from domain.people import Person
from domain.ports import Store, UnitOfWork
from domain.scope import scope_of
from safety.conversation import State, Weight, add

_FAINT = 0.05
"""A sum of log-odds that no further turn could make a worry of."""


class Memory:
    """Adds turns to what is remembered of people."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Keep it in the store."""
        self._store = store
        self._clock = clock

    def add(self, person: Person, weight: Weight, *, is_turn: bool) -> tuple[Worry | None, Concern | None]:
        """Add what somebody wrote, and give the worry it raises or completes.

        With a worry the concern is not kept yet but given, to be kept with the case. What says nothing lets a sum
        fade when it `is_turn` of a conversation, and changes nothing where it is a name or a title.
        """
        says_something = bool(weight.worry or weight.log_odds or weight.slots)
        with self._store(scope_of(person)) as work:
            state = _state(work, person)
        if not says_something and not (is_turn and (state.slots or abs(state.log_odds) > _FAINT)):
            return None, None
        with self._store(scope_of(person)) as work:
            work.people.lock()  # of two turns at once neither is forgotten
            now = self._clock.now()
            added, worry = add(_state(work, person), weight, now)
            concern = Concern(person.id, added.to_dict(), now)
            if worry:
                return worry, concern
            work.concerns.save(concern)
            work.commit()
        return None, None


def _state(work: UnitOfWork, person: Person) -> State:
    found = work.concerns.find(person.id)
    return State.from_dict(found.state) if found else State()

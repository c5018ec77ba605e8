"""How many tokens the model may use, by person and in all, each day in UTC."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from domain.clock import Clock
from domain.errors import OverBudget
from domain.ids import PersonId
from domain.ports import Store
from domain.scope import EVERYTHING


@dataclass(frozen=True, slots=True)
class Budget:
    """The daily allowance. What the service makes on its own counts towards the whole alone."""

    store: Store
    clock: Clock
    per_person: int = 200_000
    overall: int = 2_000_000

    def check(self, person_id: PersonId | None) -> None:
        """Raise OverBudget, with the time of renewal, when today's allowance is used up."""
        today = _midnight(self.clock.now())
        with self.store(EVERYTHING) as work:
            in_all = work.interactions.tokens_since(None, today)
            own = work.interactions.tokens_since(person_id, today) if person_id else 0
        if in_all >= self.overall or own >= self.per_person:
            message = "Today's allowance for the model is used up. It renews at midnight, UTC."
            raise OverBudget(message, renews_at=today + timedelta(days=1))


def _midnight(moment: datetime) -> datetime:
    return datetime.combine(moment.date(), time.min, tzinfo=moment.tzinfo)

"""Rosters between being looked at and being brought in.

They wait in memory alone: no list of children is left lying on a disk, and a restart forgets them.
"""

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Lock

from accounts.roster.report import Report
from domain.clock import Clock
from domain.errors import Conflict, NotFound
from domain.ids import ClassId, PersonId, new_id

KEPT = timedelta(hours=1)
"""How long a roster, and then its report, can be looked at."""

_MOST = 8
"""A roster of 20,000 rows and its report take about 20 MB."""


@dataclass(frozen=True, slots=True)
class Held:
    """A roster that somebody looks at. `files` are empty once it was brought in."""

    id: str
    person_id: PersonId
    class_id: ClassId | None
    files: tuple[bytes, ...]
    report: Report
    at: datetime


class Waiting:
    """The rosters that wait, one for each person; the oldest goes when there are too many."""

    def __init__(self, clock: Clock) -> None:
        """Start with none."""
        self._clock = clock
        self._lock = Lock()
        self._held: OrderedDict[str, Held] = OrderedDict()

    def put(self, person_id: PersonId, class_id: ClassId | None, files: tuple[bytes, ...], report: Report) -> Held:
        """Let a roster wait, in place of the person's last one."""
        held = Held(new_id(), person_id, class_id, files, report, self._clock.now())
        with self._lock:
            for known in [one for one in self._held.values() if one.person_id == person_id or self._is_over(one)]:
                del self._held[known.id]
            self._held[held.id] = held
            if len(self._held) > _MOST:
                self._held.popitem(last=False)
        return held

    def load(self, person_id: PersonId, class_id: ClassId | None, held_id: str) -> Held:
        """Give a person's roster. Raises NotFound for any other."""
        with self._lock:
            held = self._held.get(held_id)
        if held is None or (held.person_id, held.class_id) != (person_id, class_id) or self._is_over(held):
            raise NotFound("This list is not here any more. Bring the file again.", code="not_held")
        return held

    def take(self, held: Held) -> tuple[bytes, ...]:
        """Give the files to the one who asks first. Raises Conflict for the next."""
        with self._lock:
            files = self._held[held.id].files if held.id in self._held else ()
            if not files:
                raise Conflict("This list was brought in already. Look at its report.", code="already_taken")
            self._held[held.id] = replace(held, files=())
        return files

    def finish(self, held: Held, report: Report) -> None:
        """Keep the report of what was done."""
        with self._lock:
            self._held[held.id] = replace(held, files=(), report=report, at=self._clock.now())

    def _is_over(self, held: Held) -> bool:
        return held.at + KEPT <= self._clock.now()

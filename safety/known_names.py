"""Names that a school knows, for taking them out of what leaves the house. They are never shown and never logged."""

import re
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from domain.clock import Clock
from domain.documents import Document
from domain.ids import ClassId, PersonId
from domain.people import Person, Role
from domain.ports import Store
from domain.scope import EVERYTHING

_LIFETIME = timedelta(minutes=10)
_MOST = 200
"""Bounds of what is remembered: a list of names that is older is read again, and the oldest goes first."""

_CAPITAL = re.compile(r"[^\W\d_a-zß-öø-ÿ][\w'’\-]{2,}")


@dataclass(frozen=True, slots=True)
class Names:
    """Names around a request, all in small letters.

    `roster` holds every name and part of a name of the class's people, `full` those of several words, and `keep` what
    the course's own material names.
    """

    roster: frozenset[str] = frozenset()
    full: frozenset[str] = frozenset()
    keep: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Around:
    until: datetime
    roster: frozenset[str]
    full: frozenset[str]
    is_course_material: bool


class KnownNames:
    """Gives the names of the people around a reading and somebody who asks, remembered for ten minutes."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Read them from this store."""
        self._store = store
        self._clock = clock
        self._known: OrderedDict[tuple[str, ...], _Around] = OrderedDict()
        self._lock = Lock()

    def around(self, person: Person | None, document: Document, text: str) -> Names:
        """Give the names around a request. `text` is the reading's own: it keeps its names where staff added it.

        What a student added may name anybody, so nothing in it is kept.
        """
        around = self._load(person, document)
        keep = (
            frozenset(word.casefold() for word in _CAPITAL.findall(text)) if around.is_course_material else frozenset()
        )
        return Names(around.roster, around.full, keep)

    def _load(self, person: Person | None, document: Document) -> _Around:
        classes = {*(person.class_ids if person else ()), *((document.class_id,) if document.class_id else ())}
        key = (document.owner_id, person.id if person else "", *sorted(classes))
        now = self._clock.now()
        with self._lock:
            known = self._known.get(key)
        if known is None or known.until < now:
            known = self._read(document.owner_id, person, classes, until=now + _LIFETIME)
            with self._lock:
                self._known[key] = known
                while len(self._known) > _MOST:
                    self._known.popitem(last=False)
        return known

    def _read(self, owner_id: PersonId, person: Person | None, classes: set[ClassId], *, until: datetime) -> _Around:
        # nobody sees these names: they are looked for in what goes out, and taken out of it
        with self._store(EVERYTHING) as work:
            owner = work.people.find_person(owner_id)
            members = [member for one in sorted(classes) for member in work.people.list_members(one)]
        people = [*members, *((owner,) if owner else ()), *((person,) if person else ())]
        full = {" ".join(one.name.casefold().split()) for one in people}
        parts = {part for name in full for part in name.split() if len(part) > 1}
        return _Around(
            until=until,
            roster=frozenset(full | parts),
            full=frozenset(name for name in full if " " in name),
            is_course_material=owner is not None and owner.role is not Role.STUDENT,
        )

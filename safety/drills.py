"""Drills as whoever ordered them follows them: what was written, who was called, who took it on."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.audit import Entry
from domain.care import Case, CaseStatus
from domain.clock import Clock
from domain.errors import NotFound
from domain.ids import PersonId
from domain.notices import Notice
from domain.people import Person
from domain.ports import Store, UnitOfWork
from domain.scope import EVERYTHING
from safety import course


@dataclass(frozen=True, slots=True)
class Drill:
    """A drill with what was sent about it, oldest first, and the names of those who did something."""

    case: Case
    notices: tuple[Notice, ...]
    names: Mapping[PersonId, str]


class Drills:
    """A person's own drills. Cases that are none are not looked at here, whoever they are about."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Read them from the store."""
        self._store = store
        self._clock = clock

    def find_latest(self, person: Person) -> Drill | None:
        """Give the person's newest drill, ended or not, or None."""
        # an administrator sees no case and no notice; of this one they ordered all there is to see
        with self._store(EVERYTHING) as work:
            case = _latest(work, person)
            if case is None:
                return None
            notices = work.notices.list_for(case.id)
            names = work.people.name_people({event.by for event in case.events if event.by})
        return Drill(case, tuple(notices), names)

    def end(self, person: Person) -> None:
        """End the person's drill; ending it twice is as good as once. Raises NotFound when there was none."""
        with self._store(EVERYTHING) as work:
            latest = _latest(work, person)
            # somebody may be taking it on: read again under the lock
            case = work.care.find(latest.id) if latest else None
            if case is None:
                raise NotFound("There is no drill to end.")
            if case.status is CaseStatus.CLOSED:
                return
            work.care.save(course.drill_ended(case, person.id, self._clock.now()))
            entry = Entry("drill.ended", school_id=person.school_id, by_id=person.id, ref=f"case:{case.id}")
            work.audit.append(entry)
            work.commit()


def _latest(work: UnitOfWork, person: Person) -> Case | None:
    return next((case for case in work.care.list_about(person.id) if case.is_drill), None)

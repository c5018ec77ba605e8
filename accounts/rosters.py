"""Rosters brought in: looked at first, then written in batches, with a report for each row.

A batch is one transaction, so a roster that is cut off is there up to a row, and the next time the rest comes in.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from accounts.membership import own_class, refused
from accounts.policy import Action, allows
from accounts.roster.changes import Change, Plan, Terms, merged
from accounts.roster.entries import Roster
from accounts.roster.held import Held, Waiting
from accounts.roster.known import Known
from accounts.roster.oneroster import is_oneroster, read_oneroster
from accounts.roster.plain import read_plain
from accounts.roster.plan import make_plan
from accounts.roster.report import Outcome, Report, RowReport
from accounts.roster.tables import read_tables
from domain.clock import Clock
from domain.errors import Invalid
from domain.ids import ClassId
from domain.people import ClassRoom, Person, Role, School
from domain.ports import Store, UnitOfWork
from domain.scope import EVERYTHING
from safety.consent import Consents

_BATCH = 500
"""People written in one transaction; others wait for the write lock no longer than for a few hundred milliseconds."""


class Rosters:
    """What people do with rosters."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Bring people into the store; rosters that are looked at wait in memory."""
        self._store = store
        self._waiting = Waiting(clock)

    def read(self, *files: bytes, school_name: str = "") -> Roster:
        """Read a plain list, or OneRoster 1.1 or 1.2 as a zip or single files. Raises Invalid and its kinds."""
        tables = read_tables(files)
        if is_oneroster(tables):
            return Roster("oneroster", tuple(read_oneroster(tables, school_name)))
        if len(tables) > 1:
            raise Invalid("Bring one list at a time.", code="several_lists")
        return Roster("csv", tuple(read_plain(tables[0])))

    def bring_in(self, by: Person, *files: bytes, class_id: ClassId | None = None, is_trial: bool = False) -> Report:
        """Bring a roster into the school, or into a class; with `is_trial` only say what would happen.

        An administrator may bring anybody but administrators, a teacher students into an own class.
        Raises NotFound for another's class, Invalid and its kinds for what cannot be read.
        """
        with self._store(EVERYTHING) as work:
            school = _check_may(work, by, class_id)
        roster = self.read(*files, school_name=school.name)
        with self._store(EVERYTHING) as work:
            plan = _plan(work, by, school, class_id, roster)
        if is_trial:
            return Report(plan.rows, is_trial=True)
        conflicts = self._write(plan)
        return Report(tuple(conflicts.get(row.line, row) for row in plan.rows))

    def look_at(self, by: Person, *files: bytes, class_id: ClassId | None = None) -> Held:
        """Say what a roster would do, and let it wait for an hour. Raises as `bring_in` does."""
        report = self.bring_in(by, *files, class_id=class_id, is_trial=True)
        return self._waiting.put(by.id, class_id, files, report)

    def load_held(self, by: Person, held_id: str, *, class_id: ClassId | None = None) -> Held:
        """Give a roster that the person looked at, or its report. Raises NotFound."""
        with self._store(EVERYTHING) as work:
            _check_may(work, by, class_id)
        return self._waiting.load(by.id, class_id, held_id)

    def take_held(self, by: Person, held_id: str, *, class_id: ClassId | None = None) -> None:
        """Bring in a roster that the person looked at. Raises NotFound, or Conflict the second time."""
        held = self.load_held(by, held_id, class_id=class_id)
        files = self._waiting.take(held)
        self._waiting.finish(held, self.bring_in(by, *files, class_id=class_id))

    def _write(self, plan: Plan) -> dict[int, RowReport]:
        """Write a plan; give the rows that somebody else's change meanwhile has made impossible."""
        with self._store(EVERYTHING) as work:
            for class_room in plan.classes:
                _save_class(work, class_room)
            work.commit()
        conflicts: dict[int, RowReport] = {}
        for batch in _batches(plan.changes):
            with self._store(EVERYTHING) as work:
                work.people.lock()
                for row in _write_batch(work, batch):
                    conflicts[row.line] = row
                work.commit()
        return conflicts


def _check_may(work: UnitOfWork, by: Person, class_id: ClassId | None) -> School:
    """Give the person's school. Raises NotFound unless the person may bring a roster there."""
    school = work.people.load_school(by.school_id)
    if class_id is not None:
        own_class(work, by, class_id)
    elif not allows(by, Action.MANAGE_PEOPLE, by):
        raise refused(by, "bring_roster", by.school_id)
    return school


def _plan(work: UnitOfWork, by: Person, school: School, class_id: ClassId | None, roster: Roster) -> Plan:
    logins = {entry.login for entry in roster.entries}
    logins |= {guardian.email for entry in roster.entries for guardian in entry.guardians}
    foreign = work.people.find_elsewhere(school.id, logins - {""})
    known = Known(school.id, work.people.list_people(school.id), work.people.list_classes(school.id), foreign)
    terms = Terms(
        decides_from=lambda born: Consents.decides_from(born, school.rules),
        class_id=class_id,
        is_office=by.role is Role.ADMINISTRATOR,
        own_class_ids=by.class_ids,
    )
    return make_plan(roster.entries, known, terms)


def _save_class(work: UnitOfWork, planned: ClassRoom) -> None:
    """Add a class, or give a known one its number."""
    known = work.people.find_class(planned.id)
    work.people.save_class(replace(known, external_id=planned.external_id) if known else planned)


def _write_batch(work: UnitOfWork, batch: Sequence[Change]) -> Iterator[RowReport]:
    """Write what changed of people who are here, and new people; yield the rows that cannot be any more."""
    here = {one.id: one for one in work.people.load_people([change.person.id for change in batch if change.before])}
    wanted = {change.person.id: change for change in batch if change.before is None or change.person.id in here}
    left_out = work.people.save_people([merged(here.get(one, change.person), change) for one, change in wanted.items()])
    gone = {change.person.id for change in batch} - wanted.keys() | {person.id for person in left_out}
    for change in batch:
        if change.person.id in gone:
            yield _too_late(change)


def _too_late(change: Change) -> RowReport:
    sentence = "This person changed meanwhile. Bring the list again."
    return RowReport(change.line, change.person.name, Outcome.REFUSED, sentence)


def _batches(changes: Sequence[Change]) -> Iterator[Sequence[Change]]:
    rest = iter(changes)
    while batch := tuple(islice(rest, _BATCH)):
        yield batch

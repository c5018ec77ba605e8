"""Cases: what happens between a sign of danger and the day a counsellor has looked after it.

A student has one case at a time. Further signs join it, and can only make it more urgent. Nothing here is
ever answered by a machine; `safety.wording` holds what the student reads.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from domain.care import Case, CaseEvent, CaseStatus, Flag, Severity, Worry
from domain.clock import Clock
from domain.errors import Conflict, Invalid, MargentError, NotAllowed, NotFound
from domain.ids import CaseId, FlagId, PersonId, new_id
from domain.people import Person, Role
from domain.ports import Store, UnitOfWork
from domain.scope import EVERYTHING, scope_of
from safety.access import Accesses
from safety.wording import Place, counts_as_checked

_ORDER = tuple(Severity)

_WITHIN = {
    Severity.IMMINENT: timedelta(minutes=5),
    Severity.HIGH: timedelta(minutes=15),
    Severity.MODERATE: timedelta(hours=4),
}

_SCHOOL_DAY_ENDS = 15
"""The hour, in UTC, by which a low case is due on the next school day (Monday to Friday)."""


class Cases:
    """The counsellor's list. Each method is one transaction."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Keep cases in the store."""
        self._store = store
        self._clock = clock
        self._accesses = Accesses(store, clock)

    def raise_flag(self, person: Person, text: str, worry: Worry, *, entry: str) -> Case:
        """Put a sign of danger into the person's open case, or open one. `entry` names where it was written."""
        now = self._clock.now()
        flag = Flag(FlagId(new_id()), person.id, worry, text, entry, now)
        with self._store(scope_of(person)) as work:
            found = work.care.find_open(person.id)
            case = _join(found, flag) if found else _open(person, flag)
            work.care.save(case)
            work.commit()
        return case

    def list_cases(self, person: Person) -> list[Case]:
        """List the school's cases, the most urgent first. Raises NotAllowed unless the person is a counsellor."""
        _check_counsellor(person)
        with self._store(scope_of(person)) as work:
            return work.care.list_cases(person.school_id)

    def name_people(self, person: Person, cases: Sequence[Case]) -> Mapping[PersonId, str]:
        """Give the names of those whom the cases are about and who did something about them, where they are kept."""
        _check_counsellor(person)
        named = {case.person_id for case in cases} | {one.by for case in cases for one in case.events if one.by}
        with self._store(scope_of(person)) as work:
            return work.people.name_people(named)

    def load(self, person: Person, case_id: CaseId) -> Case:
        """Give a case and note that the counsellor has seen what is new in it. Raises NotAllowed or NotFound.

        That somebody looked goes into the student's record of looks, which shows it once the student is told.
        """
        with self._store(scope_of(person)) as work:
            case = _load(work, person, case_id)
            self._accesses.note(work, person, case.person_id, what="case", why="care", thing_id=case.id, is_hidden=True)
            if not _has_seen(case, person):
                case = _note(case, CaseEvent(self._clock.now(), "seen", person.id))
                work.care.save(case)
            work.commit()
        return case

    def tell(self, person: Person, case_id: CaseId, *, is_told: bool = True) -> Case:
        """Say whether the student may see on the own page that there is a case; it shows nothing of what is in it."""
        with self._store(scope_of(person)) as work:
            case = _load(work, person, case_id)
            if case.is_told == is_told:
                return case
            event = CaseEvent(self._clock.now(), "told" if is_told else "untold", person.id)
            case = replace(_note(case, event), is_told=is_told)
            work.care.save(case)
            work.commit()
        return case

    def place_of(self, person: Person) -> Place:
        """Say where the person is, as far as it is known; without an active counsellor there, nobody is promised."""
        try:
            # who the counsellors are is not the student's to see, only whether there is one
            with self._store(EVERYTHING) as work:
                rules = work.people.load_school(person.school_id).rules
                count = work.people.count_people(person.school_id).get(Role.COUNSELLOR, 0)
        except MargentError:
            return Place(has_counsellor=False)  # somebody waits for words of support, and there are some everywhere
        is_checked = counts_as_checked(rules.helplines_checked_on, self._clock.now().date())
        return Place(rules.country, has_counsellor=count > 0, is_checked=is_checked)

    def acknowledge(self, person: Person, case_id: CaseId) -> Case:
        """Say that the counsellor takes the case; twice is as good as once. Raises Conflict when it is closed."""
        with self._store(scope_of(person)) as work:
            case = _load(work, person, case_id)
            _check_not_closed(case)
            if case.status is CaseStatus.ACKNOWLEDGED:
                return case
            event = CaseEvent(self._clock.now(), "acknowledged", person.id)
            case = replace(_note(case, event), status=CaseStatus.ACKNOWLEDGED)
            work.care.save(case)
            work.commit()
        return case

    def close(self, person: Person, case_id: CaseId, note: str) -> Case:
        """Close the case with a note on what was done. Raises Invalid without one, Conflict when it is closed."""
        if not note.strip():
            message = "Write a note on what was done before you close the case."
            raise Invalid(message, field="note")
        with self._store(scope_of(person)) as work:
            case = _load(work, person, case_id)
            _check_not_closed(case)
            event = CaseEvent(self._clock.now(), "closed", person.id, note.strip())
            case = replace(_note(case, event), status=CaseStatus.CLOSED)
            work.care.save(case)
            work.commit()
        return case


def due_at(severity: Severity, now: datetime) -> datetime:
    """By when somebody must have looked: 5 minutes, 15 minutes, 4 hours, or the next school day."""
    if severity in _WITHIN:
        return now + _WITHIN[severity]
    day = now + timedelta(days=1)
    while day.isoweekday() > 5:  # Saturday and Sunday
        day += timedelta(days=1)
    return day.replace(hour=_SCHOOL_DAY_ENDS, minute=0, second=0, microsecond=0)


def subjects_of(case: Case) -> tuple[str, ...]:
    """Name what a case is about, each subject once: its own first, then by how severe their gravest signs are."""
    gravest = sorted(case.flags, key=lambda flag: _ORDER.index(flag.worry.severity), reverse=True)
    return tuple(dict.fromkeys((case.subject, *(flag.worry.subject for flag in gravest))))


def _open(person: Person, flag: Flag) -> Case:
    return Case(
        id=CaseId(new_id()),
        school_id=person.school_id,
        person_id=person.id,
        severity=flag.worry.severity,
        subject=flag.worry.subject,
        status=CaseStatus.OPEN,
        opened_at=flag.raised_at,
        due_at=due_at(flag.worry.severity, flag.raised_at),
        flags=(flag,),
        events=(CaseEvent(flag.raised_at, "opened"),),
    )


def _join(case: Case, flag: Flag) -> Case:
    """Add a flag. An acknowledged case opens again: what the counsellor took on was not all."""
    due = due_at(flag.worry.severity, flag.raised_at)
    is_worse = _ORDER.index(flag.worry.severity) > _ORDER.index(case.severity)
    return replace(
        _note(case, CaseEvent(flag.raised_at, "flagged")),
        flags=(*case.flags, flag),
        severity=flag.worry.severity if is_worse else case.severity,
        subject=flag.worry.subject if is_worse else case.subject,
        due_at=min(case.due_at, due) if case.status is CaseStatus.OPEN else due,
        status=CaseStatus.OPEN,
    )


def _load(work: UnitOfWork, person: Person, case_id: CaseId) -> Case:
    _check_counsellor(person)
    case = work.care.find(case_id)
    if case is None or case.school_id != person.school_id:
        message = "There is no such case."
        raise NotFound(message)
    return case


def _check_counsellor(person: Person) -> None:
    if person.role is not Role.COUNSELLOR:
        message = "Only the school's counsellors can open cases."
        raise NotAllowed(message)


def _check_not_closed(case: Case) -> None:
    if case.status is CaseStatus.CLOSED:
        message = "This case is already closed."
        raise Conflict(message)


def _has_seen(case: Case, person: Person) -> bool:
    """Whether the person has looked at the case since the last flag."""
    last = max(at for at, event in enumerate(case.events) if event.what in {"opened", "flagged"})
    return any(event.what == "seen" and event.by == person.id for event in case.events[last:])


def _note(case: Case, event: CaseEvent) -> Case:
    return replace(case, events=(*case.events, event))

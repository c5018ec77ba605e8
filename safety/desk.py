"""The counsellor's desk: what counsellors see of cases and do about them. To everybody else there is nothing here.

Each method is one transaction, with its audit record in it: where that cannot be written, nothing is done or shown.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import structlog

from domain.audit import Entry
from domain.care import Case, CaseEvent, CaseStatus, Ending
from domain.clock import Clock
from domain.errors import Conflict, Invalid, NotAllowed, NotFound
from domain.ids import CaseId, PersonId
from domain.notices import Notice, Occasion
from domain.people import Person, Role, SchoolHours
from domain.people_repositories import PeopleSearch
from domain.ports import Store, UnitOfWork
from domain.scope import EVERYTHING, scope_of
from safety import course
from safety.access import Accesses
from safety.notices import DESK_ALONE, Channels, call
from safety.verdicts import Verdict, count_verdicts


@dataclass(frozen=True, slots=True)
class _Act:
    """What is recorded of an act, why people are called for it, and whether what adds up over turns is forgotten."""

    action: str
    occasion: Occasion | None = None
    forgets: bool = False


class CareDesk:
    """What counsellors do. Methods raise NotAllowed for everybody else, NotFound for what is not the school's."""

    def __init__(self, store: Store, clock: Clock, *, has: Channels = DESK_ALONE) -> None:
        """Keep cases in the store; `has` says which ways notices can go."""
        self._store = store
        self._clock = clock
        self._has = has
        self._accesses = Accesses(store, clock)

    def list_cases(self, person: Person) -> list[Case]:
        """List the school's cases, drills too: those not closed first, the most urgent first."""
        _check_counsellor(person)
        with self._store(scope_of(person)) as work:
            return work.care.list_cases(person.school_id)

    def list_verdicts(self, person: Person) -> list[Verdict]:
        """Say how the closed cases ended that each rule had a part in, for review."""
        return count_verdicts(self.list_cases(person))

    def name_people(self, person: Person, cases: Sequence[Case]) -> Mapping[PersonId, str]:
        """Give the names of those whom cases are about, who hold them and who did something, where they are kept."""
        _check_counsellor(person)
        named = {case.person_id for case in cases} | {case.holder_id for case in cases if case.holder_id}
        named |= {one.by for case in cases for one in case.events if one.by}
        with self._store(scope_of(person)) as work:
            return work.people.name_people(named)

    def list_colleagues(self, person: Person) -> list[Person]:
        """List the school's active counsellors by name, the person too."""
        _check_counsellor(person)
        with self._store(scope_of(person)) as work:
            return _counsellors(work, person)

    def load(self, person: Person, case_id: CaseId) -> Case:
        """Give a case and note that the counsellor has seen what is new in it.

        That somebody looked goes into the student's record of looks, which shows it once the student is told, and
        into the audit log, once an hour.
        """
        with self._store(scope_of(person)) as work:
            case = _load(work, person, case_id)
            is_first_look = self._note_look(work, person, case)
            if not course.has_seen(case, person.id):
                case = course.noted(case, CaseEvent(self._clock.now(), "seen", person.id))
                work.care.save(case)
            if is_first_look:
                work.audit.append(_entry("case.read", person, case))
            work.commit()
        return case

    def list_notices(self, person: Person, case_id: CaseId) -> list[Notice]:
        """List what was sent about a case, oldest first."""
        with self._store(scope_of(person)) as work:
            return work.notices.list_for(_load(work, person, case_id).id)

    def acknowledge(self, person: Person, case_id: CaseId) -> Case:
        """Take the case on; twice is as good as once. Raises Conflict when it is closed."""
        now = self._clock.now()
        return self._act(
            person, case_id, _Act("case.acknowledged"), lambda case, _: course.acknowledged(case, person.id, now)
        )

    def hand_over(self, person: Person, case_id: CaseId, to_id: PersonId) -> Case:
        """Hand the case to another counsellor of the school, who is called; to oneself is taking it over.

        Raises Invalid for somebody who is no active counsellor here, Conflict when the case is closed.
        """
        if to_id not in {one.id for one in self.list_colleagues(person)}:
            raise Invalid("Choose a counsellor of this school.", field="to_id")
        occasion = None if to_id == person.id else Occasion.HANDED_OVER
        now = self._clock.now()
        return self._act(
            person,
            case_id,
            _Act("case.handed_over", occasion),
            lambda case, hours: course.handed_over(case, person.id, to_id, now=now, hours=hours),
        )

    def note(self, person: Person, case_id: CaseId, note: str) -> Case:
        """Add a note, to an open case or a closed one. Raises Invalid without one.

        With a damaged key of the student the case then says that there was a note that could not be kept.
        """
        event = CaseEvent(self._clock.now(), "noted", person.id, course.checked_note(note))
        return self._act(person, case_id, _Act("case.noted"), lambda case, _: course.noted(case, event))

    def end(self, person: Person, case_id: CaseId, ending: Ending, note: str) -> Case:
        """Close the case with a note; what added up over the student's turns begins afresh.

        With a damaged key of the student the case then says that there was a note that could not be kept.
        Raises Invalid without a note, Conflict when it is closed.
        """
        if ending is Ending.UNANSWERED:
            raise Invalid("Say how the case ended.", field="ending")
        now = self._clock.now()
        return self._act(
            person,
            case_id,
            _Act(f"case.{ending.value}", forgets=True),
            lambda case, _: course.ended(case, person.id, ending, note, now=now),
        )

    def reopen(self, person: Person, case_id: CaseId, note: str) -> Case:
        """Open a closed case again, due from now, and call people.

        Raises Invalid without a note, Conflict when it is open, a drill, or the student has another open case.
        """
        now = self._clock.now()
        return self._act(
            person,
            case_id,
            _Act("case.reopened", Occasion.REOPENED),
            lambda case, hours: course.reopened(case, person.id, note, now=now, hours=hours),
        )

    def tell(self, person: Person, case_id: CaseId, *, is_told: bool = True) -> Case:
        """Say whether the student may see on the own page that there is a case; it shows nothing of what is in it."""
        now = self._clock.now()
        return self._act(
            person,
            case_id,
            _Act("case.told" if is_told else "case.untold"),
            lambda case, _: course.told(case, person.id, is_told=is_told, now=now),
        )

    def start_afresh(self, person: Person, case_id: CaseId) -> Case:
        """Forget what added up over the student's turns: the next message is weighed as if it were the first."""
        event = CaseEvent(self._clock.now(), "started afresh", person.id)
        return self._act(
            person, case_id, _Act("case.started_afresh", forgets=True), lambda case, _: course.noted(case, event)
        )

    def _act(self, person: Person, case_id: CaseId, act: _Act, change: Callable[[Case, SchoolHours], Case]) -> Case:
        """Change a case; what changes nothing writes nothing."""
        with self._store(scope_of(person)) as work:
            _load(work, person, case_id)
        # whom to call and what adds up are nobody's to see, so this transaction sees everything; the case was asked for
        with self._store(EVERYTHING) as work:
            case = _load(work, person, case_id)
            rules = work.people.load_school(person.school_id).rules
            changed = change(case, rules.hours)
            if changed == case:
                return case
            if case.status is CaseStatus.CLOSED and changed.status is not CaseStatus.CLOSED:
                _check_alone(work, case)
            work.care.save(changed)
            if act.forgets:
                work.concerns.delete(case.person_id)
            if act.occasion:
                call(work, changed, act.occasion, now=self._clock.now(), school_rules=rules, has=self._has)
            work.audit.append(_entry(act.action, person, case))
            work.commit()
        return changed

    def _note_look(self, work: UnitOfWork, person: Person, case: Case) -> bool:
        """Note a look; say whether it is the first within an hour."""
        if case.person_id == person.id:
            return not case.is_drill
        known = _looks(work, case)
        self._accesses.note(work, person, case.person_id, what="case", why="care", thing_id=case.id, is_hidden=True)
        return _looks(work, case) != known


def _looks(work: UnitOfWork, case: Case) -> set[str]:
    return {look.id for look in work.rights.list_accesses(case.person_id) if look.thing_id == case.id}


def _entry(action: str, person: Person, case: Case) -> Entry:
    return Entry(
        course.name_act(action.removeprefix("case."), is_drill=case.is_drill),
        school_id=case.school_id,
        by_id=person.id,
        about_id="" if case.is_drill else case.person_id,
        ref=f"case:{case.id}",
        is_care=True,
    )


def _counsellors(work: UnitOfWork, person: Person) -> list[Person]:
    search = PeopleSearch(role=Role.COUNSELLOR, is_active=True, limit=500)
    return work.people.search_people(person.school_id, search)[0]


def _check_alone(work: UnitOfWork, case: Case) -> None:
    if work.care.find_open(case.person_id) is not None:
        message = "There is another open case of this student. Write there, and leave this one closed."
        raise Conflict(message, code="another_open_case")


def _load(work: UnitOfWork, person: Person, case_id: CaseId) -> Case:
    _check_counsellor(person)
    case = work.care.find(case_id)
    if case is None or case.school_id != person.school_id:
        structlog.get_logger(__name__).info("refused", action="case", by=person.id, thing=case_id[:64])
        raise NotFound("There is no such case.")
    return case


def _check_counsellor(person: Person) -> None:
    if person.role is not Role.COUNSELLOR:
        raise NotAllowed("Only the school's counsellors can open cases.")

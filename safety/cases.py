"""How a case begins: a sign of danger joins the person's case or opens one, in one transaction that nothing may stop.

A student has one case at a time. Nothing here is ever answered by a machine; `safety.wording` holds what the
student reads, `safety.desk` what counsellors do.
"""

from dataclasses import replace

from domain.audit import Entry
from domain.care import Case, Concern, Flag, Severity, Worry
from domain.clock import Clock
from domain.errors import Conflict, NotAllowed
from domain.ids import FlagId, new_id
from domain.notices import Occasion
from domain.people import Person, Role, SchoolHours, SchoolRules
from domain.ports import Store, UnitOfWork
from domain.scope import EVERYTHING
from safety import course
from safety.caught import Caught
from safety.notices import DESK_ALONE, Channels, call
from safety.saving import Beside, save_all_the_same
from safety.wording import Place, counts_as_checked

DRILL = Worry(Severity.IMMINENT, "drill", "drill")
_NOTICES = "notices"
_DRILL_WORDS = "This is a drill. Nobody is in danger. Take it on as you would take on a student's case."


class Cases:
    """Where cases begin."""

    def __init__(self, store: Store, clock: Clock, *, has: Channels = DESK_ALONE) -> None:
        """Keep cases in the store; `has` says which ways notices can go."""
        self._store = store
        self._clock = clock
        self._has = has

    # what belongs to a flag is all told apart by name
    def raise_flag(  # noqa: PLR0913
        self,
        person: Person,
        text: str,
        worry: Worry,
        *,
        entry: str,
        concern: Concern | None = None,
        flag_id: FlagId | None = None,
    ) -> Case:
        """Put a sign of danger into the person's open case, or open one, and call people.

        `entry` names where it was written, `concern` is what adds up over the person's turns, `flag_id` is for a job
        that must not flag the same place twice. Case, notices, audit
        record and concern are one transaction. What of them cannot be written is left out and logged, but never the
        case: without its notices its next step is due at once (`safety.watch`). Raises MargentError when not even
        the case can be saved.
        """
        flag = Flag(flag_id or FlagId(new_id()), person.id, worry, text, entry, self._clock.now())
        return save_all_the_same(lambda beside: self._save_flag(person, flag, concern, beside), person_id=person.id)

    def drill(self, person: Person) -> Case:
        """Open a marked test case about whoever orders it, which goes through the whole chain.

        Raises NotAllowed unless the person is a counsellor or administrator, Conflict while one is under way.
        """
        if person.role not in {Role.COUNSELLOR, Role.ADMINISTRATOR}:
            raise NotAllowed("Only counsellors and administrators begin drills.")
        now = self._clock.now()
        flag = Flag(FlagId(new_id()), person.id, DRILL, _DRILL_WORDS, "drill", now)
        with self._store(EVERYTHING) as work:
            rules = work.people.load_school(person.school_id).rules
            found = work.care.find_open(person.id)
            if found is not None and found.is_drill:
                raise Conflict(
                    "A drill of yours is under way. End it before you begin another.", code="drill_under_way"
                )
            if found is not None:
                raise Conflict("You cannot begin a drill now. Ask a colleague to begin one.", code="no_drill_now")
            case = course.opened(flag, person.school_id, rules.hours, is_drill=True)
            work.care.save(case)
            call(work, case, Occasion.OPENED, now=now, school_rules=rules, has=self._has)
            entry = Entry("drill.begun", school_id=person.school_id, by_id=person.id, ref=f"case:{case.id}")
            work.audit.append(entry)
            work.commit()
        return case

    def place_of(self, person: Person) -> Place:
        """Say where the person is, as far as it is known; without an active counsellor there, nobody is promised."""
        # who the counsellors are is not the student's to see, only whether there is one
        with Caught(), self._store(EVERYTHING) as work:
            rules = work.people.load_school(person.school_id).rules
            count = work.people.count_people(person.school_id).get(Role.COUNSELLOR, 0)
            is_checked = counts_as_checked(rules.helplines_checked_on, self._clock.now().date())
            return Place(rules.country, has_counsellor=count > 0, is_checked=is_checked, language=rules.language)
        return Place(has_counsellor=False)  # somebody waits for words of support, and there are some everywhere

    def _save_flag(self, person: Person, flag: Flag, concern: Concern | None, beside: Beside) -> Case:
        # whom to call and how many cases there are is not the student's to see
        with self._store(EVERYTHING) as work:
            rules = work.people.load_school(person.school_id).rules
            case, occasion = self._take(work, person, flag, rules.hours)
            if _NOTICES in beside.without:
                case = replace(case, next_step_at=flag.raised_at)
            work.care.save(case)
            if concern is not None:
                beside.write("concern", lambda: work.concerns.save(concern))
            if occasion is not None:
                beside.write(_NOTICES, lambda: self._call(work, case, occasion, rules))
            beside.write("audit", lambda: work.audit.append(_entry(case)))
            work.commit()
        return case

    def _take(self, work: UnitOfWork, person: Person, flag: Flag, hours: SchoolHours) -> tuple[Case, Occasion | None]:
        """Let the flag join the person's case or open one; a drill that the person has under way gives way to it."""
        found = work.care.find_open(person.id)
        if found is not None and found.is_drill:
            work.care.save(course.drill_ended(found, None, flag.raised_at))
            found = None
        if found is None:
            return course.opened(flag, person.school_id, hours), Occasion.OPENED
        return course.joined(found, flag, hours)

    def _call(self, work: UnitOfWork, case: Case, occasion: Occasion, rules: SchoolRules) -> None:
        call(work, case, occasion, now=case.flags[-1].raised_at, school_rules=rules, has=self._has)


def _entry(case: Case) -> Entry:
    return Entry(
        "case.opened" if len(case.flags) == 1 else "case.flagged",
        school_id=case.school_id,
        about_id=case.person_id,
        ref=f"case:{case.id}",
        is_care=True,
    )

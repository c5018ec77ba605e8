"""Consent by purpose: who may decide, what is decided, and whether a purpose is allowed now.

Only students are asked; for everybody else their duties at the school are the ground. Decisions are added, never
changed: the newest about a person and purpose is in force. A yes counts for the words it was given to alone
(`domain.consent.WORDING`); a no stays a no.

Who decides: the student from `Person.decides_from` on, and before that, or when the day is not known, a guardian of
the child, or an administrator who holds it on paper. What a guardian allowed stays allowed after that day until
the student decides otherwise (EDPB, Guidelines 05/2020 on consent, section 7.1.4).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from domain.clock import Clock
from domain.consent import WORDING, ConsentRecord, Purpose
from domain.errors import ConsentMissing, NotAllowed, NotFound
from domain.ids import ConsentId, PersonId, new_id
from domain.people import Person, Role, SchoolRules
from domain.ports import Store, UnitOfWork
from domain.scope import EVERYTHING, scope_of
from safety.audit import note_act
from safety.consent_ages import age_of
from safety.purposes import words_of
from safety.retention import active_holds


@dataclass(frozen=True, slots=True)
class Choice:
    """How one purpose stands: `record` is the newest decision, None before the first.

    `is_asked_anew` says that it was allowed, but for other words than those in force.
    """

    purpose: Purpose
    is_allowed: bool
    record: ConsentRecord | None = None

    @property
    def is_asked_anew(self) -> bool:
        """Whether an earlier yes does not count any more."""
        return self.record is not None and self.record.is_given and not self.is_allowed


class Consents:
    """What people allow. Each method is one transaction."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Keep decisions in the store."""
        self._store = store
        self._clock = clock

    def has(self, person: Person, purpose: Purpose) -> bool:
        """Whether a person's data may be used for a purpose now. People who are no students are not asked: True."""
        with self._store(scope_of(person)) as work:
            return self.holds(work, person, purpose)

    def holds(self, work: UnitOfWork, person: Person, purpose: Purpose) -> bool:
        """Say the same within a unit of work that sees the person."""
        return person.role is not Role.STUDENT or _counts(work.consents.find_current(person.id, purpose))

    def has_owner(self, person_id: PersonId, purpose: Purpose) -> bool:
        """Say the same of whoever owns a reading: False when that is nobody who is there."""
        # jobs ask this for nobody; what comes back is about the reading they already have
        with self._store(EVERYTHING) as work:
            owner = work.people.find_person(person_id)
            return owner is not None and self.holds(work, owner, purpose)

    def check(self, person: Person, purpose: Purpose) -> None:
        """Raise ConsentMissing, saying who can allow it, unless the purpose is allowed."""
        if not self.has(person, purpose):
            title = words_of(purpose).title
            message = f"“{title}” has not been allowed yet. {self.who_can(person)}"
            raise ConsentMissing(message, purpose=purpose.value)

    def who_can(self, person: Person) -> str:
        """Say in a sentence to a student who decides."""
        if decides_alone(person, self._today()):
            return "You can allow it yourself, under “Your choices”."
        return "A parent or guardian can allow it, or the school's office from a signed paper."

    def allowed(self, people: Iterable[Person], purpose: Purpose) -> frozenset[PersonId]:
        """Give those of the people whose data may be used for a purpose, in one query for any number of them."""
        asked = {person.id: person for person in people}
        students = [one.id for one in asked.values() if one.role is Role.STUDENT]
        others = asked.keys() - set(students)
        # whoever asks has these people already; what comes back says nothing more of them
        with self._store(EVERYTHING) as work:
            records = work.consents.list_current(students, purpose) if students else []
        return frozenset(others) | {record.person_id for record in records if _counts(record)}

    def list_for(self, person: Person) -> list[Choice]:
        """List how each purpose stands for a person, in the order of `Purpose`."""
        with self._store(scope_of(person)) as work:
            newest = {record.purpose: record for record in work.consents.list_for(person.id)}
        is_student = person.role is Role.STUDENT
        return [
            Choice(purpose, not is_student or _counts(newest.get(purpose)), newest.get(purpose)) for purpose in Purpose
        ]

    def allowed_by(self, person: Person) -> frozenset[Purpose]:
        """Give all that is allowed now for one person."""
        return frozenset(choice.purpose for choice in self.list_for(person) if choice.is_allowed)

    def load_about(self, by: Person, person_id: PersonId) -> Person:
        """Give the student whom `by` could decide for, or look at the choices of. Raises NotFound for all others."""
        with self._store(scope_of(by)) as work:
            about = work.people.find_person(person_id)
        if about is None or about.role is not Role.STUDENT or not _knows(by, about):
            raise NotFound(_NOBODY)
        return about

    def may_decide(self, by: Person, about: Person, today: date) -> bool:
        """Whether one may decide about the other on a day; an administrator only what is on paper."""
        return about.role is Role.STUDENT and _knows(by, about) and (by.id == about.id) == decides_alone(about, today)

    def decide(
        self, by: Person, about: Person, choices: Mapping[Purpose, bool], *, is_on_paper: bool = False
    ) -> list[ConsentRecord]:
        """Keep decisions and give those that are new: saying the same again adds nothing.

        Without consent to keep what was studied, what was kept is deleted (GDPR article 17, 1 b), unless it is held.

        Raises NotFound when `about` is nobody whom `by` could decide for, NotAllowed when it is not for `by` to
        decide now, or an administrator decides without paper.
        """
        if about.role is not Role.STUDENT or not _knows(by, about):
            raise NotFound(_NOBODY)
        now = self._clock.now()
        if not self.may_decide(by, about, now.date()):
            raise NotAllowed(_REFUSALS[by.role])
        if is_on_paper != (by.role is Role.ADMINISTRATOR):
            raise NotAllowed("The office can only record what somebody has signed on paper.")
        # a legal hold may be on what a withdrawal deletes, and is not for students or guardians to see
        withdraws = choices.get(Purpose.STUDY) is False
        with self._store(EVERYTHING if withdraws else scope_of(by)) as work:
            known = {record.purpose: record for record in work.consents.list_for(about.id)}
            records = [_record(by, about, given, now) for given in choices.items()]
            fresh = [record for record in records if _is_news(known.get(record.purpose), record)]
            for record in fresh:
                work.consents.add(record)
            if withdraws:
                _delete_work(work, about)
            for record in fresh:
                note_act(work, "consent.decided", by, about_id=about.id, ref=f"consent:{record.id}")
            work.commit()
        return fresh

    @staticmethod
    def decides_from(born: date, rules: SchoolRules) -> date:
        """Give the day from which a student decides alone, of the month of birth (the day does not count).

        It is the first day of the month after the one in which the age is reached, so never a day too early. The age is
        the law's of the school's country; a school may ask for more years, never for fewer.
        """
        after = born.year * 12 + born.month
        return date(after // 12 + Consents.age_under(rules), after % 12 + 1, 1)

    @staticmethod
    def age_under(rules: SchoolRules) -> int:
        """Give the age in years from which students of a school decide alone."""
        return max(age_of(rules.country), rules.consent_age)

    def _today(self) -> date:
        return self._clock.now().date()


def decides_alone(person: Person, today: date) -> bool:
    """Whether a student is old enough on a day to decide alone; not known yet counts as too young."""
    return person.decides_from is not None and person.decides_from <= today


_NOBODY = "There is no such person."
_REFUSALS = {
    Role.STUDENT: "A parent or guardian decides this for you, or the school's office from a signed paper.",
    Role.GUARDIAN: "Your child is old enough to decide this alone.",
    Role.ADMINISTRATOR: "This student is old enough to decide this alone.",
}


def _knows(by: Person, about: Person) -> bool:
    """Whether one could ever decide for the other: oneself, one's child, a member of the administrator's school."""
    if by.school_id != about.school_id:
        return False
    if by.role is Role.ADMINISTRATOR:
        return True
    return about.id in by.ward_ids if by.role is Role.GUARDIAN else by.id == about.id


def _counts(record: ConsentRecord | None) -> bool:
    return record is not None and record.is_given and record.version == WORDING


def _is_news(known: ConsentRecord | None, record: ConsentRecord) -> bool:
    """Whether a decision differs from the one in force, in what it says, to which words, or by whom."""
    if known is None:
        return True
    return (known.is_given, known.version, known.by_id) != (record.is_given, record.version, record.by_id)


def _delete_work(work: UnitOfWork, about: Person) -> None:
    # nobody can place a hold between this look and the commit
    work.people.lock()
    held = {hold.person_id for hold in active_holds(work.rights.list_holds(about.school_id))}
    if not held & {None, about.id}:
        work.learning.delete_of(about.id)
        work.material.delete_of(about.id)


def _record(by: Person, about: Person, choice: tuple[Purpose, bool], at: datetime) -> ConsentRecord:
    purpose, is_given = choice
    return ConsentRecord(
        id=ConsentId(new_id()),
        person_id=about.id,
        purpose=purpose,
        is_given=is_given,
        version=WORDING,
        by_id=by.id,
        at=at,
        is_on_paper=by.role is Role.ADMINISTRATOR,
    )

"""What guardians see of their own children: numbers about progress, and how the child's data is used. Read only.

Every look is noted where the child sees it. A guardian's own reach is used for the child's numbers, the child's for
the names of readings and parts: whoever may not know of a child finds nothing, whatever id is sent.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from accounts.family_data import PROGRESS, list_choices, list_looks, model_uses
from accounts.family_facts import BEGINNING, held_lines, private_days, read_around, read_done, read_kept
from accounts.family_report import ChildCard, FamilyReport, Held, Period, periods_of
from accounts.family_words import choose_language
from accounts.family_work import count_questions
from accounts.policy import Action, allows
from domain.clock import Clock
from domain.consent import Purpose
from domain.errors import NotFound
from domain.ids import PersonId
from domain.learning import Result
from domain.people import Person, Role, School
from domain.ports import Store, UnitOfWork
from domain.scope import EVERYTHING, scope_of
from safety.access import Accesses
from safety.consent import Consents

_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Families:
    """What guardians do. Each call about a child raises NotFound unless it is the guardian's own."""

    store: Store
    clock: Clock
    consents: Consents
    accesses: Accesses

    def children(self, guardian: Person) -> list[Person]:
        """List the guardian's children by name."""
        return sorted(self._load(guardian, guardian.ward_ids), key=lambda child: (child.name, child.id))

    def child(self, guardian: Person, child_id: PersonId) -> Person:
        """Give one of the guardian's children."""
        found = self._load(guardian, (child_id,))
        if not found:
            raise NotFound("There is no such child.")
        return found[0]

    def cards(self, guardian: Person) -> list[ChildCard]:
        """List the guardian's children with what is new and what waits; the look at the numbers is noted."""
        return [self._card(guardian, child) for child in self.children(guardian)]

    def progress(self, guardian: Person, child_id: PersonId, language: str = "") -> FamilyReport:
        """Tell about everything that is kept of a child; that the guardian looked is noted."""
        return self._tell(guardian, child_id, None, language)

    def report(self, guardian: Person, child_id: PersonId, term: str = "", language: str = "") -> FamilyReport:
        """Tell about one term, named by its first day (2026-09-01), or the newest; that the guardian looked is noted.

        Raises NotFound too for a term that the school does not have or that has not begun.
        """
        periods = self.periods(guardian)
        period = next((one for one in periods if term in {"", one.key}), None)
        if period is None:
            raise NotFound("The school has no such term.")
        return self._tell(guardian, child_id, period, language)

    def periods(self, guardian: Person) -> tuple[Period, ...]:
        """List the terms that a report can be about, the newest first."""
        return periods_of(self._school(guardian).rules, self._today())

    def language(self, guardian: Person, asked: str) -> str:
        """Give the language to speak to a guardian: the one asked for, or the school's."""
        return choose_language(asked, self._school(guardian).rules.language)

    def _card(self, guardian: Person, child: Person) -> ChildCard:
        is_recorded = self.consents.has(child, Purpose.STUDY)
        results: list[Result] = []
        if is_recorded:
            with self.store(scope_of(guardian)) as work:
                now = self.clock.now()
                results = work.learning.list_results(child.id, now - _WEEK, now)
                self._note(work, guardian, child)
                work.commit()
        choices = list_choices(self.consents.list_for(child), guardian, child)
        with self.store(EVERYTHING) as work:
            around = read_around(work, child, ())
        return ChildCard(
            child=child,
            classes=around.classes,
            is_recorded=is_recorded,
            may_decide=self.consents.may_decide(guardian, child, self._today()),
            questions=count_questions(results),
            undecided=sum(choice.by is None for choice in choices),
        )

    def _tell(self, guardian: Person, child_id: PersonId, period: Period | None, language: str) -> FamilyReport:
        today = self._today()
        days = (period.first_day, period.last_day) if period else (BEGINNING, today)
        child = self.child(guardian, child_id)
        with self.store(scope_of(guardian)) as work:
            kept = read_kept(work, child)
            self._note(work, guardian, child)
            work.commit()
        with self.store(scope_of(child)) as work:
            done = read_done(work, child, kept, days)
        # whose names these are was asked above: the child is the guardian's own
        with self.store(EVERYTHING) as work:
            around = read_around(work, child, [look.by_id for look in kept.looks if look.by_id])
        is_recorded = self.consents.has(child, Purpose.STUDY)
        looks = list_looks(kept.looks, around.people, guardian, (BEGINNING, today))
        counts = {**done.counts, Held.LOOKS: sum(look.days for look in looks)}
        return FamilyReport(
            child=child,
            school=around.school.name,
            classes=around.classes,
            language=choose_language(language, around.school.rules.language),
            made_on=today,
            period=period,
            is_recorded=is_recorded,
            may_decide=self.consents.may_decide(guardian, child, today),
            work=done.work if is_recorded else (),
            held=held_lines(counts, around.school.rules, is_open=around.is_open),
            private_days=private_days(around.school.rules),
            choices=list_choices(self.consents.list_for(child), guardian, child),
            model_uses=model_uses(done.interactions),
            looks=list_looks(kept.looks, around.people, guardian, days),
            contacts=around.contacts,
        )

    def _note(self, work: UnitOfWork, guardian: Person, child: Person) -> None:
        self.accesses.note(work, guardian, child.id, what=PROGRESS, why=Role.GUARDIAN.value)

    def _load(self, guardian: Person, child_ids: Iterable[PersonId]) -> list[Person]:
        """Load those who are the guardian's own, with their classes, which no guardian's reach covers."""
        with self.store(scope_of(guardian)) as work:
            seen = [work.people.find_person(child_id) for child_id in child_ids]
        own = [child.id for child in seen if child is not None and allows(guardian, Action.SEE_CHILD, child)]
        with self.store(EVERYTHING) as work:
            whole = [work.people.find_person(child_id) for child_id in own]
        return [child for child in whole if child is not None]

    def _school(self, guardian: Person) -> School:
        # the rules of one's own school are no secret
        with self.store(EVERYTHING) as work:
            return work.people.load_school(guardian.school_id)

    def _today(self) -> date:
        return self.clock.now().date()

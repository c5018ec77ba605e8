"""Reads from the store what a family is told: first what is the child's, then the names around it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from accounts.family_report import Contact, Held, HeldLine, KeptFrom, ReadingWork
from accounts.family_work import hints_for_quizzes, list_work
from domain.ids import PersonId
from domain.interactions import Interaction
from domain.learning import HintProgress, Result
from domain.people import Person, Role, School, SchoolRules
from domain.people_repositories import PeopleSearch
from domain.ports import UnitOfWork
from domain.rights import Access
from safety.retention import list_rules

BEGINNING = date(2000, 1, 1)
"""Before anything was kept."""

_MOST_CONTACTS = 6

_RULES = {
    Held.ACCOUNT: ("people", KeptFrom.LEAVING),
    Held.ANSWERS: ("answers", KeptFrom.CLASS),
    Held.HINTS: ("questions", KeptFrom.EACH),
    Held.READINGS: ("readings", KeptFrom.CLASS),
    Held.DECISIONS: ("people", KeptFrom.LEAVING),
    Held.LOOKS: ("accesses", KeptFrom.EACH),
}
"""The rule of `safety/texts/retention.yaml` that each kind is kept by. What counts from a class has an `_open` twin."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the store has of a child, of all times."""

    results: list[Result]
    hints: list[HintProgress]
    looks: list[Access]
    decisions: int


@dataclass(frozen=True, slots=True)
class Done:
    """What a child did: the work within some days, the exchanges with a writer, and how much is kept in all."""

    work: tuple[ReadingWork, ...]
    interactions: list[Interaction]
    counts: Mapping[Held, int]


@dataclass(frozen=True, slots=True)
class Around:
    """The school, the names of the child's classes, whom to ask, and the people who looked, by id.

    `is_open` says that the child is in no class, or in one whose last day nobody has named.
    """

    school: School
    classes: tuple[str, ...]
    is_open: bool
    contacts: tuple[Contact, ...]
    people: Mapping[PersonId, Person]


def read_kept(work: UnitOfWork, child: Person) -> Kept:
    """Read what is the child's, within a unit of work that covers it."""
    return Kept(
        results=work.learning.list_results(child.id, *moments((BEGINNING, date.max - timedelta(days=1)))),
        hints=work.learning.list_hint_progress(child.id),
        looks=work.rights.list_accesses(child.id),
        decisions=len(work.consents.list_for(child.id)),
    )


def read_done(work: UnitOfWork, child: Person, kept: Kept, days: tuple[date, date]) -> Done:
    """Read where the child's work was done, within a unit of work that sees what the child does."""
    hints = hints_for_quizzes(work, kept.hints)
    own = sum(document.owner_id == child.id for document in work.documents.list_visible(child))
    results = [one for one in kept.results if days[0] <= one.at.date() <= days[1]]
    taken = [one for one in hints if one.at is not None and days[0] <= one.at.date() <= days[1]]
    return Done(
        work=list_work(work, child, results, taken),
        interactions=work.interactions.list_of(child.id, *moments(days)),
        counts={
            Held.ACCOUNT: 1,
            Held.ANSWERS: len(kept.results),
            Held.HINTS: sum(hint.rung + 1 for hint in hints),
            Held.READINGS: own,
            Held.DECISIONS: kept.decisions,
        },
    )


def read_around(work: UnitOfWork, child: Person, lookers: Iterable[PersonId]) -> Around:
    """Read the names around a child."""
    classes = [one for one in work.people.list_classes(child.school_id) if one.id in child.class_ids]
    members = [person for one in classes for person in work.people.list_members(one.id)]
    office = PeopleSearch(role=Role.ADMINISTRATOR, is_active=True, limit=_MOST_CONTACTS)
    administrators, _ = work.people.search_people(child.school_id, office)
    teachers = {person.id: person for person in members if person.role is Role.TEACHER and person.is_active}
    contacts = [*teachers.values(), *administrators][:_MOST_CONTACTS]
    found = [work.people.find_person(person_id) for person_id in set(lookers)]
    return Around(
        school=work.people.load_school(child.school_id),
        classes=tuple(one.name for one in classes),
        is_open=not classes or any(one.ends_on is None for one in classes),
        contacts=tuple(Contact(person.name, person.role, person.email) for person in contacts),
        people={person.id: person for person in found if person is not None},
    )


def held_lines(counts: Mapping[Held, int], rules: SchoolRules, *, is_open: bool) -> tuple[HeldLine, ...]:
    """Say of each kind how many things are held, and for how long.

    With `is_open` nobody has said when one of the child's classes ends, so that days cannot be counted from there.
    """
    days = {rule.kind: rule.days_in(rules) for rule in list_rules()}
    places = {kind: _rule(kind, is_open=is_open) for kind in counts}
    return tuple(HeldLine(kind, counts[kind], days[name], kept_from) for kind, (name, kept_from) in places.items())


def private_days(rules: SchoolRules) -> int:
    """Give how many days a question in own words is kept. How many there are is not for families."""
    return next(rule.days_in(rules) for rule in list_rules() if rule.kind == _RULES[Held.HINTS][0])


def moments(days: tuple[date, date]) -> tuple[datetime, datetime]:
    """Give the first moment of some days, and the first after them."""
    first, last = days
    return datetime.combine(first, time.min, UTC), datetime.combine(last + timedelta(days=1), time.min, UTC)


def _rule(kind: Held, *, is_open: bool) -> tuple[str, KeptFrom]:
    name, kept_from = _RULES[kind]
    return (f"{name}_open", KeptFrom.EACH) if kept_from is KeptFrom.CLASS and is_open else (name, kept_from)

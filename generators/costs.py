"""What the language model cost: by day, by class, and by who asked. No words of anybody are in it.

Staff are named to those who run the school; teachers read their own share. Of students there is one sum for all: how
much one child asked is that child's.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TypeVar

from domain.clock import Clock
from domain.errors import NotAllowed
from domain.ids import ClassId, PersonId
from domain.interactions import Usage
from domain.people import Person, Role
from domain.ports import Store, UnitOfWork
from domain.scope import EVERYTHING, scope_of
from generators.budget import Caps

LONGEST = 366
"""Days that a report may go back."""

Key = TypeVar("Key")


class Who(StrEnum):
    """Who asked the model."""

    NOBODY = "nobody"
    """Margent itself, after a reading was added, people whose use is not kept by name, and who has left."""

    STUDENTS = "students"
    STAFF = "staff"
    ONESELF = "oneself"
    COLLEAGUES = "colleagues"


@dataclass(frozen=True, slots=True)
class Spent:
    """Answers of the model, tokens, and their cost in millionths of the currency."""

    replies: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    cost: int = 0

    @property
    def tokens(self) -> int:
        """Tokens in both directions."""
        return self.tokens_in + self.tokens_out


@dataclass(frozen=True, slots=True)
class ClassShare:
    """What was asked about the readings of a class (None: of no class), in all and today."""

    class_id: ClassId | None
    name: str
    spent: Spent
    today: Spent


@dataclass(frozen=True, slots=True)
class Share:
    """What somebody asked; `name` is of one of the staff."""

    who: Who
    name: str
    spent: Spent


@dataclass(frozen=True, slots=True)
class Report:
    """What the model cost from `first` to `last`, both included (days in UTC); the newest day comes first.

    `today` is counted against `caps`. `currency` is empty where no prices are set.
    """

    first: date
    last: date
    days: tuple[tuple[date, Spent], ...]
    classes: tuple[ClassShare, ...]
    shares: tuple[Share, ...]
    total: Spent
    today: Spent
    caps: Caps
    currency: str


@dataclass(frozen=True, slots=True)
class Costs:
    """Makes reports. `currency` is empty where the model is free."""

    store: Store
    clock: Clock
    caps: Caps
    currency: str = ""

    def for_school(self, by: Person, *, days: int = 30) -> Report:
        """Give what the whole school used in the last days. Raises NotAllowed for others than administrators."""
        if by.role is not Role.ADMINISTRATOR:
            raise NotAllowed("Only administrators see what the whole school used.")
        since, until = self._period(days)
        with self.store(EVERYTHING) as work:  # the interactions themselves are not an administrator's to see
            usage = work.interactions.list_usage(by.school_id, since, until)
            return self._report(work, by, usage, since.date())

    def for_classes(self, by: Person, *, days: int = 30) -> Report:
        """Give what was used on the readings that somebody sees."""
        since, until = self._period(days)
        with self.store(scope_of(by)) as work:
            usage = work.interactions.list_usage(by.school_id, since, until)
            return self._report(work, by, usage, since.date())

    def _period(self, days: int) -> tuple[datetime, datetime]:
        now = self.clock.now()
        tomorrow = datetime.combine(now.date() + timedelta(days=1), time.min, tzinfo=now.tzinfo)
        return tomorrow - timedelta(days=min(max(days, 1), LONGEST)), tomorrow

    def _report(self, work: UnitOfWork, by: Person, usage: list[Usage], first: date) -> Report:
        today = self.clock.now().date()
        now = [one for one in usage if one.day == today]
        by_day = _sums(usage, lambda one: one.day)
        by_class, today_by_class = _sums(usage, _class_of), _sums(now, _class_of)
        names = {one.id: one.name for one in work.people.list_classes(by.school_id)}
        people = {one.person_id for one in usage if one.person_id}
        known = {person_id: _who(work, by, person_id) for person_id in people}
        by_share = _sums(usage, lambda one: known[one.person_id] if one.person_id else (Who.NOBODY, ""))
        classes = (
            ClassShare(
                class_id, names.get(class_id, "") if class_id else "", spent, today_by_class.get(class_id, Spent())
            )
            for class_id, spent in by_class.items()
        )
        return Report(
            first=first,
            last=today,
            days=tuple(sorted(by_day.items(), reverse=True)),
            classes=tuple(sorted(classes, key=lambda one: (one.class_id is None, one.name))),
            shares=tuple(sorted((Share(*who, spent) for who, spent in by_share.items()), key=_place)),
            total=_sum(usage),
            today=_sum(now),
            caps=self.caps,
            currency=self.currency,
        )


def _who(work: UnitOfWork, by: Person, person_id: PersonId) -> tuple[Who, str]:
    """Say who somebody is to the reader: a name only where it is one of the staff, for who runs the school."""
    if person_id == by.id:
        return Who.ONESELF, ""
    person = work.people.find_person(person_id)
    if person is None:
        return Who.NOBODY, ""
    if person.role is Role.STUDENT:
        return Who.STUDENTS, ""
    return (Who.STAFF, person.name) if by.role is Role.ADMINISTRATOR else (Who.COLLEAGUES, "")


def _place(share: Share) -> tuple[int, str]:
    return list(Who).index(share.who), share.name


def _class_of(usage: Usage) -> ClassId | None:
    return usage.class_id


def _sums(usage: Iterable[Usage], key: Callable[[Usage], Key]) -> dict[Key, Spent]:
    groups: dict[Key, list[Usage]] = {}
    for one in usage:
        groups.setdefault(key(one), []).append(one)
    return {name: _sum(group) for name, group in groups.items()}


def _sum(usage: Iterable[Usage]) -> Spent:
    rows = list(usage)
    return Spent(
        replies=sum(one.replies for one in rows),
        tokens_in=sum(one.tokens_in for one in rows),
        tokens_out=sum(one.tokens_out for one in rows),
        cost=sum(one.cost for one in rows),
    )

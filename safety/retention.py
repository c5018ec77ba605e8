"""How long things are kept, and deleting them when the time is over.

The rules are data (`texts/retention.yaml`); a school may choose within their ranges. A legal hold keeps everything
about a person, or with one on the whole school everything, until it is lifted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from domain.documents import Document
from domain.errors import Conflict, Invalid
from domain.ids import DocumentId, PersonId
from domain.jobs import Retire
from domain.people import Person, Role, School, SchoolRules
from domain.ports import Store, UnitOfWork
from domain.rights import Hold
from domain.scope import EVERYTHING
from safety.erasure import Eraser, hand_over

_TEXTS = Path(__file__).parent / "texts" / "retention.yaml"


@dataclass(frozen=True, slots=True)
class Rule:
    """How long one kind of thing is kept: `days` from what `counted_from` says, or what a school chose instead.

    A school may choose from `least` to `most` days. `thing` is row, reading or person: what goes when one is due.
    """

    kind: str
    title: str
    what: str
    counted_from: str
    days: int
    least: int
    most: int
    why: str
    thing: str

    def days_in(self, rules: SchoolRules) -> int:
        """Give the days that hold in a school; what is out of the range is brought into it."""
        return min(max(rules.keep_days.get(self.kind, self.days), self.least), self.most)


@cache
def list_rules() -> tuple[Rule, ...]:
    """Give the rules in the order in which they are carried out."""
    import yaml

    content: Mapping[str, Any] = yaml.load(_TEXTS.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return tuple(Rule(kind=kind, counted_from=said.pop("from"), **said) for kind, said in content["kinds"].items())


def check_days(days: Mapping[str, int]) -> None:
    """Raise Invalid, naming the kind and its range, when a school may not keep a kind for so long or so short."""
    rules = {rule.kind: rule for rule in list_rules()}
    for kind, count in days.items():
        if kind not in rules:
            raise Invalid("There is no such kind of thing. Reload the page.", field=kind)
        rule = rules[kind]
        if not rule.least <= count <= rule.most:
            message = f"“{rule.title}” can be kept for {rule.least} to {rule.most} days. Choose a number between them."
            raise Invalid(message, field=kind)


def jobs_due(now: datetime) -> tuple[Retire, ...]:
    """Give the jobs that time alone asks for: one a day, which also does what earlier days left undone."""
    return (Retire(now.date().isoformat()),)


def active_holds(holds: Iterable[Hold]) -> list[Hold]:
    """Give the holds that were not lifted."""
    return [hold for hold in holds if hold.lifted_at is None]


def check_may_delete(work: UnitOfWork, document: Document) -> None:
    """Raise Conflict when a legal hold covers a reading: its owner's, or that of whoever answered about it.

    Within a unit of work that sees everything: holds are not for readers and writers of readings to see.
    """
    holds = active_holds(work.rights.list_holds(document.school_id))
    held = [hold.person_id for hold in holds if hold.person_id is not None]
    if len(held) < len(holds) or work.records.is_bound(document.id, held):
        message = "This reading has to be kept for now, because of the law. Ask the school's office."
        raise Conflict(message, code="on_hold")


class Retention:
    """Deletes what has been kept long enough."""

    def __init__(self, store: Store, eraser: Eraser) -> None:
        """Delete from this store; `eraser` knows what else belongs to readings and people."""
        self._store = store
        self._eraser = eraser

    def run_all(self, now: datetime) -> Mapping[str, int]:
        """Delete what is due in every school, then overwrite what was deleted, today or earlier, by anybody."""
        with self._store(EVERYTHING) as work:
            schools = work.people.list_schools()
        total: dict[str, int] = {}
        for school in schools:
            for kind, count in self.run(school, now).items():
                total[kind] = total.get(kind, 0) + count
        self._eraser.scrub()
        return total

    def run(self, school: School, now: datetime) -> Mapping[str, int]:
        """Delete what is due in a school; give how many of each kind. A hold on the school stops it all."""
        counts = {
            rule.kind: self._retire(rule, school, now - timedelta(days=rule.days_in(school.rules)))
            for rule in list_rules()
        }
        return {kind: count for kind, count in counts.items() if count}

    def _retire(self, rule: Rule, school: School, before: datetime) -> int:
        with self._store(EVERYTHING) as work:
            # nobody can place a hold between this look and the commit
            work.people.lock()
            holds = active_holds(work.rights.list_holds(school.id))
            if any(hold.person_id is None for hold in holds):
                return 0
            held = [hold.person_id for hold in holds if hold.person_id is not None]
            if rule.thing == "row":
                count = work.records.retire(rule.kind, before, school_id=school.id, held=held)
            else:
                due = work.records.list_due(rule.kind, before, school_id=school.id, held=held)
                count = sum([self._delete(work, rule, one) for one in due])
            work.commit()
        return count

    def _delete(self, work: UnitOfWork, rule: Rule, thing_id: str) -> bool:
        """Delete a reading or a person; whether this is for others to know: not when only a case was kept."""
        if rule.thing == "reading":
            document = work.documents.find(DocumentId(thing_id))
            assert document is not None
            self._eraser.delete_reading(work, document)
            return True
        person = work.people.find_person(PersonId(thing_id))
        if person is not None:
            _hand_over_classes(work, person)
        self._eraser.erase_person(work, PersonId(thing_id))
        return person is not None


def _hand_over_classes(work: UnitOfWork, person: Person) -> None:
    """Let what a teacher shared with a class pass to another teacher of the class, where there is one."""
    if person.role is not Role.TEACHER:
        return
    for class_id in person.class_ids:
        others = [
            one
            for one in work.people.list_members(class_id)
            if one.id != person.id and one.role is Role.TEACHER and one.is_active
        ]
        if others:
            hand_over(work, person.id, others[0].id, class_ids=[class_id])

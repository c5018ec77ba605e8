"""How a child's data is used, for the child's family: what is held, allowed, sent to a model, and who looked.

What is counted here does not change with flags, cases, own questions or looks at them, so that nothing can be guessed
from a number.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from accounts.family_report import ChoiceLine, Decider, LookLine
from domain.ids import PersonId
from domain.interactions import Interaction
from domain.material import Writer
from domain.people import Person, Role
from domain.rights import Access
from safety.consent import Choice

PROGRESS = "progress"
"""The one thing whose looks a family is told of: the word that a look at it is noted with."""

_TOLD = (Role.TEACHER, Role.GUARDIAN, Role.ADMINISTRATOR)
_ESCALATED = "escalated"
"""How an interaction ends that was handed to people (`generators.record`)."""


def list_choices(choices: Iterable[Choice], guardian: Person, child: Person) -> tuple[ChoiceLine, ...]:
    """Say how each purpose stands; a yes to words that no longer hold is no decision."""
    return tuple(_choice(choice, guardian, child) for choice in choices)


def list_looks(
    looks: Iterable[Access], people: Mapping[PersonId, Person], guardian: Person, days: tuple[date, date]
) -> tuple[LookLine, ...]:
    """List who looked at the child's progress from one day to another, the last one first.

    Left out for good are looks at a case, told or not: hidden ones, any by a counsellor, and any at something else.
    """
    by_person: dict[PersonId | None, set[date]] = defaultdict(set)
    for look in looks:
        if _is_told(look, people) and days[0] <= look.at.date() <= days[1]:
            by_person[look.by_id].add(look.at.date())
    lines = [_look(people.get(by_id) if by_id else None, guardian, days) for by_id, days in by_person.items()]
    return tuple(sorted(lines, key=lambda line: (line.last_on, line.name), reverse=True))


def model_uses(interactions: Iterable[Interaction]) -> int:
    """Count the times a language model was asked; what was handed to people instead is no such time."""
    return sum(one.provenance.writer is Writer.MODEL and one.outcome != _ESCALATED for one in interactions)


def _choice(choice: Choice, guardian: Person, child: Person) -> ChoiceLine:
    record = choice.record
    if record is None or choice.is_asked_anew:
        return ChoiceLine(choice.purpose, is_allowed=False)
    deciders = {guardian.id: Decider.YOU, child.id: Decider.CHILD, None: Decider.GONE}
    by = Decider.PAPER if record.is_on_paper else deciders.get(record.by_id, Decider.GUARDIAN)
    return ChoiceLine(choice.purpose, choice.is_allowed, by, record.at.date())


def _is_told(look: Access, people: Mapping[PersonId, Person]) -> bool:
    by = people.get(look.by_id) if look.by_id else None
    return not look.is_hidden and look.what == PROGRESS and (by is None or by.role in _TOLD)


def _look(by: Person | None, guardian: Person, days: set[date]) -> LookLine:
    is_you = by is not None and by.id == guardian.id
    name = by.name if by is not None and by.role is not Role.GUARDIAN else ""
    return LookLine(name, by.role if by else None, is_you, len(days), max(days))

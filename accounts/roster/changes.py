"""What a roster may do and what it would change, as values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from accounts.roster.report import RowReport
from domain.ids import ClassId
from domain.people import ClassRoom, Person

WORDS = {
    "name": "name",
    "email": "e-mail address or user name",
    "external_id": "number",
    "decides_from": "day of deciding alone",
}
"""The fields of a person that a roster changes, in words."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What the roster may do. With `class_id` it is one class's, brought by a teacher: students and guardians only.

    `decides_from` gives the day of deciding alone for a month of birth.
    """

    decides_from: Callable[[date], date]
    class_id: ClassId | None = None
    is_office: bool = True
    own_class_ids: tuple[ClassId, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A person as planned, and as known before (None: new). `line` is the row that asked for it."""

    line: int
    person: Person
    before: Person | None


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything to be written, guardians last, and the report."""

    classes: tuple[ClassRoom, ...]
    changes: tuple[Change, ...]
    rows: tuple[RowReport, ...]


def with_fields(person: Person, fields: Mapping[str, Any]) -> Person:
    """Give the person with some of the fields that a roster changes."""
    return replace(
        person,
        name=fields.get("name", person.name),
        email=fields.get("email", person.email),
        external_id=fields.get("external_id", person.external_id),
        decides_from=fields.get("decides_from", person.decides_from),
    )


def merged(fresh: Person, change: Change) -> Person:
    """Carry a planned change over to the person as now stored, leaving alone what the plan did not change."""
    before, after = change.before, change.person
    if before is None:
        return after
    fields = {name: getattr(after, name) for name in WORDS if getattr(after, name) != getattr(before, name)}
    class_ids = dict.fromkeys([*fresh.class_ids, *(one for one in after.class_ids if one not in before.class_ids)])
    ward_ids = dict.fromkeys([*fresh.ward_ids, *(one for one in after.ward_ids if one not in before.ward_ids)])
    return replace(with_fields(fresh, fields), class_ids=tuple(class_ids), ward_ids=tuple(ward_ids))

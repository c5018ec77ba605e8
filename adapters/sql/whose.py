"""Whose a row is, as conditions for queries, from what each table says of itself (`adapters.sql.columns.Told`)."""

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Table, Text, and_, cast, false, or_, select

from adapters.sql.columns import Told, metadata
from domain.ids import CaseId, PersonId, SchoolId
from domain.outcomes import Escalated

Condition = ColumnElement[bool]

_PERSON = "person"

_ESCALATED = Escalated.__name__.lower()
"""How an exchange ended in which somebody was in danger."""


def told_of(table: Table) -> Told:
    """Give what a table says of itself."""
    said = table.info["told"]
    assert isinstance(said, Told)
    return said


def is_about(table: Table, people: Collection[PersonId]) -> Condition:
    """Rows about one of these people: so says the row, or, where it names nobody, the row that it belongs to."""
    said = told_of(table)
    names_nobody = and_(*(table.c[name].is_(None) for name in said.about)) if said.about else None
    above = _above(table, lambda parent: is_about(parent, people))
    if names_nobody is not None and above is not None:
        above = and_(names_nobody, above)
    return or_(_names(table, people), *([] if above is None else [above]))


def is_own(table: Table, person_id: PersonId) -> Condition:
    """Rows about the person by themselves; of tables that name nobody, those that belong to something of the person."""
    return _names(table, [person_id]) if told_of(table).about else is_about(table, [person_id])


def is_shown(table: Table, found: Condition, told_cases: Collection[CaseId]) -> Condition:
    """Rows of those found that their person may be shown: none that shows that there is a case, unless it is told.

    A case also shows in the looks at it, and in an exchange that ended with words of support.
    """
    match told_of(table).case:
        case "":
            return found
        case "outcome":
            return and_(found, table.c.outcome != _ESCALATED)
        case "is_hidden":
            return and_(found, or_(table.c.is_hidden.is_(False), table.c.thing_id.in_(told_cases)))
        case name:
            return and_(found, table.c[name].in_(told_cases))


def goes_with(table: Table, person_id: PersonId) -> Condition:
    """Rows that cannot stay when the person goes: those about the person, and whatever belongs to these."""
    above = _above(table, lambda parent: goes_with(parent, person_id))
    return or_(_names(table, [person_id]), *([] if above is None else [above]))


def concerns(table: Table, people: Collection[PersonId]) -> Condition:
    """Rows that are about one of these people, or with which something about one of them would go."""
    if not people:
        return false()
    found = [is_about(table, people)]
    for child in _children(table):
        below = [
            table.c[key.column.name].in_(select(key.parent).where(concerns(child, people), key.parent.is_not(None)))
            for key in _keys(child, table.name)
        ]
        found.extend(below)
    return or_(*found)


def is_of_school(table: Table, school_id: SchoolId) -> Condition:
    """Rows of the school; what belongs to no school and to nobody counts as every school's."""
    said = told_of(table)
    if "school_id" in table.c:
        own = table.c.school_id == school_id
        return or_(own, table.c.school_id.is_(None)) if table.c.school_id.nullable else own
    if said.about:
        person = metadata.tables[_PERSON]
        members = select(person.c.id).where(person.c.school_id == school_id)
        return or_(*(table.c[name].in_(members) for name in said.about))
    parent = metadata.tables[said.parent]
    (key,) = _keys(table, said.parent)
    above = key.parent.in_(select(key.column).where(is_of_school(parent, school_id)))
    return or_(above, key.parent.is_(None)) if key.parent.nullable else above


def lists(table: Table, column: str, person_id: PersonId) -> Condition:
    """Rows whose JSON list holds the person's id; ids are hexadecimal, so that none is part of another text."""
    return cast(table.c[column], Text).contains(f'"{person_id}"', autoescape=True)


def _names(table: Table, people: Collection[PersonId]) -> Condition:
    said = told_of(table)
    # never unknown: what is not so of a row that names nobody must be false
    named = [and_(table.c[name].is_not(None), table.c[name].in_(people)) for name in said.about]
    listed = [lists(table, name, person_id) for name in said.about_lists for person_id in people]
    return or_(false(), *named, *listed)


def _above(table: Table, condition: Any) -> Condition | None:
    """Say of the row that a row belongs to what `condition` says; None where that leads to nobody."""
    said = told_of(table)
    if said.parent in {"", "school", _PERSON}:
        return None
    parent = metadata.tables[said.parent]
    return or_(*(key.parent.in_(select(key.column).where(condition(parent))) for key in _keys(table, said.parent)))


def _keys(table: Table, parent: str) -> list[Any]:
    return [key for key in table.foreign_keys if key.column.table.name == parent]


def _children(table: Table) -> Iterator[Table]:
    return (child for child in metadata.tables.values() if told_of(child).parent == table.name)

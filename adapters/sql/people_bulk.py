"""Many people written in a handful of statements, for rosters."""

from collections.abc import Collection, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from adapters.sql.people_tables import enrolment, guardianship, person
from adapters.sql.transaction import Transaction
from domain.ids import SchoolId
from domain.people import Person

_AT_ONCE = 500
"""Addresses in one query."""


def find_elsewhere(transaction: Transaction, school_id: SchoolId, keys: Collection[str]) -> frozenset[str]:
    """Give those of the addresses that people of other schools have."""
    found: set[str] = set()
    rest = iter(sorted(keys))
    while batch := list(islice(rest, _AT_ONCE)):
        query = select(person.c.email_key).where(person.c.email_key.in_(batch), person.c.school_id != school_id)
        found.update(transaction.read(query).scalars())
    return frozenset(found)


def save_all(transaction: Transaction, people: Sequence[tuple[Mapping[str, Any], Person]]) -> list[Person]:
    """Add or replace people (each with its row); give those left out because their e-mail address is another's.

    The caller holds the write lock. Who hands an address on must come before whoever gets it.
    """
    wanted = {row["id"]: row["email_key"] for row, _ in people}
    query = select(person.c.email_key, person.c.id).where(
        person.c.email_key.in_([key for key in wanted.values() if key])
    )
    owners = {row.email_key: row.id for row in transaction.read(query)}

    def is_taken(row: Mapping[str, Any]) -> bool:
        owner = owners.get(row["email_key"], row["id"])
        return bool(owner != row["id"] and wanted.get(owner, row["email_key"]) == row["email_key"])

    known = set(transaction.read(select(person.c.id).where(person.c.id.in_(wanted))).scalars())
    taken = [one for row, one in people if is_taken(row)]
    kept = [(row, one) for row, one in people if not is_taken(row)]
    _replace(transaction, [row for row, _ in kept if row["id"] in known])
    fresh = [dict(row) for row, _ in kept if row["id"] not in known]
    if fresh:
        transaction.write(insert(person), fresh)
    _place(transaction, [one for _, one in kept])
    return taken


def _replace(transaction: Transaction, rows: Sequence[Mapping[str, Any]]) -> None:
    if not rows:
        return
    # a parameter may not be called like a column that is set
    columns: dict[str, Any] = {name: bindparam(f"new_{name}") for name in rows[0] if name != "id"}
    values = [{f"new_{name}": value for name, value in row.items()} for row in rows]
    transaction.write(update(person).where(person.c.id == bindparam("new_id")).values(columns), values)
    ids = [row["id"] for row in rows]
    transaction.write(delete(enrolment).where(enrolment.c.person_id.in_(ids)))
    transaction.write(delete(guardianship).where(guardianship.c.guardian_id.in_(ids)))


def _place(transaction: Transaction, people: Sequence[Person]) -> None:
    places = [{"person_id": one.id, "class_id": place} for one in people for place in dict.fromkeys(one.class_ids)]
    wards = [{"guardian_id": one.id, "child_id": ward} for one in people for ward in dict.fromkeys(one.ward_ids)]
    if places:
        transaction.write(insert(enrolment), places)
    if wards:
        transaction.write(insert(guardianship), wards)

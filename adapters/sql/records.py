"""Everything that is kept about people, table by table, as `adapters.sql.columns.Told` says of each table.

Copying, erasing and retiring know hardly a table by name, so that a new one that says whose it is is not forgotten.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, delete, func, not_, null, select, update

from adapters.sql.columns import metadata
from adapters.sql.due import is_due
from adapters.sql.people_tables import person
from adapters.sql.schema import care_case, document
from adapters.sql.sealing import Sealer, place_of
from adapters.sql.transaction import Transaction
from adapters.sql.whose import concerns, goes_with, is_about, is_of_school, is_own, is_shown, lists, told_of
from domain.care import CaseStatus
from domain.ids import CaseId, DocumentId, PersonId, SchoolId
from domain.people import LONG_GONE

_TIMES = ("created_at", "opened_at", "raised_at", "placed_at", "at")
"""Columns that say since when a row is there."""

_WITH_CASE = frozenset({"care_case", "flag", "case_event", "notice", "person_key", "person"})
"""Tables whose rows stay while a case about the person is kept; of the person only the name does."""

_LEFT = {
    "email": "",
    "email_key": None,
    "password_hash": "",
    "decides_from": None,
    "is_active": False,
    "external_id": "",
    "subject": None,
    "avatar": "",
    "picture_hash": "",
    "left_at": LONG_GONE,
}
"""What a person's row holds, besides id, school, role and name, once only a case is kept."""


class SqlRecords:
    """A `domain.people_repositories.RecordsRepository`."""

    def __init__(self, transaction: Transaction, sealer: Sealer) -> None:
        """Work within this transaction, whose scope is everything."""
        self._transaction = transaction
        self._sealer = sealer

    def count(
        self, person_id: PersonId, *, told_cases: Collection[CaseId]
    ) -> Mapping[str, tuple[int, datetime | None]]:
        """Say how many rows of each table are about a person, and since when they are there, where they have a time.

        Study aids of a person's reading are counted with the reading alone. Cases show as in `collect`.
        """
        counts = {
            table.name: self._count(table, is_shown(table, is_own(table, person_id), told_cases))
            for table in _shown_tables()
        }
        return {name: found for name, found in counts.items() if found[0]}

    def collect(
        self, person_id: PersonId, *, told_cases: Collection[CaseId]
    ) -> Mapping[str, list[Mapping[str, object]]]:
        """Give every row about a person, opened and by table; keys, hashes and tokens are left out.

        So is whatever shows that there is a case, unless it is one of `told_cases`.
        """
        found = {table.name: self._rows(table, person_id, told_cases) for table in _shown_tables()}
        return {name: rows for name, rows in found.items() if rows}

    def erase(self, person_id: PersonId, *, kept: Collection[CaseStatus] = tuple(CaseStatus)) -> Mapping[str, int]:
        """Delete every row about a person, and what belongs to these; give how many of each table.

        While there is a case about the person whose status is among `kept`, the cases stay with the person's key and
        name; the person counts as deleted.
        """
        self._transaction.begin_write()
        is_kept = care_case.c.status.in_([status.value for status in kept])
        about = select(care_case.c.id).where(care_case.c.person_id == person_id, is_kept).limit(1)
        keeps_case = self._transaction.read(about).first() is not None
        counts: dict[str, int] = {}
        # whatever belongs to a row is deleted before it, so that it is counted and not merely carried along
        for table in reversed(metadata.sorted_tables):
            self._strike_off(table, person_id)
            if keeps_case and table.name in _WITH_CASE:
                continue
            gone = self._transaction.write(delete(table).where(goes_with(table, person_id))).rowcount
            if gone:
                counts[table.name] = gone
        if keeps_case:
            counts[person.name] = self._leave_name(person_id)
        return counts

    def retire(self, kind: str, before: datetime, *, school_id: SchoolId, held: Collection[PersonId]) -> int:
        """Delete what of a kind is older than `before`, except what is about people under a hold; give how many."""
        self._transaction.begin_write()
        return sum(
            self._transaction.write(delete(table).where(*_due(table, kind, before, school_id, held))).rowcount
            for table in reversed(metadata.sorted_tables)
            if kind in told_of(table).kinds
        )

    def list_due(self, kind: str, before: datetime, *, school_id: SchoolId, held: Collection[PersonId]) -> list[str]:
        """List the ids of what `retire` would delete of a kind whose things have files besides their rows."""
        (table,) = (one for one in metadata.sorted_tables if kind in told_of(one).kinds)
        query = select(table.c.id).where(*_due(table, kind, before, school_id, held)).order_by(table.c.id)
        return list(self._transaction.read(query).scalars())

    def list_files(self, person_id: PersonId) -> list[DocumentId]:
        """List the ids of the documents that a person owns."""
        query = select(document.c.id).where(document.c.owner_id == person_id).order_by(document.c.created_at)
        return list(self._transaction.read(query).scalars())

    def is_bound(self, document_id: DocumentId, held: Collection[PersonId]) -> bool:
        """Whether something about one of these people would go with the document."""
        query = select(document.c.id).where(document.c.id == document_id, concerns(document, held))
        return self._transaction.read(query).first() is not None

    def _count(self, table: Table, condition: ColumnElement[bool]) -> tuple[int, datetime | None]:
        began = next((table.c[name] for name in _TIMES if name in table.c), None)
        first = null() if began is None else func.min(began)
        query = select(func.count().label("how_many"), first.label("since")).where(condition)
        row = self._transaction.read(query).one()
        return row.how_many, row.since

    def _rows(self, table: Table, person_id: PersonId, told_cases: Collection[CaseId]) -> list[Mapping[str, object]]:
        query = select(table).where(is_shown(table, is_about(table, [person_id]), told_cases))
        query = query.order_by(*table.primary_key.columns)
        return [self._opened(table, row, person_id) for row in self._transaction.read(query)]

    def _opened(self, table: Table, row: Row[Any], person_id: PersonId) -> Mapping[str, object]:
        said = told_of(table)
        values = {name: value for name, value in row._asdict().items() if name not in said.secret}
        # what a row that names nobody holds belongs to the reading, and was not sealed
        is_own = not said.about or any(values.get(name) for name in said.about)
        for name in said.sealed if is_own else ():
            place = place_of(table.name, "/".join(str(values[key]) for key in said.sealed_by), name)
            values[name] = self._sealer.open(str(values[name]), person_id=person_id, place=place)
        return values

    def _leave_name(self, person_id: PersonId) -> int:
        """Leave of a person the name for the counsellor, and take it from what the person did about others."""
        for table in metadata.sorted_tables:
            for name in told_of(table).by:
                theirs = update(table).where(table.c[name] == person_id)
                self._transaction.write(theirs.values({name: None}))
        return self._transaction.write(update(person).where(person.c.id == person_id).values(_LEFT)).rowcount

    def _strike_off(self, table: Table, person_id: PersonId) -> None:
        """Take the person off lists of several; a row that lists nobody else goes with the person."""
        for name in told_of(table).about_lists:
            query = select(table.c.id, table.c[name].label("listed")).where(lists(table, name, person_id))
            for row in self._transaction.read(query).all():
                others = [one for one in row.listed if one != person_id]
                if others:
                    self._transaction.write(update(table).where(table.c.id == row.id).values({name: others}))


def _shown_tables() -> list[Table]:
    """List the tables that hold anything besides secrets: that a person has a key is nobody's business."""
    return [table for table in metadata.sorted_tables if not set(table.c.keys()) <= set(told_of(table).secret)]


def _due(
    table: Table, kind: str, before: datetime, school_id: SchoolId, held: Collection[PersonId]
) -> tuple[ColumnElement[bool], ...]:
    return is_due(table, kind, before), is_of_school(table, school_id), not_(concerns(table, held))

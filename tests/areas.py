"""Two schools of two classes each, a row of every table in each class, and who is to see it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, DateTime, Float, Integer, Table, insert, select

from adapters.sql.columns import Moment, metadata
from adapters.sql.scoping import FILTER, filters, policies
from adapters.sql.store import SqlStore
from domain.ids import stable_id
from domain.people import Role
from domain.scope import EVERYTHING, Scope
from tests.builders import NOW
from tests.raw import connect

AREAS = ("a1", "a2", "b1", "b2")
"""School and class. Everybody whose eyes are tried is of the first."""

TABLES = list(metadata.tables.values())
SQLITE = filters()
Row = dict[str, Any]


def _of(mine: str = "", whole: str = "") -> Mapping[Role, set[str]]:
    """Say which roles (by their first letters) see the rows of their class, or of their school; others see none."""
    reach = {"s": Role.STUDENT, "t": Role.TEACHER, "c": Role.COUNSELLOR, "g": Role.GUARDIAN, "a": Role.ADMINISTRATOR}
    seen = {role: set[str]() for role in Role}
    return seen | {reach[one]: {"a1"} for one in mine} | {reach[one]: {"a1", "a2"} for one in whole}


SEEN = {
    "school": _of(whole="stcga"),
    "class_room": _of("s", "tca"),
    "person": _of("stg", "ca"),
    "enrolment": _of("st", "ca"),
    "guardianship": _of("stg", "ca"),
    "invitation": _of("t", "a"),
    "sign_in": _of("s", "a"),
    "consent": _of("stg", "a"),
    "access": _of("scg"),
    "hold": _of("", "a"),
    "receipt": _of("", "a"),
    "person_key": _of("stg", "ca"),
    "document": _of("st"),
    "page": _of("st"),
    "recognised": _of("st"),
    "section": _of("st"),
    "chunk": _of("st"),
    "job": _of("st"),
    "artifact": _of("st"),
    "question": _of("st"),
    "artifact_version": _of("st"),
    "rating": _of("st"),
    "study_set": _of("s"),
    "kept_reply": _of("st"),
    "attempt": _of("sg"),
    "hint_progress": _of("sg"),
    "interaction": _of("st"),
    "care_case": _of("s", "c"),
    "flag": _of("s", "c"),
    "case_event": _of("s", "c"),
    "contact": _of("", "ca"),
    "notice": _of("", "c"),
    "concern": _of("s"),
    "surrogate": _of("s"),
    "audit": _of("", "a"),
    "output": _of("st"),
    "review_mark": _of("st"),
}
"""Whose rows each role sees: written down apart from the rules, as the issue says it."""

PEOPLE = {
    Role.STUDENT: {Role.STUDENT, Role.TEACHER},
    Role.TEACHER: {Role.STUDENT, Role.TEACHER},
    Role.GUARDIAN: {Role.STUDENT, Role.GUARDIAN},
    Role.COUNSELLOR: set(Role),
    Role.ADMINISTRATOR: set(Role),
}
"""The people of an area whom each role sees, if any."""

_OTHERS = {
    "document.owner_id": Role.TEACHER,
    "invitation.created_by": Role.TEACHER,
    "invitation.person_id": None,
    "access.by_id": Role.COUNSELLOR,
    "consent.by_id": Role.GUARDIAN,
    "guardianship.guardian_id": Role.GUARDIAN,
    "hold.placed_by": Role.ADMINISTRATOR,
    "receipt.by_id": Role.ADMINISTRATOR,
    "case_event.by_id": Role.COUNSELLOR,
    "care_case.holder_id": Role.COUNSELLOR,
    "contact.person_id": Role.COUNSELLOR,
    "review_mark.by_id": Role.TEACHER,
    "artifact.owner_id": None,
    "artifact_version.by_id": Role.TEACHER,
}
"""Where a reference to a person does not lead to the area's student, or nowhere."""


_LEADS_TO = {"audit.school_id": "school", "review_mark.output_id": "interaction"}
"""References that the tables do not declare as such, or that lead on."""


def an_id(area: str, name: str, role: Role | None = Role.STUDENT) -> Any:
    """Give the id of an area's row of a table: of its student, where the table is `person` and no role is named."""
    if name == "school":
        return stable_id("scope", area[0])
    return stable_id("scope", area, name, role if name == "person" else "")


def _value(column: Column[Any], area: str) -> Any:
    """Make up a value for a column of a row of an area."""
    name = f"{column.table.name}.{column.name}"
    if name in _OTHERS and _OTHERS[name] is None:
        return None
    if name in _LEADS_TO:
        return an_id(area, _LEADS_TO[name])
    if column.foreign_keys:
        target = next(iter(column.foreign_keys)).column.table.name
        return an_id(area, target, _OTHERS.get(name, Role.STUDENT))
    if column.name == "id":
        return an_id(area, column.table.name)
    plain: list[tuple[type, Any]] = [
        (JSON, []),
        (Boolean, False),
        (Date, NOW.date()),
        (Moment, NOW),
        (DateTime, NOW),
        (Float, 0.0),
        (Integer, AREAS.index(area) + 1),
    ]
    return next((value for kind, value in plain if isinstance(column.type, kind)), stable_id(name, area))


def rows_of(table: Table, area: str) -> list[Row]:
    """Make up an area's rows of a table."""
    row = {column.name: _value(column, area) for column in table.columns}
    if table.name == "school":
        return [row | {"number": "ab".index(area[0]) + 1}] if area.endswith("1") else []
    if table.name == "person":
        own = {"email_key": "email", "subject": "subject"}
        return [
            row | {"id": an_id(area, "person", role), "role": role.value} | {key: f"{area} {role} {key}" for key in own}
            for role in Role
        ]
    if table.name == "enrolment":
        return [row | {"person_id": an_id(area, "person", role)} for role in (Role.STUDENT, Role.TEACHER)]
    return [row]


def scope_in(role: Role, area: str = "a1") -> Scope:
    """Give the eyes of somebody of an area."""
    is_member = role in {Role.STUDENT, Role.TEACHER}
    return Scope(
        school_id=an_id(area, "school"),
        person_id=an_id(area, "person", role),
        role=role.value,
        class_ids=(an_id(area, "class_room"),) if is_member else (),
        ward_ids=(an_id(area, "person"),) if role is Role.GUARDIAN else (),
    )


@dataclass(frozen=True, slots=True)
class Scene:
    """A store with a row of every table in each of the areas, and whom each row is to be seen by."""

    store: SqlStore

    @property
    def is_postgres(self) -> bool:
        """Whether the store is in PostgreSQL."""
        return self.store._engine.dialect.name == "postgresql"

    @contextmanager
    def opened(self, table: Table) -> Iterator[None]:
        """Take a table's rule out for a while."""
        self._set_rule(table.name, None)
        yield
        self._set_rule(table.name, SQLITE[table.name])

    def _set_rule(self, name: str, rule: str | None) -> None:
        if self.is_postgres:
            with connect(self.store) as connection, connection.begin():
                connection.exec_driver_sql(
                    f"ALTER POLICY scope ON {name} USING ({policies()[name] if rule else 'true'})"
                )
            return
        rows = self.store._engine.get_execution_options()[FILTER]
        rows._rules[name] = rule or "true"
        rows._prefix.cache_clear()

    def key(self, table: Table, row: Row) -> tuple[Any, ...]:
        """Give a row's primary key."""
        return tuple(row[column.name] for column in table.primary_key.columns)

    def expected(self, table: Table, role: Role) -> set[tuple[Any, ...]]:
        """Give the keys of the rows of a table that the role is to see."""
        return {
            self.key(table, row)
            for area in SEEN[table.name][role]
            for row in rows_of(table, area)
            if table.name != "person" or Role(row["role"]) in PEOPLE[role]
        }

    def found(self, table: Table, scope: Scope) -> set[tuple[Any, ...]]:
        """Give the keys of the rows of a table that a scope sees."""
        with connect(self.store, scope) as connection:
            return {self.key(table, dict(row._mapping)) for row in connection.execute(select(table))}


def settle(store: SqlStore) -> Scene:
    """Fill a store."""
    with store(EVERYTHING) as unit:
        for table in metadata.sorted_tables:
            unit._transaction.write(insert(table), [row for area in AREAS for row in rows_of(table, area)])
        unit.commit()
    return Scene(store)

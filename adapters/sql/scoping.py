"""Holds each database to the rules of `adapters.sql.rules`, whatever is asked of it.

PostgreSQL keeps them itself (row-level security); a transaction only says whose it is. For SQLite every statement is
given a `WITH` clause in which each table's name stands for the rows of it that the scope covers. So joins, subqueries
and hand-written SQL are held to the rules as well, and what cannot be is refused.
"""

import json
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import (
    Connection,
    Delete,
    Engine,
    Executable,
    Insert,
    Table,
    Update,
    event,
    func,
    literal_column,
    select,
    text,
)

from adapters.sql.rules import Me, chunk_words, rules_for, written
from domain.errors import OutOfScope
from domain.scope import NOTHING, Scope

SCOPE = "scope"
"""The execution option of a connection that says whose eyes it looks through; without it nothing is seen."""

FILTER = "filter"
"""The execution option of a SQLite engine with the `Filter` that watches it."""

CHECKED = "is_checked"
"""The execution option of a statement whose changes `adapters.sql.transaction` checks itself."""

_ME = ("?1", "?2", "?3", "?4", "?5")
"""The scope's school, person, role, classes and wards: the first parameters of each statement."""

_PREFIX = f"WITH scope AS (SELECT {', '.join(f'{place} AS v{place[1]}' for place in _ME)})"

_FIRST = re.compile(r"\s*(\w+)")
_TARGET = re.compile(
    r"\s*(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|REPLACE\s+INTO|UPDATE(?:\s+OR\s+\w+)?|DELETE\s+FROM)\s+\"?(\w+)\"?",
    re.IGNORECASE,
)
_WITH = re.compile(r"\s*WITH(?:\s+RECURSIVE)?\s", re.IGNORECASE)
_FREE = frozenset({"BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA", "VACUUM"})
"""Statements that read and change no row."""


def policies() -> dict[str, str]:
    """Give the rule of every table as PostgreSQL is told it, by the table's name."""

    def setting(name: str) -> Any:
        return literal_column(f"current_setting('app.{name}', true)")

    def is_listed(name: str, column: Any) -> Any:
        return column == func.any(func.string_to_array(setting(name), ","))

    me = Me(
        school=setting("school"),
        person=setting("person"),
        role=setting("role"),
        is_my_class=lambda column: is_listed("classes", column),
        is_my_ward=lambda column: is_listed("wards", column),
    )
    from sqlalchemy.dialects import postgresql

    # SQLAlchemy leaves this class untyped
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    rules = written(rules_for(me), dialect)
    return {name: f"current_setting('app.everything', true) = 'yes' OR ({rule})" for name, rule in rules.items()}


@cache
def filters() -> Mapping[str, str]:
    """Give the rule of every table as SQLite's statements are given it, by the table's name."""
    from sqlalchemy.dialects import sqlite

    school, person, role, classes, wards = _ME

    def is_listed(place: str, column: Any) -> Any:
        listed = func.json_each(literal_column(place)).table_valued("value")
        return column.in_(select(listed.c.value))

    me = Me(
        school=literal_column(school),
        person=literal_column(person),
        role=literal_column(role),
        is_my_class=lambda column: is_listed(classes, column),
        is_my_ward=lambda column: is_listed(wards, column),
    )
    rules = written(rules_for(me), sqlite.dialect())
    del rules[chunk_words.name]
    return rules


def tell(connection: Connection) -> None:
    """Tell PostgreSQL whose the transaction is that has just begun; it forgets with the transaction."""
    scope: Scope = connection.get_execution_options().get(SCOPE, NOTHING)
    values = {
        "everything": "yes" if scope.is_everything else "no",
        "school": scope.school_id,
        "person": scope.person_id,
        "role": scope.role,
        "classes": ",".join(scope.class_ids),
        "wards": ",".join(scope.ward_ids),
    }
    calls = ", ".join(f"set_config('app.{name}', %s, true)" for name in values)
    connection.exec_driver_sql(f"SELECT {calls}", tuple(values.values()))


class Filter:
    """Holds the statements of a SQLite engine to the rules."""

    def __init__(self, rules: Mapping[str, str]) -> None:
        """Take the rules of `filters()`."""
        self._rules = dict(rules)
        self._columns = {name: _columns(name, rule) for name, rule in rules.items()}
        self._prefix = lru_cache(maxsize=1000)(self._make_prefix)

    def watch(self, engine: Engine) -> None:
        """Hold every statement of the engine's connections to the rules."""
        engine.update_execution_options(**{FILTER: self})
        event.listen(engine, "before_cursor_execute", self._hold, retval=True)
        event.listen(engine, "after_cursor_execute", self._count)

    def narrow(self, statement: Executable) -> Executable:
        """Let an update or deletion touch only rows that the scope covers."""
        if isinstance(statement, Update | Delete) and isinstance(statement.table, Table):
            return statement.where(text(f"({self._rules[statement.table.name]})"))
        return statement

    def decides(self, table: Table, columns: Mapping[str, Any]) -> bool:
        """Whether one of the columns has a part in who sees the table's rows."""
        return not self._columns[table.name].isdisjoint(columns)

    def _hold(self, *event_: Any) -> tuple[str, Any]:
        connection, cursor, statement, parameters, context, is_many = event_
        scope: Scope = connection.get_execution_options().get(SCOPE, NOTHING)
        first = _FIRST.match(statement)
        if scope.is_everything or (first and first[1].upper() in _FREE):
            return statement, parameters
        mine = _values(scope)
        if target := _TARGET.match(statement):
            self._check(cursor, target[1].lower(), statement, context, mine)
        elif first is None or first[1].upper() not in {"SELECT", "WITH"}:
            raise OutOfScope("A statement of this kind is run for everything or not at all.")
        prefix = self._prefix(statement)
        if not prefix:
            return statement, parameters
        held = _WITH.sub(f"{prefix}, ", statement, count=1) if _WITH.match(statement) else f"{prefix} {statement}"
        return held, [mine + tuple(one) for one in parameters] if is_many else mine + tuple(parameters)

    def _check(self, cursor: Any, name: str, statement: str, context: Any, mine: tuple[str, ...]) -> None:
        """Refuse what writes rows that the scope does not cover, or does not say which rows it writes."""
        rule = self._rules.get(name)
        if rule is None:
            return
        built = getattr(context.compiled, "statement", None)
        columns = self._columns[name]
        if isinstance(built, Insert) and built.select is None:
            for row in {tuple(one.get(column) for column in columns) for one in context.compiled_parameters}:
                self._check_row(cursor, name, dict(zip(columns, row, strict=True)), mine)
            return
        is_narrow = isinstance(built, Update | Delete) and rule in statement
        is_moved = isinstance(built, Update) and not columns.isdisjoint(context.compiled_parameters[0])
        if not is_narrow or (is_moved and not context.execution_options.get(CHECKED)):
            raise OutOfScope("This changes who may see a row, or does not say which rows it changes.")

    def _check_row(self, cursor: Any, name: str, row: Mapping[str, Any], mine: tuple[str, ...]) -> None:
        values = ", ".join(f'? AS "{column}"' for column in row)
        # names and rules are our own; whatever was typed is a parameter
        query = f"SELECT 1 FROM (SELECT {values}) AS {name} WHERE {self._rules[name]}"  # noqa: S608
        held = f"{self._prefix(query)} {query}"
        if cursor.connection.execute(held, mine + tuple(row.values())).fetchone() is None:
            raise OutOfScope("This is not yours to write.")

    def _count(self, *event_: Any) -> None:
        """Say how many rows were changed: Python's driver counts none for a statement that begins with `WITH`."""
        _connection, cursor, statement, _parameters, context, _is_many = event_
        if statement.startswith(_PREFIX) and (context.isupdate or context.isdelete):
            # SQLAlchemy has no public place for a count that the driver does not give
            context._rowcount = cursor.connection.execute("SELECT changes()").fetchone()[0]  # noqa: SLF001

    def _make_prefix(self, statement: str) -> str:
        """Name, for each table in the statement and in its rule, the rows that the scope covers."""
        named = self._named(statement)
        if not named:
            return ""
        order = [name for name in self._rules if name in named]
        # names and rules are our own
        views = [
            f"{name} AS NOT MATERIALIZED (SELECT * FROM main.{name} WHERE {self._rules[name]})"  # noqa: S608
            for name in order
        ]
        return ", ".join([_PREFIX, *views])

    def _named(self, statement: str) -> set[str]:
        """Find the tables in a statement, and those that their rules lean on. A word too many does no harm."""
        named: set[str] = set()
        words = set(re.findall(r"\w+", statement.lower()))
        while fresh := (words & self._rules.keys()) - named:
            named |= fresh
            words = {word for name in fresh for word in re.findall(r"\w+", self._rules[name])}
        return named


def _columns(name: str, rule: str) -> frozenset[str]:
    return frozenset(re.findall(rf"\b{name}\.(\w+)", rule))


def _values(scope: Scope) -> tuple[str, ...]:
    classes, wards = (json.dumps(list(one)) for one in (scope.class_ids, scope.ward_ids))
    return scope.school_id, scope.person_id, scope.role, classes, wards

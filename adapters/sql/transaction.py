"""One transaction on one connection, for the repositories of a unit of work.

Reads see what others have committed. On SQLite the first write takes the write lock (`BEGIN IMMEDIATE`), so that
writers queue up instead of failing half-way; from then on reads and writes are one transaction. PostgreSQL lets many
write at once: there only whoever reads in order to write takes a lock, of which the database has one.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, CursorResult, Engine, Executable, Table, and_, insert, select, update

from adapters.sql.scoping import CHECKED, FILTER, SCOPE, Filter, tell
from domain.errors import OutOfScope
from domain.scope import EVERYTHING, Scope

Values = Mapping[str, Any]

_LOCK = 6_240_317_001
"""The number of PostgreSQL's advisory lock that stands for SQLite's write lock."""


class Transaction:
    """Opens its connection at the first statement. What it reads and writes is held to the scope's rules."""

    def __init__(self, engine: Engine, scope: Scope) -> None:
        """Use connections of this engine, within this scope."""
        self._engine = engine
        self._filter: Filter | None = engine.get_execution_options().get(FILTER)
        self.scope = scope
        self._connection: Connection | None = None
        self._has_lock = False

    @property
    def is_postgres(self) -> bool:
        """Whether the database is PostgreSQL."""
        return self._engine.dialect.name == "postgresql"

    @property
    def connection(self) -> Connection:
        """The open connection."""
        if self._connection is None:
            self._connection = self._engine.connect().execution_options(**{SCOPE: self.scope})
        return self._connection

    def read(self, statement: Executable, parameters: Values | None = None) -> CursorResult[Any]:
        """Run a query."""
        return self.connection.execute(statement, parameters)

    def write(self, statement: Executable, parameters: Values | Sequence[Values] | None = None) -> CursorResult[Any]:
        """Change rows, once or for each of a list of parameters. Raises OutOfScope when these are not the scope's."""
        if self._filter is not None:
            self.begin_write()
            if not self.scope.is_everything:
                statement = self._filter.narrow(statement)
        return self.connection.execute(statement, parameters)

    def begin_write(self) -> None:
        """Take the write lock, so that what is read next cannot change before it is written."""
        if self._has_lock:
            return
        if self.is_postgres:
            self.connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        else:
            self.connection.exec_driver_sql("BEGIN IMMEDIATE")
        self._has_lock = True

    @contextmanager
    def beyond_scope(self) -> Iterator[None]:
        """Look at everything for a moment: the end of the audit chain is nobody's, and everybody's acts go there."""
        self.begin_write()
        self._look_through(EVERYTHING)
        is_done = False
        try:
            yield
            is_done = True
        finally:
            if is_done:
                self._look_through(self.scope)
            else:
                # PostgreSQL lets nothing be set in a transaction that failed; what was not recorded is not kept either
                self.close()

    def put(self, table: Table, key: Values, values: Values) -> None:
        """Update the row with this key, or insert it."""
        if self._update(table, key, values):
            return
        if self.is_postgres and not self._has_lock:
            # somebody else may be about to insert the same row
            self.begin_write()
            if self._update(table, key, values):
                return
        self.write(insert(table).values({**key, **values}))

    def commit(self) -> None:
        """Make the changes last."""
        if self._connection is not None:
            self._connection.commit()
        self._has_lock = False

    def close(self) -> None:
        """Roll back what was not committed and give the connection back."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None
        self._has_lock = False

    def _look_through(self, scope: Scope) -> None:
        connection = self.connection.execution_options(**{SCOPE: scope})
        if self.is_postgres:
            tell(connection)

    def _update(self, table: Table, key: Values, values: Values) -> bool:
        row = and_(*(table.c[name] == value for name, value in key.items()))
        statement = update(table).where(row).values(values).execution_options(**{CHECKED: True})
        is_found = self.write(statement).rowcount > 0
        if (
            is_found
            and self._moves(table, values)
            and self.read(select(1).select_from(table).where(row)).first() is None
        ):
            self.close()
            raise OutOfScope("This is not yours to write.")
        return is_found

    def _moves(self, table: Table, values: Values) -> bool:
        """Whether the change may take the row out of the scope, which PostgreSQL finds out by itself."""
        return self._filter is not None and not self.scope.is_everything and self._filter.decides(table, values)

"""One transaction on one connection, for the repositories of a unit of work.

Reads see what others have committed. The first write takes the write lock (SQLite's `BEGIN IMMEDIATE`), so that
writers queue up instead of failing half-way; from then on reads and writes are one transaction.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, CursorResult, Engine, Executable, Table, insert, update

from domain.scope import Scope

Values = Mapping[str, Any]


class Transaction:
    """Opens its connection at the first statement."""

    def __init__(self, engine: Engine, scope: Scope) -> None:
        """Use connections of this engine, within this scope."""
        self._engine = engine
        self.scope = scope
        self._connection: Connection | None = None
        self._is_writing = False

    @property
    def connection(self) -> Connection:
        """The open connection."""
        if self._connection is None:
            self._connection = self._engine.connect()
        return self._connection

    def read(self, statement: Executable, parameters: Values | None = None) -> CursorResult[Any]:
        """Run a query."""
        return self.connection.execute(statement, parameters)

    def write(self, statement: Executable, parameters: Values | Sequence[Values] | None = None) -> CursorResult[Any]:
        """Change rows, once or for each of a list of parameters."""
        self.begin_write()
        return self.connection.execute(statement, parameters)

    def begin_write(self) -> None:
        """Take the write lock, so that what is read next cannot change before it is written."""
        if not self._is_writing:
            self.connection.exec_driver_sql("BEGIN IMMEDIATE")
            self._is_writing = True

    def put(self, table: Table, key: Values, values: Values) -> None:
        """Update the row with this key, or insert it."""
        found = update(table).where(*(table.c[name] == value for name, value in key.items())).values(values)
        if self.write(found).rowcount == 0:
            self.write(insert(table).values({**key, **values}))

    def commit(self) -> None:
        """Make the changes last."""
        if self._connection is not None:
            self._connection.commit()
        self._is_writing = False

    def close(self) -> None:
        """Roll back what was not committed and give the connection back."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None
        self._is_writing = False

"""A look at a store's tables past its repositories."""

from sqlalchemy import Connection

from adapters.sql.scoping import SCOPE
from adapters.sql.store import SqlStore
from domain.scope import EVERYTHING, Scope


def connect(store: SqlStore, scope: Scope = EVERYTHING) -> Connection:
    """Give a connection of the store that sees what the scope covers; close it, or use it as a context manager."""
    return store._engine.connect().execution_options(**{SCOPE: scope})

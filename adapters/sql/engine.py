"""The engine: how connections are set up, and which database errors are domain errors."""

import json
from typing import Any

from sqlalchemy import Engine, ExceptionContext, create_engine, event
from sqlalchemy.exc import IntegrityError, OperationalError

from domain.errors import Conflict, StoreBusy

_BUSY_SECONDS = 10
"""How long a writer waits for the write lock; bulk writes of a book take well below a second."""

_PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "temp_store=MEMORY")
"""With WAL, NORMAL loses no consistency, and at a power cut at most the last commits. Writes of cases want FULL."""

_UNANSWERED = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY")


def build_engine(url: str) -> Engine:
    """Make an engine for a database address such as `sqlite:////var/margent/margent.db`."""
    engine = create_engine(
        url,
        json_serializer=_to_json,
        # the message of a database error must not hold what people wrote: it may end in a log
        hide_parameters=True,
        # a connection costs little, and the server bounds how many threads ask for one
        max_overflow=-1,
        connect_args={"timeout": _BUSY_SECONDS, "check_same_thread": False},
    )
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "handle_error", _translate)
    return engine


def _to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _set_up(connection: Any, _record: object) -> None:
    # transactions begin where `Transaction` says, not where the driver guesses
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _translate(context: ExceptionContext) -> None:
    error = context.sqlalchemy_exception
    if isinstance(error, IntegrityError):
        raise Conflict("This changed meanwhile. Load it again.") from error
    name = str(getattr(context.original_exception, "sqlite_errorname", ""))
    if isinstance(error, OperationalError) and name.startswith(_UNANSWERED):
        raise StoreBusy("The store is busy. Try again in a moment.") from error

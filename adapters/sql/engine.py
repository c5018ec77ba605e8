"""The engine: how connections to SQLite and PostgreSQL are set up, and which database errors are domain errors."""

import json
from typing import Any

from sqlalchemy import URL, Engine, ExceptionContext, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, IntegrityError, OperationalError

from adapters.sql.scoping import Filter, filters, tell
from domain.errors import Conflict, Invalid, OutOfScope, StoreBusy, StoreDamaged

_BUSY_SECONDS = 10
"""How long a writer waits for the write lock; bulk writes of a book take well below a second."""

_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "temp_store=MEMORY", "secure_delete=ON")
"""FULL: what was committed outlives a power cut, for a millisecond a commit; with NORMAL the last commits would not."""

_UNANSWERED = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY")
_UNREADABLE = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_FORMAT")
"""What SQLite answers for a damaged file; PostgreSQL has class XX (data corrupted, index corrupted)."""

_POSTGRES = {
    "timezone": "UTC",
    "lock_timeout": f"{_BUSY_SECONDS}s",
    "default_transaction_isolation": "read\\ committed",
}

_REFUSED = "42501"
"""PostgreSQL's insufficient_privilege: also what a row that a policy does not let in is answered with."""

_TRY_AGAIN = ("08", "25P03", "40", "53", "55P03", "57", "58")
"""Lost connections, deadlocks, no room, locks waited for in vain, shutting down (appendix A of its manual)."""


_NO_ADDRESS = (
    "MARGENT_DATABASE_URL is no address of a PostgreSQL database. "
    "Write postgresql://role:password@host/name, or leave it empty for a file in the data folder."
)


def build_engine(url: str) -> Engine:
    """Make an engine for an address such as `sqlite:////var/margent/margent.db` or `postgresql://margent@db/margent`."""
    address = address_of(url)
    if address.get_backend_name() == "postgresql":
        engine = _build(address, {"connect_timeout": _BUSY_SECONDS, "options": _options()})
        event.listen(engine, "connect", _replace_nul)
        event.listen(engine, "begin", tell)
    else:
        engine = _build(address, {"timeout": _BUSY_SECONDS, "check_same_thread": False})
        event.listen(engine, "connect", _set_up)
        Filter(filters()).watch(engine)
    event.listen(engine, "handle_error", _translate)
    return engine


def address_of(url: str) -> URL:
    """Read a database address; PostgreSQL is spoken to by psycopg, whichever way the address is written."""
    try:
        address = make_url(url.replace("postgres://", "postgresql://", 1) if url.startswith("postgres://") else url)
    except ArgumentError as error:
        raise Invalid(_NO_ADDRESS, field="database_url") from error
    if address.get_backend_name() not in {"sqlite", "postgresql"}:
        raise Invalid(_NO_ADDRESS, field="database_url")
    return address.set(drivername="postgresql+psycopg") if address.drivername == "postgresql" else address


def _build(address: URL, connect: dict[str, Any]) -> Engine:
    return create_engine(
        address,
        json_serializer=_to_json,
        # the message of a database error must not hold what people wrote: it may end in a log
        hide_parameters=True,
        # a connection costs little, and the server bounds how many threads ask for one
        max_overflow=-1,
        connect_args=connect,
    )


def _options() -> str:
    return " ".join(f"-c {name}={value}" for name, value in _POSTGRES.items())


_to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _set_up(connection: Any, _record: object) -> None:
    # transactions begin where `Transaction` says, not where the driver guesses
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _replace_nul(connection: Any, _record: object) -> None:
    """Write the one sign that PostgreSQL keeps in no text as U+FFFD, so that places in the text stay where they are."""
    from psycopg.types.string import StrDumperUnknown

    class Dumper(StrDumperUnknown):
        def dump(self, obj: str) -> Any:
            return super().dump(obj.replace("\x00", "\ufffd"))

    connection.adapters.register_dumper(str, Dumper)


def _translate(context: ExceptionContext) -> None:
    error = context.sqlalchemy_exception
    if isinstance(error, IntegrityError):
        raise Conflict("This changed meanwhile. Load it again.") from error
    if isinstance(error, DataError):
        raise Invalid("This holds a sign or a number that cannot be kept.") from error
    if isinstance(error, DBAPIError) and _is_refused(context.original_exception):
        raise OutOfScope("This is not yours to write.") from error
    if isinstance(error, OperationalError) and _is_passing(context):
        raise StoreBusy(_why_busy(error, context)) from error
    if isinstance(error, DBAPIError) and _is_damaged(context.original_exception):
        raise StoreDamaged("What is kept here cannot be read now. Tell your school.") from error


def _why_busy(error: OperationalError, context: ExceptionContext) -> str:
    if context.connection is None and not hasattr(error.orig, "sqlite_errorname"):
        return "The database does not answer. Start it, or look at the address in MARGENT_DATABASE_URL."
    return "The store is busy. Try again in a moment."


def _is_refused(error: BaseException) -> bool:
    return getattr(error, "sqlstate", None) == _REFUSED


def _is_damaged(error: BaseException) -> bool:
    name, state = getattr(error, "sqlite_errorname", None), getattr(error, "sqlstate", None)
    return str(name).startswith(_UNREADABLE) or str(state).startswith("XX")


def _is_passing(context: ExceptionContext) -> bool:
    """Whether trying again may help: the database was not reached, or had its hands full."""
    error = context.original_exception
    if name := getattr(error, "sqlite_errorname", None):
        return str(name).startswith(_UNANSWERED)
    # without a code PostgreSQL was not reached, or was lost
    state = getattr(error, "sqlstate", None)
    return state is None or str(state).startswith(_TRY_AGAIN)

"""Brings a database to the current tables. Safe to call at every start, and from several processes at once."""

from pathlib import Path

from sqlalchemy import URL, Connection, inspect, text

from adapters.sql.engine import address_of, build_engine
from adapters.sql.scoping import SCOPE
from domain.errors import Conflict
from domain.scope import EVERYTHING

HEAD = "0007"
"""The newest revision in `migrations/versions`; a test compares."""

_MIGRATIONS = Path(__file__).parent / "migrations"

_LOCK = 6_240_317_002
"""The number of PostgreSQL's advisory lock under which tables are altered."""


def upgrade(url: str) -> None:
    """Make or alter the tables at `url` where needed. A database that is current costs one query, not Alembic.

    Raises StoreBusy when the database cannot be written, Conflict when a newer Margent has written it or when
    PostgreSQL would not hold this role to the rules about rows.
    """
    address = address_of(url)
    if address.get_backend_name() == "sqlite":
        _make_folder(address)
    engine = build_engine(url)
    try:
        with engine.connect().execution_options(**{SCOPE: EVERYTHING}) as connection:
            if engine.dialect.name == "postgresql":
                _check_role(connection)
            if find_revision(connection) != HEAD:
                _run(connection)
    finally:
        engine.dispose()


def find_revision(connection: Connection) -> str | None:
    """Give the revision that the database is at, or None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _make_folder(address: URL) -> None:
    assert address.database is not None
    Path(address.database).parent.mkdir(parents=True, exist_ok=True)


def _check_role(connection: Connection) -> None:
    query = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
    if connection.exec_driver_sql(query).scalar():
        message = (
            "This database role sees every row, whatever the rules say. Make a role without SUPERUSER and without "
            "BYPASSRLS that owns the database, and put it into MARGENT_DATABASE_URL."
        )
        raise Conflict(message, code="role_too_strong")


def _run(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    is_sqlite = connection.dialect.name == "sqlite"
    # whoever comes second waits here, and then finds the work done
    if is_sqlite:
        # tables that are altered are made anew: foreign keys must not delete what points at the old ones
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql("SET LOCAL lock_timeout = '5min'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        message = "This data was written by a newer Margent. Install that one, or use another data folder."
        raise Conflict(message, code="newer_store") from error
    if is_sqlite:
        assert not connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    connection.commit()

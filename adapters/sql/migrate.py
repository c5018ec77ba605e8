"""Brings a database to the current tables. Safe to call at every start, and from several processes at once."""

from pathlib import Path

from sqlalchemy import Connection, inspect, make_url, text

from adapters.sql.engine import build_engine
from domain.errors import Conflict

HEAD = "0002"
"""The newest revision in `migrations/versions`; a test compares."""

_MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(url: str) -> None:
    """Make or alter the tables at `url` where needed. A database that is current costs one query, not Alembic.

    Raises StoreBusy when the database cannot be written, Conflict when a newer Margent has written it.
    """
    path = make_url(url).database
    assert path is not None
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = build_engine(url)
    try:
        with engine.connect() as connection:
            if find_revision(connection) != HEAD:
                _run(connection)
    finally:
        engine.dispose()


def find_revision(connection: Connection) -> str | None:
    """Give the revision that the database is at, or None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _run(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    # tables that are altered are made anew: foreign keys must not delete what points at the old ones
    connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    # whoever comes second waits here, and then finds the work done
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        message = "This data was written by a newer Margent. Install that one, or use another data folder."
        raise Conflict(message, code="newer_store") from error
    assert not connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    connection.commit()

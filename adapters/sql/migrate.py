"""Brings a database to the current tables. Safe to call at every start, and from several processes at once."""

from pathlib import Path

from sqlalchemy import Connection, create_engine, event, inspect, make_url, text
from sqlalchemy.pool import NullPool

HEAD = "0001"
"""The newest revision in `migrations/versions`; a test compares."""

_MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(url: str) -> None:
    """Make or alter the tables at `url` where needed. A database that is current costs one query, not Alembic."""
    path = make_url(url).database
    assert path is not None
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": 60})
    event.listen(engine, "connect", lambda connection, _record: setattr(connection, "isolation_level", None))
    with engine.connect() as connection:
        if find_revision(connection) == HEAD:
            return
        connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        # tables that are altered are made anew: foreign keys must not delete what points at the old ones
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        # whoever comes second waits here, and then finds the work done
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        _run(connection)
        assert not connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        connection.commit()


def find_revision(connection: Connection) -> str | None:
    """Give the revision that the database is at, or None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _run(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")

"""How the database is set up, and which of its errors become ours."""

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from adapters.sql.engine import build_engine
from adapters.sql.store import SqlStore
from domain.errors import Conflict, StoreDamaged
from tests.raw import connect


@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("foreign_keys", 1), ("synchronous", 2), ("busy_timeout", 10_000)]
)
def test_connections_are_set_up(store: SqlStore, pragma: str, value: object) -> None:
    """Each connection writes ahead and to the disk, keeps references whole, and waits for its turn to write."""
    with connect(store) as connection:
        assert connection.execute(text(f"PRAGMA {pragma}")).scalar() == value


def test_a_broken_reference_is_a_conflict(store: SqlStore) -> None:
    """What points at a row that is gone is a Conflict."""
    with connect(store) as connection, pytest.raises(Conflict):
        connection.execute(text("INSERT INTO enrolment VALUES ('nobody', 'nowhere')"))


def test_a_mistake_in_a_query_stays_a_mistake(store: SqlStore) -> None:
    """An error that no trying again helps is not dressed up as a busy store."""
    with connect(store) as connection, pytest.raises(OperationalError):
        connection.execute(text("SELECT * FROM nothing_of_that_name"))


def test_a_database_error_holds_nobodys_words(store: SqlStore) -> None:
    """The values of a statement are left out of its error, which may end in a log."""
    with connect(store) as connection, pytest.raises(OperationalError) as caught:
        connection.execute(text("INSERT INTO nothing_of_that_name VALUES (:words)"), {"words": "a private canary"})

    assert "canary" not in str(caught.value)


def test_a_damaged_file_is_said_to_be_one(tmp_path: Path) -> None:
    """What SQLite cannot read as a database is no busy store, and no mistake of ours."""
    path = tmp_path / "margent.db"
    path.write_bytes(b"no database " * 1000)
    engine = build_engine(f"sqlite:///{path}")

    with pytest.raises(StoreDamaged), engine.connect() as connection:
        connection.execute(text("SELECT 1 FROM sqlite_master"))
    engine.dispose()

"""The stores that the contracts are held against."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.keys.ring import RingFile
from adapters.sql.store import SqlStore
from tests.conftest import FixedClock, copy_of, fill
from tests.postgres import Server


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, empty_database: Path, tmp_path: Path) -> Iterator[str]:
    """A database with all tables and no rows, of each kind."""
    if request.param == "sqlite":
        yield copy_of(empty_database, tmp_path)
        return
    server: Server = request.getfixturevalue("postgres_server")
    made = server.make_migrated()
    yield made
    server.drop(made)


@pytest.fixture
def store(address: str, clock: FixedClock, ring: RingFile) -> Iterator[SqlStore]:
    """A store of its own for each test, in each kind of database."""
    with fill(address, clock, ring) as store:
        yield store

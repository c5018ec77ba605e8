"""The stores that the contracts are held against."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from adapters.keys.ring import RingFile
from adapters.sql.store import SqlStore
from tests.conftest import FixedClock, copy_of
from tests.postgres import Server


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, filled_database: Path, tmp_path: Path) -> Iterator[str]:
    """A database with the school, the class and one person of each role from the builders, of each kind."""
    if request.param == "sqlite":
        yield copy_of(filled_database, tmp_path)
        return
    server: Server = request.getfixturevalue("postgres_server")
    made = server.copy(request.getfixturevalue("filled_postgres"))
    yield made
    server.drop(made)


@pytest.fixture
def store(address: str, clock: FixedClock, ring: RingFile) -> Iterator[SqlStore]:
    """A store of its own for each test, in each kind of database."""
    with closing(SqlStore(address, ring=ring, clock=clock)) as store:
        yield store

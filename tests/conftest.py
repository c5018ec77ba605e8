"""Fixtures that many tests share: the packaged models, a fixed clock, and a closed network."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytest_socket import socket_allow_hosts

from adapters.embeddings.minilm import MiniLM
from adapters.keys.ring import RingFile
from adapters.sql.migrate import upgrade
from adapters.sql.store import SqlStore
from domain.people import ClassRoom, Role, School
from domain.scope import EVERYTHING
from generators.compose.reading.parse import Parser
from tests.builders import CLASS, SCHOOL, a_person
from tests.postgres import Server, run_postgres

if TYPE_CHECKING:
    from tests.faces import House

ROOT = Path(__file__).parent.parent
MODELS = ROOT / "var" / "models"
DATABASE = "margent.db"


class FixedClock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.time = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    def move(self, by: timedelta) -> None:
        self.time += by


@pytest.fixture(autouse=True)
def _closed_network() -> None:
    """Let tests reach this machine alone."""
    socket_allow_hosts(["127.0.0.1", "localhost", "::1"], allow_unix_socket=True)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture(scope="session")
def embedder() -> MiniLM:
    return MiniLM(MODELS / "minilm")


@pytest.fixture(scope="session")
def parser(embedder: MiniLM) -> Parser:
    return Parser(MODELS / "english", embedder)


@pytest.fixture(scope="session")
def ring(tmp_path_factory: pytest.TempPathFactory) -> RingFile:
    """A key ring that many stores use."""
    made = RingFile(tmp_path_factory.mktemp("keys") / "ring.json")
    made.prepare(())
    return made


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database without rows, to be copied."""
    path = tmp_path_factory.mktemp("database") / "empty.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def filled_database(empty_database: Path, tmp_path_factory: pytest.TempPathFactory, ring: RingFile) -> Path:
    """The same with the school, the class and one person of each role from the builders."""
    folder = tmp_path_factory.mktemp("filled")
    fill(copy_of(empty_database, folder), ring)
    return folder / DATABASE


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """A real PostgreSQL, started when the first test asks for it."""
    with run_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def filled_postgres(postgres_server: Server, ring: RingFile) -> str:
    """The address of a database there with the same as `filled_database`, for `Server.copy`."""
    address = postgres_server.make_migrated()
    fill(address, ring)
    return address


@pytest.fixture
def store(filled_database: Path, tmp_path: Path, clock: FixedClock, ring: RingFile) -> Iterator[SqlStore]:
    """A store of its own for each test, with the school, the class and one person of each role from the builders."""
    with closing(SqlStore(copy_of(filled_database, tmp_path), ring=ring, clock=clock)) as store:
        yield store


@pytest.fixture(scope="module")
def module_store(filled_database: Path, tmp_path_factory: pytest.TempPathFactory, ring: RingFile) -> Iterator[SqlStore]:
    """The same, shared by the tests of a module; its clock stands still."""
    address = copy_of(filled_database, tmp_path_factory.mktemp("store"))
    with closing(SqlStore(address, ring=ring, clock=FixedClock())) as store:
        yield store


def copy_of(database: Path, folder: Path) -> str:
    """Copy a database into a folder; give its address."""
    shutil.copy(database, folder / DATABASE)
    return f"sqlite:///{folder / DATABASE}"


def fill(address: str, ring: RingFile) -> None:
    """Put the school, the class and one person of each role from the builders into an empty database."""
    with closing(SqlStore(address, ring=ring, clock=FixedClock())) as store, store(EVERYTHING) as unit:
        unit.people.save_school(School(SCHOOL, "The School"))
        unit.people.save_class(ClassRoom(CLASS, SCHOOL, "Class 8b"))
        for role in Role:
            unit.people.save_person(a_person(role))
        unit.commit()


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator["House"]:
    """The real application over an installation of its own, with a sample read and its study aids made."""
    from tests.faces import open_house

    with open_house(tmp_path_factory.mktemp("house")) as house:
        yield house

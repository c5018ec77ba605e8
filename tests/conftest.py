"""Fixtures that many tests share: the packaged models, a fixed clock, and a closed network."""

import csv
import locale
import logging
import os
import shutil
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import structlog
from pytest_socket import socket_allow_hosts

from adapters.embeddings.minilm import MiniLM
from adapters.keys.ring import RingFile
from adapters.sql.migrate import upgrade
from adapters.sql.store import SqlStore
from domain.people import ClassRoom, Role, School
from domain.scope import EVERYTHING
from generators.compose.reading.parse import Parser
from safety.personal_data import Redactor
from safety.screening import Screener
from tests.builders import CLASS, SCHOOL, a_person
from tests.postgres import Server, run_postgres

if TYPE_CHECKING:
    from tests.faces import House

ROOT = Path(__file__).parent.parent
MODELS = ROOT / "var" / "models"
DATABASE = "margent.db"
_PIXELS = 1024**3 // 4 // 3
"""Of the largest picture that Pillow opens, unless it is told otherwise."""


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


@pytest.fixture(autouse=True)
def _process_as_it_was() -> Iterator[None]:
    """Fail the test that leaves a setting of the process changed: tests after it, in any order, rely on it."""
    before = _settings()
    yield
    after = _settings()
    assert after == before, {name: (before[name], now) for name, now in after.items() if now != before[name]}


def _settings() -> dict[str, object]:
    """Read settings that everything in this process shares."""
    drawn, cut = sys.modules.get("PIL.Image"), sys.modules.get("PIL.ImageFile")
    return {
        "longest cell of CSV": csv.field_size_limit(),
        "locale": locale.setlocale(locale.LC_ALL),
        "time zone": time.tzname,
        "folder": Path.cwd(),
        "environment": {name: value for name, value in os.environ.items() if name.startswith("MARGENT_")},
        "deepest call": sys.getrecursionlimit(),
        "patience of sockets": socket.getdefaulttimeout(),
        "log": (logging.getLogger().level, logging.root.manager.disable, structlog.get_config()),
        "pictures": (getattr(drawn, "MAX_IMAGE_PIXELS", _PIXELS), getattr(cut, "LOAD_TRUNCATED_IMAGES", False)),
    }


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
def redactor() -> Redactor:
    return Redactor(MODELS / "english")


@pytest.fixture(scope="session")
def screener() -> Screener:
    return Screener()


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
def filled_database(empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with the school, the class and one person of each role from the builders."""
    folder = tmp_path_factory.mktemp("filled")
    fill(copy_of(empty_database, folder), folder)
    return folder / DATABASE


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """A real PostgreSQL, started when the first test asks for it."""
    with run_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def filled_postgres(postgres_server: Server, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a database there with the same as `filled_database`, for `Server.copy`."""
    address = postgres_server.make_migrated()
    fill(address, tmp_path_factory.mktemp("filled"))
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


def fill(address: str, folder: Path) -> None:
    """Put the school, the class and one person of each role from the builders into an empty database, without keys."""
    unused = RingFile(folder / "ring.json")
    with closing(SqlStore(address, ring=unused, clock=FixedClock())) as store, store(EVERYTHING) as unit:
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

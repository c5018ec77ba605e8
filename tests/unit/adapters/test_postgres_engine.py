"""Which errors of PostgreSQL become ours, and that nothing of it is loaded where it is not used."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from adapters.keys.ring import RingFile
from adapters.sql.engine import address_of
from adapters.sql.store import SqlStore
from domain.errors import Invalid, MargentError, StoreBusy
from domain.ids import HoldId
from domain.people import Role
from domain.rights import Hold
from domain.scope import EVERYTHING
from tests.builders import NOW, SCHOOL, a_document, a_person
from tests.conftest import FixedClock
from tests.postgres import Server
from tests.raw import connect

ROOT = Path(__file__).parents[3]


@pytest.fixture
def store(postgres_server: Server, filled_postgres: str, clock: FixedClock, ring: RingFile) -> Iterator[SqlStore]:
    """A store in PostgreSQL."""
    address = postgres_server.copy(filled_postgres)
    with closing(SqlStore(address, ring=ring, clock=clock)) as store:
        yield store
    postgres_server.drop(address)


@pytest.mark.parametrize("written", ["postgresql", "postgres", "postgresql+psycopg"])
def test_an_address_may_be_written_in_any_way(written: str) -> None:
    """However the address begins, PostgreSQL is spoken to by psycopg."""
    assert address_of(f"{written}://margent:secret@db/margent").drivername == "postgresql+psycopg"


def test_sqlite_loads_nothing_of_postgresql(empty_database: Path) -> None:
    """A store in SQLite does without PostgreSQL's driver."""
    code = (
        "import sys; from adapters.sql.engine import build_engine; "
        f"build_engine('sqlite:///{empty_database}').connect().close(); assert 'psycopg' not in sys.modules"
    )

    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_a_lost_connection_is_a_busy_store(store: SqlStore, postgres_server: Server) -> None:
    """When PostgreSQL ends a connection, the unit says that the store is busy, and the next one works."""
    with store(EVERYTHING) as unit:
        backend = unit._transaction.connection.exec_driver_sql("SELECT pg_backend_pid()").scalar()
        with postgres_server.root.connect() as root:
            root.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": backend})
        with pytest.raises(StoreBusy):
            unit.people.list_schools()

    with store(EVERYTHING) as unit:
        assert unit.people.list_schools()


def test_two_who_wait_for_each_other_are_told_to_try_again(store: SqlStore) -> None:
    """Of two units that each wait for the other's row on PostgreSQL, one goes on and one is told to try again."""
    people = [a_person(), a_person(Role.TEACHER)]
    met = threading.Barrier(2)
    failures: list[MargentError] = []

    def touch(first: int) -> None:
        try:
            swap(first)
        except MargentError as error:
            failures.append(error)

    def swap(first: int) -> None:
        with connect(store) as connection, connection.begin():
            for step, index in enumerate((first, 1 - first)):
                connection.execute(text("UPDATE person SET name = name WHERE id = :id"), {"id": people[index].id})
                if step == 0:
                    met.wait()

    threads = [threading.Thread(target=touch, args=(first,)) for first in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [type(one) for one in failures] == [StoreBusy]


def test_a_sign_that_postgresql_has_not_is_marked(store: SqlStore) -> None:
    """A text with a NUL is kept, with U+FFFD in its place."""
    with store(EVERYTHING) as unit:
        unit.people.save_person(a_person(name="Sam\x00Student"))
        unit.commit()

    with store(EVERYTHING) as unit:
        found = unit.people.find_person(a_person().id)
    assert found is not None
    assert found.name == "Sam\ufffdStudent"


def test_what_cannot_be_kept_is_refused(store: SqlStore) -> None:
    """A number beyond what the column takes is told to whoever wrote it."""
    with store(EVERYTHING) as unit, pytest.raises(Invalid):
        unit.documents.save(a_document(size=2**40))


def test_whoever_puts_the_same_new_row_second_replaces_it(store: SqlStore) -> None:
    """A row that somebody else is adding is waited for, and then replaced."""
    held = Hold(HoldId("1" * 32), SCHOOL, None, "first", None, NOW)

    def put_second() -> None:
        with store(EVERYTHING) as unit:
            unit.rights.save_hold(replace(held, reason="second"))
            unit.commit()

    second = threading.Thread(target=put_second)
    with store(EVERYTHING) as unit:
        unit.rights.save_hold(held)
        second.start()
        with connect(store) as connection:
            while not connection.exec_driver_sql("SELECT count(*) FROM pg_locks WHERE NOT granted").scalar():
                connection.rollback()
        unit.commit()
    second.join()

    with store(EVERYTHING) as unit:
        assert [one.reason for one in unit.rights.list_holds(SCHOOL)] == ["second"]

"""What every Store does: transactions, concurrency, and waking the queue."""

import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from adapters.keys.ring import RingFile
from adapters.sql.migrate import upgrade
from adapters.sql.scrubbing import scrub
from adapters.sql.store import SqlStore
from domain.care import Severity, Worry
from domain.errors import MargentError, StoreBusy
from domain.ids import ChunkId, DocumentId, new_id
from domain.jobs import IngestDocument
from domain.people import Role
from domain.ports import UnitOfWork
from domain.scope import EVERYTHING
from safety.cases import Cases
from tests.builders import a_document, a_person
from tests.conftest import FixedClock
from tests.postgres import Server
from tests.raw import connect
from tests.readings import save_reading, some_chunks


def test_leaving_without_commit_rolls_back(store: SqlStore) -> None:
    """What was not committed is gone, whether the unit was left quietly or by an error."""
    with store(EVERYTHING) as unit:
        unit.documents.save(a_document())
    with pytest.raises(MargentError), store(EVERYTHING) as unit:
        _save_and_fail(unit)

    with store(EVERYTHING) as unit:
        assert unit.documents.find(a_document().id) is None


def _save_and_fail(unit: UnitOfWork) -> None:
    unit.documents.save(a_document())
    raise MargentError("On purpose.")


def test_a_unit_can_commit_more_than_once(store: SqlStore) -> None:
    """After a commit the unit goes on, and what follows is kept only by the next one."""
    with store(EVERYTHING) as unit:
        unit.commit()
        unit.documents.save(a_document())
        unit.commit()
        unit.documents.delete(a_document().id)

    with store(EVERYTHING) as unit:
        assert unit.documents.find(a_document().id) == a_document()


def test_the_queue_is_woken_after_jobs_were_committed(store: SqlStore) -> None:
    """The queue is woken once the job can be claimed, and not for commits without jobs or without a commit."""
    claimed = []

    def wake() -> None:
        with store(EVERYTHING) as unit:
            claimed.append(unit.jobs.claim("me", lease_seconds=10))

    store.on_commit(wake)
    with store(EVERYTHING) as unit:
        unit.documents.save(a_document())
        unit.commit()
        unit.jobs.add(IngestDocument(a_document().id))
        assert claimed == []
        unit.commit()
        unit.commit()
    with store(EVERYTHING) as unit:
        unit.jobs.add(IngestDocument(a_document().id))

    assert [record.job for record in claimed if record] == [IngestDocument(a_document().id)]
    assert len(claimed) == 1


def test_readers_are_not_held_up_by_a_writer(store: SqlStore) -> None:
    """While one unit writes, another reads what was there before."""
    with store(EVERYTHING) as writer, store(EVERYTHING) as reader:
        writer.documents.save(a_document())

        assert reader.documents.find(a_document().id) is None
        assert reader.people.find_person(a_person(Role.TEACHER).id) == a_person(Role.TEACHER)


def test_many_writers_wait_for_each_other(store: SqlStore) -> None:
    """Threads that read and then write at the same time all succeed."""
    failures: list[MargentError] = []

    def write() -> None:
        try:
            for _ in range(5):
                with store(EVERYTHING) as unit:
                    unit.people.find_person(a_person(Role.TEACHER).id)
                    unit.documents.save(a_document(id=DocumentId(new_id())))
                    unit.commit()
        except MargentError as error:
            failures.append(error)

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    with store(EVERYTHING) as unit:
        assert len(unit.documents.list_visible(a_person(Role.TEACHER))) == 40


def test_a_new_process_finds_everything(store: SqlStore, address: str, ring: RingFile) -> None:
    """What was committed is there for another store on the same database."""
    document = save_reading(store, ["Plants make sugar."])

    again = SqlStore(address, ring=ring)
    with again(EVERYTHING) as unit:
        assert unit.documents.find(document.id) == document
        assert len(unit.readings.search_words("sugar", [document.id], 5)) == 1
    again.close()


def test_a_book_is_stored_and_deleted_whole(store: SqlStore) -> None:
    """Two thousand chunks are stored, found and deleted in one go each."""
    document = save_reading(store, [])
    texts = [f"Sentence {number} tells of plant{number} and of light." for number in range(2000)]
    chunks = some_chunks(document, texts)

    with store(EVERYTHING) as unit:
        unit.readings.save_chunks(document.id, chunks)
        unit.commit()

    with store(EVERYTHING) as unit:
        assert unit.readings.list_chunks(document.id) == chunks
        assert unit.readings.search_words("plant1234", [document.id], 5)[0].chunk_id == ChunkId(chunks[1234].id)
        unit.documents.delete(document.id)
        assert unit.readings.list_chunks(document.id) == []


def test_ping_is_quiet_when_the_store_answers(store: SqlStore) -> None:
    """A store that answers says nothing."""
    store.ping()


@pytest.mark.parametrize("away", ["sqlite:///{}", "postgresql://margent@/margent?host={}"])
def test_a_store_that_cannot_be_opened_says_so(away: str, tmp_path: Path, ring: RingFile) -> None:
    """A store that cannot be reached raises StoreBusy, at ping and in a unit of work."""
    store = SqlStore(away.format(tmp_path), ring=ring)

    with pytest.raises(StoreBusy):
        store.ping()
    with pytest.raises(StoreBusy), store(EVERYTHING) as unit:
        unit.documents.find(a_document().id)


def test_a_locked_store_says_so(store: SqlStore, address: str, ring: RingFile) -> None:
    """When another holds the write lock for too long, writing raises StoreBusy."""
    impatient = SqlStore(address, ring=ring)
    with store(EVERYTHING) as holder, impatient(EVERYTHING) as unit:
        holder.documents.save(a_document())
        is_sqlite = address.startswith("sqlite")
        unit._transaction.connection.execute(
            text("PRAGMA busy_timeout=1" if is_sqlite else "SET LOCAL lock_timeout = '1ms'")
        )

        with pytest.raises(StoreBusy):
            unit.documents.save(a_document())
    impatient.close()


def test_scrubbing_leaves_no_byte_of_what_was_deleted(store: SqlStore, tmp_path: Path) -> None:
    """Words of a deleted reading are in no file of the store after scrubbing; those of another are still found."""
    gone = save_reading(store, ["quokkavanish eats leaves", "quokkavanish sleeps"])
    kept = save_reading(store, ["wombatremain digs"], id=DocumentId("7" * 32))
    with store(EVERYTHING) as unit:
        unit.documents.delete(gone.id)
        unit.commit()
    held = b"".join(path.read_bytes() for path in tmp_path.glob("margent.db*"))

    store.scrub()

    left = b"".join(path.read_bytes() for path in tmp_path.glob("margent.db*"))
    # a store that is no file here has nothing to be looked through
    assert (b"quokkavanish" in held) == bool(held)
    assert b"quokkavan" not in left
    with store(EVERYTHING) as unit:
        assert unit.readings.search_words("wombatremain", [kept.id], 5)


def test_scrubbing_waits_for_readers_only_so_long(clock: FixedClock, tmp_path: Path, ring: RingFile) -> None:
    """While somebody reads without end, scrubbing says after its patience that the store is busy."""
    url = f"sqlite:///{tmp_path / 'busy.db'}"
    upgrade(url)
    store = SqlStore(url, ring=ring, clock=clock)
    with connect(store) as reader:
        reader.exec_driver_sql("BEGIN")
        reader.exec_driver_sql("SELECT count(*) FROM person").all()

        with pytest.raises(StoreBusy):
            scrub(store._engine, patience=0.01)

    store.scrub()
    store.close()


def test_scrubbing_shuts_no_sign_of_danger_out(
    postgres_server: Server, filled_postgres: str, clock: FixedClock, ring: RingFile
) -> None:
    """On PostgreSQL a case may be about to be saved while the store is scrubbed: neither waits for the other."""
    address = postgres_server.copy(filled_postgres)
    with closing(SqlStore(address, ring=ring, clock=clock)) as store, store(EVERYTHING) as unit:
        case = Cases(store, clock).raise_flag(a_person(), "Help", Worry(Severity.HIGH, "abuse", "r"), entry="ask")
        unit.care.save(replace(case, is_told=True))

        store.scrub()

        unit.commit()
    postgres_server.drop(address)

"""What every Store does when several use it at once, when it is lost, and when somebody writes what it cannot keep."""

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import insert, literal, select, update

from adapters.keys.ring import RingFile
from adapters.sql.schema import hint_progress
from adapters.sql.store import SqlStore
from domain.errors import Conflict, MargentError, OutOfScope
from domain.ids import DocumentId, JobId, UnitId, new_id
from domain.jobs import IngestDocument
from domain.learning import HintProgress
from domain.people import Role
from domain.scope import EVERYTHING, scope_of
from tests.builders import NOW, a_document, a_person
from tests.readings import save_reading, some_chunks


def _at_once(*acts: Callable[[], None]) -> list[MargentError]:
    """Do things in threads of their own that begin together; give what went wrong."""
    together = threading.Barrier(len(acts))
    failures: list[MargentError] = []

    def run(act: Callable[[], None]) -> None:
        together.wait()
        try:
            act()
        except MargentError as error:
            failures.append(error)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


def test_each_job_is_claimed_once(store: SqlStore, address: str, ring: RingFile) -> None:
    """Two processes that take jobs at the same time never take the same one."""
    other = SqlStore(address, ring=ring, clock=store._clock)
    with store(EVERYTHING) as unit:
        for _ in range(12):
            document = a_document(id=DocumentId(new_id()))
            unit.documents.save(document)
            unit.jobs.add(IngestDocument(document.id))
        unit.commit()
    taken: list[JobId] = []

    def take(own: SqlStore) -> None:
        for _ in range(6):
            with own(EVERYTHING) as unit:
                record = unit.jobs.claim(new_id(), lease_seconds=60)
                unit.commit()
            assert record is not None
            taken.append(record.id)

    failures = _at_once(lambda: take(store), lambda: take(other))
    other.close()

    assert failures == []
    assert len(set(taken)) == len(taken) == 12


def test_the_same_new_row_may_be_put_twice_at_once(store: SqlStore) -> None:
    """Of two who put the same row for the first time, one adds it and the other replaces it."""
    progress = HintProgress(a_person().id, UnitId("1" * 32), 1, NOW)

    def put() -> None:
        with store(scope_of(a_person())) as unit:
            unit.learning.save_hint_progress(progress)
            unit.commit()

    failures = _at_once(*[put] * 6)

    assert failures == []
    with store(EVERYTHING) as unit:
        assert unit.learning.load_hint_progress(a_person().id, progress.question_id) == progress


def test_one_address_is_given_once(store: SqlStore) -> None:
    """Of two accounts with the same e-mail address that are made at once, one is a Conflict."""

    def join(number: int) -> None:
        with store(EVERYTHING) as unit:
            unit.people.save_person(a_person(id=f"{number:032x}", email="twin@school.example"))
            unit.commit()

    failures = _at_once(lambda: join(1), lambda: join(2))

    assert [(type(one), one.code) for one in failures] == [(Conflict, "email_taken")]


def test_times_come_back_in_utc(store: SqlStore) -> None:
    """A time is the same moment after it was kept, in UTC, wherever the database stands."""
    with store(EVERYTHING) as unit:
        unit.documents.save(a_document())
        unit.commit()

    with store(EVERYTHING) as unit:
        found = unit.documents.find(a_document().id)
    assert found is not None
    assert found.created_at == NOW
    assert found.created_at.utcoffset() == NOW.utcoffset()


def test_words_are_found_by_whoever_sees_the_reading(store: SqlStore) -> None:
    """Owners index their readings with their own eyes; a class finds the words, and strangers do not."""
    document = a_document()
    teacher, stranger = a_person(Role.TEACHER), a_person(class_ids=())
    with store(scope_of(teacher)) as unit:
        unit.documents.save(document)
        unit.readings.save_chunks(document.id, some_chunks(document, ["Plants make sugar."]))
        unit.documents.save(replace(document, title="Greenery"))
        unit.commit()

    found = {}
    for name, person in (("mate", a_person()), ("stranger", stranger)):
        with store(scope_of(person)) as unit:
            found[name] = [len(unit.readings.search_words(word, [document.id], 5)) for word in ("sugar", "greenery")]

    assert found == {"mate": [1, 1], "stranger": [0, 0]}


def test_nobody_can_change_the_words_of_others(store: SqlStore) -> None:
    """Words are neither added to nor changed in readings that one does not see."""
    document = save_reading(store, ["Plants make sugar."])

    with store(scope_of(a_person(class_ids=()))) as unit:
        unit.documents._found = {document.id: document}  # type: ignore[attr-defined]
        with pytest.raises(OutOfScope):
            unit.documents.save(replace(document, title="Mine"))
    with store(scope_of(a_person(class_ids=()))) as unit, pytest.raises(OutOfScope):
        unit.readings.save_chunks(document.id, some_chunks(document, ["Mine."]))

    with store(EVERYTHING) as unit:
        assert unit.readings.search_words("mine", [document.id], 5) == []


def test_a_lost_scope_column_is_not_changed_by_an_update(store: SqlStore) -> None:
    """Rows are not given to others by an update either, of one row or of all."""
    with store(EVERYTHING) as unit:
        unit.learning.save_hint_progress(HintProgress(a_person().id, UnitId("1" * 32), 1, NOW))
        unit.commit()

    with store(scope_of(a_person())) as unit, pytest.raises(OutOfScope):
        unit._transaction.write(update(hint_progress).values(person_id=a_person(Role.TEACHER).id))


def test_rows_that_are_read_and_added_in_one_are_held_to_the_rule(store: SqlStore) -> None:
    """An insertion from a query adds nothing for others."""
    names = ["person_id", "question_id", "rung"]
    other = select(literal(a_person(Role.TEACHER).id), literal("1" * 32), literal(1))

    with store(scope_of(a_person())) as unit, pytest.raises(OutOfScope):
        unit._transaction.write(insert(hint_progress).from_select(names, other))

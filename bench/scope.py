"""What holding each transaction to a person's scope costs, in both stores; prints one line of JSON for each.

python -m bench.scope
"""

import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median

from adapters.keys.ring import RingFile
from adapters.sql.migrate import upgrade
from adapters.sql.store import SqlStore
from domain.documents import Document
from domain.ids import ClassId, DocumentId, PersonId, stable_id
from domain.people import ClassRoom, Person, Role, School
from domain.ports import UnitOfWork
from domain.scope import EVERYTHING, Scope, scope_of
from tests.builders import NOW, SCHOOL, a_document, a_person
from tests.postgres import run_postgres
from tests.readings import some_chunks

_CLASSES, _MEMBERS, _READINGS, _CHUNKS = 40, 25, 8, 100
_RUNS = 400

Act = Callable[[UnitOfWork, Person, Document], object]


def _save(work: UnitOfWork, _person: Person, document: Document) -> None:
    work.documents.find(document.id)
    work.documents.save(replace(document, page_count=2))


_ACTS: dict[str, Act] = {
    "one_person": lambda work, person, _document: work.people.find_person(person.id),
    "my_readings": lambda work, person, _document: work.documents.list_visible(person),
    "open_reading": lambda work, _person, document: (
        work.documents.find(document.id),
        work.readings.list_sections(document.id),
        work.material.list_for(document.id),
    ),
    "chunks": lambda work, _person, document: work.readings.list_chunks(document.id),
    "search": lambda work, _person, document: work.readings.search_words("plants make sugar7", [document.id], 10),
    "classmates": lambda work, person, _document: work.people.list_members(person.class_ids[0]),
    "save_reading": _save,
}


def main() -> None:
    """Fill a school in each store, and act as a student, a teacher and nobody in particular."""
    with tempfile.TemporaryDirectory() as folder:
        ring = RingFile(Path(folder) / "ring.json")
        ring.prepare(())
        with run_postgres() as server:
            for address in (f"sqlite:///{folder}/margent.db", server.make_empty()):
                upgrade(address)
                store = SqlStore(address, ring=ring)
                _measure(store)
                store.close()


def _measure(store: SqlStore) -> None:
    student, document = _fill(store)
    owner = replace(student, role=Role.TEACHER, id=document.owner_id)
    for name, act in _ACTS.items():
        person = owner if name == "save_reading" else student
        cost = {
            kind: _time(store, scope, partial(_run, act, person, document))
            for kind, scope in (("everything", EVERYTHING), ("own", scope_of(person)))
        }
        store_name = store._engine.dialect.name  # noqa: SLF001 - there is no other way to ask
        print(json.dumps({"store": store_name, "act": name, **cost}))


def _run(act: Act, person: Person, document: Document, work: UnitOfWork) -> None:
    act(work, person, document)


def _time(store: SqlStore, scope: Scope, act: Callable[[UnitOfWork], None]) -> dict[str, float]:
    """Give the milliseconds of a transaction: processor here and in PostgreSQL, and the median by the clock."""
    with store(scope) as work:
        act(work)
        server = _server_of(work)
    walls = []
    before, served = time.process_time(), _cpu(server)
    for _ in range(_RUNS):
        began = time.perf_counter()
        with store(scope) as work:
            act(work)
        walls.append(time.perf_counter() - began)
    spent = time.process_time() - before
    return {
        "cpu_ms": round(spent / _RUNS * 1000, 3),
        "server_cpu_ms": round((_cpu(server) - served) / _RUNS * 1000, 3),
        "p50_ms": round(median(walls) * 1000, 3),
    }


def _server_of(work: UnitOfWork) -> int:
    transaction = work._transaction  # type: ignore[attr-defined]  # noqa: SLF001 - the bench asks the database itself
    if not transaction.is_postgres:
        return 0
    return int(transaction.connection.exec_driver_sql("SELECT pg_backend_pid()").scalar())


def _cpu(pid: int) -> float:
    """Give the processor seconds of a process, to a hundredth; 0 for none."""
    if not pid:
        return 0.0
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / float(os.sysconf("SC_CLK_TCK"))


def _fill(store: SqlStore) -> tuple[Person, Document]:
    first: list[tuple[Person, Document]] = []
    with store(EVERYTHING) as work:
        work.people.save_school(School(SCHOOL, "The School"))
        for number in range(_CLASSES):
            class_id = ClassId(stable_id("bench", number))
            work.people.save_class(ClassRoom(class_id, SCHOOL, f"Class {number}"))
            people = [_person(number, seat, class_id) for seat in range(_MEMBERS)]
            for person in people:
                work.people.save_person(person)
            for document in _documents(class_id, people[0].id):
                work.documents.save(document)
                texts = [f"Sentence {place} tells how plants make sugar{place} of light." for place in range(_CHUNKS)]
                work.readings.save_chunks(document.id, some_chunks(document, texts))
                first.append((people[1], document))
        work.commit()
    return first[0]


def _person(number: int, seat: int, class_id: ClassId) -> Person:
    role = Role.STUDENT if seat else Role.TEACHER
    person_id = PersonId(stable_id("bench", number, seat))
    return a_person(role, id=person_id, email=f"{number}.{seat}@school.example", class_ids=(class_id,))


def _documents(class_id: ClassId, owner_id: PersonId) -> Iterator[Document]:
    for number in range(_READINGS):
        reading_id = DocumentId(stable_id(class_id, "reading", number))
        yield a_document(id=reading_id, class_id=class_id, owner_id=owner_id, created_at=NOW)


if __name__ == "__main__":
    main()

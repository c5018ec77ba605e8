"""Rotation of the ring's keys while people write, and when it is stopped anywhere."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from accounts import keys
from adapters.keys.ring import RingFile
from adapters.sql.store import SqlStore
from domain.care import Case, CaseEvent, CaseStatus, Severity
from domain.errors import Cancelled, KeyMissing
from domain.ids import CaseId, PersonId, new_id
from domain.jobs import JobStatus, Progress, RewrapKeys
from domain.scope import EVERYTHING
from tests.builders import NOW, SCHOOL, a_person


@pytest.fixture
def ring(tmp_path: Path) -> RingFile:
    """A ring of the test's own, which `store` uses too."""
    made = RingFile(tmp_path / "keys" / "ring.json")
    made.prepare(())
    return made


@dataclass
class Context:
    """A job's context that keeps what it was told, and stops the job where a test wants."""

    steps: list[Progress] = field(default_factory=list)
    act: Callable[[Progress], None] = lambda _: None

    def report(self, progress: Progress) -> None:
        self.steps.append(progress)
        self.act(progress)


def _write(store: SqlStore, note: str) -> Case:
    """Keep a note about somebody new."""
    person = replace(a_person(), id=PersonId(new_id()), email=f"{new_id()}@x.example")
    case = Case(
        id=CaseId(new_id()),
        school_id=SCHOOL,
        person_id=person.id,
        severity=Severity.LOW,
        subject="self_harm",
        status=CaseStatus.OPEN,
        opened_at=NOW,
        due_at=NOW,
        events=(CaseEvent(NOW, "seen", note=note),),
    )
    with store(EVERYTHING) as work:
        work.people.save_person(person)
        work.care.save(case)
        work.commit()
    return case


def _all_open(store: SqlStore, cases: list[Case]) -> bool:
    with store(EVERYTHING) as work:
        return {one.id: one for one in work.care.list_cases(SCHOOL)} == {one.id: one for one in cases}


def test_rotating_wraps_every_key_anew(store: SqlStore, ring: RingFile) -> None:
    """Afterwards the new key wraps all, progress was told, everything opens, and the old key can go."""
    cases = [_write(store, str(number)) for number in range(7)]
    old, context = ring.newest, Context()

    job = keys.rotate(store, ring)
    keys.rewrap(job, store, context, at_once=3)

    assert job == RewrapKeys(ring.newest)
    assert [(step.done, step.total) for step in context.steps] == [(3, 7), (6, 7), (7, 7)]
    with store(EVERYTHING) as work:
        assert work.keys.count_by_key() == {ring.newest: 7}
        work.keys.forget([old])
    assert _all_open(store, cases)


def test_a_rotation_is_a_job_as_well(store: SqlStore, ring: RingFile) -> None:
    """A rotation that stops at once is finished by whoever runs the jobs."""
    job = keys.rotate(store, ring)

    with store(EVERYTHING) as work:
        found = work.jobs.find_for(ring.newest, "rewrap_keys")

    assert found is not None
    assert (found.job, found.status) == (job, JobStatus.QUEUED)


def test_a_rotation_stopped_at_any_step_loses_nothing(store: SqlStore, ring: RingFile) -> None:
    """Stopped after any number of steps, everything opens, what is written meanwhile too; a later run does the rest."""
    cases = [_write(store, str(number)) for number in range(6)]
    jobs = []

    for allowed in range(1, 4):
        context = Context()

        def stop(_: Progress, context: Context = context, allowed: int = allowed) -> None:
            if len(context.steps) == allowed:
                raise Cancelled("Enough.")

        context.act = stop
        jobs.append(keys.rotate(store, ring))
        with pytest.raises(Cancelled):
            keys.rewrap(jobs[-1], store, context, at_once=2)
        cases.append(_write(store, f"after {allowed}"))
        assert _all_open(store, cases)

    keys.rewrap(jobs[-1], store, Context())
    with store(EVERYTHING) as work:
        assert work.keys.count_by_key() == {ring.newest: len(cases)}
    assert _all_open(store, cases)


def test_people_write_while_keys_rotate(store: SqlStore, ring: RingFile) -> None:
    """While one process rotates twice, another, which has read the ring before, writes and reads: all opens."""
    service = SqlStore(str(store._engine.url), ring=RingFile(ring.path))
    cases = [_write(service, "first")]
    done = threading.Event()

    def write() -> None:
        while not done.is_set():
            cases.append(_write(service, str(len(cases))))

    writer = threading.Thread(target=write)
    writer.start()
    for _ in range(2):
        keys.rewrap(keys.rotate(store, ring), store, Context())
    done.set()
    writer.join()

    assert _all_open(service, cases)
    assert _all_open(store, cases)
    with store(EVERYTHING) as work:
        old = {one.id for one in ring.list_keys()} - work.keys.count_by_key().keys() - {ring.newest}
        work.keys.forget(old)
    assert _all_open(store, cases)
    service.close()


def test_an_overtaken_rotation_ends(store: SqlStore, ring: RingFile) -> None:
    """A rotation that finds a newer key in the ring leaves the work to that one's."""
    _write(store, "a note")
    overtaken, newest = keys.rotate(store, ring), keys.rotate(store, ring)

    keys.rewrap(overtaken, store, Context())
    with store(EVERYTHING) as work:
        assert work.keys.count_old(newest.key_id) == 1

    keys.rewrap(newest, store, Context())
    with store(EVERYTHING) as work:
        assert work.keys.count_old(newest.key_id) == 0


def test_a_key_that_does_not_open_stops_the_rotation(store: SqlStore, tmp_path: Path) -> None:
    """Where a person's key cannot be opened, rotating stops and says so; nothing is overwritten."""
    case = _write(store, "a note")
    other = RingFile(tmp_path / "other" / "ring.json")
    other.prepare(())
    wrong = SqlStore(str(store._engine.url), ring=other)

    with pytest.raises(KeyMissing, match="lacks the key"):
        keys.rewrap(keys.rotate(wrong, other), wrong, Context())

    wrong.close()
    assert _all_open(store, [case])

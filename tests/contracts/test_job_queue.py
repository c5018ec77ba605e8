"""What every JobQueue does with jobs that end well, badly, or not at all."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from adapters.queue.boundary import Handlers
from adapters.queue.inline import InlineQueue
from adapters.queue.threads import ThreadQueue, Timing
from adapters.sql.jobs import MOST_ERRORS
from adapters.sql.store import SqlStore
from domain.documents import Document, DocumentStatus
from domain.errors import Cancelled, ModelBusy, StoreBusy, Unreadable
from domain.ids import DocumentId, new_id
from domain.jobs import GenerateAids, IngestDocument, JobContext, JobRecord, JobStatus, Progress, Retire
from domain.ports import JobQueue, Store, UnitOfWork
from domain.scope import EVERYTHING, Scope
from tests.builders import a_document
from tests.conftest import FixedClock
from tests.raw import connect

QUICK = Timing(lease=0.6, poll=0.02, report=0.0, stop=5.0)
ENDED = {JobStatus.DONE, JobStatus.FAILED, JobStatus.CANCELLED}

Make = Callable[..., JobQueue]
Handler = Callable[[Any, JobContext], None]


@pytest.fixture(params=["inline", "threads"])
def make(request: pytest.FixtureRequest, store: SqlStore) -> Iterator[Make]:
    """Give a function that makes a queue from the handler of ingest jobs, starts it and wires it to the store."""
    made: list[JobQueue] = []

    def make(handler: Handler, **others: Handler) -> JobQueue:
        handlers: Handlers = {"ingest_document": handler, **others}
        queue = InlineQueue(store, handlers) if request.param == "inline" else _threads(store, handlers)
        store.on_commit(queue.wake)
        queue.start()
        made.append(queue)
        return queue

    yield make
    for queue in made:
        queue.stop()


def _threads(store: Store, handlers: Handlers) -> ThreadQueue:
    return ThreadQueue(store, handlers, timing=QUICK)


def _add(store: SqlStore, **changes: Any) -> Document:
    document = a_document(**{"status": DocumentStatus.QUEUED, **changes})
    _save_and_add(store, document)
    return document


def _wait(is_true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not is_true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def _find(store: SqlStore, document: Document, name: str = "ingest_document") -> JobRecord | None:
    with store(EVERYTHING) as unit:
        return unit.jobs.find_for(document.id, name)


def _ended(store: SqlStore, document: Document, name: str = "ingest_document") -> JobRecord:
    def has_ended() -> bool:
        record = _find(store, document, name)
        return record is not None and record.status in ENDED

    _wait(has_ended)
    record = _find(store, document, name)
    assert record is not None
    return record


def test_a_job_is_run_after_its_commit(store: SqlStore, make: Make) -> None:
    """A job runs once it was committed: once, with its payload, and is then done."""
    seen: list[object] = []
    make(lambda job, _context: seen.append(job))

    document = _add(store)

    assert _ended(store, document).status is JobStatus.DONE
    assert seen == [IngestDocument(document.id)]


def test_a_job_from_before_the_start_is_run(store: SqlStore, make: Make) -> None:
    """A job that an earlier process left in the table is run when the queue starts."""
    document = _add(store)

    make(lambda _job, _context: None)

    assert _ended(store, document).status is JobStatus.DONE


def test_a_handler_may_add_jobs(store: SqlStore, make: Make) -> None:
    """A job that a handler adds is run too."""

    def ingest(job: IngestDocument, _context: JobContext) -> None:
        with store(EVERYTHING) as unit:
            unit.jobs.add(GenerateAids(job.document_id))
            unit.commit()

    make(ingest, generate_aids=lambda _job, _context: None)

    assert _ended(store, _add(store), "generate_aids").status is JobStatus.DONE


def test_progress_is_seen_by_everybody(store: SqlStore, make: Make) -> None:
    """What a handler reports is in the table when its report returns."""
    seen: list[Progress] = []

    def ingest(job: IngestDocument, context: JobContext) -> None:
        for done in range(3):
            context.report(Progress("pages", done, 2))
            with store(EVERYTHING) as unit:
                record = unit.jobs.find_for(job.document_id, job.name)
            seen.append(record.progress if record else Progress())

    make(ingest)
    _ended(store, _add(store))

    assert seen == [Progress("pages", done, 2) for done in range(3)]


def test_an_error_fails_the_job_with_its_sentence(store: SqlStore, make: Make) -> None:
    """An error of ours gives the job its code and its sentence for the person."""

    def ingest(_job: object, _context: JobContext) -> None:
        raise Unreadable("This file is damaged.")

    make(ingest)
    record = _ended(store, _add(store))

    assert (record.status, record.error_code, record.error) == (JobStatus.FAILED, "damaged", "This file is damaged.")


def test_a_mistake_fails_the_job_and_tells_nobody_its_words(store: SqlStore, make: Make) -> None:
    """A mistake in a handler gives a general sentence; the log says where it happened, but not with which words."""
    words = "what Sam wrote"

    def ingest(_job: object, _context: JobContext) -> None:
        raise ZeroDivisionError(words)

    with capture_logs() as logs:
        make(ingest)
        record = _ended(store, _add(store))

    assert (record.status, record.error_code) == (JobStatus.FAILED, "unexpected")
    (entry,) = [one for one in logs if one["event"] == "job.failed"]
    assert entry["error"] == "ZeroDivisionError"
    assert "in ingest" in entry["where"]
    assert words not in str(logs) + record.error


def test_a_job_without_a_handler_fails(store: SqlStore, make: Make) -> None:
    """A job whose name no handler goes by is failed, and does not stop the queue."""

    def ingest(job: IngestDocument, _context: JobContext) -> None:
        with store(EVERYTHING) as unit:
            unit.jobs.add(GenerateAids(job.document_id))
            unit.commit()

    with capture_logs():
        make(ingest)
        record = _ended(store, _add(store), "generate_aids")

    assert record.error_code == "unexpected"


def test_a_passing_error_is_tried_again_up_to_a_cap(store: SqlStore, make: Make, clock: FixedClock) -> None:
    """A job that fails for a passing reason is run again later, and in the end failed."""
    runs: list[int] = []

    def ingest(_job: object, _context: JobContext) -> None:
        runs.append(1)
        raise ModelBusy("The model is busy.")

    queue = make(ingest)
    document = _add(store)
    for run in range(1, MOST_ERRORS):
        _wait_for_retry(store, document, run)
        clock.move(timedelta(minutes=5))
        queue.wake()

    record = _ended(store, document)
    assert (record.status, record.error, len(runs)) == (JobStatus.FAILED, "The model is busy.", MOST_ERRORS)


def test_waits_grow(store: SqlStore, clock: FixedClock) -> None:
    """The waits between tries double, from two seconds on."""
    tries: list[float] = []
    began = clock.now()

    def ingest(_job: object, _context: JobContext) -> None:
        tries.append((clock.now() - began).total_seconds())
        raise ModelBusy("The model is busy.")

    queue = InlineQueue(store, {"ingest_document": ingest})
    _add(store)
    for _ in range(40):
        queue.wake()
        clock.move(timedelta(seconds=1))

    assert tries == [0, 2, 6, 14, 30]


def _wait_for_retry(store: SqlStore, document: Document, attempts: int) -> None:
    def is_queued_again() -> bool:
        record = _find(store, document)
        return record is not None and record.status is JobStatus.QUEUED and record.attempts == attempts

    _wait(is_queued_again)


def test_cancelling_is_heard_at_the_next_report(store: SqlStore, make: Make) -> None:
    """A handler that reports after somebody cancelled gets Cancelled, and its job is cancelled."""
    heard: list[Cancelled] = []

    def ingest(job: IngestDocument, context: JobContext) -> None:
        context.report(Progress("pages", 1, 9))
        with store(EVERYTHING) as unit:
            unit.jobs.ask_cancel(job.document_id)
            unit.commit()
        try:
            context.report(Progress("pages", 2, 9))
        except Cancelled as error:
            heard.append(error)
            raise

    make(ingest)
    record = _ended(store, _add(store))

    assert record.status is JobStatus.CANCELLED
    assert len(heard) == 1


def test_a_handler_whose_document_was_deleted_is_stopped(store: SqlStore, make: Make) -> None:
    """When the document is deleted under a handler, its next report ends it, and the queue goes on."""
    ends: list[str] = []

    def ingest(job: IngestDocument, context: JobContext) -> None:
        if job.document_id != a_document().id:
            return
        with store(EVERYTHING) as unit:
            unit.documents.delete(job.document_id)
            unit.commit()
        context.report(Progress("pages", 1, 9))
        ends.append("not stopped")

    make(ingest)
    _add(store)

    assert _ended(store, _add(store, id=DocumentId(new_id()))).status is JobStatus.DONE
    assert ends == []


def test_threads_run_several_jobs_at_once(store: SqlStore) -> None:
    """Two threads run two jobs at the same time."""
    together = threading.Barrier(2, timeout=20)

    def ingest(_job: object, _context: JobContext) -> None:
        together.wait()

    queue = _threads(store, {"ingest_document": ingest})
    queue.start()
    documents = [_add(store, id=DocumentId(new_id())) for _ in range(2)]
    queue.wake()

    statuses = [_ended(store, document).status for document in documents]
    queue.stop()

    assert statuses == [JobStatus.DONE, JobStatus.DONE]


def test_study_aids_give_way_to_a_reading_and_go_on_after_it(store: SqlStore) -> None:
    """With its only thread busy with aids, a queue still reads at once; the aids are made to their end, once."""
    events: list[str] = []
    document = _add(store, status=DocumentStatus.READY)
    other = a_document(id=DocumentId(new_id()), status=DocumentStatus.QUEUED)

    def make_aids(_job: GenerateAids, context: JobContext) -> None:
        for section in range(3):
            context.report(Progress("study aids", section, 4))
            if f"aids {section}" not in events:
                events.append(f"aids {section}")
                if section == 1:
                    _save_and_add(store, other)

    def ingest(job: IngestDocument, _context: JobContext) -> None:
        if job.document_id == other.id:
            events.append("reading")
        else:
            with store(EVERYTHING) as unit:
                unit.jobs.add(GenerateAids(job.document_id))
                unit.commit()

    queue = ThreadQueue(store, {"ingest_document": ingest, "generate_aids": make_aids}, threads=1, timing=QUICK)
    queue.start()

    ended = _ended(store, document, "generate_aids")
    queue.stop()

    assert (ended.status, ended.attempts) == (JobStatus.DONE, 1)
    assert events == ["aids 0", "aids 1", "reading", "aids 2"]


def _save_and_add(store: SqlStore, document: Document) -> None:
    with store(EVERYTHING) as unit:
        unit.documents.save(document)
        unit.jobs.add(IngestDocument(document.id))
        unit.commit()


def test_a_silent_handler_keeps_its_lease(store: SqlStore, clock: FixedClock) -> None:
    """A handler that reports nothing for longer than a lease is not taken for dead: the job runs once."""
    runs: list[int] = []
    go_on = threading.Event()

    def ingest(_job: object, _context: JobContext) -> None:
        runs.append(1)
        go_on.wait(20)

    queue = _threads(store, {"ingest_document": ingest})
    queue.start()
    document = _add(store)
    queue.wake()
    _wait(lambda: bool(runs))
    for _ in range(10):
        clock.move(timedelta(seconds=QUICK.lease / 2))
        _wait_for_renewal(store)
    go_on.set()

    assert _ended(store, document).attempts == 1
    queue.stop()
    assert runs == [1]


def _wait_for_renewal(store: SqlStore) -> None:
    before = _lease(store)
    _wait(lambda: _lease(store) > before)


def _lease(store: SqlStore) -> str:
    with connect(store) as connection:
        return str(connection.exec_driver_sql("SELECT lease_until FROM job").scalar())


def test_stopping_puts_running_jobs_back(store: SqlStore) -> None:
    """A handler that reports while the queue stops is ended, and its job waits for the next start, uncounted."""
    started = threading.Event()

    def ingest(_job: object, context: JobContext) -> None:
        for done in range(10_000):
            context.report(Progress("pages", done, 10_000))
            started.set()

    queue = _threads(store, {"ingest_document": ingest})
    queue.start()
    document = _add(store)
    queue.wake()
    assert started.wait(20)

    queue.stop()

    record = _find(store, document)
    assert record is not None
    assert (record.status, record.attempts) == (JobStatus.QUEUED, 0)


def test_stopping_does_not_wait_for_ever(store: SqlStore) -> None:
    """A handler that never reports does not keep the queue from stopping."""
    started, go_on = threading.Event(), threading.Event()

    def ingest(_job: object, _context: JobContext) -> None:
        started.set()
        go_on.wait(20)

    queue = ThreadQueue(store, {"ingest_document": ingest}, timing=Timing(poll=0.02, stop=0.05))
    queue.start()
    _add(store)
    queue.wake()
    assert started.wait(20)

    queue.stop()

    assert not go_on.is_set()
    go_on.set()
    _wait(lambda: not [one for one in threading.enumerate() if one.name.startswith("jobs-")])


def test_a_queue_outlives_a_store_that_does_not_answer(store: SqlStore) -> None:
    """While the store does not answer the queue keeps trying, and runs the job once it does."""
    failures = [StoreBusy("Busy.")] * 3

    def flaky(scope: Scope) -> UnitOfWork:
        if failures:
            raise failures.pop()
        return store(scope)

    flaky_store: Any = flaky
    document = _add(store)
    with capture_logs() as logs:
        queue = _threads(flaky_store, {"ingest_document": lambda _job, _context: None})
        queue.start()
        record = _ended(store, document)
        queue.stop()

    assert record.status is JobStatus.DONE
    assert [one["event"] for one in logs] == ["jobs.store_unavailable"] * 3


def test_leases_are_kept_again_once_the_store_answers(store: SqlStore, clock: FixedClock) -> None:
    """When the store does not answer while a job runs, its lease is renewed as soon as it does."""
    failures = [StoreBusy("Busy.")] * 2
    is_running, go_on = threading.Event(), threading.Event()

    def flaky(scope: Scope) -> UnitOfWork:
        if failures and threading.current_thread().name == "jobs-leases":
            raise failures.pop()
        return store(scope)

    def ingest(_job: object, _context: JobContext) -> None:
        is_running.set()
        go_on.wait(20)

    flaky_store: Any = flaky
    document = _add(store)
    with capture_logs() as logs:
        queue = ThreadQueue(flaky_store, {"ingest_document": ingest}, threads=1, timing=QUICK)
        queue.start()
        assert is_running.wait(20)
        clock.move(timedelta(seconds=QUICK.lease / 2))
        _wait_for_renewal(store)
        go_on.set()
        record = _ended(store, document)
        queue.stop()

    assert record.attempts == 1
    assert [one["event"] for one in logs] == ["jobs.store_unavailable"] * 2


def test_progress_is_not_written_more_often_than_it_is_read(store: SqlStore) -> None:
    """Of many reports in a moment, the first and the last of a stage are written; the others would only cost time."""
    written: list[Progress] = []

    def ingest(job: IngestDocument, context: JobContext) -> None:
        for done in range(4):
            context.report(Progress("pages", done, 3))
            with store(EVERYTHING) as unit:
                record = unit.jobs.find_for(job.document_id, job.name)
            written.append(record.progress if record else Progress())

    document = _add(store)
    queue = ThreadQueue(store, {"ingest_document": ingest}, timing=Timing(lease=60.0, poll=0.02, report=60.0))
    queue.start()
    _ended(store, document)
    queue.stop()

    assert [progress.done for progress in written] == [0, 0, 0, 3]


def test_what_is_due_is_done_once_and_caught_up(store: SqlStore, clock: FixedClock) -> None:
    """The schedule's jobs are added at the start and again when new ones are due, each once, ever."""
    done: list[str] = []
    timing = Timing(lease=0.6, poll=0.02, report=0.0, stop=5.0, schedule=0.02)

    def make() -> ThreadQueue:
        queue = ThreadQueue(
            store,
            {"retire": lambda job, _context: done.append(job.day)},
            timing=timing,
            schedule=lambda: [Retire(clock.now().date().isoformat())],
        )
        store.on_commit(queue.wake)
        queue.start()
        return queue

    first = make()
    _wait(lambda: done == ["2026-09-01"])
    clock.move(timedelta(days=1))
    _wait(lambda: done == ["2026-09-01", "2026-09-02"])
    first.stop()
    # a laptop that was off for a week
    clock.move(timedelta(days=7))
    second = make()
    _wait(lambda: len(done) == 3)
    second.stop()

    assert done == ["2026-09-01", "2026-09-02", "2026-09-09"]


def test_a_schedule_outlives_a_store_that_is_away(store: SqlStore) -> None:
    """When the store does not answer, the schedule asks again; what was due is added then."""
    asked, done = [], []

    def schedule() -> list[Retire]:
        asked.append(1)
        if len(asked) == 1:
            raise StoreBusy("The store is busy. Try again in a moment.")
        return [Retire("2026-09-01")]

    timing = Timing(lease=0.6, poll=0.02, report=0.0, stop=5.0, schedule=0.02)
    queue = ThreadQueue(store, {"retire": lambda job, _context: done.append(job.day)}, timing=timing, schedule=schedule)
    store.on_commit(queue.wake)
    queue.start()
    _wait(lambda: done == ["2026-09-01"])
    queue.stop()

    assert len(asked) > 1

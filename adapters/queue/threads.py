"""Runs jobs in threads of this process. The job table is the truth; nothing is kept here that a crash could lose."""

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import structlog

from adapters.queue.boundary import Handlers, Interrupted, run
from domain.errors import Cancelled, Transient
from domain.ids import new_id
from domain.jobs import GenerateAids, Job, JobRecord, Progress
from domain.ports import Store
from domain.scope import EVERYTHING

Schedule = Callable[[], Iterable[Job]]
"""Gives the jobs that are due by now because of the time alone."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds: how long a claim holds, how often to look for work, how often to write progress, how long to stop.

    `schedule` is how often to ask for the jobs that time alone brings.
    """

    lease: float = 10.0
    poll: float = 1.0
    report: float = 0.2
    stop: float = 5.0
    schedule: float = 60.0


class ThreadQueue:
    """A `domain.ports.JobQueue` of daemon threads, one more that keeps the leases of what runs, and a schedule's.

    Study aids, which take minutes, give way between two sections to whatever somebody waits for.
    """

    def __init__(
        self,
        store: Store,
        handlers: Handlers,
        *,
        threads: int = 2,
        timing: Timing | None = None,
        schedule: Schedule | None = None,
    ) -> None:
        """Run the jobs of this store by these handlers, as many at a time as there are threads.

        `schedule` gives the jobs that are due by now; each is added once, ever.
        """
        self._store = store
        self._handlers = handlers
        self._count = threads
        self._timing = timing or Timing()
        self._schedule = schedule
        self._changed = threading.Condition()
        self._wakes = 0
        self._is_stopping = threading.Event()
        self._threads: list[threading.Thread] = []
        self._running: dict[str, _Context] = {}

    def wake(self) -> None:
        """Say that there may be work."""
        with self._changed:
            self._wakes += 1
            self._changed.notify_all()

    def start(self) -> None:
        """Begin to run jobs; those of a process that died are taken up when their lease has run out."""
        self._is_stopping.clear()
        work = [threading.Thread(target=self._work, name=f"jobs-{one}", daemon=True) for one in range(self._count)]
        self._threads = [*work, threading.Thread(target=self._keep_leases, name="jobs-leases", daemon=True)]
        if self._schedule is not None:
            keep = threading.Thread(target=self._keep_schedule, args=(self._schedule,), name="jobs-due", daemon=True)
            self._threads.append(keep)
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Ask what is running to stop at its next report, and wait for it for a bounded time.

        Stopped jobs go back to the queue; those that did not listen are claimed again when their lease has run out.
        """
        self._is_stopping.set()
        self.wake()
        deadline = time.monotonic() + self._timing.stop
        for thread in self._threads:
            thread.join(max(deadline - time.monotonic(), 0))
        self._threads = []

    def _work(self) -> None:
        while not self._is_stopping.is_set():
            seen = self._wakes
            try:
                has_run = self._run_next()
            except Transient as error:
                _log.warning("jobs.store_unavailable", code=error.code)
                has_run = False
            if not has_run:
                self._wait(seen)

    def _wait(self, seen: int) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._wakes != seen, timeout=self._timing.poll)

    def _run_next(self) -> bool:
        # after a pause of the whole process (a laptop asleep) no job of its own may look abandoned
        self._renew_leases()
        owner = new_id()
        with self._store(EVERYTHING) as unit:
            record = unit.jobs.claim(owner, lease_seconds=self._timing.lease)
            unit.commit()
        if record is None:
            return False
        context = _Context(self._store, record, owner, timing=self._timing, is_stopping=self._is_stopping)
        self._running[owner] = context
        try:
            run(record, owner, store=self._store, handlers=self._handlers, context=context)
        finally:
            del self._running[owner]
        return True

    def _keep_leases(self) -> None:
        while not self._is_stopping.wait(self._timing.lease / 3):
            try:
                self._renew_leases()
            except Transient as error:
                _log.warning("jobs.store_unavailable", code=error.code)

    def _keep_schedule(self, schedule: Schedule) -> None:
        """Add what is due, at once and then now and again: a machine that was off catches up when it starts."""
        added: frozenset[Job] = frozenset()
        while True:
            try:
                added = self._add_due(frozenset(schedule()), added)
            except Transient as error:
                _log.warning("jobs.store_unavailable", code=error.code)
            if self._is_stopping.wait(self._timing.schedule):
                return

    def _add_due(self, due: frozenset[Job], added: frozenset[Job]) -> frozenset[Job]:
        """Add the jobs that were not added before; give all that are due, to be asked for no more."""
        if due - added:
            with self._store(EVERYTHING) as unit:
                for job in due - added:
                    unit.jobs.add_once(job)
                unit.commit()
        return due

    def _renew_leases(self) -> None:
        for context in list(self._running.values()):
            context.beat()


class _Context:
    """What a handler reports to. A request to stop is heard here, at the next report."""

    def __init__(
        self, store: Store, record: JobRecord, owner: str, *, timing: Timing, is_stopping: threading.Event
    ) -> None:
        self._store = store
        self._record = record
        self._owner = owner
        self._timing = timing
        self._is_stopping = is_stopping
        self._lock = threading.Lock()
        self._gives_way = isinstance(record.job, GenerateAids)
        self._progress = record.progress
        self._written_at = -timing.report
        self._stop: type[Cancelled | Interrupted] | None = None

    def report(self, progress: Progress) -> None:
        is_new_stage = progress.stage != self._progress.stage
        self._progress = progress
        is_due = time.monotonic() - self._written_at >= self._timing.report
        if is_new_stage or is_due or progress.done == progress.total:
            self.beat()
        if self._stop is not None:
            raise self._stop("This was stopped.")
        if self._is_stopping.is_set():
            raise Interrupted("The service is stopping.")

    def beat(self) -> None:
        """Write progress, renew the lease and hear whether to stop."""
        with self._lock, self._store(EVERYTHING) as unit:
            goes_on = unit.jobs.beat(self._record.id, self._owner, self._progress, lease_seconds=self._timing.lease)
            if not goes_on:
                job = self._record.job
                newest = unit.jobs.find_for(job.subject, job.name)
                is_asked = newest is not None and newest.id == self._record.id and newest.is_cancel_asked
                self._stop = Cancelled if is_asked else Interrupted
            elif self._gives_way and unit.jobs.is_urgent_due():
                # it goes on where it stopped, once nobody waits any more
                self._stop = Interrupted
            unit.commit()
            self._written_at = time.monotonic()

"""Runs jobs at once, in the thread that added them: for commands and tests."""

from adapters.queue.boundary import Handlers, run
from domain.errors import Cancelled
from domain.ids import JobId, new_id
from domain.jobs import Progress
from domain.ports import Store
from domain.scope import EVERYTHING

_LEASE_SECONDS = 60.0
"""How long another process leaves a job alone whose handler says nothing."""


class InlineQueue:
    """A `domain.ports.JobQueue` whose `wake` returns when no job is due any more."""

    def __init__(self, store: Store, handlers: Handlers) -> None:
        """Run the jobs of this store by these handlers."""
        self._store = store
        self._handlers = handlers
        self._is_running = False

    def wake(self) -> None:
        """Run every job that is due. Jobs that a handler adds are run after it."""
        if self._is_running:
            return
        self._is_running = True
        try:
            while self._run_next():
                pass
        finally:
            self._is_running = False

    def start(self) -> None:
        """Run what an earlier process left."""
        self.wake()

    def stop(self) -> None:
        """Do nothing: no job outlives `wake`."""

    def _run_next(self) -> bool:
        owner = new_id()
        with self._store(EVERYTHING) as unit:
            record = unit.jobs.claim(owner, lease_seconds=_LEASE_SECONDS)
            unit.commit()
        if record is None:
            return False
        context = _Context(self._store, record.id, owner)
        run(record, owner, store=self._store, handlers=self._handlers, context=context)
        return True


class _Context:
    def __init__(self, store: Store, job_id: JobId, owner: str) -> None:
        self._store = store
        self._job_id = job_id
        self._owner = owner

    def report(self, progress: Progress) -> None:
        with self._store(EVERYTHING) as unit:
            goes_on = unit.jobs.beat(self._job_id, self._owner, progress, lease_seconds=_LEASE_SECONDS)
            unit.commit()
        if not goes_on:
            raise Cancelled("This was cancelled.")

"""The job table: the truth about background work, and the outbox.

A job runs under a lease. Whoever claims it owns it until the lease runs out; a process that dies leaves its jobs to
be claimed again. Claims are counted when made, so a job that kills its process cannot come back for ever.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, and_, case, exists, insert, or_, select, update

from adapters.sql.schema import document, job
from adapters.sql.transaction import Transaction
from domain.clock import Clock
from domain.documents import DocumentStatus
from domain.ids import DocumentId, JobId, new_id
from domain.jobs import (
    GenerateAids,
    IngestDocument,
    Job,
    JobRecord,
    JobStatus,
    Progress,
    Retire,
    RewrapKeys,
    ScreenDocument,
)

MOST_ERRORS = 5
"""Runs that may end in a transient error; the last one fails the job."""

MOST_CRASHES = 8
"""Runs that may end without a word, because their process died; the next claim fails the job."""

_SUSPECT = 3
"""Crashes after which a job runs alone, so that what kills the process takes no innocent job with it for good."""

_AIDS = "generate_aids"

_JOBS: dict[str, Callable[[str], Job]] = {
    "ingest_document": lambda subject: IngestDocument(DocumentId(subject)),
    _AIDS: lambda subject: GenerateAids(DocumentId(subject)),
    "screen_document": lambda subject: ScreenDocument(DocumentId(subject)),
    "retire": Retire,
    "rewrap_keys": RewrapKeys,
}

_CRASHED = ("crashed", "This stopped in the middle too many times. Try it again, or use another file.")

_CANCELLED = ("cancelled", "Somebody cancelled this.")


class SqlJobs:
    """A `domain.ports.JobRepository`."""

    def __init__(self, transaction: Transaction, clock: Clock) -> None:
        """Work within this transaction, by this clock."""
        self._transaction = transaction
        self._clock = clock
        self._has_added = False

    def add(self, value: Job) -> JobId:
        """Add a job, unless one for the same payload is still queued or running; give its id.

        A running job that was asked to stop does not count: what it leaves undone must be done by the new one.
        """
        self._transaction.begin_write()
        pending = or_(
            job.c.status == JobStatus.QUEUED.value,
            and_(job.c.status == JobStatus.RUNNING.value, ~job.c.is_cancel_asked),
        )
        query = select(job.c.id).where(_same(value.subject, value.name), pending)
        known = self._transaction.read(query).scalar()
        self._has_added = True
        if known is not None:
            return JobId(known)
        return self._insert(value)

    def add_once(self, value: Job) -> bool:
        """Add a job unless one of its name about the same thing was ever added; say whether it was."""
        self._transaction.begin_write()
        query = select(job.c.id).where(_same(value.subject, value.name)).limit(1)
        if self._transaction.read(query).first() is not None:
            return False
        self._has_added = True
        self._insert(value)
        return True

    def revive(self, name: str, before: datetime) -> int:
        """Queue the jobs of a name anew that failed and were last due before a time; give how many.

        Those that kept killing their process are left.
        """
        has_failed = and_(
            job.c.name == name,
            job.c.status == JobStatus.FAILED.value,
            job.c.run_at < before,
            job.c.error_code != _CRASHED[0],
        )
        if not self._transaction.read(select(job.c.id).where(has_failed).limit(1)).first():
            return 0  # most of the time, and then no writer has to wait
        self._transaction.begin_write()
        anew = {"status": JobStatus.QUEUED.value, "run_at": self._clock.now(), "attempts": 0, "retries": 0}
        self._has_added = True
        return self._transaction.write(update(job).where(has_failed).values(anew)).rowcount

    def take_added(self) -> bool:
        """Whether jobs were added since this was last asked."""
        has_added, self._has_added = self._has_added, False
        return has_added

    def find_for(self, subject: str, name: str) -> JobRecord | None:
        """Give the newest job of a name about a document (or a day, or a key), or None."""
        query = select(job).where(_same(subject, name)).order_by(job.c.number.desc()).limit(1)
        row = self._transaction.read(query).first()
        return None if row is None else _to_record(row)

    def ask_cancel(self, document_id: DocumentId, name: str = "") -> None:
        """Cancel the document's queued jobs, all or those of a name, and ask its running ones to stop.

        Nobody stops the look for danger.
        """
        self._transaction.begin_write()
        of_document = (job.c.document_id == document_id) & (job.c.name != "screen_document")
        if name:
            of_document &= job.c.name == name
        queued = select(job).where(of_document, job.c.status == JobStatus.QUEUED.value)
        for row in self._transaction.read(queued).all():
            self._end(row, JobStatus.CANCELLED, _CANCELLED)
        running = of_document & (job.c.status == JobStatus.RUNNING.value)
        self._transaction.write(update(job).where(running).values(is_cancel_asked=True))

    def is_urgent_due(self) -> bool:
        """Whether a job is due that people wait for: anything but study aids."""
        return self._transaction.read(self._due().where(job.c.name != _AIDS)).first() is not None

    def claim(self, owner: str, *, lease_seconds: float) -> JobRecord | None:
        """Take the oldest job that is due (queued, or running with its lease run out) and count the attempt.

        Study aids come after everything else: somebody waits for a reading to be there.
        A job that was claimed more often than its cap is marked failed instead of run, and one that was asked to
        stop is marked cancelled. A job waits while another for the same payload still runs, and one that crashed
        several times waits until it can run alone.
        """
        if self._find_due() is None:
            return None
        self._transaction.begin_write()
        while row := self._find_due():
            if row.is_cancel_asked:
                self._end(row, JobStatus.CANCELLED, _CANCELLED)
            elif row.attempts - row.retries >= MOST_CRASHES:
                self._end(row, JobStatus.FAILED, _CRASHED)
            else:
                self._take(row, owner, lease_seconds)
                return self._find(row.id)
        return None

    def beat(self, job_id: JobId, owner: str, progress: Progress, *, lease_seconds: float) -> bool:
        """Report progress and renew the lease; False when the job is no longer the owner's or must stop."""
        values = {
            "stage": progress.stage,
            "done": progress.done,
            "total": progress.total,
            "lease_until": self._clock.now() + timedelta(seconds=lease_seconds),
        }
        if self._transaction.write(update(job).where(_held(job_id, owner)).values(values)).rowcount == 0:
            return False
        record = self._find(job_id)
        return record is not None and not record.is_cancel_asked

    def finish(
        self,
        job_id: JobId,
        owner: str,
        *,
        error: tuple[str, str] | None = None,
        retry_in: float | None = None,
        is_cancelled: bool = False,
    ) -> bool:
        """End the job as done, failed (code, sentence), cancelled, or back in the queue; False if not the owner's.

        With both `error` and `retry_in` (seconds) the job goes back until it has failed `MOST_ERRORS` times. With
        `retry_in` alone it was interrupted through no fault of its own, and the run does not count.
        """
        self._transaction.begin_write()
        row = self._transaction.read(select(job).where(_held(job_id, owner))).first()
        if row is None:
            return False
        if is_cancelled or (row.is_cancel_asked and (error or retry_in is not None)):
            self._end(row, JobStatus.CANCELLED, _CANCELLED)
        elif retry_in is not None and (error is None or row.retries + 1 < MOST_ERRORS):
            self._put_back(row, error, retry_in)
        elif error is not None:
            self._end(row, JobStatus.FAILED, error)
        else:
            self._end(row, JobStatus.DONE, ("", ""))
        return True

    def _insert(self, value: Job) -> JobId:
        now = self._clock.now()
        job_id = JobId(new_id())
        row = {
            "id": job_id,
            "name": value.name,
            "subject": value.subject,
            # nobody can cancel the screening of a document, so it is not among the document's jobs
            "document_id": value.document_id
            if isinstance(value, IngestDocument | GenerateAids | ScreenDocument)
            else None,
            "status": JobStatus.QUEUED.value,
            "created_at": now,
            "run_at": now,
            "attempts": 0,
            "retries": 0,
            "stage": "",
            "done": 0,
            "total": 0,
            "is_cancel_asked": False,
            "error_code": "",
            "error": "",
        }
        self._transaction.write(insert(job).values(row))
        return job_id

    def _find(self, job_id: JobId) -> JobRecord | None:
        row = self._transaction.read(select(job).where(job.c.id == job_id)).first()
        return None if row is None else _to_record(row)

    def _due(self) -> Select[Any]:
        """Select the job to run next."""
        now = self._clock.now()
        other = job.alias()
        is_alive = and_(other.c.status == JobStatus.RUNNING.value, other.c.lease_until > now)
        is_same = and_(other.c.subject == job.c.subject, other.c.name == job.c.name)
        # the run under way counts among the attempts
        is_suspect = other.c.attempts - other.c.retries > _SUSPECT
        is_due = or_(
            and_(job.c.status == JobStatus.QUEUED.value, job.c.run_at <= now),
            and_(job.c.status == JobStatus.RUNNING.value, job.c.lease_until <= now),
        )
        return (
            select(job)
            .where(
                is_due,
                ~exists().where(is_alive, or_(is_same, is_suspect)),
                or_(job.c.attempts - job.c.retries < _SUSPECT, ~exists().where(is_alive)),
            )
            .order_by(case((job.c.name == _AIDS, 1), else_=0), job.c.number)
            .limit(1)
        )

    def _find_due(self) -> Row[Any] | None:
        return self._transaction.read(self._due()).first()

    def _take(self, row: Row[Any], owner: str, lease_seconds: float) -> None:
        values = {
            "status": JobStatus.RUNNING.value,
            "owner": owner,
            "lease_until": self._clock.now() + timedelta(seconds=lease_seconds),
            "attempts": row.attempts + 1,
            "error_code": "",
            "error": "",
        }
        self._transaction.write(update(job).where(job.c.id == row.id).values(values))

    def _put_back(self, row: Row[Any], error: tuple[str, str] | None, retry_in: float) -> None:
        code, sentence = error or ("", "")
        values = {
            "status": JobStatus.QUEUED.value,
            "owner": None,
            "lease_until": None,
            "run_at": self._clock.now() + timedelta(seconds=retry_in),
            "attempts": row.attempts if error else row.attempts - 1,
            "retries": row.retries + 1 if error else row.retries,
            "error_code": code,
            "error": sentence,
        }
        self._transaction.write(update(job).where(job.c.id == row.id).values(values))

    def _end(self, row: Row[Any], status: JobStatus, error: tuple[str, str]) -> None:
        code, sentence = error
        values = {
            "status": status.value,
            "owner": None,
            "lease_until": None,
            "error_code": code,
            "error": sentence,
        }
        self._transaction.write(update(job).where(job.c.id == row.id).values(values))
        if row.name == "ingest_document" and status is not JobStatus.DONE:
            self._give_up(row.document_id, status, error)

    def _give_up(self, document_id: DocumentId, status: JobStatus, error: tuple[str, str]) -> None:
        """Let no document look as if it were still being read when nobody reads it any more."""
        unread = [DocumentStatus.QUEUED.value, DocumentStatus.READING.value]
        left = DocumentStatus.CANCELLED if status is JobStatus.CANCELLED else DocumentStatus.FAILED
        values = {"status": left.value, "problem_code": error[0], "problem": error[1]}
        self._transaction.write(
            update(document).where(document.c.id == document_id, document.c.status.in_(unread)).values(values)
        )


def _same(subject: str, name: str) -> Any:
    return and_(job.c.subject == subject, job.c.name == name)


def _held(job_id: JobId, owner: str) -> Any:
    return and_(job.c.id == job_id, job.c.owner == owner, job.c.status == JobStatus.RUNNING.value)


def _to_record(row: Row[Any]) -> JobRecord:
    return JobRecord(
        id=row.id,
        job=_JOBS[row.name](row.subject),
        status=JobStatus(row.status),
        created_at=row.created_at,
        attempts=row.attempts,
        progress=Progress(row.stage, row.done, row.total),
        is_cancel_asked=row.is_cancel_asked,
        error_code=row.error_code,
        error=row.error,
    )

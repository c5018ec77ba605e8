"""Work to be done later. Payloads are ids; running a job twice does no harm."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from domain.ids import DocumentId, JobId

SCREENING = "screen_document"
"""The name of jobs that screen a document."""


@dataclass(frozen=True, slots=True)
class IngestDocument:
    """Parse, redact, chunk, embed and store an uploaded document."""

    document_id: DocumentId
    name: str = "ingest_document"

    @property
    def subject(self) -> str:
        """What the job is about; two pending jobs of a name are about different things."""
        return self.document_id


@dataclass(frozen=True, slots=True)
class GenerateAids:
    """Make every kind of study aid for every section of a document and for the whole."""

    document_id: DocumentId
    name: str = "generate_aids"

    @property
    def subject(self) -> str:
        """What the job is about; two pending jobs of a name are about different things."""
        return self.document_id


@dataclass(frozen=True, slots=True)
class ScreenDocument:
    """Screen what a student uploaded for signs of danger."""

    document_id: DocumentId
    name: str = SCREENING

    @property
    def subject(self) -> str:
        """What the job is about; two pending jobs of a name are about different things."""
        return self.document_id


@dataclass(frozen=True, slots=True)
class Retire:
    """Delete what has been kept long enough by a day, written like 2026-11-22."""

    day: str
    name: str = "retire"

    @property
    def subject(self) -> str:
        """What the job is about; two pending jobs of a name are about different things."""
        return self.day


@dataclass(frozen=True, slots=True)
class RewrapKeys:
    """Wrap every person's key with the newest key of the ring, whose id this names."""

    key_id: str
    name: str = "rewrap_keys"

    @property
    def subject(self) -> str:
        """What the job is about; two pending jobs of a name are about different things."""
        return self.key_id


Job = IngestDocument | GenerateAids | ScreenDocument | Retire | RewrapKeys


class JobStatus(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is: `done` of `total` pages or sections of `stage`, a word people read."""

    stage: str = ""
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class JobRecord:
    """A job as the store knows it."""

    id: JobId
    job: Job
    status: JobStatus
    created_at: datetime
    attempts: int = 0
    progress: Progress = Progress()
    is_cancel_asked: bool = False
    error_code: str = ""
    error: str = ""


class JobContext(Protocol):
    """What a running handler may say and must hear."""

    def report(self, progress: Progress) -> None:
        """Report progress and renew the lease. Raises `Cancelled` when somebody asked the job to stop."""
        ...

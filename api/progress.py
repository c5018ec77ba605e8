"""How a reading stands, in words: one place for pages and for the live progress of the API."""

from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field

from domain.documents import DocumentStatus
from domain.jobs import JobRecord, JobStatus, Progress

if TYPE_CHECKING:
    from ingest.service import DocumentView

_MOVING_JOB = frozenset({JobStatus.QUEUED, JobStatus.RUNNING})
_ENDED_JOB = frozenset({JobStatus.FAILED, JobStatus.CANCELLED})
_MOVING_DOCUMENT = frozenset({DocumentStatus.QUEUED, DocumentStatus.READING, DocumentStatus.SEARCHABLE})


class Standing(BaseModel):
    """How far a reading has come. `done` of `total` is 0 of 0 when there is nothing to count."""

    model_config = ConfigDict(frozen=True)

    state: Literal["waiting", "working", "ready", "partial", "failed", "cancelled"]
    sentence: str
    done: int = 0
    total: int = 0
    is_readable: bool = Field(default=False, description="Its pages can be opened and searched by words.")
    is_moving: bool = Field(default=False, description="More will happen without anybody asking.")
    may_retry: bool = Field(default=False, description="Something is missing, and trying again may bring it.")


def standing_of(view: "DocumentView") -> Standing:
    """Say how a reading stands."""
    document = view.document
    match document.status:
        case DocumentStatus.FAILED:
            sentence = document.problem or "This file could not be read."
            return Standing(state="failed", sentence=sentence, may_retry=True)
        case DocumentStatus.CANCELLED:
            return Standing(state="cancelled", sentence="Start it again or delete it.", may_retry=True)
        case DocumentStatus.SEARCHABLE if view.ingest_job is not None and view.ingest_job.status in _ENDED_JOB:
            return _partial("You can read it and search its words. The rest was not finished. Try again.")
        case DocumentStatus.READY if document.spare is not None and _is_moving(view.ingest_job):
            sentence = "Its new file is being read. Until that is done, you read the one before."
            return Standing(state="working", sentence=sentence, is_readable=True, is_moving=True)
        case DocumentStatus.READY if not _is_moving(view.aids_job):
            return _settled(view)
        case _:
            return _working(view)


def _working(view: "DocumentView") -> Standing:
    job = view.ingest_job if view.document.status in _MOVING_DOCUMENT else view.aids_job
    is_readable = view.document.is_readable
    if job is None or job.status is JobStatus.QUEUED:
        sentence = (
            "You can read and search it. Study aids are next."
            if is_readable
            else "It starts by itself when its turn comes."
        )
        return Standing(state="waiting", sentence=sentence, is_readable=is_readable, is_moving=True)
    progress = job.progress
    return Standing(
        state="working",
        sentence=_progress_sentence(progress, is_readable=is_readable),
        done=min(progress.done, progress.total),
        total=progress.total,
        is_readable=is_readable,
        is_moving=True,
    )


def _progress_sentence(progress: Progress, *, is_readable: bool) -> str:
    stage = progress.stage[:1].upper() + progress.stage[1:] or "Starting"
    count = f", {progress.done} of {progress.total}" if progress.total else ""
    return f"{'You can read it already. ' if is_readable else ''}{stage}{count}."


_MADE = "The study aids that could be made are there."
_NOT_ENGLISH = f"{_MADE} Without a language model, readings in other languages than English get fewer."


def _settled(view: "DocumentView") -> Standing:
    """Say how a reading stands whose work has ended: the aids are there only when the document says so."""
    if view.document.aids_ready:
        is_english = view.document.language in {"en", ""}
        sentence = view.document.problem or (_MADE if is_english else _NOT_ENGLISH)
        return Standing(state="ready", sentence=sentence, is_readable=True)
    if view.aids_job is not None and view.aids_job.status is JobStatus.CANCELLED:
        return _partial("You can read and search it. Its study aids were stopped. Try again to have the rest made.")
    return _partial("You can read and search it. Not every study aid could be made. Try again.")


def _partial(sentence: str) -> Standing:
    return Standing(state="partial", sentence=sentence, is_readable=True, may_retry=True)


def _is_moving(job: JobRecord | None) -> bool:
    return job is not None and job.status in _MOVING_JOB

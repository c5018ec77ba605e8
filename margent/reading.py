"""Read files into the library from the command line, with a bar for each file."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from api.services import Services
from domain.documents import DocumentStatus
from domain.errors import MargentError
from domain.ids import ClassId, DocumentId
from domain.jobs import JobRecord, JobStatus
from domain.people import Person
from ingest.service import DocumentView

_PAUSE_SECONDS = 0.2
_OVER = frozenset({JobStatus.DONE, JobStatus.FAILED, JobStatus.CANCELLED})


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one file, in a sentence."""

    name: str
    is_ready: bool
    sentence: str
    document_id: DocumentId | None = None


def read_files(
    services: Services, person: Person, files: Sequence[Path], *, class_id: ClassId | None = None
) -> list[FileResult]:
    """Upload the files and wait until each is ready or has failed. A file that fails stops no other.

    The jobs must be running: in this process, or in the service that owns the data folder.
    """
    columns = (TextColumn("{task.fields[file]}"), BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    results: dict[Path, FileResult] = {}
    waiting: dict[DocumentId, tuple[Path, TaskID]] = {}
    with Progress(*columns, console=Console(stderr=True)) as bars:
        for file in files:
            started = _upload(services, person, file, class_id)
            if isinstance(started, FileResult):
                results[file] = started
                continue
            waiting[started] = (file, bars.add_task("waiting", file=file.name))
        while waiting:
            for document_id, (file, bar) in list(waiting.items()):
                view = services.documents.load(person, document_id)
                _show(bars, bar, view)
                if result := _ended(file, view):
                    results[file] = result
                    del waiting[document_id]
            time.sleep(_PAUSE_SECONDS)
    return [results[file] for file in files]


def _upload(services: Services, person: Person, file: Path, class_id: ClassId | None) -> FileResult | DocumentId:
    try:
        with file.open("rb") as stream:
            upload = services.documents.upload(person, file.name, stream, class_id=class_id)
    except MargentError as error:
        return FileResult(file.name, is_ready=False, sentence=error.message)
    except OSError as error:
        return FileResult(file.name, is_ready=False, sentence=f"The file cannot be opened: {error.strerror}.")
    if upload.is_known and upload.document.aids_ready:
        sentence = "It is in the library already."
        return FileResult(file.name, is_ready=True, sentence=sentence, document_id=upload.document.id)
    return upload.document.id


def _show(bars: Progress, bar: TaskID, view: DocumentView) -> None:
    job = view.ingest_job
    if job is None or job.status in _OVER:
        job = view.aids_job or job
    if job and job.progress.total:
        bars.update(bar, description=job.progress.stage, completed=job.progress.done, total=job.progress.total)


def _ended(file: Path, view: DocumentView) -> FileResult | None:
    document = view.document
    if document.status in {DocumentStatus.FAILED, DocumentStatus.CANCELLED}:
        sentence = document.problem or "It was cancelled."
        return FileResult(file.name, is_ready=False, sentence=sentence)
    if not (_is_over(view.ingest_job) and _is_over(view.aids_job)):
        return None
    if not document.aids_ready:
        sentence = (view.aids_job.error if view.aids_job else "") or "Its study aids could not be made."
        return FileResult(file.name, is_ready=False, sentence=sentence, document_id=document.id)
    pages = "1 page" if document.page_count == 1 else f"{document.page_count} pages"
    troubled = f" {len(document.page_problems)} of them could not be read." if document.page_problems else ""
    return FileResult(file.name, is_ready=True, sentence=f"Ready: {pages}.{troubled}", document_id=document.id)


def _is_over(job: JobRecord | None) -> bool:
    return job is not None and job.status in _OVER

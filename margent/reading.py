"""Read files into the library from the command line, with a bar for each file."""

import time
from collections.abc import Iterator, Sequence
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
from ingest.ways_in import Taken

_PAUSE_SECONDS = 0.2
_OVER = frozenset({JobStatus.DONE, JobStatus.FAILED, JobStatus.CANCELLED})


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one file, in a sentence."""

    name: str
    is_ready: bool
    sentence: str
    document_id: DocumentId | None = None


@dataclass(frozen=True, slots=True)
class _Started:
    """A reading that is being worked on."""

    name: str
    document_id: DocumentId


def read_files(
    services: Services, person: Person, files: Sequence[Path], *, class_id: ClassId | None = None
) -> list[FileResult]:
    """Upload the files and wait until each is ready or has failed. A file that fails stops no other.

    The jobs must be running: in this process, or in the service that owns the data folder.
    """
    columns = (TextColumn("{task.fields[file]}"), BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    results: dict[int, FileResult] = {}
    waiting: dict[int, tuple[_Started, TaskID]] = {}
    with Progress(*columns, console=Console(stderr=True)) as bars:
        begun = (one for file in files for one in _begin(services, person, file, class_id))
        for place, started in enumerate(begun):
            if isinstance(started, FileResult):
                results[place] = started
                continue
            waiting[place] = (started, bars.add_task("waiting", file=started.name))
        while waiting:
            for place, (started, bar) in list(waiting.items()):
                view = services.documents.load(person, started.document_id)
                _show(bars, bar, view)
                if result := _ended(started.name, view):
                    results[place] = result
                    del waiting[place]
            time.sleep(_PAUSE_SECONDS)
    return [results[place] for place in sorted(results)]


def _begin(
    services: Services, person: Person, file: Path, class_id: ClassId | None
) -> Iterator["FileResult | _Started"]:
    """Take a file, or each file of a ZIP."""
    try:
        with file.open("rb") as stream:
            taken = services.ways_in.take_file(person, file.name, stream, class_id=class_id)
    except MargentError as error:
        yield FileResult(file.name, is_ready=False, sentence=error.message)
        return
    except OSError as error:
        yield FileResult(file.name, is_ready=False, sentence=f"The file cannot be opened: {error.strerror}.")
        return
    for one in taken:
        yield _begun(one)


def _begun(taken: Taken) -> "FileResult | _Started":
    if taken.upload is None:
        assert taken.problem is not None
        return FileResult(taken.filename, is_ready=False, sentence=taken.problem.message)
    document = taken.upload.document
    if taken.upload.is_known and document.aids_ready:
        sentence = "It is in the library already."
        return FileResult(taken.filename, is_ready=True, sentence=sentence, document_id=document.id)
    return _Started(taken.filename, document.id)


def _show(bars: Progress, bar: TaskID, view: DocumentView) -> None:
    job = view.ingest_job
    if job is None or job.status in _OVER:
        job = view.aids_job or job
    if job and job.progress.total:
        bars.update(bar, description=job.progress.stage, completed=job.progress.done, total=job.progress.total)


def _ended(name: str, view: DocumentView) -> FileResult | None:
    document = view.document
    if document.status in {DocumentStatus.FAILED, DocumentStatus.CANCELLED}:
        sentence = document.problem or "It was cancelled."
        return FileResult(name, is_ready=False, sentence=sentence)
    if not (_is_over(view.ingest_job) and _is_over(view.aids_job)):
        return None
    if not document.aids_ready:
        sentence = (view.aids_job.error if view.aids_job else "") or "Its study aids could not be made."
        return FileResult(name, is_ready=False, sentence=sentence, document_id=document.id)
    pages = "1 page" if document.page_count == 1 else f"{document.page_count} pages"
    troubled = f" {len(document.page_problems)} of them could not be read." if document.page_problems else ""
    return FileResult(name, is_ready=True, sentence=f"Ready: {pages}.{troubled}", document_id=document.id)


def _is_over(job: JobRecord | None) -> bool:
    return job is not None and job.status in _OVER

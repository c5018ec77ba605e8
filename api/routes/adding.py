"""Adding readings: files and ZIPs of files, pasted notes, a web page."""

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, UploadFile
from starlette.datastructures import UploadFile as SentFile

from api.deps import TheServices, Uploader, Visitor
from api.hearing import Heard, HeardInPlace
from api.problems import problems
from api.schemas import DocumentBody, UploadBody
from api.services import Services
from api.wishes import NotesWish, WebPageWish
from domain.errors import MargentError
from domain.ids import ClassId, DocumentId
from domain.outcomes import Escalated
from ingest.service import Upload
from ingest.ways_in import Taken

_MOST_SENTENCES = 20
_KINDS = (
    "PDF, DOCX, PPTX, EPUB, HTML, Markdown, plain text, tables (CSV), captions (VTT, SRT), pictures, "
    "or a ZIP of these: each file in it has an answer of its own."
)


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter(prefix="/documents", tags=["readings"])
    router.post("", status_code=202, summary="Upload files", responses=problems(409, 413, 415))(upload)
    router.post(
        "/notes",
        status_code=202,
        summary="Add pasted notes",
        responses=problems(403, 413),
        dependencies=[Depends(HeardInPlace("notes"))],
    )(add_notes)
    router.post(
        "/web-page", status_code=202, summary="Add a web page by its address", responses=problems(403, 413, 415, 503)
    )(add_web_page)
    router.put(
        "/{document_id}/file",
        status_code=202,
        summary="Replace a reading's file with a newer one",
        responses=problems(403, 404, 409, 413, 415),
    )(replace_file)
    return router


def upload(
    visitor: Uploader,
    services: TheServices,
    files: Annotated[list[UploadFile], File(description=_KINDS)],
    class_id: Annotated[str | None, Form(description="Share with this class.")] = None,
) -> list[UploadBody]:
    """Take files. Each is taken or refused by itself; the work on those taken goes on in the background.

    When none is taken the answer is the first file's problem, in a sentence for each file.
    """
    taken = [one for file in files for one in take_file(visitor, services, file, class_id)]
    refused = [(one.filename, one.problem) for one in taken if one.problem is not None]
    if len(refused) == len(taken):
        raise _joined(refused)
    return [upload_body(one) for one in taken]


def add_notes(wish: NotesWish, visitor: Uploader, services: TheServices) -> UploadBody:
    """Keep text as a Markdown file under a title; the work on it goes on in the background."""
    return take_notes(visitor, services, wish.title, wish.notes, class_id=wish.class_id)


def add_web_page(wish: WebPageWish, visitor: Uploader, services: TheServices) -> UploadBody:
    """Fetch a page of the public web, or a PDF or another file that stands at an address; it may take 20 seconds."""
    return take_web_page(visitor, services, wish.url, class_id=wish.class_id)


def replace_file(
    document_id: str,
    visitor: Uploader,
    services: TheServices,
    file: Annotated[UploadFile, File(description="The newer file, of any kind that is taken; no ZIP.")],
) -> DocumentBody:
    """Put a newer file in the place of the old one, which stays until the new one is read.

    Sections that say the same keep their study aids and what was answered. The same file again changes nothing.
    """
    return replace_with(visitor, services, document_id, file)


def replace_with(visitor: Visitor, services: Services, document_id: str, file: SentFile) -> DocumentBody:
    """Take a newer file for a reading."""
    changed = services.replacing.replace(visitor.person, DocumentId(document_id), _name_of(file), file.file)
    return DocumentBody.model_validate(changed)


def take_file(visitor: Visitor, services: Services, file: SentFile, class_id: str | None) -> list[Taken]:
    """Take a file, or each file of a ZIP."""
    return services.ways_in.take_file(visitor.person, _name_of(file), file.file, class_id=_class(class_id))


def take_notes(visitor: Visitor, services: Services, title: str, text: str, *, class_id: str | None) -> UploadBody:
    """Keep pasted notes. Raises Heard with words of support when they speak of danger."""
    taken = services.ways_in.take_notes(visitor.person, title, text, class_id=_class(class_id))
    if isinstance(taken, Escalated):
        raise Heard(taken.message)
    return _taken_body(taken)


def take_web_page(visitor: Visitor, services: Services, url: str, *, class_id: str | None) -> UploadBody:
    """Keep what stands at an address of the web."""
    return _taken_body(services.ways_in.take_page(visitor.person, url, class_id=_class(class_id)))


def upload_body(taken: Taken) -> UploadBody:
    """Say what became of a file."""
    if taken.upload is None:
        assert taken.problem is not None
        return UploadBody(filename=taken.filename, code=taken.problem.code, problem=taken.problem.message)
    return _taken_body(taken.upload).model_copy(update={"filename": taken.filename})


def _taken_body(upload: Upload) -> UploadBody:
    document = DocumentBody.model_validate(upload.document)
    return UploadBody(filename=upload.document.filename, document=document, is_known=upload.is_known)


def _name_of(file: SentFile) -> str:
    return PurePosixPath((file.filename or "").replace("\\", "/")).name


def _class(class_id: str | None) -> ClassId | None:
    return ClassId(class_id) if class_id else None


def _joined(refused: Sequence[tuple[str, MargentError]]) -> MargentError:
    """Give the first problem; of several files each has its sentence in the message."""
    first = refused[0][1]
    if len(refused) > 1:
        sentences = [f"{name}: {error.message}" for name, error in refused[:_MOST_SENTENCES]]
        more = len(refused) - len(sentences)
        first.message = " ".join(sentences) + (f" And {more} more." if more else "")
    return first

"""Adding readings: files and ZIPs of files, pasted notes, a web page."""

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from api.deps import TheServices, Uploader, Visitor
from api.errors import status_of
from api.hearing import Heard, HeardInPlace
from api.routes.adding import replace_with, take_file, take_notes, take_web_page, upload_body
from api.schemas import UploadBody
from domain.errors import Conflict, Invalid, MargentError
from domain.people import Role
from web.forms import Posted, TheForm, go_to
from web.library import Note, Said, Typed, show_library

_MANY = 4
_CHOOSE = Note("", "Choose a file first.", is_good=False)
_KNOWN = "You added this before, so it is not added again."


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter()
    router.post("/readings")(add_files)
    router.post("/readings/notes", dependencies=[Depends(HeardInPlace("notes"))])(add_notes)
    router.post("/readings/web-page")(add_web_page)
    router.post("/readings/{document_id}/file")(replace_file)
    return router


def add_files(request: Request, visitor: Uploader, services: TheServices, form: TheForm) -> Response:
    """Take files. When all are taken the browser goes on; otherwise each file has its sentence."""
    class_id = _class_for(visitor, form)
    taken = [upload_body(one) for file in form.files for one in take_file(visitor, services, file, class_id)]
    if taken and all(one.document and not one.is_known for one in taken):
        return go_to("/")
    notes = _notes(taken) or [_CHOOSE]
    status = 200 if any(note.is_good for note in notes) else 422
    return show_library(request, visitor, services, Said(notes, status))


def add_notes(request: Request, visitor: Uploader, services: TheServices, form: TheForm) -> Response:
    """Keep pasted notes as a reading. What is wrong with them is said over them, with all that was written."""
    typed = Typed(title=form.text("title"), notes=form.text("notes"))
    try:
        class_id = _class_for(visitor, form)
        taken = take_notes(visitor, services, typed.title, typed.notes, class_id=class_id)
    except Heard:
        raise
    except MargentError as error:
        return show_library(request, visitor, services, _refused(error, typed))
    return _go_on(request, visitor, services, taken)


def add_web_page(request: Request, visitor: Uploader, services: TheServices, form: TheForm) -> Response:
    """Keep what stands at an address of the web as a reading, or say why not."""
    typed = Typed(url=form.text("url"))
    try:
        taken = take_web_page(visitor, services, typed.url, class_id=_class_for(visitor, form))
    except MargentError as error:
        return show_library(request, visitor, services, _refused(error, typed))
    return _go_on(request, visitor, services, taken)


def replace_file(
    document_id: str, request: Request, visitor: Uploader, services: TheServices, form: TheForm
) -> Response:
    """Put a newer file in the place of a reading's, or say why not."""
    if not form.files:
        return show_library(request, visitor, services, Said([_CHOOSE], 422))
    try:
        replace_with(visitor, services, document_id, form.files[0])
    except (Invalid, Conflict) as error:
        said = Said([Note(form.files[0].filename or "", error.message, is_good=False)], status_of(error))
        return show_library(request, visitor, services, said)
    return go_to("/")


def _go_on(request: Request, visitor: Visitor, services: TheServices, taken: UploadBody) -> Response:
    if taken.is_known:
        return show_library(request, visitor, services, Said([_note(taken)]))
    return go_to("/")


def _refused(error: MargentError, typed: Typed) -> Said:
    return Said([Note("", error.message, is_good=False)], status_of(error), typed)


def _class_for(visitor: Visitor, form: Posted) -> str | None:
    """Teachers share what they add with their class; what students add is their own."""
    if visitor.person.role is not Role.TEACHER or not visitor.person.class_ids:
        return None
    return form.text("class_id") or visitor.person.class_ids[0]


def _notes(taken: list[UploadBody]) -> list[Note]:
    """Say of each file what became of it; many new ones that are fine have one sentence together."""
    new = [one for one in taken if one.document and not one.is_known]
    if len(new) < _MANY:
        return [_note(one) for one in taken]
    others = [_note(one) for one in taken if one not in new]
    return [Note("", f"{len(new)} files are added.", is_good=True), *others]


def _note(taken: UploadBody) -> Note:
    if taken.document is None:
        return Note(taken.filename, taken.problem, is_good=False)
    if taken.is_known:
        return Note(taken.filename, _KNOWN, is_good=True, url=f"/readings/{taken.document.id}")
    return Note(taken.filename, "Added.", is_good=True)

"""The library: what is on the shelf, adding readings, searching all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from accounts.policy import Action, allows
from api.deps import Deleter, Reader, TheServices, Uploader, Visitor
from api.hearing import HeardInPlace
from api.progress import Standing, standing_of
from api.routes.documents import download, take_file
from api.schemas import UploadBody
from api.services import Services
from domain.documents import Document
from domain.ids import DocumentId
from domain.people import Role
from generators.service import Found
from ingest.service import DocumentView
from web.choices import asks_for_choices
from web.forms import Posted, TheForm, go_to
from web.passages import show_passage
from web.places import Place, View
from web.templating import pages_of

_WORDS = {
    "waiting": "Waiting",
    "working": "Working",
    "ready": "Ready",
    "partial": "Can be read",
    "failed": "Not read",
    "cancelled": "Stopped",
}


@dataclass(frozen=True, slots=True)
class ShelfItem:
    """A reading on the shelf. `support` is what its owner reads when something in it was worrying."""

    document: Document
    standing: Standing
    word: str
    is_shared: bool
    may_change: bool
    support: str


@dataclass(frozen=True, slots=True)
class Note:
    """What became of a file that was sent, in a sentence."""

    filename: str
    sentence: str
    is_good: bool
    url: str = ""


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter()
    router.post("/readings")(add)
    router.get("/search", dependencies=[Depends(HeardInPlace("q"))])(search)
    router.post("/readings/{document_id}/cancel")(cancel)
    router.post("/readings/{document_id}/retry")(retry)
    router.post("/readings/{document_id}/delete")(delete)
    router.get("/readings/{document_id}/file")(download)
    return router


def show_library(
    request: Request, visitor: Visitor, services: Services, *, notes: Sequence[Note] = (), status: int = 200
) -> Response:
    """Show the shelf, and the box to add readings."""
    views = services.documents.list_documents(visitor.person)
    support = services.file_support.words_for(visitor.person, [view.document for view in views])
    readings = [_shelf_item(visitor, view, support.get(view.document.id, "")) for view in views]
    return pages_of(request).show(
        request,
        "student/library.html",
        status=status,
        notes=notes,
        readings=readings,
        asks_choices=asks_for_choices(request, visitor, services),
        may_decide=services.consents.may_decide(visitor.person, visitor.person, services.clock.now().date()),
        is_moving=any(item.standing.is_moving for item in readings),
        may_upload=allows(visitor.person, Action.UPLOAD),
        classes=services.accounts.list_classes(visitor.person) if visitor.person.role is Role.TEACHER else [],
        max_bytes=services.limits.max_bytes,
    )


def add(request: Request, visitor: Uploader, services: TheServices, form: TheForm) -> Response:
    """Take files. When all are taken the browser goes on; otherwise each file has its sentence."""
    class_id = _class_for(visitor, form)
    taken = [take_file(visitor, services, file, class_id) for file in form.files]
    if taken and all(one.document and not one.is_known for one in taken):
        return go_to("/")
    notes = [_note(one) for one in taken] or [Note("", "Choose a file first.", is_good=False)]
    status = 200 if any(note.is_good for note in notes) else 422
    return show_library(request, visitor, services, notes=notes, status=status)


def cancel(document_id: str, visitor: Deleter, services: TheServices, _form: TheForm) -> Response:
    """Stop the work on a reading."""
    services.documents.cancel(visitor.person, DocumentId(document_id))
    return go_to("/")


def retry(document_id: str, visitor: Deleter, services: TheServices, _form: TheForm) -> Response:
    """Start a reading again."""
    services.documents.retry(visitor.person, DocumentId(document_id))
    return go_to("/")


def delete(document_id: str, visitor: Deleter, services: TheServices, _form: TheForm) -> Response:
    """Delete a reading and everything made from it."""
    services.documents.delete(visitor.person, DocumentId(document_id))
    return go_to("/")


def search(
    request: Request, visitor: Reader, services: TheServices, q: Annotated[str, Query(max_length=500)] = ""
) -> Response:
    """Search all readings; the words found are marked."""
    query = q.strip()
    result = services.material.search(visitor.person, query) if query else Found(())
    if result.escalated:
        message = result.escalated.message
        return pages_of(request).show(request, "student/search.html", query="", found=[], message=message)
    found = [
        show_passage(passage, query, Place(passage.document.id, View.READ, passage.chunk.section))
        for passage in result.passages
    ]
    return pages_of(request).show(request, "student/search.html", query=query, found=found, message="")


def _shelf_item(visitor: Visitor, view: DocumentView, support: str) -> ShelfItem:
    standing = standing_of(view)
    return ShelfItem(
        document=view.document,
        standing=standing,
        word=_WORDS[standing.state],
        is_shared=view.document.class_id is not None,
        may_change=allows(visitor.person, Action.DELETE, view.document),
        support=support,
    )


def _class_for(visitor: Visitor, form: Posted) -> str | None:
    """Teachers share what they add with their class; what students add is their own."""
    if visitor.person.role is not Role.TEACHER or not visitor.person.class_ids:
        return None
    return form.text("class_id") or visitor.person.class_ids[0]


def _note(taken: UploadBody) -> Note:
    if taken.document is None:
        return Note(taken.filename, taken.problem, is_good=False)
    url = f"/readings/{taken.document.id}" if taken.is_known else ""
    sentence = "You added this file before, so it is not added again." if taken.is_known else "Added."
    return Note(taken.filename, sentence, is_good=True, url=url)

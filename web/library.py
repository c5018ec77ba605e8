"""The library: what is on the shelf."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from fastapi.responses import Response

from accounts.policy import Action, allows
from api.deps import Deleter, TheServices, Visitor
from api.progress import Standing, standing_of
from api.routes.documents import download
from api.services import Services
from domain.documents import Document
from domain.ids import DocumentId
from domain.people import Role
from ingest.service import DocumentView
from web.choices import asks_for_choices
from web.forms import TheForm, go_to
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
    """A reading on the shelf. `support` is what its owner reads when something in it was worrying.

    `like` is an older reading that is nearly the same, if the person can open it; `site` is the host of the web page
    that it was taken from.
    """

    document: Document
    standing: Standing
    word: str
    is_shared: bool
    may_change: bool
    support: str
    like: Document | None
    site: str


@dataclass(frozen=True, slots=True)
class Note:
    """What became of a file that was sent, in a sentence."""

    filename: str
    sentence: str
    is_good: bool
    url: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody wrote into a form that was not taken, so that nobody writes it twice."""

    title: str = ""
    notes: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What the library says about what was just sent."""

    notes: Sequence[Note] = ()
    status: int = 200
    typed: Typed = field(default_factory=Typed)


_NOTHING = Said()


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter()
    router.post("/readings/{document_id}/cancel")(cancel)
    router.post("/readings/{document_id}/retry")(retry)
    router.post("/readings/{document_id}/delete")(delete)
    router.get("/readings/{document_id}/file")(download)
    return router


def show_library(request: Request, visitor: Visitor, services: Services, said: Said = _NOTHING) -> Response:
    """Show the shelf, and the boxes to add readings."""
    views = services.documents.list_documents(visitor.person)
    seen = {view.document.id: view.document for view in views}
    support = services.file_support.words_for(visitor.person, [view.document for view in views])
    readings = [_shelf_item(visitor, view, support.get(view.document.id, ""), seen) for view in views]
    return pages_of(request).show(
        request,
        "student/library.html",
        status=said.status,
        notes=said.notes,
        readings=readings,
        asks_choices=asks_for_choices(request, visitor, services),
        may_decide=services.consents.may_decide(visitor.person, visitor.person, services.clock.now().date()),
        is_moving=any(item.standing.is_moving for item in readings),
        may_upload=allows(visitor.person, Action.UPLOAD),
        classes=services.accounts.list_classes(visitor.person) if visitor.person.role is Role.TEACHER else [],
        max_bytes=services.limits.max_bytes,
        max_note_letters=services.limits.max_note_letters,
        takes_pages=services.ways_in.takes_pages,
        typed=said.typed,
    )


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


def _shelf_item(visitor: Visitor, view: DocumentView, support: str, seen: Mapping[DocumentId, Document]) -> ShelfItem:
    standing = standing_of(view)
    like = seen.get(view.document.like_id) if view.document.like_id else None
    return ShelfItem(
        document=view.document,
        standing=standing,
        word=_WORDS[standing.state],
        is_shared=view.document.class_id is not None,
        may_change=allows(visitor.person, Action.DELETE, view.document),
        support=support,
        like=like if like and like.is_readable else None,
        site=urlsplit(view.document.source_url).hostname or "",
    )

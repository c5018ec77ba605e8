"""What is held about oneself: what, how much, until when, who looked and why; and a copy to take away."""

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse

from accounts.copy import Export, pieces_of
from accounts.holdings import look_words
from api.deps import ChildsGuardian, RecordOwner, TheServices
from domain.ids import PersonId
from web.templating import pages_of

_MOST_LOOKS = 50


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter()
    router.get("/record")(show_record)
    router.get("/record/copy")(send_copy)
    router.get("/children/{person_id}/copy")(send_childs_copy)
    return router


def show_record(request: Request, visitor: RecordOwner, services: TheServices) -> Response:
    """Show what is held about whoever asks."""
    holdings = services.rights.held(visitor.person)
    return pages_of(request).show(
        request,
        "rights/record.html",
        holdings=holdings,
        looks=holdings.looks[:_MOST_LOOKS],
        more_looks=len(holdings.looks) - len(holdings.looks[:_MOST_LOOKS]),
        school=services.office.load_school(visitor.person),
        in_words=look_words,
    )


def send_copy(visitor: RecordOwner, services: TheServices) -> Response:
    """Send a copy of everything about whoever asks."""
    return _to_response(services.rights.copy(visitor.person))


def send_childs_copy(person_id: str, visitor: ChildsGuardian, services: TheServices) -> Response:
    """Send a guardian what may be given about a child: no words of the child, nothing that may concern the guardian."""
    child = services.families.child(visitor.person, PersonId(person_id))
    return _to_response(services.rights.copy(child, by=visitor.person))


def _to_response(export: Export) -> Response:
    # neither browser nor proxy may keep it
    headers = {"Content-Disposition": f'attachment; filename="{export.name}"', "Cache-Control": "no-store"}
    return StreamingResponse(pieces_of(export), media_type="application/zip", headers=headers)

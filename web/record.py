"""What is held about oneself: what, how much, until when, who looked and why; and a copy to take away."""

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse

from accounts.copy import pieces_of
from accounts.policy import Action, allows
from api.deps import RecordOwner, TheServices
from web.templating import pages_of

_MOST_LOOKS = 50


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter(prefix="/record")
    router.get("")(show_record)
    router.get("/copy")(send_copy)
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
        may_choose=allows(visitor.person, Action.DECIDE_CONSENT, visitor.person),
        in_words=in_words,
    )


def send_copy(visitor: RecordOwner, services: TheServices) -> Response:
    """Send a copy of everything about whoever asks."""
    export = services.rights.copy(visitor.person)
    # neither browser nor proxy may keep it
    headers = {"Content-Disposition": f'attachment; filename="{export.name}"', "Cache-Control": "no-store"}
    return StreamingResponse(pieces_of(export), media_type="application/zip", headers=headers)


def in_words(name: str) -> str:
    """Give a name of ours as people read it."""
    return name.replace("_", " ")

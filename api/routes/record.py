"""What is held about whoever asks, and a copy of it."""

from datetime import datetime
from typing import Any

from fastapi import APIRouter
from fastapi.responses import StreamingResponse

from accounts.copy import Export, pieces_of
from accounts.holdings import Held
from api.aids import Body
from api.deps import ChildsGuardian, RecordOwner, TheServices
from api.problems import problems
from domain.ids import PersonId


class HeldBody(Body):
    """One kind of thing that is held: how many, since when, until when, who can see it, what for."""

    key: str
    title: str
    what: str
    count: int
    since: datetime | None
    until: list[str]
    seen_by: str
    purpose: str


class LookBody(Body):
    """That somebody else looked."""

    at: datetime
    name: str
    role: str
    what: str
    why: str


class RecordBody(Body):
    """Everything that is held, in words; with `held_since`, a legal hold keeps all of it."""

    held: list[HeldBody]
    looks: list[LookBody]
    held_since: datetime | None


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter(tags=["rights"])
    a_zip: dict[int | str, dict[str, Any]] = {200: {"content": {"application/zip": {}}, "description": "A ZIP file."}}
    router.get("/record", summary="What is held about me", responses=problems())(show_record)
    router.get(
        "/record/copy",
        summary="Take a copy away",
        response_class=StreamingResponse,
        responses=problems() | a_zip,
    )(send_copy)
    router.get(
        "/children/{person_id}/copy",
        summary="Take a copy about one's child away",
        response_class=StreamingResponse,
        responses=problems(404) | a_zip,
    )(send_childs_copy)
    return router


def show_record(visitor: RecordOwner, services: TheServices) -> RecordBody:
    """Say what is held about whoever asks, who looked, and why."""
    holdings = services.rights.held(visitor.person)
    return RecordBody(
        held=[_held_body(one) for one in holdings.groups],
        looks=[
            LookBody(at=one.access.at, name=one.name, role=one.role, what=one.access.what, why=one.access.why)
            for one in holdings.looks
        ],
        held_since=holdings.held_since,
    )


def send_copy(visitor: RecordOwner, services: TheServices) -> StreamingResponse:
    """Send everything about whoever asks: a page to read, JSON, and the person's own files."""
    return _to_response(services.rights.copy(visitor.person))


def send_childs_copy(person_id: str, visitor: ChildsGuardian, services: TheServices) -> StreamingResponse:
    """Send what may be given about a child: no words of the child. The child sees that it was taken."""
    child = services.families.child(visitor.person, PersonId(person_id))
    return _to_response(services.rights.copy(child, by=visitor.person))


def _to_response(export: Export) -> StreamingResponse:
    headers = {"Content-Disposition": f'attachment; filename="{export.name}"', "Cache-Control": "no-store"}
    return StreamingResponse(pieces_of(export), media_type="application/zip", headers=headers)


def _held_body(held: Held) -> HeldBody:
    group = held.group
    return HeldBody(
        key=group.key,
        title=group.title,
        what=group.what,
        count=held.count,
        since=held.since,
        until=list(held.until),
        seen_by=group.seen_by,
        purpose=group.purpose,
    )

"""Who did what: of cases for counsellors, of people and rules for administrators."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query

from api.aids import Body
from api.deps import Auditor, TheServices
from api.problems import problems


class ActBody(Body):
    """An act by ids: `by_id` is empty for the service itself. It holds no names and no words."""

    number: int
    at: datetime
    action: str
    by_id: str
    about_id: str
    ref: str


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter(prefix="/audit", tags=["audit"])
    router.get("", summary="List who did what", responses=problems())(list_acts)
    return router


def list_acts(
    visitor: Auditor,
    services: TheServices,
    before: Annotated[int | None, Query(ge=1, description="Only acts before this number.")] = None,
) -> list[ActBody]:
    """List up to a hundred acts, newest first; go on with the last one's number as `before`."""
    records = services.audit.list_for(visitor.person, before=before)
    return [
        ActBody(
            number=one.seq,
            at=one.at,
            action=one.entry.action,
            by_id=one.entry.by_id,
            about_id=one.entry.about_id,
            ref=one.entry.ref,
        )
        for one in records
    ]

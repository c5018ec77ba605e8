"""Every route of the API, assembled."""

from fastapi import APIRouter, Depends

from api.hearing import hear_request
from api.routes import (
    adding,
    audit,
    cases,
    children,
    choices,
    classes,
    costs,
    documents,
    drawings,
    hands,
    health,
    invitations,
    keeping,
    learning,
    material,
    office,
    on_call,
    own_account,
    people,
    reading_reports,
    record,
    study_sets,
    tutor,
)


def build_router() -> APIRouter:
    """Give the API under /api/v1, and the health of the service beside it."""
    v1 = APIRouter(prefix="/api/v1", dependencies=[Depends(hear_request)])
    for module in (
        people,
        documents,
        adding,
        drawings,
        reading_reports,
        material,
        study_sets,
        hands,
        tutor,
        learning,
        cases,
        children,
        choices,
        classes,
        office,
        on_call,
        invitations,
        own_account,
        record,
        keeping,
        audit,
        costs,
    ):
        v1.include_router(module.build_router())
    router = APIRouter()
    router.include_router(v1)
    router.include_router(health.build_router())
    return router

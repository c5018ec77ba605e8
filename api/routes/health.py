"""Whether the service is up, and whether its parts are."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from api.deps import Everybody, TheServices
from api.schemas import HealthBody

_NOTICES = "notices"


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter(tags=["health"])
    router.get("/healthz", response_model=HealthBody, summary="Is the process up?")(is_up)
    router.get(
        "/readyz",
        response_model=HealthBody,
        summary="Are its parts ready?",
        responses={503: {"model": HealthBody, "description": "A part is down."}},
    )(is_ready)
    return router


def is_up(_open: Everybody) -> HealthBody:
    """Answer as soon as the process can."""
    return HealthBody(status="ok")


def is_ready(_open: Everybody, services: TheServices) -> JSONResponse:
    """Ask each part; 503 when one of them is down.

    Late notices are an alarm and no 503: a proxy that sends nobody here any more would keep students from being heard.
    """
    parts = dict(services.ping())
    unwell = {name for name, said in parts.items() if said != "ok"}
    is_down = bool(unwell - {_NOTICES})
    body = HealthBody(status="down" if is_down else "alarm" if unwell else "ok", parts=parts)
    return JSONResponse(body.model_dump(), 503 if is_down else 200)

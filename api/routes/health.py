"""Whether the service is up, and whether its parts are."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from api.deps import Everybody, TheServices
from api.schemas import HealthBody


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
    """Ask each part; 503 when one of them is down."""
    parts = dict(services.ping())
    is_fine = all(said == "ok" for said in parts.values())
    body = HealthBody(status="ok" if is_fine else "down", parts=parts)
    return JSONResponse(body.model_dump(), 200 if is_fine else 503)

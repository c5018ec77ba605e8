"""Pictures of readings: pages as they were uploaded, and figures."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from api.deps import Reader, TheServices
from api.problems import problems
from api.routes.documents import PageNumber
from domain.documents import Document
from domain.ids import DocumentId

Width = Annotated[int, Query(ge=200, le=1600, description="Width in points of the screen.")]

_KEPT = "private, max-age=86400"


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter(prefix="/documents/{document_id}/pages/{number}", tags=["readings"])
    answers = problems(404, 422) | {200: {"content": {"image/jpeg": {}}}}
    router.get("/picture", response_class=Response, summary="Show a page as it looks", responses=answers)(draw_page)
    router.get("/figures/{figure}", response_class=Response, summary="Show a figure", responses=answers)(draw_figure)
    return router


def draw_page(
    document_id: str, number: PageNumber, visitor: Reader, services: TheServices, width: Width = 1200
) -> Response:
    """Send a page of a PDF, a scan or a photo as a picture. Other readings have none."""
    document = services.documents.load(visitor.person, DocumentId(document_id)).document
    return send(document, services.drawing.draw_page(visitor.person, document, number, width=width))


def draw_figure(
    document_id: str, number: PageNumber, figure: PageNumber, visitor: Reader, services: TheServices
) -> Response:
    """Send a figure as a picture; `figure` is its place among the parts of the page, from 0."""
    document = services.documents.load(visitor.person, DocumentId(document_id)).document
    return send(document, services.drawing.draw_figure(visitor.person, document, (number, figure), width=1200))


def send(document: Document, picture: bytes) -> Response:
    """Send a picture that a browser may keep for a day, as long as the reading has this file."""
    headers = {"Cache-Control": _KEPT, "ETag": f'"{document.content_hash[:16]}-{len(picture)}"'}
    return Response(picture, media_type="image/jpeg", headers=headers)

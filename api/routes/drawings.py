"""Pictures of readings: pages as they were uploaded, and figures."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from api.deps import Reader, TheServices
from api.problems import problems
from api.routes.documents import PageNumber
from domain.documents import Document
from domain.ids import DocumentId

Width = Annotated[int, Query(ge=200, le=1600, description="Width in points of the screen.")]

Version = Annotated[str, Query(max_length=64, description="The file that the picture is of; then it may be kept.")]


@dataclass(frozen=True, slots=True)
class Look:
    """How a picture is wanted."""

    width: Width = 1200
    v: Version = ""


@dataclass(frozen=True, slots=True)
class FigureAddress:
    """Which figure of which page of which reading."""

    document_id: str
    number: PageNumber
    figure: PageNumber


_KEPT, _ASKED_AGAIN = "private, max-age=86400, immutable", "private, no-cache"
_LETTERS = 12


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter(prefix="/documents/{document_id}/pages/{number}", tags=["readings"])
    answers = problems(404, 422) | {200: {"content": {"image/jpeg": {}}}}
    router.get("/picture", response_class=Response, summary="Show a page as it looks", responses=answers)(draw_page)
    router.get("/figures/{figure}", response_class=Response, summary="Show a figure", responses=answers)(draw_figure)
    return router


def draw_page(
    document_id: str, number: PageNumber, visitor: Reader, services: TheServices, look: Annotated[Look, Depends()]
) -> Response:
    """Send a page of a PDF, a scan or a photo as a picture. Other readings have none."""
    document = services.documents.load(visitor.person, DocumentId(document_id)).document
    return send(document, services.drawing.draw_page(visitor.person, document, number, width=look.width), look.v)


def draw_figure(
    address: Annotated[FigureAddress, Depends()],
    visitor: Reader,
    services: TheServices,
    look: Annotated[Look, Depends()],
) -> Response:
    """Send a figure as a picture; `figure` is its place among the parts of the page, from 0."""
    document = services.documents.load(visitor.person, DocumentId(address.document_id)).document
    place = (address.number, address.figure)
    return send(document, services.drawing.draw_figure(visitor.person, document, place, width=look.width), look.v)


def version_of(document: Document) -> str:
    """Give what the addresses of pictures name: the beginning of the hash of the reading's file."""
    return document.content_hash[:_LETTERS]


def send(document: Document, picture: bytes, version: str, media_type: str = "image/jpeg") -> Response:
    """Send a picture. A browser may keep it for a day if its address names the file that the reading has now."""
    is_of_file = bool(version) and version == version_of(document)
    return Response(picture, media_type=media_type, headers={"Cache-Control": _KEPT if is_of_file else _ASKED_AGAIN})

"""Pictures of pages and figures, and the marks that lie over a page's picture where a source stands."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from api.deps import Reader, TheServices
from api.routes.drawings import FigureAddress, Version, draw_figure, draw_page, send
from domain.documents import Box
from domain.ids import DocumentId
from generators.exports.pictures import WIDTH, cover
from web.places import Where
from web.reading import PageAddress

_Share = Annotated[float, Field(ge=0, le=1)]


class Over(BaseModel):
    """What of a figure to cover, in fractions of its width and height, and the file that the figure is of."""

    model_config = ConfigDict(frozen=True)

    left: _Share
    top: _Share
    right: _Share
    bottom: _Share
    v: Annotated[str, Field(max_length=64)] = ""


_SCALE = 1000
_EDGE = 2
"""Thousandths of the page that a mark reaches beyond its words."""

_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" preserveAspectRatio="none">'
    '<g fill="#ffd54a" fill-opacity="0.4" stroke="#8a5a00" stroke-width="1.5">{marks}</g></svg>'
)


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter(prefix="/readings/{document_id}/pages/{number}")
    router.get("/picture")(draw_page)
    router.get("/figures/{figure}")(draw_figure)
    router.get("/figures/{figure}/covered")(draw_covered)
    router.get("/marks")(show_marks)
    return router


def draw_covered(
    address: Annotated[FigureAddress, Depends()],
    visitor: Reader,
    services: TheServices,
    over: Annotated[Over, Query()],
) -> Response:
    """Send a figure with a patch over a part of it, for the front of a card."""
    document = services.documents.load(visitor.person, DocumentId(address.document_id)).document
    place = (address.number, address.figure)
    whole = services.drawing.draw_figure(visitor.person, document, place, width=WIDTH)
    return send(document, cover(whole, Box(over.left, over.top, over.right, over.bottom)), over.v)


def show_marks(
    address: Annotated[PageAddress, Depends()],
    visitor: Reader,
    services: TheServices,
    where: Annotated[Where, Query()],
    v: Version = "",
) -> Response:
    """Send a drawing the size of the page's picture, with a mark on each line of the source."""
    document = services.documents.load(visitor.person, DocumentId(address.document_id)).document
    source = where.source
    boxes = services.drawing.find_source(visitor.person, document, address.number, source) if source else []
    drawn = _SVG.format(size=_SCALE, marks="".join(_mark(box) for box in boxes))
    return send(document, drawn.encode(), v, "image/svg+xml")


def _mark(box: Box) -> str:
    x, y = box.left * _SCALE - _EDGE, box.top * _SCALE - _EDGE
    width, height = (box.right - box.left) * _SCALE + 2 * _EDGE, (box.bottom - box.top) * _SCALE + 2 * _EDGE
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"/>'

"""Searching readings: all of them, or those of a class, one reading, a section of it."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from api.deps import Reader, TheServices, Visitor
from api.hearing import HeardInPlace
from api.services import Services
from domain.documents import Document, Section
from domain.ids import ClassId, DocumentId
from domain.people import ClassRoom
from generators.service import Found, Where
from web.passages import show_passage
from web.places import Place, View, word_of
from web.templating import pages_of

_MOST_SECTIONS = 400


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search can keep to, and what it does."""

    where: Where
    classes: list[ClassRoom]
    readings: list[Document]
    sections: list[Section]


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter()
    router.get("/search", dependencies=[Depends(HeardInPlace("q"))])(search)
    return router


def read_where(
    class_id: str = "",
    document_id: str = "",
    section: Annotated[str, Query(pattern=r"^[0-9]{0,9}$")] = "",
    sections_of_id: str = "",
) -> Where:
    """Read what the form keeps to. Its sections are those of the reading that it showed: of another one they mean none.

    A field that is left empty keeps to nothing.
    """
    is_of_reading = section and document_id and document_id == sections_of_id
    return Where(
        class_id=ClassId(class_id) if class_id else None,
        document_id=DocumentId(document_id) if document_id else None,
        section=int(section) if is_of_reading else None,
    )


def search(
    request: Request,
    visitor: Reader,
    services: TheServices,
    where: Annotated[Where, Depends(read_where)],
    q: Annotated[str, Query(max_length=500)] = "",
) -> Response:
    """Search; the words found are marked."""
    query = q.strip()
    result = services.material.search(visitor.person, query, where) if query else Found(())
    message = result.escalated.message if result.escalated else ""
    found = [
        show_passage(
            passage, query, Place(passage.document.id, View.READ, passage.chunk.section, word=word_of(passage.document))
        )
        for passage in result.passages
    ]
    return pages_of(request).show(
        request,
        "student/search.html",
        query="" if message else query,
        found=found,
        has_more=result.has_more,
        message=message,
        filters=_filters(visitor, services, where),
    )


def _filters(visitor: Visitor, services: Services, where: Where) -> Filters:
    views = services.documents.list_documents(visitor.person)
    sections = services.documents.list_sections(visitor.person, where.document_id) if where.document_id else []
    return Filters(
        where=where,
        classes=services.accounts.list_classes(visitor.person),
        readings=sorted((view.document for view in views if view.document.is_readable), key=_by_title),
        sections=sections[:_MOST_SECTIONS],
    )


def _by_title(document: Document) -> str:
    return document.title.casefold()

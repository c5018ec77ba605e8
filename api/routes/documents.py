"""Readings: list, read, follow, cancel, retry, delete."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi import Path as PathPart
from fastapi.responses import FileResponse, Response, StreamingResponse
from starlette.concurrency import run_in_threadpool

from api.deps import Deleter, Reader, TheServices, Visitor
from api.problems import problems
from api.progress import Standing, standing_of
from api.schemas import DocumentViewBody, PageBody, SectionBody
from api.services import Services
from api.wishes import MOST
from domain.errors import NotFound
from domain.ids import DocumentId

_PAUSE_SECONDS = 0.5
_LONGEST_WATCH = 1200
"""Looks before a watch ends, ten minutes' worth; browsers then come back by themselves."""

PageNumber = Annotated[int, PathPart(ge=0, le=MOST)]
_SHOWN_INLINE = "application/pdf"


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter(prefix="/documents", tags=["readings"])
    one = "/{document_id}"
    router.get("", summary="List readings", responses=problems())(list_documents)
    router.get(one, summary="Show a reading", responses=problems(404))(show)
    router.delete(one, status_code=204, summary="Delete a reading", responses=problems(403, 404, 409))(delete)
    changes = problems(403, 404, 409)
    router.post(one + "/cancel", status_code=204, summary="Stop the work on a reading", responses=changes)(cancel)
    router.post(one + "/retry", status_code=202, summary="Start a reading again", responses=changes)(retry)
    router.get(one + "/sections", summary="List sections", responses=problems(404))(list_sections)
    router.get(one + "/pages/{number}", summary="Show a page", responses=problems(404))(show_page)
    router.get(
        one + "/file",
        response_class=FileResponse,
        summary="Download the file as it was uploaded",
        responses=problems(403, 404) | {200: {"content": {"application/octet-stream": {}}}},
    )(download)
    router.get(
        one + "/events",
        response_class=StreamingResponse,
        summary="Follow a reading's progress",
        responses=problems(404) | {200: {"content": {"text/event-stream": {}}}},
    )(follow)
    return router


def list_documents(visitor: Reader, services: TheServices) -> list[DocumentViewBody]:
    """List the person's own readings and those of their classes, newest first."""
    found = services.documents.list_documents(visitor.person)
    return [DocumentViewBody.model_validate(view) for view in found]


def show(document_id: str, visitor: Reader, services: TheServices) -> DocumentViewBody:
    """Show a reading and the jobs that work on it."""
    return DocumentViewBody.model_validate(services.documents.load(visitor.person, DocumentId(document_id)))


def delete(document_id: str, visitor: Deleter, services: TheServices) -> None:
    """Delete a reading and everything made from it."""
    services.documents.delete(visitor.person, DocumentId(document_id))


def cancel(document_id: str, visitor: Deleter, services: TheServices) -> None:
    """Stop the work on a reading at its next step."""
    services.documents.cancel(visitor.person, DocumentId(document_id))


def retry(document_id: str, visitor: Deleter, services: TheServices) -> DocumentViewBody:
    """Queue a failed or stopped reading again."""
    services.documents.retry(visitor.person, DocumentId(document_id))
    return DocumentViewBody.model_validate(services.documents.load(visitor.person, DocumentId(document_id)))


def list_sections(document_id: str, visitor: Reader, services: TheServices) -> list[SectionBody]:
    """List the sections in reading order; none until the reading can be read."""
    found = services.documents.list_sections(visitor.person, DocumentId(document_id))
    return [SectionBody.model_validate(section) for section in found]


def show_page(document_id: str, number: PageNumber, visitor: Reader, services: TheServices) -> PageBody:
    """Show a page's text; offsets in citations count its characters."""
    return PageBody.model_validate(services.documents.load_page(visitor.person, DocumentId(document_id), number))


def download(document_id: str, visitor: Reader, services: TheServices) -> Response:
    """Send the file back as it came. Only PDF opens in the browser; the rest is saved.

    Pictures, office files and books can say more than their pages: only teachers and whoever added them get those.
    """
    document = services.documents.load(visitor.person, DocumentId(document_id)).document
    path = services.documents.file_path(visitor.person, document.id)
    is_inline = document.media_type == _SHOWN_INLINE
    return FileResponse(
        path,
        media_type=document.media_type if is_inline else "application/octet-stream",
        filename=document.filename,
        content_disposition_type="inline" if is_inline else "attachment",
    )


async def follow(document_id: str, request: Request, visitor: Reader, services: TheServices) -> StreamingResponse:
    """Send an event whenever something changes, and `end` when nothing more will happen."""
    first = await run_in_threadpool(_look, services, visitor, document_id)
    return StreamingResponse(_watch(request, services, visitor, (document_id, first)), media_type="text/event-stream")


async def _watch(
    request: Request, services: Services, visitor: Visitor, start: tuple[str, Standing]
) -> AsyncIterator[str]:
    document_id, standing = start
    yield _event("progress", standing)
    for _ in range(_LONGEST_WATCH):
        if not standing.is_moving or await request.is_disconnected():
            break
        await asyncio.sleep(_PAUSE_SECONDS)
        try:
            now = await run_in_threadpool(_look, services, visitor, document_id)
        except NotFound:
            break
        if now != standing:
            standing = now
            yield _event("progress", standing)
    yield _event("end", standing)


def _look(services: Services, visitor: Visitor, document_id: str) -> Standing:
    return standing_of(services.documents.load(visitor.person, DocumentId(document_id)))


def _event(name: str, standing: Standing) -> str:
    return f"event: {name}\ndata: {standing.model_dump_json()}\n\n"

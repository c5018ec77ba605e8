"""The text itself: a section to read, a few pages at a time, and the page that a source points at."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from api.deps import Reader, TheServices
from api.routes.documents import PageNumber
from api.routes.drawings import version_of
from api.services import Services
from domain.documents import PageProblem, Position, Range, Section
from domain.errors import NotFound
from domain.ids import DocumentId
from ingest.drawing import has_pictures
from web.desk import Desk, show_desk
from web.oddities import list_oddities
from web.places import LABELS, Where, word_of
from web.prose import Block, lay_out, rank_headings
from web.templating import pages_of

_ENOUGH_CHARACTERS = 12_000
"""Text shown at once: about four book pages, five kilobytes over the wire."""

_MOST_PAGES = 25
_END = 10**9


@dataclass(frozen=True, slots=True)
class PageAddress:
    """Which page of which reading."""

    document_id: str
    number: PageNumber


@dataclass(frozen=True, slots=True)
class Part:
    """What a page holds of a section; `name` is what people call the page."""

    number: int
    name: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """A link to what comes before or after."""

    url: str
    label: str


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter()
    router.get("/readings/{document_id}/pages/{number}")(show_page)
    return router


def show_page(
    address: Annotated[PageAddress, Depends()],
    request: Request,
    visitor: Reader,
    services: TheServices,
    where: Annotated[Where, Query()],
) -> Response:
    """Show a page with the words of a source marked, and the way back to where the source was opened."""
    number = address.number
    document = services.documents.load(visitor.person, DocumentId(address.document_id)).document
    page = services.documents.load_page(visitor.person, document.id, number)
    place = where.place(document.id)
    here = f"/readings/{document.id}/pages/{number}"
    return pages_of(request).show(
        request,
        "student/page.html",
        document=document,
        page=page,
        name=page.label or f"{word_of(document)} {number}".capitalize(),
        language=document.language,
        figures=f"{here}/figures",
        picture=f"{here}/picture" if has_pictures(document) else "",
        version=version_of(document),
        word=word_of(document),
        marks=f"{here}/marks?{urlencode({'from': where.start, 'to': where.end, 'v': version_of(document)})}",
        blocks=rank_headings([lay_out(page, source=where.source)], below=1)[0],
        has_source=where.source is not None,
        has_file=document.media_type == "application/pdf",
        problems=[problem for problem in document.page_problems if problem.page == number],
        place=place,
        back=place.url(),
        back_label=LABELS[place.view].lower(),
    )


def show_reading(request: Request, desk: Desk, services: Services, page: int | None) -> Response:
    """Show a section's text from a page on."""
    start, end = _bounds(desk)
    first = start.page if page is None else page
    if not start.page <= first <= end.page:
        raise NotFound("This section has no such page.")
    parts, last = _read(desk, services, first)
    beside = services.file_support.words_for(desk.visitor.person, [desk.document])
    return show_desk(
        request,
        desk,
        "student/read.html",
        beside=beside.get(desk.document.id, ""),
        parts=parts,
        problems=_problems_on(desk, first, last),
        oddities=list_oddities(
            desk.document, services.documents.list_odd_pages(desk.visitor.person, desk.document.id), services.signs
        ),
        version=version_of(desk.document),
        before=_way_back(desk, first),
        after=_way_on(desk, last),
    )


def _read(desk: Desk, services: Services, first: int) -> tuple[list[Part], int]:
    start, end = _bounds(desk)
    parts: list[Part] = []
    shown, number = 0, first
    for number in range(first, min(end.page, first + _MOST_PAGES - 1) + 1):
        page = services.documents.load_page(desk.visitor.person, desk.document.id, number)
        within = Range(
            start.offset if number == start.page else 0,
            min(end.offset, len(page.text)) if number == end.page else len(page.text),
        )
        blocks = _without_title(lay_out(page, within=within), desk.section if number == start.page else None)
        parts.append(Part(number, page.label or f"{desk.place.word} {number}", blocks))
        shown += within.end - within.start
        if shown >= _ENOUGH_CHARACTERS:
            break
    ranked = rank_headings([part.blocks for part in parts], below=2)
    return [Part(part.number, part.name, blocks) for part, blocks in zip(parts, ranked, strict=True) if blocks], number


def _bounds(desk: Desk) -> tuple[Position, Position]:
    if desk.section is None:
        return Position(1, 0), Position(max(1, desk.document.page_count), _END)
    return desk.section.start, desk.section.end


def _without_title(blocks: tuple[Block, ...], section: Section | None) -> tuple[Block, ...]:
    """Leave out the section's own heading, which stands above already."""
    if section and blocks and blocks[0].level:
        words = "".join(run.text for run in blocks[0].runs).split()
        if words == section.title.split():
            return blocks[1:]
    return blocks


def _problems_on(desk: Desk, first: int, last: int) -> list[PageProblem]:
    return [problem for problem in desk.document.page_problems if first <= problem.page <= last]


def _way_back(desk: Desk, first: int) -> Way | None:
    start, _ = _bounds(desk)
    if first > start.page:
        return Way(
            desk.place.url(page=max(start.page, first - _MOST_PAGES // 5)), f"{desk.place.word.capitalize()}s before"
        )
    if desk.place.section:
        before = desk.sections[desk.place.section - 1]
        return Way(desk.place.at_section(before.ordinal), before.title)
    return None


def _way_on(desk: Desk, last: int) -> Way | None:
    _, end = _bounds(desk)
    if last < end.page:
        return Way(desk.place.url(page=last + 1), f"Read on, {desk.place.word} {last + 1}")
    if desk.section and desk.section.last + 1 < len(desk.sections):
        after = desk.sections[desk.section.last + 1]
        return Way(desk.place.at_section(after.ordinal), after.title)
    return None

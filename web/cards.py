"""The tab "Cards": a deck, some cards at a time, with figures where cards have them."""

from dataclasses import asdict
from functools import partial
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import Response

from api.routes.drawings import version_of
from domain.material import Kind, Occlusion
from web.desk import Desk, show_desk

_BATCH = 20
"""Cards on one page."""


def show_cards(request: Request, desk: Desk, batch: int) -> Response:
    """Show some of the cards."""
    artifact = desk.aids.get(Kind.FLASHCARDS)
    units = artifact.units if artifact else ()
    first = batch * _BATCH
    return show_desk(
        request,
        desk,
        "student/cards.html",
        artifact=artifact,
        cards=units[first : first + _BATCH],
        first=first + 1,
        batch=batch,
        count=len(units),
        front_of=partial(_figure_url, desk, is_covered=True),
        back_of=partial(_figure_url, desk, is_covered=False),
        before=desk.place.url(batch=batch - 1) if batch else "",
        after=desk.place.url(batch=batch + 1) if first + _BATCH < len(units) else "",
    )


def _figure_url(desk: Desk, picture: Occlusion, *, is_covered: bool) -> str:
    """Give the address of a card's picture; its front is covered by the server, so that the page holds no answer."""
    version = version_of(desk.document)
    url = f"/readings/{desk.document.id}/pages/{picture.page}/figures/{picture.part}"
    if not is_covered or picture.hidden is None:
        return f"{url}?{urlencode({'v': version})}"
    return f"{url}/covered?{urlencode({**asdict(picture.hidden), 'v': version})}"

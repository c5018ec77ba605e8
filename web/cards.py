"""The tab "Cards": a deck, some cards at a time, with figures where cards have them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import Response

from api.routes.drawings import version_of
from domain.documents import Document
from domain.ids import DocumentId
from domain.material import Flashcard, Kind
from web.desk import Desk, show_desk

BATCH = 20
"""Cards on one page."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The addresses of the pictures of cards, whose readings these are."""

    documents: Mapping[DocumentId, Document]

    def front(self, card: Flashcard) -> str:
        """Give the address of what the front shows; the server covers it, so that the page holds no answer."""
        picture = card.picture
        if picture is None or picture.hidden is None:
            return self.back(card)
        return self._address(card, "/covered", asdict(picture.hidden))

    def back(self, card: Flashcard) -> str:
        """Give the address of the whole figure."""
        return self._address(card, "", {})

    def _address(self, card: Flashcard, more: str, query: Mapping[str, object]) -> str:
        document = self.documents.get(card.claim.citations[0].span.document_id) if card.claim.citations else None
        if document is None or card.picture is None:
            return ""
        at = f"/readings/{document.id}/pages/{card.picture.page}/figures/{card.picture.part}{more}"
        return f"{at}?{urlencode({**query, 'v': version_of(document)})}"


def show_cards(request: Request, desk: Desk, batch: int) -> Response:
    """Show some of the cards."""
    artifact = desk.aids.get(Kind.FLASHCARDS)
    units = artifact.units if artifact else ()
    first = batch * BATCH
    return show_desk(
        request,
        desk,
        "student/cards.html",
        artifact=artifact,
        cards=units[first : first + BATCH],
        first=first + 1,
        batch=batch,
        count=len(units),
        figures=Figures({desk.document.id: desk.document}),
        before=desk.place.url(batch=batch - 1) if batch else "",
        after=desk.place.url(batch=batch + 1) if first + BATCH < len(units) else "",
    )

"""Figures of readings on cards: the picture as it is, and with the label covered that the card asks for."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from domain.documents import Box, Document
from domain.errors import NotFound, Unreadable
from domain.ids import DocumentId
from domain.material import Flashcard
from domain.people import Person

WIDTH = 900
"""Pixels of a figure on a card."""

_QUALITY = 88
_MOST_PIXELS = 40_000_000
_COVER, _EDGE = (255, 214, 102), (92, 64, 0)


class Pictures(Protocol):
    """What draws figures of readings."""

    def draw_figure(self, person: Person, document: Document, place: tuple[int, int], *, width: int) -> bytes:
        """Give the figure of part `place[1]` of page `place[0]` as JPEG. Raises NotFound or Unreadable."""
        ...


Draw = Callable[[DocumentId, int, int], bytes | None]
"""Gives the figure at a page of a reading and a part of it, or None where it cannot be drawn."""


@dataclass(frozen=True, slots=True)
class CardPicture:
    """The picture of a card as its front and its back show it, both JPEG; the same where nothing is covered."""

    front: bytes
    back: bytes


def drawn_for(pictures: Pictures | None, person: Person, documents: Sequence[Document]) -> Draw:
    """Let a person's files show the figures of these readings."""
    by_id = {document.id: document for document in documents}

    def draw(document_id: DocumentId, page: int, part: int) -> bytes | None:
        document = by_id.get(document_id)
        if pictures is None or document is None:
            return None
        try:
            return pictures.draw_figure(person, document, (page, part), width=WIDTH)
        except (NotFound, Unreadable):
            return None

    return draw


def picture_of(card: Flashcard, draw: Draw) -> CardPicture | None:
    """Give the picture of a card, or None for one that has none or whose figure cannot be drawn."""
    if card.picture is None:
        return None
    document_id = card.claim.citations[0].span.document_id
    whole = draw(document_id, card.picture.page, card.picture.part)
    if whole is None:
        return None
    hidden = card.picture.hidden
    return CardPicture(whole if hidden is None else cover(whole, hidden), whole)


def cover(picture: bytes, hidden: Box) -> bytes:
    """Lay a plain patch over a part of a picture; nothing of what is under it stays in the file."""
    from PIL import Image, ImageDraw

    with Image.open(io.BytesIO(picture)) as opened:
        if opened.width * opened.height > _MOST_PIXELS:
            raise Unreadable("This picture is too large.")
        image = opened.convert("RGB")
    box = (
        hidden.left * image.width,
        hidden.top * image.height,
        max(hidden.right * image.width, hidden.left * image.width + 1),
        max(hidden.bottom * image.height, hidden.top * image.height + 1),
    )
    ImageDraw.Draw(image).rectangle(box, fill=_COVER, outline=_EDGE, width=max(1, image.width // 300))
    written = io.BytesIO()
    image.save(written, "JPEG", quality=_QUALITY)
    return written.getvalue()

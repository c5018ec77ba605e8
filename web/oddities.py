"""What the page of a reading tells staff and its owner of words that nobody sees, and of orders to a machine."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.documents import Document, Page, Span
from safety.injection import neutralise
from safety.injection_signs import InjectionSigns

_MOST_PAGES = 20
_MOST_TEXTS = 5
_LONGEST = 300
"""Bounds of what is shown: pages, hidden texts of a page, and characters of each."""


@dataclass(frozen=True, slots=True)
class OddPage:
    """A page with what was hidden on it, as plain words; `more` counts the hidden texts not shown.

    `orders` are the places that read like orders to a machine; a page may have some in hidden words alone.
    """

    number: int
    hidden: tuple[str, ...]
    more: int
    has_orders: bool
    orders: tuple[Span, ...] = ()


def list_oddities(document: Document, pages: Sequence[Page], signs: InjectionSigns) -> list[OddPage]:
    """Give the pages of a document to tell of, the first twenty at most, with nothing in their words that acts."""
    return [
        OddPage(
            number=page.number,
            hidden=tuple(_short(text) for text in page.hidden[:_MOST_TEXTS]),
            more=max(len(page.hidden) - _MOST_TEXTS, 0),
            has_orders=page.has_orders,
            orders=_orders(document, page, signs) if page.has_orders else (),
        )
        for page in pages[:_MOST_PAGES]
    ]


def _orders(document: Document, page: Page, signs: InjectionSigns) -> tuple[Span, ...]:
    marks = signs.list_marks(page.text)[:_MOST_TEXTS]
    return tuple(Span(document.id, page.number, at.start, at.end) for at in marks)


def _short(text: str) -> str:
    words = " ".join(neutralise(text).split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"

"""What the page of a reading tells staff and its owner of words that nobody sees, and of orders to a machine."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.documents import Page
from safety.injection import neutralise

_MOST_PAGES = 20
_MOST_TEXTS = 5
_LONGEST = 300
"""Bounds of what is shown: pages, hidden texts of a page, and characters of each."""


@dataclass(frozen=True, slots=True)
class OddPage:
    """A page with what was hidden on it, as plain words; `more` counts the hidden texts not shown."""

    number: int
    hidden: tuple[str, ...]
    more: int
    has_orders: bool


def list_oddities(pages: Sequence[Page]) -> list[OddPage]:
    """Give the pages to tell of, the first twenty at most, with nothing in their words that acts."""
    return [
        OddPage(
            number=page.number,
            hidden=tuple(_short(text) for text in page.hidden[:_MOST_TEXTS]),
            more=max(len(page.hidden) - _MOST_TEXTS, 0),
            has_orders=page.has_orders,
        )
        for page in pages[:_MOST_PAGES]
    ]


def _short(text: str) -> str:
    words = " ".join(neutralise(text).split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"

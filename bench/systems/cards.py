"""The product's flashcards for `score_generation.py --flashcards`, with the author's emphasis and without."""

from collections.abc import Sequence
from typing import Any

from bench.systems.readings import parsed
from domain.material import CardForm, Flashcard
from generators.compose.cards.flashcards import make_cards


def cards(text: str, emphasis: Sequence[Sequence[int]]) -> list[dict[str, Any]]:
    """Cards about terms, with emphasis."""
    return [_row(card) for card in make_cards(parsed(text, emphasis)) if card.form is not CardForm.FACT]


def plain_cards(text: str) -> list[dict[str, Any]]:
    """Cards about terms, from the plain text."""
    return cards(text, ())


def all_cards(text: str, emphasis: Sequence[Sequence[int]]) -> list[dict[str, Any]]:
    """Every card, facts too, with emphasis."""
    return [_row(card) for card in make_cards(parsed(text, emphasis))]


def _row(card: Flashcard) -> dict[str, Any]:
    spans = [citation.span for citation in card.claim.citations]
    return {
        "front": card.front,
        "back": card.back,
        "term": card.term,
        "source_span": [spans[0].start, spans[-1].end],
    }

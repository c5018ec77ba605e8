"""Passages that a search found, ready to show."""

from dataclasses import dataclass

from domain.documents import Span
from generators.highlights import find_highlights
from generators.retrieval import Passage
from web.places import Place
from web.prose import Run, mark


@dataclass(frozen=True, slots=True)
class PassageView:
    """A passage with the words of the query marked; `place` is where its source leads back to."""

    title: str
    section_title: str
    span: Span
    runs: tuple[Run, ...]
    place: Place


def show_passage(passage: Passage, query: str, place: Place) -> PassageView:
    """Mark the words of a query in a passage."""
    return PassageView(
        title=passage.document.title,
        section_title=passage.section.title,
        span=passage.chunk.span,
        runs=mark(passage.chunk.text, find_highlights(query, passage.chunk.text)),
        place=place,
    )

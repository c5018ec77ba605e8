"""Adds to evidence the figures whose captions stand in it."""

from collections.abc import Iterator
from dataclasses import replace

from domain.documents import Citation, Page, PartKind, Span
from domain.evidence import Evidence, Figure
from domain.repositories import ReadingRepository


def with_figures(evidence: Evidence, readings: ReadingRepository) -> Evidence:
    """Give the evidence with its figures, in the order of its pages."""
    places = dict.fromkeys((chunk.document_id, chunk.span.page) for chunk in evidence.chunks)
    pages = (readings.find_page(*place) for place in places)
    return replace(evidence, figures=tuple(one for page in pages if page for one in _figures_on(page, evidence)))


def _figures_on(page: Page, evidence: Evidence) -> Iterator[Figure]:
    """Yield the figures of a page that can be drawn, and whose caption is in the evidence."""
    for index, part in enumerate(page.parts):
        if part.kind is not PartKind.FIGURE or (part.box is None and not part.source):
            continue
        document_id = evidence.chunks[0].document_id
        caption = Citation(Span(document_id, page.number, part.at.start, part.at.end), "")
        at = evidence.find(caption) if part.at.start < part.at.end else None
        if at is not None:
            yield Figure(page.number, index, at, part.labels)

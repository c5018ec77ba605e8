"""Evidence: what a request may be answered from, as one text that knows where each piece of it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from domain.documents import Chunk, Citation, Label, Range, Span


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the evidence: part `part` (from 0) of a page, its caption at a range of the evidence's text."""

    page: int
    part: int
    caption: Range
    labels: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """Chunks for one request, joined into one text that still knows where each piece stands.

    In reading order for a section, best first for a question. Build it with `gather`.
    """

    title: str
    language: str
    chunks: tuple[Chunk, ...]
    text: str
    offsets: tuple[int, ...]
    figures: tuple[Figure, ...] = ()

    @property
    def emphasis(self) -> tuple[Range, ...]:
        """The emphasised ranges, in offsets of `text`."""
        return tuple(
            Range(offset + mark.start, offset + mark.end)
            for offset, chunk in zip(self.offsets, self.chunks, strict=True)
            for mark in chunk.emphasis
        )

    def cite(self, start: int, end: int) -> tuple[Citation, ...]:
        """Point at the spans that characters `start` to `end` of `text` come from: one for each chunk touched."""
        citations = []
        for offset, chunk in zip(self.offsets, self.chunks, strict=True):
            first, last = max(start - offset, 0), min(end - offset, len(chunk.text))
            if first < last:
                span = chunk.span
                at = Span(span.document_id, span.page, span.start + first, span.start + last)
                citations.append(Citation(at, chunk.text[first:last]))
        return tuple(citations)

    def find(self, citation: Citation) -> Range | None:
        """Give the range of `text` that a citation points at, or None when it lies outside the evidence."""
        for offset, chunk in zip(self.offsets, self.chunks, strict=True):
            inside = (
                chunk.span.document_id == citation.span.document_id
                and chunk.span.page == citation.span.page
                and chunk.span.start <= citation.span.start < citation.span.end <= chunk.span.end
            )
            if inside:
                start = offset + citation.span.start - chunk.span.start
                return Range(start, start + citation.span.end - citation.span.start)
        return None


def gather(chunks: Sequence[Chunk], *, title: str, language: str) -> Evidence:
    """Join chunks into evidence, in the order given. Neighbours keep their gap; others get an empty line."""
    parts: list[str] = []
    offsets: list[int] = []
    length = 0
    for before, chunk in pairwise((None, *chunks)):
        assert chunk is not None
        if before is not None:
            follows = before.document_id == chunk.document_id and before.ordinal + 1 == chunk.ordinal
            gap = chunk.gap if follows else "\n\n"
            parts.append(gap)
            length += len(gap)
        offsets.append(length)
        parts.append(chunk.text)
        length += len(chunk.text)
    return Evidence(title, language, tuple(chunks), "".join(parts), tuple(offsets))

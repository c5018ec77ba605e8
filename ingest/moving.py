"""Where sections, chunks and quoted words of one edition of a reading are in the next.

A section whose chunks all have the ids they had is the same section. What that means for study aids, answers and
people's edits stands in `ingest.moving_aids`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from domain.claims import Claim
from domain.documents import Chunk, Citation, Section, Span
from domain.ids import ChunkId
from domain.material import Unit, claims_of, with_claims


@dataclass(frozen=True, slots=True)
class Edition:
    """A reading's sections and chunks at one time."""

    sections: Sequence[Section]
    chunks: Sequence[Chunk]


class Moves:
    """Where sections, chunks and spans of one edition are in the next."""

    def __init__(self, before: Edition, after: Edition) -> None:
        """Compare two editions of a reading."""
        self._after = {chunk.id: chunk for chunk in after.chunks}
        self._editions = before, after
        self._on_page: dict[int, list[Chunk]] = {}
        for chunk in before.chunks:
            self._on_page.setdefault(chunk.span.page, []).append(chunk)
        places: dict[tuple[ChunkId, ...], list[Section]] = {}
        for section, chunk_ids in _contents(after):
            places.setdefault(chunk_ids, []).append(section)
        self._sections: dict[int, tuple[Section, Section]] = {}
        for section, chunk_ids in _contents(before):
            alike = sorted(places.get(chunk_ids, ()), key=lambda one: _difference(section, one))
            if alike:
                self._sections[section.ordinal] = section, alike[0]

    def find_section(self, ordinal: int) -> tuple[Section, Section] | None:
        """Give a section that did not change, as it was and as it is now, or None."""
        return self._sections.get(ordinal)

    def find_successor(self, ordinal: int) -> Section | None:
        """Give the section that has taken a section's place: the same, the one with most of its text, or its title."""
        if found := self.find_section(ordinal):
            return found[1]
        before, after = self._editions
        section = next(one for one in before.sections if one.ordinal == ordinal)
        held = [chunk.id for chunk in before.chunks if section.ordinal <= chunk.section <= section.last]
        moved = [self._after[chunk_id].section for chunk_id in held if chunk_id in self._after]
        alike = [one for one in after.sections if one.title == section.title]
        if not moved:
            return min(alike, key=lambda one: _difference(section, one), default=None)
        most = max(moved, key=moved.count)
        around = [one for one in (*alike, *after.sections) if one.ordinal <= most <= one.last]
        return next((one for one in around if one in alike), max(around, key=lambda one: one.level))

    def title_after(self, ordinal: int, title: str, now: int) -> str:
        """Give the title of a section's study aid when that section is `now`; a title of its own stays."""
        before, after = ({one.ordinal: one.title for one in edition.sections} for edition in self._editions)
        return after[now] if title == before[ordinal] else title

    def find_section_of(self, units: Iterable[Unit]) -> int | None:
        """Give the section in which most of what the units cite stands now, or None."""
        spans = [
            self.find_chunk(citation.span)
            for unit in units
            for claim in claims_of(unit)
            for citation in claim.citations
        ]
        sections = [chunk.section for chunk in spans if chunk is not None]
        return max(sections, key=sections.count, default=None)

    def find_section_at(self, units: Iterable[Unit]) -> int | None:
        """Give the section of the next edition in which most of what moved units cite stands, or None."""
        spans = [citation.span for unit in units for claim in claims_of(unit) for citation in claim.citations]
        after = self._editions[1].chunks
        around = [chunk for span in spans for chunk in after if _is_around(chunk.span, span)]
        sections = [chunk.section for chunk in around]
        return max(sections, key=sections.count, default=None)

    def find_chunk(self, span: Span) -> Chunk | None:
        """Give the chunk that has the words of a span of the earlier edition."""
        old = self._find_old(span)
        return None if old is None else self._after.get(old.id)

    def move(self, unit: Unit, *, is_sought: bool = False) -> Unit | None:
        """Give a unit with its citations where their words are now, or None where one is gone.

        Where the text around them changed, words that are sought may stand in any chunk of the next edition.
        """
        claims = [self._move_claim(claim, is_sought=is_sought) for claim in claims_of(unit)]
        moved = [claim for claim in claims if claim is not None]
        return with_claims(unit, moved) if len(moved) == len(claims) else None

    def _move_claim(self, claim: Claim, *, is_sought: bool) -> Claim | None:
        citations = [
            self._move_citation(citation) or (self._seek(citation) if is_sought else None)
            for citation in claim.citations
        ]
        moved = tuple(citation for citation in citations if citation is not None)
        return replace(claim, citations=moved) if len(moved) == len(citations) else None

    def _move_citation(self, citation: Citation) -> Citation | None:
        old, new = self._find_old(citation.span), self.find_chunk(citation.span)
        if old is None or new is None:
            return None
        first = citation.span.start - old.span.start
        last = citation.span.end - old.span.start
        if new.text[first:last] != citation.quote:
            return None
        start = new.span.start + first
        return Citation(Span(new.document_id, new.span.page, start, start + last - first), citation.quote)

    def _seek(self, citation: Citation) -> Citation | None:
        """Give the place nearest to where quoted words stood, counted in pages and then in characters, or None."""
        was, quote = citation.span, citation.quote
        if not quote.strip():
            return None
        places = [
            Span(chunk.span.document_id, chunk.span.page, chunk.span.start + at, chunk.span.start + at + len(quote))
            for chunk in self._editions[1].chunks
            if (at := chunk.text.find(quote)) >= 0
        ]
        nearest = min(places, key=lambda span: (abs(span.page - was.page), abs(span.start - was.start)), default=None)
        return None if nearest is None else Citation(nearest, quote)

    def _find_old(self, span: Span) -> Chunk | None:
        on_page = self._on_page.get(span.page, ())
        inside = (chunk for chunk in on_page if _is_around(chunk.span, span))
        return next(inside, None)


def _contents(edition: Edition) -> Iterator[tuple[Section, tuple[ChunkId, ...]]]:
    """Yield each section that has chunks, with the ids of those it covers."""
    by_section: dict[int, list[ChunkId]] = {}
    for chunk in edition.chunks:
        by_section.setdefault(chunk.section, []).append(chunk.id)
    for section in edition.sections:
        covered = range(section.ordinal, section.last + 1)
        chunk_ids = tuple(one for ordinal in covered for one in by_section.get(ordinal, ()))
        if chunk_ids:
            yield section, chunk_ids


def _difference(one: Section, other: Section) -> tuple[bool, bool, int]:
    """Say how little two sections with the same text are alike: a chapter may hold one section and nothing else."""
    return one.title != other.title, one.is_unit != other.is_unit, abs(one.level - other.level)


def _is_around(outer: Span, inner: Span) -> bool:
    return outer.page == inner.page and outer.start <= inner.start and inner.end <= outer.end

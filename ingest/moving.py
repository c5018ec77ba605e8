"""What was made from a reading goes with its words when they move: study aids, answers' citations, teachers' edits.

A section whose chunks all have the ids they had keeps its study aids, with their spans where the words stand now. Of
aids for the whole reading the units stay whose words are still there. Everything else goes: it is made anew.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from domain.claims import Claim
from domain.documents import Chunk, Citation, Section, Span
from domain.ids import ChunkId
from domain.material import Artifact, ArtifactStatus, Kind, Unit, VariantSentence, claims_of, with_claims

_DRAWN = frozenset({Kind.CONCEPT_MAP})
"""Kinds that are kept whole or not at all: a drawing shows all of them."""


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

    def find_chunk(self, span: Span) -> Chunk | None:
        """Give the chunk that has the words of a span of the earlier edition."""
        old = self._find_old(span)
        return None if old is None else self._after.get(old.id)

    def move(self, unit: Unit) -> Unit | None:
        """Give a unit with its citations where their words are now, or None where one is gone."""
        claims = [self._move_claim(claim) for claim in claims_of(unit)]
        moved = [claim for claim in claims if claim is not None]
        return with_claims(unit, moved) if len(moved) == len(claims) else None

    def _move_claim(self, claim: Claim) -> Claim | None:
        citations = [self._move_citation(citation) for citation in claim.citations]
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

    def _find_old(self, span: Span) -> Chunk | None:
        on_page = self._on_page.get(span.page, ())
        inside = (chunk for chunk in on_page if chunk.span.start <= span.start and span.end <= chunk.span.end)
        return next(inside, None)


def move_artifact(artifact: Artifact, moves: Moves) -> Artifact | None:
    """Give an artifact as it is in the next edition, or None where it has to go."""
    units = tuple(moved for unit in artifact.units if (moved := moves.move(unit)) is not None)
    is_whole = len(units) == len(artifact.units)
    if not units or (artifact.kind in _DRAWN and not is_whole):
        return None
    if artifact.section is None:
        return replace(artifact, units=units) if artifact.owner_id is None or is_whole else None
    found = moves.find_section(artifact.section)
    if found is not None and is_whole:
        before, after = found
        title = after.title if artifact.title == before.title else artifact.title
        return replace(artifact, section=after.ordinal, title=title, units=units)
    if artifact.owner_id is not None and is_whole:
        return replace(artifact, section=moves.find_section_of(artifact.units), units=units)
    if _is_edited(artifact):
        # a teacher's work is not thrown away, and students see it when the teacher has looked at it again
        status = ArtifactStatus.DRAFT
        return replace(artifact, section=moves.find_section_of(artifact.units), units=units, status=status)
    return None


def move_artifacts(artifacts: Iterable[Artifact], moves: Moves) -> Iterator[tuple[Artifact, Artifact | None]]:
    """Yield each artifact with what it is in the next edition; no two shared ones of a kind come to one section."""
    taken: set[tuple[int | None, Kind]] = set()
    moved = [(artifact, move_artifact(artifact, moves)) for artifact in artifacts]
    # what moved whole comes first
    for artifact, after in sorted(moved, key=lambda pair: pair[1] is None or pair[1].status != pair[0].status):
        place = (after.section, after.kind) if after is not None and after.owner_id is None else None
        yield artifact, None if place in taken else after
        if place is not None:
            taken.add(place)


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


def _is_edited(artifact: Artifact) -> bool:
    return any(isinstance(unit, VariantSentence) and unit.claim.by_person for unit in artifact.units)

"""Puts units of an earlier version back: their citations go where the same words stand in the reading by now."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from domain.claims import Claim
from domain.documents import Citation, Page, Position, Section, Span
from domain.ids import DocumentId
from domain.material import Artifact, Unit, claims_of, with_claims
from domain.ports import UnitOfWork


class Settling:
    """Where words stand in the part of a reading that a study aid is about. Reads each page once."""

    def __init__(self, work: UnitOfWork, artifact: Artifact) -> None:
        """Look in the section of the study aid, or in the whole reading."""
        self._work = work
        self._artifact = artifact
        self._pages: dict[int, Page | None] = {}
        sections = work.readings.list_sections(artifact.document_id)
        self._section = next((one for one in sections if one.ordinal == artifact.section), None)

    def settle(self, unit: Unit) -> Unit | None:
        """Give a unit with all that it cites where the words are now, or None where some are gone."""
        claims = [self._settle_claim(claim) for claim in claims_of(unit)]
        settled = [claim for claim in claims if claim is not None]
        return with_claims(unit, settled) if len(settled) == len(claims) else None

    def settle_all(self, units: Iterable[Unit]) -> tuple[Unit, ...]:
        """Give the units whose words are all there."""
        return tuple(settled for unit in units if (settled := self.settle(unit)) is not None)

    def _settle_claim(self, claim: Claim) -> Claim | None:
        found = [self._find(citation) for citation in claim.citations]
        settled = tuple(citation for citation in found if citation is not None)
        return replace(claim, citations=settled) if len(settled) == len(found) else None

    def _find(self, citation: Citation) -> Citation | None:
        """Give the place nearest to where the words stood, counted in pages and then in characters."""
        if not citation.quote.strip():
            return None
        was = citation.span
        places = [span for page in self._list_pages() for span in _places(was.document_id, page, citation.quote)]
        inside = [span for span in places if _is_within(span, self._section)]
        if not inside:
            return None
        nearest = min(inside, key=lambda span: (abs(span.page - was.page), abs(span.start - was.start)))
        return Citation(nearest, citation.quote)

    def _list_pages(self) -> Sequence[Page]:
        if not self._pages:
            if self._section is None:
                found = self._work.readings.list_pages(self._artifact.document_id)
                self._pages = {page.number: page for page in found}
            else:
                numbers = range(self._section.start.page, self._section.end.page + 1)
                self._pages = {
                    number: self._work.readings.find_page(self._artifact.document_id, number) for number in numbers
                }
        return [page for page in self._pages.values() if page is not None]


def _places(document_id: DocumentId, page: Page, quote: str) -> Iterator[Span]:
    start = page.text.find(quote)
    while start >= 0:
        yield Span(document_id, page.number, start, start + len(quote))
        start = page.text.find(quote, start + 1)


def _is_within(span: Span, section: Section | None) -> bool:
    return section is None or section.start <= Position(span.page, span.start) < section.end

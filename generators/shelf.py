"""Makes a study aid and keeps it: the pipeline's outcome, finished for its readers and saved."""

from dataclasses import replace

from domain.claims import Claim
from domain.documents import Citation, Page, Position, Section, Span
from domain.errors import Transient
from domain.ids import ArtifactId, UnitId, new_id
from domain.material import Artifact, ArtifactStatus, Kind, VariantSentence, claims_of
from domain.outcomes import Outcome, Served
from domain.ports import UnitOfWork
from generators.kinds.contract import Request
from generators.kinds.lesson_variant import measure_again
from generators.kinds.registry import KINDS
from generators.pipeline import Tools, generate


def make(request: Request, tools: Tools) -> Outcome:
    """Generate and, when it is served, keep it in the place of the one before.

    Raises Transient when the reading's words changed meanwhile.
    """
    outcome = generate(request, KINDS[request.kind], tools)
    if not isinstance(outcome, Served):
        return outcome
    artifact = _finished(outcome.artifact)
    with tools.store(request.scope) as work:
        work.people.lock()
        if not still_stands(work, artifact):
            raise Transient("This reading has changed meanwhile. Try again in a moment.")
        artifact = _in_place(work, artifact)
        work.material.save(artifact)
        work.commit()
    return replace(outcome, artifact=artifact)


def still_stands(work: UnitOfWork, artifact: Artifact) -> bool:
    """Whether all that an artifact cites stands where it says, and in its section: the file may have been replaced."""
    claims = [claim for unit in artifact.units for claim in claims_of(unit)]
    citations = {citation for claim in claims for citation in claim.citations}
    sections = {one.ordinal: one for one in work.readings.list_sections(artifact.document_id)}
    section = sections.get(artifact.section) if artifact.section is not None else None
    if artifact.section is not None and section is None:
        return False
    if section is not None and not all(_is_within(citation.span, section) for citation in citations):
        return False
    numbers = {citation.span.page for citation in citations}
    pages = {number: work.readings.find_page(artifact.document_id, number) for number in numbers}
    return all(_says(pages[citation.span.page], citation) for citation in citations)


def _is_within(span: Span, section: Section) -> bool:
    return section.start <= Position(span.page, span.start) < section.end


def _says(page: Page | None, citation: Citation) -> bool:
    return page is not None and page.text[citation.span.start : citation.span.end] == citation.quote


def _in_place(work: UnitOfWork, artifact: Artifact) -> Artifact:
    """Give shared material the id of what it takes the place of; attempts at that stay with it.

    Where a place's id went with what moved to another place, it gets one of its own.
    """
    if artifact.owner_id is not None:
        return artifact
    before = work.material.find_for(artifact.document_id, artifact.section, artifact.kind)
    if before is not None:
        return kept_as(artifact, before.id)
    is_taken = work.material.find(artifact.id) is not None
    return kept_as(artifact, ArtifactId(new_id())) if is_taken else artifact


def with_words(artifact: Artifact, unit_id: UnitId, words: str) -> Artifact:
    """Put a teacher's words in the place of a variant's sentence; it is a draft again until it is approved."""
    units = tuple(
        replace(unit, claim=Claim(words, unit.claim.citations, by_person=True))
        if isinstance(unit, VariantSentence) and unit.id == unit_id
        else unit
        for unit in artifact.units
    )
    return _finished(replace(artifact, units=units, status=ArtifactStatus.DRAFT))


def published(artifact: Artifact) -> Artifact:
    """Let students see it."""
    return replace(artifact, status=ArtifactStatus.PUBLISHED)


def withdrawn(artifact: Artifact) -> Artifact:
    """Take it back from students, to be worked on."""
    return replace(artifact, status=ArtifactStatus.DRAFT)


def kept_as(artifact: Artifact, artifact_id: ArtifactId) -> Artifact:
    """Give it another id, under which one person finds it again."""
    return replace(artifact, id=artifact_id)


def _finished(artifact: Artifact) -> Artifact:
    """Add what is worked out from the units that were kept: a map's drawing, a variant's measured levels."""
    if artifact.kind is Kind.CONCEPT_MAP:
        from generators.concept_graph import draw

        return replace(artifact, drawing=draw(artifact.units, artifact.title))
    if artifact.kind is Kind.LESSON_VARIANT:
        return replace(artifact, levels=measure_again(artifact))
    return artifact

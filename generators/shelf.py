"""Makes a study aid and keeps it: the pipeline's outcome, finished for its readers and saved."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from domain.documents import Citation, Page, Position, Section, Span
from domain.errors import Conflict, Transient
from domain.hands import Change, list_removed, provenance_of
from domain.ids import ArtifactId, UnitId, new_id
from domain.material import Artifact, ArtifactStatus, Hand, Kind, Provenance, Unit, claims_of
from domain.outcomes import Outcome, Served
from domain.ports import UnitOfWork
from generators.hands.merging import kept_of, merged
from generators.kinds.contract import Request
from generators.kinds.lesson_variant import measure_again
from generators.kinds.registry import KINDS
from generators.pipeline import Tools, generate
from safety.versions import Act, keep


def make(request: Request, tools: Tools, *, seen: int | None = None) -> Outcome:
    """Generate and, when it is served, keep it in the place of the one before, as its next version.

    What people pinned or wrote stays, and what they took out does not come back. `seen` is the version that was to be
    made anew. Raises Conflict when there is another by now, and Transient when the reading's words changed meanwhile.
    """
    with tools.store(request.scope) as work:
        before = work.material.find_for(request.document.id, request.section, request.kind)
    # as many more as may not come back
    wanted = replace(request, more=request.more + len(list_removed(before))) if before else request
    outcome = generate(wanted, KINDS[request.kind], tools)
    if not isinstance(outcome, Served):
        return outcome
    artifact = _finished(outcome.artifact)
    with tools.store(request.scope) as work:
        work.people.lock()
        if not still_stands(work, artifact):
            raise Transient("This reading has changed meanwhile. Try again in a moment.")
        artifact = _keep(work, artifact, request, seen=seen)
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


def _keep(work: UnitOfWork, artifact: Artifact, request: Request, *, seen: int | None) -> Artifact:
    """Save material, shared material under the id of what it takes the place of: attempts at that stay with it.

    Where a place's id went with what moved to another place, it gets one of its own.
    """
    shared = artifact.owner_id is None
    before = work.material.find_for(artifact.document_id, artifact.section, artifact.kind) if shared else None
    if before is None:
        is_taken = shared and work.material.find(artifact.id) is not None
        saved = kept_as(artifact, ArtifactId(new_id())) if is_taken else artifact
        work.material.save(saved)
        return saved
    if seen is not None and seen != before.version:
        raise Conflict("Somebody else changed this meanwhile. Look at what it is now, and try again.")
    after = in_place_of(artifact, before, find_units(work, before, list_removed(before)))
    if after.units == before.units:
        work.material.save(after)
        return after
    by_id = request.person.id if request.person else None
    return keep(work, before, after, Act(Change.REMADE, artifact.created_at, by_id))


def in_place_of(artifact: Artifact, before: Artifact, removed: Sequence[Unit]) -> Artifact:
    """Put what was made anew around what people keep of the one before, under its id."""
    kept = kept_of(before, removed)
    units = merged(kept, artifact.units, artifact.kind)
    makers = {unit.id: provenance_of(before, unit.id) for unit in kept.units}
    hands = with_makers([replace(hand, maker=None) for hand in before.hands], makers, artifact.provenance)
    return _finished(replace(artifact, id=before.id, units=units, hands=_known(hands), version=before.version))


def with_makers(hands: Sequence[Hand], makers: Mapping[UnitId, Provenance], whole: Provenance) -> tuple[Hand, ...]:
    """Give hands that say what made these units, where that is not what made the whole; a note alone does not count."""
    by_id = {hand.unit_id: hand for hand in hands}
    for unit_id, maker in makers.items():
        other = None if replace(maker, note="") == replace(whole, note="") else maker
        by_id[unit_id] = replace(by_id.get(unit_id, Hand(unit_id)), maker=other)
    return tuple(by_id.values())


def find_units(work: UnitOfWork, artifact: Artifact, unit_ids: Collection[UnitId]) -> list[Unit]:
    """Give units as the newest version that has them had them; those of no version are left out."""
    found: dict[UnitId, Unit] = {}
    for version in work.hands.list_versions(artifact.id) if unit_ids else ():
        for unit in version.units:
            if unit.id in unit_ids:
                found.setdefault(unit.id, unit)
    return [found[unit_id] for unit_id in unit_ids if unit_id in found]


def with_units(
    artifact: Artifact, units: Sequence[Unit], hands: Sequence[Hand], provenance: Provenance | None = None
) -> Artifact:
    """Give a study aid with what a person made of its units, or had made (then with who made it).

    An easier version that is not as a teacher approved it is a draft again.
    """
    is_draft = artifact.kind is Kind.LESSON_VARIANT and tuple(units) != artifact.units
    status = ArtifactStatus.DRAFT if is_draft else artifact.status
    made_by = provenance or artifact.provenance
    return _finished(replace(artifact, units=tuple(units), hands=_known(hands), status=status, provenance=made_by))


def _known(hands: Sequence[Hand]) -> tuple[Hand, ...]:
    return tuple(hand for hand in hands if hand != Hand(hand.unit_id))


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
        from generators.mapping.concept_graph import draw

        return replace(artifact, drawing=draw(artifact.units, artifact.title) if artifact.units else "")
    if artifact.kind is Kind.LESSON_VARIANT:
        return replace(artifact, levels=measure_again(artifact))
    return artifact

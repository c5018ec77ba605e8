"""Makes a study aid and keeps it: the pipeline's outcome, finished for its readers and saved."""

from dataclasses import replace

from domain.ids import ArtifactId, UnitId
from domain.material import Artifact, ArtifactStatus, Claim, Kind, VariantSentence
from domain.outcomes import Outcome, Served
from generators.kinds.contract import Request
from generators.kinds.lesson_variant import measure_again
from generators.kinds.registry import KINDS
from generators.pipeline import Tools, generate


def make(request: Request, tools: Tools) -> Outcome:
    """Generate and, when it is served, keep it in the place of the one before."""
    outcome = generate(request, KINDS[request.kind], tools)
    if not isinstance(outcome, Served):
        return outcome
    served = replace(outcome, artifact=_finished(outcome.artifact))
    with tools.store(request.scope) as work:
        work.material.save(served.artifact)
        work.commit()
    return served


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

"""Makes a study aid and keeps it: the pipeline's outcome, finished for its readers and saved."""

from dataclasses import replace

from domain.material import Artifact, Kind
from domain.outcomes import Outcome, Served
from generators.kinds.contract import Request
from generators.kinds.lesson_variant import measure
from generators.kinds.registry import KINDS
from generators.pipeline import Tools, generate


def make(request: Request, tools: Tools) -> Outcome:
    """Generate and, when it is served, keep it in the place of the one before."""
    outcome = generate(request, KINDS[request.kind], tools)
    if not isinstance(outcome, Served):
        return outcome
    artifact = finish(outcome.artifact)
    with tools.store() as work:
        work.material.save(artifact)
        work.commit()
    return replace(outcome, artifact=artifact)


def finish(artifact: Artifact) -> Artifact:
    """Add what is worked out from the units that were kept: a map's drawing, a variant's measured levels."""
    if artifact.kind is Kind.CONCEPT_MAP:
        from generators.concept_graph import draw

        return replace(artifact, drawing=draw(artifact.units, artifact.title))
    if artifact.kind is Kind.LESSON_VARIANT:
        return replace(artifact, levels=measure(artifact.units))
    return artifact

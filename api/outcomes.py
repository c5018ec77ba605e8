"""From outcomes, artifacts and passages to their bodies, leaving out what a learner may not know yet."""

from typing import TYPE_CHECKING, assert_never

from api.aids import ArtifactBody, EscalatedBody, OutcomeBody, RefusedBody, ServedBody, SpanBody
from api.schemas import PassageBody
from domain.errors import NotFound
from domain.material import Artifact, Kind
from domain.outcomes import Escalated, Outcome, Refused, Served

if TYPE_CHECKING:
    from generators.retrieval import Passage

AnyOutcome = OutcomeBody


def artifact_body(artifact: Artifact) -> ArtifactBody:
    """Show a study aid. Hint ladders stay with the tutor, who gives them rung by rung."""
    if artifact.kind is Kind.HINTS:
        raise NotFound("There is no such study aid.")
    return ArtifactBody.model_validate(artifact)


def outcome_body(outcome: Outcome) -> ServedBody | RefusedBody | EscalatedBody:
    """Show what a request ended in. Whoever is worried about hears nothing of the case."""
    match outcome:
        case Served():
            return ServedBody(artifact=artifact_body(outcome.artifact))
        case Refused():
            return RefusedBody(reason=outcome.reason, message=outcome.message)
        case Escalated():
            return EscalatedBody(message=outcome.message)
        case _:
            assert_never(outcome)


def passage_body(passage: "Passage") -> PassageBody:
    """Show a passage that was found."""
    return PassageBody(
        document_id=passage.document.id,
        title=passage.document.title,
        section=passage.chunk.section,
        section_title=passage.section.title,
        span=SpanBody.model_validate(passage.chunk.span),
        text=passage.chunk.text,
        score=passage.score,
    )

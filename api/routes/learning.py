"""Answers to quiz items, graded."""

from fastapi import APIRouter, Depends

from api.aids import ClaimBody, EscalatedBody
from api.deps import Learner, TheServices
from api.hearing import HeardInPlace
from api.problems import problems
from api.schemas import AttemptBody, GradedBody, GradedOutcomeBody
from api.wishes import AnswerWish
from domain.ids import ArtifactId, UnitId
from domain.outcomes import Escalated
from learning.grading import mistake_of


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter(tags=["learning"])
    router.post(
        "/questions/{question_id}/attempts",
        status_code=201,
        summary="Answer a quiz item",
        responses=problems(404),
        response_model=GradedOutcomeBody,
        dependencies=[Depends(HeardInPlace("answer"))],
    )(answer)
    router.get("/artifacts/{artifact_id}/attempts", summary="My answers to a quiz", responses=problems(404))(
        list_attempts
    )
    return router


def answer(question_id: str, wish: AnswerWish, visitor: Learner, services: TheServices) -> GradedBody | EscalatedBody:
    """Grade an answer; the source is shown with it."""
    result = services.learning.answer(visitor.person, UnitId(question_id), wish.answer)
    if isinstance(result, Escalated):
        return EscalatedBody(message=result.message)
    question = result.question
    return GradedBody(
        attempt=AttemptBody.model_validate(result.attempt),
        answer=question.answer,
        claim=ClaimBody.model_validate(question.claim),
        parts=[ClaimBody.model_validate(part) for part in question.parts],
        marks=list(result.assessment.marks),
        key_points=list(question.key_points),
        sequence=list(question.sequence),
        mistake=mistake_of(question, result.attempt.answer),
    )


def list_attempts(artifact_id: str, visitor: Learner, services: TheServices) -> list[AttemptBody]:
    """List the person's own answers, oldest first."""
    quiz = services.material.load(visitor.person, ArtifactId(artifact_id))
    found = services.learning.attempts(visitor.person, quiz.id)
    return [AttemptBody.model_validate(attempt) for attempt in found]

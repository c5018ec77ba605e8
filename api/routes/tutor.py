"""Hints, one at a time, and the explanation that opens after an attempt."""

from typing import TYPE_CHECKING

from fastapi import APIRouter, Depends

from api.aids import CitationBody, ClaimBody
from api.deps import Learner, TheServices
from api.hearing import HeardInPlace
from api.outcomes import outcome_body
from api.problems import problems
from api.schemas import HintBody
from api.wishes import AskWish, HintWish
from domain.ids import DocumentId, UnitId

if TYPE_CHECKING:
    from generators.tutor import HintView


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter(tags=["tutor"])
    one = "/questions/{question_id}"
    router.post(
        one + "/hint",
        summary="Give me a hint",
        responses=problems(404),
        dependencies=[Depends(HeardInPlace("text"))],
    )(next_hint)
    router.get(one + "/explanation", summary="Show me why", responses=problems(403, 404))(explain)
    router.post(
        "/documents/{document_id}/hint",
        summary="A hint for my own question",
        responses=problems(404),
        dependencies=[Depends(HeardInPlace("question"))],
    )(ask_hint)
    return router


def next_hint(question_id: str, wish: HintWish, visitor: Learner, services: TheServices) -> HintBody:
    """Give the next hint of the ladder; the service keeps the place, and no request skips a rung."""
    return _hint_body(services.tutor.next_hint(visitor.person, UnitId(question_id), text=wish.text))


def explain(question_id: str, visitor: Learner, services: TheServices) -> ClaimBody:
    """Show the cited statement behind the right answer; it opens after an attempt."""
    return ClaimBody.model_validate(services.tutor.explanation(visitor.person, UnitId(question_id)))


def ask_hint(document_id: str, wish: AskWish, visitor: Learner, services: TheServices) -> HintBody:
    """Give a hint for the person's own question about a reading."""
    return _hint_body(services.tutor.ask_hint(visitor.person, DocumentId(document_id), wish.question))


def _hint_body(hint: "HintView") -> HintBody:
    return HintBody(
        question_id=hint.question_id,
        rung=hint.rung,
        of=hint.of,
        text=hint.text,
        citations=[CitationBody.model_validate(citation) for citation in hint.citations],
        is_last=hint.is_last,
        outcome=outcome_body(hint.outcome) if hint.outcome else None,
    )

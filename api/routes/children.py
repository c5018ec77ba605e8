"""What guardians see of their own children. Anybody else's child is NotFound, like one that does not exist."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.deps import ChildsGuardian, TheServices
from api.family import ChildLineBody, FamilyReportBody
from api.problems import problems
from domain.ids import PersonId

_Language = Annotated[str, Query(max_length=20, description="Two letters; without words in it, the school's.")]
_Term = Annotated[
    str, Query(max_length=20, description="A term's first day, such as 2026-09-01; empty for the newest.")
]


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter(prefix="/children", tags=["families"])
    one = "/{person_id}"
    router.get("", summary="List one's children", responses=problems())(list_children)
    router.get(one, summary="Show a child's progress and data use", responses=problems(404))(show_child)
    router.get(one + "/report", summary="Show the report about a term", responses=problems(404))(show_report)
    return router


def list_children(visitor: ChildsGuardian, services: TheServices) -> list[ChildLineBody]:
    """List the guardian's children with what is new and what waits. The look is noted where the child sees it."""
    return [ChildLineBody.model_validate(card) for card in services.families.cards(visitor.person)]


def show_child(
    person_id: str, visitor: ChildsGuardian, services: TheServices, language: _Language = ""
) -> FamilyReportBody:
    """Tell about everything that is kept of a child, as numbers. The look is noted where the child sees it."""
    report = services.families.progress(visitor.person, PersonId(person_id), language)
    return FamilyReportBody.model_validate(report)


def show_report(
    person_id: str, visitor: ChildsGuardian, services: TheServices, language: _Language = "", term: _Term = ""
) -> FamilyReportBody:
    """Tell about one term. The look is noted where the child sees it."""
    report = services.families.report(visitor.person, PersonId(person_id), term, language)
    return FamilyReportBody.model_validate(report)

"""The teacher's tabs: easier versions to draft, edit and approve, and the report on a reading."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from api.deps import Preparer, TheServices
from api.services import Services
from domain.errors import Invalid, NotFound
from domain.ids import ArtifactId, UnitId
from domain.material import Kind
from domain.outcomes import Refused, Verdict
from web.desk import Desk, open_desk, show_desk
from web.forms import TheForm, go_to
from web.places import Place, View


@dataclass(frozen=True, slots=True)
class SentenceAddress:
    """Which sentence of which easier version."""

    document_id: str
    artifact_id: str
    unit_id: str


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter()
    one = "/readings/{document_id}/easier"
    router.post(one)(draft)
    router.post(one + "/{artifact_id}/approve")(approve)
    router.post(one + "/{artifact_id}/{unit_id}")(edit)
    return router


def show_easier(request: Request, desk: Desk, *, refusal: str = "") -> Response:
    """Show the easier version: for the teacher to work on, for students to read."""
    template = "teacher/easier.html" if desk.is_teacher else "student/easier.html"
    return show_desk(request, desk, template, artifact=desk.aids.get(Kind.LESSON_VARIANT), refusal=refusal)


def show_report(request: Request, desk: Desk, services: Services) -> Response:
    """Show what went wrong with a reading, and how much was left out of its study aids."""
    if not desk.is_teacher:
        raise NotFound("There is nothing at this address, or it is not yours to see.")
    interactions = services.material.load_interactions(desk.visitor.person, desk.document.id)
    verdicts = [verdict for interaction in interactions for verdict in interaction.verdicts]
    dropped = sum(verdict is not Verdict.SUPPORTED for verdict in verdicts)
    return show_desk(request, desk, "teacher/report.html", dropped=dropped, checked=len(verdicts))


def draft(document_id: str, request: Request, visitor: Preparer, services: TheServices, form: TheForm) -> Response:
    """Write an easier version of a section, as a draft."""
    section = form.number("section")
    if section is None:
        raise Invalid("Choose a section first.", field="section")
    desk = open_desk(services, visitor, Place(document_id, View.EASIER, section))
    outcome = services.material.draft_variant(visitor.person, desk.document.id, section)
    if isinstance(outcome, Refused):
        return show_easier(request, desk, refusal=outcome.message)
    return go_to(desk.place.url())


def edit(
    address: Annotated[SentenceAddress, Depends()], visitor: Preparer, services: TheServices, form: TheForm
) -> Response:
    """Put the teacher's words in place of a sentence."""
    artifact_id, unit_id = ArtifactId(address.artifact_id), UnitId(address.unit_id)
    services.material.edit_variant(visitor.person, artifact_id, unit_id, form.text("text"))
    return go_to(Place(address.document_id, View.EASIER, form.number("section")).url() + f"#u{unit_id}")


def approve(document_id: str, artifact_id: str, visitor: Preparer, services: TheServices, form: TheForm) -> Response:
    """Let the class see the easier version."""
    services.material.approve_variant(visitor.person, ArtifactId(artifact_id))
    return go_to(Place(document_id, View.EASIER, form.number("section")).url())

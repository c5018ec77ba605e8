"""The teacher's tabs: easier versions to draft, edit and approve, and the report on a reading."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from api.deps import Preparer, TheServices, Visitor
from api.hearing import HeardInPlace
from api.services import Services
from domain.errors import Invalid, NotFound
from domain.ids import ArtifactId
from domain.material import Artifact, Kind
from domain.outcomes import Refused, Verdict
from generators.hands.changing import Spot
from web.desk import Desk, open_desk, show_desk
from web.forms import Posted, TheForm, go_to
from web.oddities import list_oddities
from web.places import Place, View


@dataclass(frozen=True, slots=True)
class VersionAddress:
    """Which easier version of which reading."""

    document_id: str
    artifact_id: str


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What a teacher wrote for a sentence, and why it was not saved."""

    text: str
    problem: str


_ALL_SAVED: Mapping[str, Unsaved] = MappingProxyType({})


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter()
    one = "/readings/{document_id}/easier"
    router.post(one)(draft)
    router.post(one + "/{artifact_id}", dependencies=[Depends(HeardInPlace("t."))])(save)
    router.post(one + "/{artifact_id}/withdraw")(withdraw)
    return router


def show_easier(
    request: Request,
    desk: Desk,
    services: Services,
    *,
    refusal: str = "",
    unsaved: Mapping[str, Unsaved] = _ALL_SAVED,
) -> Response:
    """Show the easier version: for the teacher to work on, for students to read."""
    artifact = desk.aids.get(Kind.LESSON_VARIANT)
    if not desk.is_teacher:
        return show_desk(request, desk, "student/easier.html", artifact=artifact)
    return show_desk(
        request,
        desk,
        "teacher/easier.html",
        artifact=artifact,
        left_out=services.material.count_left_out(desk.visitor.person, artifact.id) if artifact else (0, 0),
        refusal=refusal,
        unsaved=unsaved,
        note="Some sentences were not saved. The reasons stand with them." if unsaved else "",
        status=422 if unsaved else 200,
    )


def show_report(request: Request, desk: Desk, services: Services) -> Response:
    """Show what went wrong with a reading, and how much was left out of its study aids."""
    if not desk.is_teacher:
        raise NotFound("There is nothing at this address, or it is not yours to see.")
    interactions = services.material.load_interactions(desk.visitor.person, desk.document.id)
    verdicts = [verdict for interaction in interactions for verdict in interaction.verdicts]
    dropped = sum(verdict is not Verdict.SUPPORTED for verdict in verdicts)
    oddities = list_oddities(
        desk.document, services.documents.list_odd_pages(desk.visitor.person, desk.document.id), services.signs
    )
    return show_desk(request, desk, "teacher/report.html", dropped=dropped, checked=len(verdicts), oddities=oddities)


def draft(document_id: str, request: Request, visitor: Preparer, services: TheServices, form: TheForm) -> Response:
    """Write an easier version of a section, as a draft."""
    section = form.number("section")
    if section is None:
        raise Invalid("Choose a section first.", field="section")
    desk = open_desk(services, visitor, Place(document_id, View.EASIER, section))
    outcome = services.material.draft_variant(visitor.person, desk.document.id, section)
    if isinstance(outcome, Refused):
        return show_easier(request, desk, services, refusal=outcome.message)
    return go_to(desk.place.url())


def save(
    address: Annotated[VersionAddress, Depends()],
    request: Request,
    visitor: Preparer,
    services: TheServices,
    form: TheForm,
) -> Response:
    """Put the teacher's words in the place of each sentence that was changed, and approve the version if asked to.

    Nothing is approved while something could not be saved.
    """
    artifact = services.material.load(visitor.person, ArtifactId(address.artifact_id))
    place = Place(address.document_id, View.EASIER, form.number("section"))
    unsaved = _save_changes(services, visitor, artifact, form)
    if unsaved:
        return show_easier(request, open_desk(services, visitor, place), services, unsaved=unsaved)
    if form.text("approve"):
        services.material.approve_variant(visitor.person, artifact.id)
    return go_to(place.url() + "#sheet")


def withdraw(document_id: str, artifact_id: str, visitor: Preparer, services: TheServices, form: TheForm) -> Response:
    """Take the easier version back from the class."""
    services.material.withdraw_variant(visitor.person, ArtifactId(artifact_id))
    return go_to(Place(document_id, View.EASIER, form.number("section")).url())


def _save_changes(services: Services, visitor: Visitor, artifact: Artifact, form: Posted) -> dict[str, Unsaved]:
    """Save each sentence whose words were changed; give those that could not be, with the reasons."""
    unsaved: dict[str, Unsaved] = {}
    for unit in artifact.units:
        text = form.values.get(f"t.{unit.id}", unit.claim.text)
        if text.split() == unit.claim.text.split():
            continue
        try:
            services.hands.edit(visitor.person, Spot(artifact.id, unit.id), {"text": text})
        except Invalid as error:
            unsaved[unit.id] = Unsaved(text, error.message)
    return unsaved

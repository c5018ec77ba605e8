"""What people do to study aids on pages: reword, keep, take out, bring back, replace and rate parts; their versions."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from api.deps import Editor, Rater, Reviewer, TheServices, Visitor
from api.hearing import Heard, HeardInPlace
from api.routes.hands import Number
from api.services import Services
from domain.errors import Conflict, Invalid, NotFound
from domain.hands import RatingReason
from domain.ids import ArtifactId, UnitId
from domain.material import Artifact, Kind
from domain.outcomes import Escalated, Refused, Served
from generators.hands.changing import Spot, find_unit
from generators.hands.history import Difference, read_for, read_unit
from generators.hands.ratings import Opinion
from generators.hands.unit_fields import fields_of, read_field
from web.desk import Desk, open_desk, show_desk
from web.forms import Posted, TheForm, go_to
from web.hand_words import CHANGES, NAMES, REASONS
from web.places import Place, View, Where
from web.student import place_of

_DIFFERENCES = {
    Difference.ADDED: "Added",
    Difference.GONE: "Taken out",
    Difference.REWORDED: "Changed",
    Difference.PINNED: "Kept for good",
    Difference.UNPINNED: "No longer kept for good",
}
_SAME = "The same words give the same study aid, so nothing has changed. Take parts out, or have another made of one."
_MOST_CHANGES = 30
"""Changes of a version that are shown one by one."""


@dataclass(frozen=True, slots=True)
class AidAddress:
    """Which study aid of which reading."""

    document_id: str
    artifact_id: str


@dataclass(frozen=True, slots=True)
class UnitAddress:
    """Which part of which study aid."""

    document_id: str
    artifact_id: str
    unit_id: str


TheAid = Annotated[AidAddress, Depends()]
TheUnit = Annotated[UnitAddress, Depends()]


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter(prefix="/readings/{document_id}/aids/{artifact_id}")
    router.get("/units/{unit_id}")(show_unit)
    router.post("/units/{unit_id}")(act)
    router.post("/units/{unit_id}/words", dependencies=[Depends(HeardInPlace("f."))])(edit)
    router.post("/units/{unit_id}/rating")(rate)
    router.post("/anew")(remake)
    router.get("/versions")(show_versions)
    router.post("/versions/{number}")(bring_back)
    router.get("/ratings")(show_ratings)
    return router


def show_unit(
    address: TheUnit, request: Request, visitor: Editor, services: TheServices, where: Annotated[Where, Query()]
) -> Response:
    """Show the words of a part, to be changed."""
    place = where.place(address.document_id)
    artifact = services.hands.load(visitor.person, _spot(address))
    desk = open_desk(services, visitor, place)
    if _is_open(services, desk, artifact, address):
        return _show_unit(request, desk, artifact, address, batch=where.batch)
    return _show_question_first(request, desk, address)


def edit(address: TheUnit, request: Request, visitor: Editor, services: TheServices, form: TheForm) -> Response:
    """Put a person's words in a part; where they cannot be taken, the page shows them again with the reason."""
    words = {name.removeprefix("f."): text for name, text in form.values.items() if name.startswith("f.")}
    try:
        edited = services.hands.edit(visitor.person, _spot(address, form), words)
    except (Invalid, Conflict) as error:
        artifact = services.hands.load(visitor.person, _spot(address))
        desk = open_desk(services, visitor, place_of(address.document_id, form))
        batch = form.number("batch") or 0
        if not _is_open(services, desk, artifact, address):
            return _show_question_first(request, desk, address)
        return _show_unit(request, desk, artifact, address, batch=batch, typed=words, error=error)
    if isinstance(edited, Escalated):
        raise Heard(edited.message)
    return go_to(_back(address, form))


def act(address: TheUnit, request: Request, visitor: Editor, services: TheServices, form: TheForm) -> Response:
    """Keep a part for good or no longer, take it out, bring it back, or have another made in its place."""
    try:
        changed = services.hands.do(visitor.person, _spot(address, form), form.text("act"))
    except Conflict as error:
        if error.code != "nothing_else":
            raise
        desk = open_desk(services, visitor, place_of(address.document_id, form))
        return show_desk(
            request, desk, "aids/unchanged.html", status=409, note=error.message, back=_back(address, form)
        )
    if form.text("to") == "versions":
        return go_to(_versions_url(address.document_id, address.artifact_id, form))
    is_there = any(unit.id == address.unit_id for unit in changed.units)
    return go_to(_back(address, form) if is_there else _place(address.document_id, form) + "#sheet")


def _why(form: Posted, *, is_good: bool) -> RatingReason:
    """Give the reason that was chosen; without one, or with one that says the opposite, none in particular."""
    if not form.text("why"):
        return RatingReason.HELPS if is_good else RatingReason.OTHER
    chosen = RatingReason(form.text("why"))
    return RatingReason.OTHER if chosen is RatingReason.HELPS and not is_good else chosen


def rate(address: TheUnit, visitor: Rater, services: TheServices, form: TheForm) -> Response:
    """Keep what the reader thinks of a part, or take it back."""
    choice = form.text("is_good")
    if not choice:
        services.hands.ratings.take_back(visitor.person, _spot(address))
        return go_to(_back(address, form))
    if choice not in {"yes", "no"} or form.text("why") not in {"", *RatingReason}:
        raise Invalid("Choose good or not good.", field="is_good")
    opinion = Opinion(choice == "yes", _why(form, is_good=choice == "yes"), form.text("reason"))
    services.hands.ratings.rate(visitor.person, _spot(address), opinion)
    return go_to(_back(address, form))


def remake(address: TheAid, request: Request, visitor: Editor, services: TheServices, form: TheForm) -> Response:
    """Make all anew but what people keep."""
    spot = Spot(ArtifactId(address.artifact_id), seen=form.number("seen"))
    outcome = services.hands.remake_rest(visitor.person, spot)
    back = _place(address.document_id, form) + "#sheet"
    note = outcome.message if isinstance(outcome, Refused) else ""
    if isinstance(outcome, Served) and outcome.artifact.version == spot.seen:
        note = _SAME
    if note:
        desk = open_desk(services, visitor, place_of(address.document_id, form))
        return show_desk(request, desk, "aids/unchanged.html", note=note, back=back)
    return go_to(back)


def show_versions(
    address: TheAid, request: Request, visitor: Editor, services: TheServices, where: Annotated[Where, Query()]
) -> Response:
    """Show who changed what and when, and what could be brought back."""
    history = services.hands.histories.load(visitor.person, Spot(ArtifactId(address.artifact_id)))
    desk = _desk_of(services, visitor, where.place(address.document_id), history.artifact)
    return show_desk(
        request,
        desk,
        "aids/versions.html",
        artifact=history.artifact,
        history=history,
        changes=CHANGES,
        differences=_DIFFERENCES,
        most=_MOST_CHANGES,
        read_unit=partial(read_for, visitor.person),
    )


def bring_back(address: TheAid, number: Number, visitor: Editor, services: TheServices, form: TheForm) -> Response:
    """Make a version the newest one."""
    spot = Spot(ArtifactId(address.artifact_id), seen=form.number("seen"))
    services.hands.histories.bring_back(visitor.person, spot, number)
    return go_to(_versions_url(address.document_id, address.artifact_id, form))


def show_ratings(
    address: TheAid, request: Request, visitor: Reviewer, services: TheServices, where: Annotated[Where, Query()]
) -> Response:
    """Show what readers found wrong, the worst first; nobody is named."""
    artifact, found = services.hands.ratings.load(visitor.person, ArtifactId(address.artifact_id))
    desk = _desk_of(services, visitor, where.place(address.document_id), artifact)
    return show_desk(
        request, desk, "aids/ratings.html", artifact=artifact, found=found, reasons=REASONS, read_unit=read_unit
    )


def _is_open(services: Services, desk: Desk, artifact: Artifact, address: UnitAddress) -> bool:
    """Whether the reader may see all of a part: students see a question's answer once they have tried it."""
    if desk.is_teacher or artifact.kind is not Kind.QUIZ:
        return True
    attempts = services.learning.attempts(desk.visitor.person, artifact.id)
    return any(attempt.question_id == address.unit_id for attempt in attempts)


def _show_question_first(request: Request, desk: Desk, address: UnitAddress) -> Response:
    at_quiz = replace(desk.place, view=View.QUIZ).url()
    return show_desk(request, desk, "aids/answer_first.html", status=403, question=f"{at_quiz}#u{address.unit_id}")


# what is shown besides the page's own is named
def _show_unit(  # noqa: PLR0913
    request: Request,
    desk: Desk,
    artifact: Artifact,
    address: UnitAddress,
    *,
    batch: int,
    typed: Mapping[str, str] | None = None,
    error: Invalid | Conflict | None = None,
) -> Response:
    _check_place(desk, artifact)
    unit = find_unit(artifact, UnitId(address.unit_id))
    fields = fields_of(unit)
    if not fields:
        raise NotFound("These are not words that can be changed.")
    return show_desk(
        request,
        desk,
        "aids/unit.html",
        status=200 if error is None else 409 if isinstance(error, Conflict) else 422,
        artifact=artifact,
        unit=unit,
        batch=batch,
        fields=[(field, (typed or {}).get(field.name, read_field(unit, field.name))) for field in fields],
        now={field.label: read_field(unit, field.name) for field in fields} if isinstance(error, Conflict) else {},
        name=NAMES.get(unit.unit, "part"),
        problem=error.message if error else "",
        wrong=error.field if isinstance(error, Invalid) else "",
    )


def _desk_of(services: Services, visitor: Visitor, place: Place, artifact: Artifact) -> Desk:
    desk = open_desk(services, visitor, place)
    _check_place(desk, artifact)
    return desk


def _check_place(desk: Desk, artifact: Artifact) -> None:
    if artifact.document_id != desk.document.id:
        raise NotFound("There is no such study aid in this reading.")


def _spot(address: UnitAddress, form: Posted | None = None) -> Spot:
    seen = form.number("seen") if form else None
    return Spot(ArtifactId(address.artifact_id), UnitId(address.unit_id), seen)


def _place(document_id: str, form: Posted) -> str:
    return place_of(document_id, form).url(batch=form.number("batch"))


def _back(address: UnitAddress, form: Posted) -> str:
    return f"{_place(address.document_id, form)}#u{address.unit_id}"


def _versions_url(document_id: str, artifact_id: str, form: Posted) -> str:
    place = place_of(document_id, form)
    return f"{place.action('aids', artifact_id, 'versions')}?{place.query()}"

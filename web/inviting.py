"""Making invitations, and printing them as slips."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from accounts.invitation_rules import Whom
from accounts.invitations import MOST_AT_ONCE
from accounts.policy import Action, allows
from api.deps import ClassManager, PeopleManager, TheServices, Visitor
from api.services import Services
from domain.errors import Invalid
from domain.ids import ClassId, InvitationId, PersonId
from domain.people import Invitation, Person, Role
from web.forms import Posted, TheForm, go_to
from web.school import role_of
from web.templating import pages_of

_MOST_LINES = 200
_FOR_OFFICE = (Role.TEACHER, Role.STUDENT, Role.COUNSELLOR, Role.ADMINISTRATOR)
"""Guardians are invited for a child, from the child's page or for a whole class."""


@dataclass(frozen=True, slots=True)
class Slip:
    """One link on paper: whom it is for, what it is good for, until when."""

    heading: str
    sentence: str
    place: str
    token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """An open invitation in the list."""

    id: str
    whom: str
    classes: str
    made_at: datetime
    expires_at: datetime


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter(prefix="/school/invitations")
    router.get("")(show_invitations)
    router.post("")(invite)
    router.post("/person")(invite_person)
    router.post("/guardian")(invite_guardian)
    router.post("/class")(invite_class)
    router.post("/staff")(invite_staff)
    router.post("/{invitation_id}/withdraw")(withdraw)
    return router


def show_invitations(
    request: Request,
    visitor: ClassManager,
    services: TheServices,
    role: Annotated[str, Query(max_length=40)] = "",
    class_id: Annotated[str, Query(alias="class", max_length=40)] = "",
) -> Response:
    """List open invitations, and offer to make more."""
    return _show_list(request, visitor, services, chosen={"role": role, "class_id": class_id})


def invite(request: Request, visitor: ClassManager, services: TheServices, form: TheForm) -> Response:
    """Make links for people who are not here yet, one for each."""
    class_id = form.text("class_id")
    classes = [ClassId(class_id)] if class_id else []
    try:
        role, count = role_of(form), _count_of(form)
        made = [services.invitations.invite(visitor.person, role, class_ids=classes) for _ in range(count)]
    except Invalid as error:
        return _show_list(request, visitor, services, chosen=form.values, problem=error)
    return show_slips(request, services, visitor, [(None, *one) for one in made])


def invite_person(request: Request, visitor: ClassManager, services: TheServices, form: TheForm) -> Response:
    """Make a link for somebody who has an account: a first or a new password."""
    made = services.invitations.invite_again(visitor.person, PersonId(form.text("person_id")))
    return show_slips(request, services, visitor, [made])


def invite_guardian(request: Request, visitor: ClassManager, services: TheServices, form: TheForm) -> Response:
    """Make a link for a guardian of a student."""
    made = services.invitations.invite_guardian(visitor.person, PersonId(form.text("child_id")))
    return show_slips(request, services, visitor, [made])


def invite_class(request: Request, visitor: ClassManager, services: TheServices, form: TheForm) -> Response:
    """Make links for the members of a class who cannot sign in yet, or for its families."""
    class_id = ClassId(form.text("class_id"))
    invitations = services.invitations
    make = invitations.invite_families if form.text("whom") == "families" else invitations.invite_members
    return show_slips(request, services, visitor, make(visitor.person, class_id))


def invite_staff(request: Request, visitor: PeopleManager, services: TheServices, _form: TheForm) -> Response:
    """Make links for staff who cannot sign in yet."""
    return show_slips(request, services, visitor, services.invitations.invite_staff(visitor.person))


def withdraw(invitation_id: str, visitor: ClassManager, services: TheServices, _form: TheForm) -> Response:
    """Take a link back."""
    services.invitations.withdraw(visitor.person, InvitationId(invitation_id))
    return go_to("/school/invitations")


def show_slips(
    request: Request,
    services: Services,
    visitor: Visitor,
    made: Sequence[tuple[Person | None, Invitation, str]],
) -> Response:
    """Show links as slips to print and cut. They are shown once: nobody can look them up again."""
    school = services.office.load_school(visitor.person)
    is_office = allows(visitor.person, Action.MANAGE_PEOPLE)
    named = services.invitations.whom([one for _, one, _ in made])
    slips = [
        Slip(
            heading=person.name if person else f"For a {one.role.value}",
            sentence=_sentence(one, person, whom),
            place=f"{request.base_url}invitations/",
            token=token,
            expires_at=one.expires_at,
        )
        for (person, one, token), whom in zip(made, named, strict=True)
    ]
    response = pages_of(request).show(request, "office/slips.html", slips=slips, school=school, is_office=is_office)
    response.headers["Cache-Control"] = "no-store"
    return response


def _count_of(form: Posted) -> int:
    count = form.number("count") or 1
    if not 1 <= count <= MOST_AT_ONCE:
        raise Invalid(f"Make 1 to {MOST_AT_ONCE} links at a time.", field="count")
    return count


def _sentence(invitation: Invitation, person: Person | None, whom: Whom) -> str:
    if invitation.role is Role.GUARDIAN and invitation.ward_ids and person is not None:
        return f"For a parent or guardian of {person.name}: see how it goes, and decide how the data is used."
    if invitation.role is Role.GUARDIAN and whom.children:
        return (
            f"For a parent or guardian of {', '.join(whom.children)}. Choose your password here. Then you can sign in."
        )
    if person is not None:
        return "Choose your password here. Then you can sign in."
    return "Make your account here. The link works once."


def _words(invitation: Invitation, whom: Whom) -> str:
    """Say whom an open link is for, so that a lost one is found and taken back."""
    if whom.name:
        return f"{whom.name} ({invitation.role.value})"
    if whom.children:
        return f"a guardian of {', '.join(whom.children)}"
    return f"a new {invitation.role.value}"


def _show_list(
    request: Request,
    visitor: Visitor,
    services: Services,
    *,
    chosen: Mapping[str, str],
    problem: Invalid | None = None,
) -> Response:
    is_office = allows(visitor.person, Action.MANAGE_PEOPLE)
    classes = services.classes.list_for(visitor.person)
    names = {one.id: one.name for one in classes}
    every = services.invitations.list_for(visitor.person)
    opened = every[:_MOST_LINES]
    return pages_of(request).show(
        request,
        "office/invitations.html",
        status=422 if problem else 200,
        lines=[
            Line(
                one.id,
                _words(one, whom),
                ", ".join(names.get(class_id, "") for class_id in one.class_ids),
                one.created_at,
                one.expires_at,
            )
            for one, whom in zip(opened, services.invitations.whom(opened), strict=True)
        ],
        total=len(every),
        roles=_FOR_OFFICE if is_office else (Role.STUDENT,),
        is_office=is_office,
        classes=classes,
        role=chosen.get("role", ""),
        class_id=chosen.get("class_id", ""),
        most=MOST_AT_ONCE,
        problem=problem,
    )

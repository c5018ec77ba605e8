"""One-time links by which people get their account."""

from datetime import date

from fastapi import APIRouter, Request, Response

from accounts.invitations import Reply
from api.deps import Anybody, ClassManager, TheServices
from api.office import AcceptanceWish, InvitationBody, InvitationWish, NewInvitationBody
from api.problems import problems
from api.schemas import PersonBody, SessionBody
from api.signing_in import welcome
from domain.ids import ClassId, InvitationId, PersonId


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter(prefix="/invitations", tags=["invitations"])
    router.get("", summary="List open invitations", responses=problems())(list_open)
    router.post("", status_code=201, summary="Invite somebody", responses=problems(404))(invite)
    router.delete("/{invitation_id}", status_code=204, summary="Take an invitation back", responses=problems(404))(
        withdraw
    )
    router.post(
        "/acceptance",
        status_code=201,
        summary="Use an invitation",
        responses=problems(404, 409),
        # the empty choice: whoever was invited has no account yet
        openapi_extra={"security": [{}]},
    )(accept)
    return router


def list_open(visitor: ClassManager, services: TheServices) -> list[InvitationBody]:
    """List the invitations that nobody has used: the school's, or those that a teacher made."""
    return [InvitationBody.model_validate(one) for one in services.invitations.list_for(visitor.person)]


def invite(wish: InvitationWish, visitor: ClassManager, services: TheServices) -> NewInvitationBody:
    """Make a one-time link. Teachers invite students into own classes; families are invited by the office."""
    invitation, token = services.invitations.invite(
        visitor.person,
        wish.role,
        class_ids=[ClassId(one) for one in wish.class_ids],
        ward_ids=[PersonId(one) for one in wish.ward_ids],
        person_id=PersonId(wish.person_id) if wish.person_id else None,
    )
    return NewInvitationBody(invitation=InvitationBody.model_validate(invitation), token=token)


def withdraw(invitation_id: str, visitor: ClassManager, services: TheServices) -> None:
    """Take an invitation back; its link does not work any more."""
    services.invitations.withdraw(visitor.person, InvitationId(invitation_id))


def accept(
    wish: AcceptanceWish, request: Request, response: Response, services: TheServices, _visitor: Anybody
) -> SessionBody:
    """Make the account, or give it its password, and sign in: as a cookie, and as a token for programs."""
    reply = Reply(
        name=wish.name,
        email=wish.email,
        password=wish.password,
        born=date(wish.born_year, wish.born_month, 1) if wish.born_year and wish.born_month else None,
        device=request.headers.get("user-agent", ""),
    )
    session = services.invitations.accept(wish.token, reply)
    welcome(response, request, services, session.token, account=session.person.email)
    return SessionBody(person=PersonBody.model_validate(session.person), token=session.token)

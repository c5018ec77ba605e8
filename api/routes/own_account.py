"""One's own sessions and password."""

from fastapi import APIRouter, Request, Response

from accounts.sessions import name_of, to_hash
from accounts.tries import Kind
from api.deps import Member, TheServices
from api.office import OwnSessionBody, PasswordWish
from api.problems import problems
from api.schemas import PersonBody, SessionBody
from api.signing_in import client_address, known_device, welcome


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter(prefix="/me", tags=["people"])
    router.get("/sessions", summary="Where I am signed in", responses=problems())(list_sessions)
    router.delete("/sessions/{name}", status_code=204, summary="End one of my sessions", responses=problems(404))(
        end_session
    )
    router.put("/password", summary="Change my password", responses=problems(409, 429))(change_password)
    return router


def list_sessions(visitor: Member, services: TheServices) -> list[OwnSessionBody]:
    """List one's own sessions, newest first."""
    here = to_hash(visitor.token)
    return [
        OwnSessionBody(
            name=name_of(one),
            device=one.device,
            created_at=one.created_at,
            expires_at=one.expires_at,
            is_this=one.token_hash == here,
        )
        for one in services.accounts.list_sessions(visitor.person)
    ]


def end_session(name: str, visitor: Member, services: TheServices) -> None:
    """End one of one's own sessions."""
    services.accounts.end_session(visitor.person, name)


def change_password(
    wish: PasswordWish, request: Request, response: Response, visitor: Member, services: TheServices
) -> SessionBody:
    """Change the password; every session ends, and a new one is given."""
    person = visitor.person
    device = known_device(request, services, person.email)
    with services.tries.trying(Kind.PASSWORD, person.email, client_address(request), device=device):
        program = request.headers.get("user-agent", "")
        session = services.accounts.change_password(person, wish.old, wish.new, device=program)
    welcome(response, request, services, session.token, account=person.email)
    return SessionBody(person=PersonBody.model_validate(session.person), token=session.token)

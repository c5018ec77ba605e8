"""Sign in, sign out, who am I."""

from fastapi import APIRouter, Request, Response

from api.deps import Anybody, Member, TheServices
from api.problems import problems
from api.schemas import PersonBody, SessionBody
from api.security import drop_session
from api.signing_in import sign_in as enter
from api.signing_in import welcome
from api.wishes import SignInWish


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter(tags=["people"])
    router.post(
        "/session",
        status_code=201,
        summary="Sign in",
        responses=problems(429, 503),
        # the empty choice: whoever signs in has nothing to show yet
        openapi_extra={"security": [{}]},
    )(sign_in)
    router.delete("/session", status_code=204, summary="Sign out", responses=problems())(sign_out)
    router.get("/me", summary="Who is signed in", responses=problems())(show_me)
    return router


def sign_in(
    wish: SignInWish, request: Request, response: Response, services: TheServices, _visitor: Anybody
) -> SessionBody:
    """Start a session: as a cookie, and as a token for programs."""
    session = enter(request, services, wish.email, wish.password)
    welcome(response, request, services, session.token, account=wish.email)
    return SessionBody(person=PersonBody.model_validate(session.person), token=session.token)


def sign_out(visitor: Member, services: TheServices, response: Response) -> None:
    """End the session."""
    services.accounts.sign_out(visitor.token)
    services.learning.notebooks.forget(visitor.person)
    drop_session(response)


def show_me(visitor: Member) -> PersonBody:
    """Say who is signed in."""
    return PersonBody.model_validate(visitor.person)

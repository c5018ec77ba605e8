"""The first page, signing in and out."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from accounts.policy import Action, allows
from api.deps import Anybody, Member, TheServices
from api.security import SignInLimit, drop_session, keep_session
from domain.errors import Invalid, NotSignedIn
from domain.people import Role
from web.forms import TheForm, go_to, local_path
from web.library import show_library
from web.templating import pages_of

_DOORS = (
    (Role.STUDENT, "Student", "Read, and study with summaries, cards, a map, a quiz and hints.", "Come in and study"),
    (
        Role.TEACHER,
        "Teacher",
        "Add readings, see what was left out, and prepare easier versions.",
        "Come in and prepare",
    ),
    (Role.COUNSELLOR, "Counsellor", "Look after students who wrote something worrying.", "Come in and look after"),
)


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter()
    router.get("/")(show_first)
    router.get("/sign-in")(show_sign_in)
    router.post("/sign-in")(sign_in)
    router.post("/sign-in/demo")(sign_in_demo)
    router.post("/sign-out")(sign_out)
    return router


def show_first(request: Request, visitor: Anybody, services: TheServices) -> Response:
    """Show the library, the cases, or the way in."""
    if visitor is None:
        return _way_in(request, services)
    if allows(visitor.person, Action.READ):
        return show_library(request, visitor, services)
    if allows(visitor.person, Action.SEE_CASES):
        return go_to("/cases")
    return pages_of(request).show(request, "account/administrator.html")


def show_sign_in(
    request: Request, services: TheServices, _visitor: Anybody, after: Annotated[str, Query(alias="next")] = ""
) -> Response:
    """Show the way in; `next` is where to go afterwards."""
    return _way_in(request, services, after=after)


def sign_in(request: Request, _visitor: Anybody, services: TheServices, form: TheForm) -> Response:
    """Begin a session with an address and a password."""
    email, after = form.text("email"), form.text("next")
    limit: SignInLimit = request.app.state.sign_in_limit
    limit.spend(email, request.client.host if request.client else "")
    try:
        session = services.accounts.sign_in(email, form.values.get("password", ""))
    except NotSignedIn as error:
        return pages_of(request).show(
            request, "account/sign_in.html", status=401, problem=error.message, email=email, next=after
        )
    return _enter(request, session.token, after)


def sign_in_demo(request: Request, _visitor: Anybody, services: TheServices, form: TheForm) -> Response:
    """Go through one of the demo's doors."""
    role = form.text("role")
    if role not in set(Role):
        raise Invalid("There is no such door. Go back and choose one.", field="role")
    return _enter(request, services.accounts.sign_in_demo(Role(role)).token, form.text("next"))


def sign_out(visitor: Member, services: TheServices, _form: TheForm) -> Response:
    """End the session."""
    services.accounts.sign_out(visitor.token)
    response = go_to("/")
    drop_session(response)
    return response


def _enter(request: Request, token: str, after: str) -> Response:
    response = go_to(local_path(after))
    keep_session(response, request, token)
    return response


def _way_in(request: Request, services: TheServices, *, after: str = "") -> Response:
    pages = pages_of(request)
    if services.is_demo:
        return pages.show(request, "account/doors.html", doors=_DOORS, next=after)
    return pages.show(request, "account/sign_in.html", problem="", email="", next=after)

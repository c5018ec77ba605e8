"""The first page, signing in and out."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from accounts.policy import Action, allows
from accounts.tries import TooManyTries
from api.deps import Anybody, Member, TheServices
from api.errors import retry_after, status_of
from api.security import drop_session, keep_session
from api.services import Services
from api.signing_in import sign_in as begin_session
from api.signing_in import welcome
from domain.errors import Invalid, MargentError, NotSignedIn
from domain.people import Role
from web import setup
from web.forms import TheForm, go_to, local_path
from web.library import show_library
from web.templating import pages_of

_LANDINGS = (
    (Action.SEE_CASES, "/cases"),
    (Action.SEE_CHILD, "/children"),
    (Action.MANAGE_PEOPLE, "/school"),
    (Action.SIGN_OUT, "/account"),
)
"""Where people without readings begin."""

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
    """Show the library, or lead to the page that is about the visitor's own work, or show the way in."""
    if visitor is None:
        return show_way_in(request, services)
    if allows(visitor.person, Action.READ):
        return show_library(request, visitor, services)
    return go_to(next(page for action, page in _LANDINGS if allows(visitor.person, action)))


def show_sign_in(
    request: Request, services: TheServices, _visitor: Anybody, after: Annotated[str, Query(alias="next")] = ""
) -> Response:
    """Show the way in; `next` is where to go afterwards."""
    return show_way_in(request, services, after=after)


def sign_in(request: Request, _visitor: Anybody, services: TheServices, form: TheForm) -> Response:
    """Begin a session with an address and a password."""
    email, after = form.text("email"), form.text("next")
    try:
        session = begin_session(request, services, email, form.values.get("password", ""))
    except (NotSignedIn, TooManyTries) as error:
        return show_way_in(request, services, error, email=email, after=after)
    response = go_to(local_path(after))
    welcome(response, request, services, session.token, account=email)
    return response


def sign_in_demo(request: Request, _visitor: Anybody, services: TheServices, form: TheForm) -> Response:
    """Go through one of the demo's doors."""
    role = form.text("role")
    if role not in set(Role):
        raise Invalid("There is no such door. Go back and choose one.", field="role")
    response = go_to(local_path(form.text("next")))
    keep_session(response, request, services.accounts.sign_in_demo(Role(role)).token)
    return response


def sign_out(visitor: Member, services: TheServices, _form: TheForm) -> Response:
    """End the session."""
    services.accounts.sign_out(visitor.token)
    services.learning.notebooks.forget(visitor.person)
    response = go_to("/")
    drop_session(response)
    return response


def show_way_in(
    request: Request, services: Services, error: MargentError | None = None, *, email: str = "", after: str = ""
) -> Response:
    """Show where one comes in: the set-up, the demo's doors, or the sign-in page with what went wrong."""
    pages = pages_of(request)
    if setup.is_needed(services):
        return go_to("/setup")
    if services.is_demo:
        return pages.show(request, "account/doors.html", doors=_DOORS, next=after)
    response = pages.show(
        request,
        "account/sign_in.html",
        status=status_of(error) if error else 200,
        problem=error.message if error else "",
        is_password_wrong=error is not None and error.code == "sign_in_failed",
        school_account=services.school_accounts.name if services.school_accounts else "",
        email=email,
        next=after,
    )
    response.headers.update(retry_after(error) if error else {})
    return response

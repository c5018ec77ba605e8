"""The first page of a new installation: the school and its first administrator. Afterwards it is not there."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from accounts.countries import list_countries
from accounts.school_rules import LANGUAGES
from accounts.setup import Start
from api.deps import Anybody, TheServices
from api.services import Services
from api.signing_in import client_address, welcome
from domain.errors import Conflict, Invalid, NotFound
from web.forms import TheForm, go_to
from web.templating import pages_of

_FIELDS = ("code", "school_name", "country", "language", "name", "email")


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter()
    router.get("/setup")(show_setup)
    router.post("/setup")(establish)
    return router


def is_needed(services: Services) -> bool:
    """Whether strangers are to be led to this page."""
    return not services.is_demo and services.setup.is_needed()


def show_setup(
    request: Request, _visitor: Anybody, services: TheServices, code: Annotated[str, Query(max_length=100)] = ""
) -> Response:
    """Ask for the school and its first administrator; `code` is that of the console."""
    if not is_needed(services):
        raise NotFound("There is nothing at this address, or it is not yours to see.")
    return _show(request, typed={"code": code, "language": "en"})


def establish(request: Request, _visitor: Anybody, services: TheServices, form: TheForm) -> Response:
    """Make the school and its administrator, and sign in."""
    if not is_needed(services):
        raise NotFound("There is nothing at this address, or it is not yours to see.")
    typed = {name: form.text(name) for name in _FIELDS}
    start = Start(
        school_name=typed["school_name"],
        name=typed["name"],
        email=typed["email"],
        password=form.values.get("password", ""),
        country=typed["country"],
        language=typed["language"],
    )
    device = request.headers.get("user-agent", "")
    try:
        session = services.setup.establish(typed["code"], start, address=client_address(request), device=device)
    except (Invalid, Conflict) as error:
        return _show(request, typed=typed, problem=error)
    response = go_to("/school")
    welcome(response, request, services, session.token, account=typed["email"])
    return response


def _show(request: Request, *, typed: dict[str, str], problem: Invalid | Conflict | None = None) -> Response:
    return pages_of(request).show(
        request,
        "office/setup.html",
        status=422 if problem else 200,
        typed={name: typed.get(name, "") for name in _FIELDS},
        countries=list_countries(),
        languages=LANGUAGES,
        problem=problem,
        wrong=problem.field if isinstance(problem, Invalid) else "email",
    )

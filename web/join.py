"""Joining a class by its code, for students: with a new account, or signed in."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from accounts.codes import to_kept, to_shown
from accounts.joining import Newcomer
from accounts.logins import is_email
from api.deps import Anybody, TheServices, Visitor
from api.services import Services
from api.signing_in import client_address, welcome
from domain.errors import Conflict, Invalid, MargentError, NotAllowed, NotFound
from domain.people import ClassRoom, Role
from web.forms import Posted, TheForm, go_to
from web.templating import pages_of

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_YEARS = range(4, 31)
"""Ages in years that the form offers; whoever is older asks the office."""


@dataclass(frozen=True, slots=True)
class _Typed:
    """What somebody typed, to be shown again beside a problem; never the password."""

    code: str = ""
    name: str = ""
    login: str = ""
    month: str = ""
    year: str = ""


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter()
    router.get("/join")(show_join)
    router.post("/join")(join)
    return router


def show_join(
    request: Request, visitor: Anybody, services: TheServices, code: Annotated[str, Query(max_length=100)] = ""
) -> Response:
    """Ask for the code."""
    return _ask(request, visitor, services, typed=_Typed(code=code))


def join(request: Request, visitor: Anybody, services: TheServices, form: TheForm) -> Response:
    """Take the code; then, from a stranger, the rest."""
    typed = _typed(form)
    address = client_address(request)
    try:
        if visitor is not None:
            services.classes.join_as(visitor.person, typed.code, address=address)
            return go_to("/")
        class_room = services.classes.find_open(typed.code, address=address)
    except (NotFound, NotAllowed) as error:
        return _ask(request, visitor, services, typed=typed, problem=error)
    if "name" not in form.values:
        return _ask(request, visitor, services, typed=typed, class_room=class_room)
    try:
        newcomer = Newcomer(typed.name, typed.login, form.values.get("password", ""), _born(typed), _agent_of(request))
        session = services.classes.join(typed.code, newcomer, address=address)
    except Conflict:
        what = "e-mail address" if is_email(typed.login) else "user name"
        taken = Conflict(f"Somebody else already has this {what}. Choose another.", code="email_taken")
        return _ask(request, visitor, services, typed=typed, class_room=class_room, problem=taken)
    except Invalid as error:
        return _ask(request, visitor, services, typed=typed, class_room=class_room, problem=error)
    response = go_to("/")
    welcome(response, request, services, session.token, account=typed.login)
    return response


# each argument is one part of the page
def _ask(  # noqa: PLR0913
    request: Request,
    visitor: Visitor | None,
    services: Services,
    *,
    typed: _Typed,
    class_room: ClassRoom | None = None,
    problem: MargentError | None = None,
) -> Response:
    this_year = services.clock.now().year
    return pages_of(request).show(
        request,
        "classes/join.html",
        status=422 if problem else 200,
        typed=typed,
        class_room=class_room,
        school=services.classes.school_name(class_room) if class_room else "",
        code=to_shown(to_kept(typed.code)) or typed.code,
        is_student=visitor is not None and visitor.person.role is Role.STUDENT,
        months=MONTHS,
        years=[this_year - age for age in _YEARS],
        problem=problem,
        wrong=_wrong_field(problem),
    )


def _wrong_field(problem: MargentError | None) -> str:
    if isinstance(problem, Invalid):
        return problem.field
    return "email" if isinstance(problem, Conflict) else "code"


def _typed(form: Posted) -> _Typed:
    return _Typed(form.text("code"), form.text("name"), form.text("email"), form.text("month"), form.text("year"))


def _born(typed: _Typed) -> date:
    if not (typed.month.isdecimal() and typed.year.isdecimal()):
        raise Invalid("Choose the month and the year of your birth.", field="born", code="bad_birth")
    try:
        return date(int(typed.year), int(typed.month), 1)
    except ValueError:
        raise Invalid("Choose the month and the year of your birth.", field="born", code="bad_birth") from None


def _agent_of(request: Request) -> str:
    return request.headers.get("user-agent", "")[:300]

"""The page that an invitation's link opens: whom it is for, and what is still missing."""

from collections.abc import Mapping
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import Response

from accounts.invitations import Reply
from api.deps import Anybody, TheServices, Visitor
from api.services import Services
from api.signing_in import welcome
from domain.errors import Conflict, Invalid, MargentError
from web.forms import Posted, TheForm, go_to
from web.join import MONTHS
from web.templating import pages_of

_AGES = range(4, 31)
"""Ages in years that the form offers."""

_FIELDS = ("name", "email", "month", "year")


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter(prefix="/invitations/{token}")
    router.get("")(show_invitation)
    router.post("")(accept)
    return router


def show_invitation(token: str, request: Request, visitor: Anybody, services: TheServices) -> Response:
    """Show what a link is good for, and ask for what is missing."""
    return _show(request, visitor, services, token=token)


def accept(token: str, request: Request, visitor: Anybody, services: TheServices, form: TheForm) -> Response:
    """Use a link."""
    if visitor is not None:
        services.invitations.accept_as(visitor.person, token)
        return go_to("/")
    try:
        reply = Reply(
            name=form.text("name"),
            email=form.text("email"),
            password=form.values.get("password", ""),
            born=_born(form),
            device=request.headers.get("user-agent", ""),
        )
        session = services.invitations.accept(token, reply)
    except (Invalid, Conflict) as error:
        return _show(request, visitor, services, token=token, typed=form.values, problem=error)
    response = go_to("/")
    welcome(response, request, services, session.token, account=session.person.email)
    return response


# each argument is one part of the page
def _show(  # noqa: PLR0913
    request: Request,
    visitor: Visitor | None,
    services: Services,
    *,
    token: str,
    typed: Mapping[str, str] | None = None,
    problem: MargentError | None = None,
) -> Response:
    guest = services.invitations.load(token)
    this_year = services.clock.now().year
    response = pages_of(request).show(
        request,
        "office/invitation.html",
        status=422 if problem else 200,
        guest=guest,
        token_=token,
        can_add=visitor is not None and visitor.person.role is guest.invitation.role and guest.person is None,
        typed={name: (typed or {}).get(name, "") for name in _FIELDS},
        months=MONTHS,
        years=[this_year - age for age in _AGES],
        problem=problem,
        wrong=problem.field if isinstance(problem, Invalid) else "email",
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _born(form: Posted) -> date | None:
    month, year = form.number("month"), form.number("year")
    if month is None or year is None:
        return None
    try:
        return date(year, month, 1)
    except ValueError:
        raise Invalid("Choose the month and the year of your birth.", field="born", code="bad_birth") from None

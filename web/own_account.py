"""One's own account: the password, and where one is signed in."""

from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response

from accounts.policy import Action, allows
from accounts.sessions import name_of, to_hash
from accounts.tries import Kind
from api.deps import Member, TheServices, Visitor
from api.services import Services
from api.signing_in import client_address, known_device, welcome
from domain.errors import Invalid
from web.forms import TheForm, go_to
from web.templating import pages_of


@dataclass(frozen=True, slots=True)
class SessionView:
    """One of the person's sessions; `name` is what it is ended by."""

    name: str
    device: str
    created_at: datetime
    is_this: bool


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter(prefix="/account")
    router.get("")(show_account)
    router.post("/password")(change_password)
    router.post("/sessions/end")(end_session)
    router.post("/sessions/end-others")(end_others)
    return router


def show_account(request: Request, visitor: Member, services: TheServices) -> Response:
    """Show the account and its sessions."""
    return _show(request, visitor, services)


def change_password(request: Request, visitor: Member, services: TheServices, form: TheForm) -> Response:
    """Change the password; every other session ends."""
    email = visitor.person.email
    device = known_device(request, services, email)
    try:
        with services.tries.trying(Kind.PASSWORD, email, client_address(request), device=device):
            session = services.accounts.change_password(
                visitor.person,
                form.values.get("old", ""),
                form.values.get("password", ""),
                device=request.headers.get("user-agent", ""),
            )
    except Invalid as error:
        return _show(request, visitor, services, problem=error)
    response = go_to("/account?changed=1")
    welcome(response, request, services, session.token, account=email)
    return response


def end_session(visitor: Member, services: TheServices, form: TheForm) -> Response:
    """End one of the sessions."""
    services.accounts.end_session(visitor.person, form.text("session"))
    return go_to("/account#sessions")


def end_others(visitor: Member, services: TheServices, _form: TheForm) -> Response:
    """End all sessions but this one."""
    services.accounts.end_sessions(visitor.person, but_token=visitor.token)
    return go_to("/account#sessions")


def _show(request: Request, visitor: Visitor, services: Services, *, problem: Invalid | None = None) -> Response:
    here = to_hash(visitor.token)
    sessions = [
        SessionView(name_of(one), one.device or "A browser", one.created_at, is_this=one.token_hash == here)
        for one in services.accounts.list_sessions(visitor.person)
    ]
    return pages_of(request).show(
        request,
        "office/account.html",
        status=422 if problem else 200,
        sessions=sessions,
        classes=services.accounts.list_classes(visitor.person),
        decides=allows(visitor.person, Action.DECIDE_CONSENT, visitor.person),
        has_changed="changed" in request.query_params,
        problem=problem,
    )

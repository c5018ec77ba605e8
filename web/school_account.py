"""Signing in with the school's own account: off to the school's sign-in, and back."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from accounts.school_accounts import LIFETIME, SchoolAccounts
from api.deps import Anybody, TheServices
from api.security import keep_session
from api.services import Services
from domain.errors import NotFound, NotSignedIn, Transient
from web.account import show_way_in
from web.forms import go_to, local_path

STATE_COOKIE = "margent_school_account"
_PATH = "/sign-in/school"
_CALLBACK = f"{_PATH}/callback"


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter()
    router.get(_PATH)(leave)
    router.get(_CALLBACK)(come_back)
    return router


def leave(
    request: Request, _visitor: Anybody, services: TheServices, after: Annotated[str, Query(alias="next")] = ""
) -> Response:
    """Send the browser to the school's sign-in. A link and no form: it changes nothing here."""
    try:
        address, kept = _school_accounts(services).begin(_callback(request), after=local_path(after))
    except Transient as error:
        return show_way_in(request, services, error)
    # 303 and no caching: each time has a state of its own
    response = RedirectResponse(address, 303, headers={"Cache-Control": "no-store"})
    response.set_cookie(
        STATE_COOKIE,
        kept,
        max_age=int(LIFETIME.total_seconds()),
        path=_PATH,
        secure=request.url.scheme == "https",
        httponly=True,
        # the way back begins at the school's site, and must bring this along
        samesite="lax",
    )
    return response


def come_back(request: Request, _visitor: Anybody, services: TheServices) -> Response:
    """Begin a session for whoever the school says it is. The state in the cookie guards this, not a form's token."""
    kept = request.cookies.get(STATE_COOKIE, "")
    program = request.headers.get("user-agent", "")
    school_accounts = _school_accounts(services)
    try:
        session, after = school_accounts.finish(_callback(request), request.query_params, kept, device=program)
    except (NotSignedIn, Transient) as error:
        response = show_way_in(request, services, error)
    else:
        response = go_to(local_path(after))
        keep_session(response, request, session.token)
    response.delete_cookie(STATE_COOKIE, path=_PATH)
    return response


def _school_accounts(services: Services) -> SchoolAccounts:
    if services.school_accounts is None:
        raise NotFound("There is nothing at this address, or it is not yours to see.")
    return services.school_accounts


def _callback(request: Request) -> str:
    """Give the address that the school's sign-in knows us by."""
    return str(request.url.replace(path=_CALLBACK, query="", fragment=""))

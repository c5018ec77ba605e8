"""Signing in with a password, for pages and programs alike: tries are counted before anything is hashed."""

from fastapi import Request
from fastapi.responses import Response

from accounts.devices import LIFETIME
from accounts.sessions import Session
from accounts.tries import Kind
from api.security import keep_session
from api.services import Services

DEVICE_COOKIE = "margent_device"


def sign_in(request: Request, services: Services, email: str, password: str) -> Session:
    """Begin a session. Raises NotSignedIn, TooManyTries or Transient, all alike for accounts that there are not."""
    device = known_device(request, services, email)
    with services.tries.trying(Kind.PASSWORD, email, client_address(request), device=device) as attempt:
        program = request.headers.get("user-agent", "")
        return services.accounts.sign_in(email, password, device=program, lane=attempt.lane)


def welcome(response: Response, request: Request, services: Services, token: str, *, account: str) -> None:
    """Give the browser its session, and the proof that `account` (as it counts for tries) was entered from it."""
    keep_session(response, request, token)
    cookie = services.devices.add(request.cookies.get(DEVICE_COOKIE, ""), account)
    response.set_cookie(
        DEVICE_COOKIE,
        cookie,
        max_age=int(LIFETIME.total_seconds()),
        path="/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )


def known_device(request: Request, services: Services, account: str) -> str:
    """Give the device's name when the account was entered from it before, else an empty text."""
    return services.devices.known(request.cookies.get(DEVICE_COOKIE, ""), account)


def client_address(request: Request) -> str:
    """Give the address of the client, after the trusted proxies; what else a request says of it is not believed."""
    return request.client.host if request.client else ""

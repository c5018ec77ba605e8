"""What stands between a browser and the routes: same-origin check, body limit, headers, cookies."""

import hmac
import secrets
from ipaddress import ip_address
from urllib.parse import urlsplit

from fastapi import FastAPI, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import Boundary, answer
from api.services import Services
from domain.errors import NotAllowed, TooLarge

SESSION_COOKIE = "margent_session"
FORM_COOKIE = "margent_form"
_KNOWN_NAMES = {"localhost", "testserver"}
"""Names that nobody can have point here from outside; the second is what Starlette's test client calls itself."""

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_STRANGER_BYTES = 64 * 1024
_FORM_BYTES = 1024 * 1024
_DRAIN_FACTOR = 4


def install(app: FastAPI, services: Services) -> None:
    """Put the services and the guards on the application. The guard added last sees a request first."""
    app.state.services = services
    app.add_middleware(GZipMiddleware, minimum_size=500)
    app.add_middleware(BodyLimit, max_file_bytes=services.limits.max_bytes)
    app.add_middleware(SameOrigin)
    if services.is_demo:
        app.add_middleware(KnownHost)
    app.add_middleware(Boundary)
    app.add_middleware(SecurityHeaders)


def keep_session(response: Response, request: Request, token: str) -> None:
    """Give the browser its session cookie; it ends with the browser, or when the session does."""
    is_secure = request.url.scheme == "https"
    response.set_cookie(SESSION_COOKIE, token, path="/", secure=is_secure, httponly=True, samesite="lax")


def drop_session(response: Response) -> None:
    """Take the session cookie away, and what the browser kept of readings."""
    response.delete_cookie(SESSION_COOKIE, path="/")
    response.headers["Clear-Site-Data"] = '"cache"'


def stranger_token(request: Request) -> str:
    """Give the form token of somebody who is not signed in: what their cookie holds, or a new one."""
    return request.cookies.get(FORM_COOKIE) or secrets.token_urlsafe(24)


def keep_stranger_token(response: Response, request: Request, token: str) -> None:
    """Give the browser the cookie that a stranger's forms are compared with."""
    is_secure = request.url.scheme == "https"
    response.set_cookie(FORM_COOKIE, token, path="/", secure=is_secure, httponly=True, samesite="strict")


def check_form_token(expected: str, given: str) -> None:
    """Raise NotAllowed unless the form carries the token that the page was given."""
    if not expected or not hmac.compare_digest(expected.encode(), given.encode()):
        raise NotAllowed("This page was open for too long. Go back, reload it, and send it again.", code="stale_form")


class SecurityHeaders:
    """Adds the security headers to every answer, and keeps pages out of shared caches."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "private, no-cache")
            await send(message)

        await self._app(scope, receive, send_with_headers)


class KnownHost:
    """Lets the demo, which nobody signs in to, answer to addresses and `localhost` alone.

    A page of another site that has its own name point at this machine (DNS rebinding) would otherwise come in
    by the demo's doors.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 403."""
        if scope["type"] != "http" or _is_known_host(Headers(scope=scope).get("host", "")):
            await self._app(scope, receive, send)
            return
        message = "The demo answers to its address in numbers or to localhost. Open it by one of those."
        response = await run_in_threadpool(answer, Request(scope), NotAllowed(message, code="unknown_host"))
        await response(scope, receive, send)


class SameOrigin:
    """Refuses changes that another site's page asks for, by Sec-Fetch-Site and Origin."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 403."""
        if scope["type"] != "http" or scope["method"] in _SAFE_METHODS or _is_same_origin(Headers(scope=scope)):
            await self._app(scope, receive, send)
            return
        error = NotAllowed("This came from another site, so nothing was done.", code="cross_site")
        response = await run_in_threadpool(answer, Request(scope), error)
        await response(scope, receive, send)


class BodyLimit:
    """Bounds what a request may carry: a form's worth from strangers, files from people with a session.

    An overlong body is read on and thrown away for a while, so that the browser hears the answer instead of
    a broken connection. The answer is the guard's own: whatever the routes make of the error is put aside.
    """

    def __init__(self, app: ASGIApp, max_file_bytes: int) -> None:
        """Wrap an application; a single file may have `max_file_bytes`, several together twice that."""
        self._app = app
        self._most = 2 * max_file_bytes + _FORM_BYTES

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with a counting `receive`, which raises TooLarge."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._most if _has_credentials(Request(scope)) else _STRANGER_BYTES
        error = TooLarge(f"That is more than can be sent at once ({_size(limit)}). Send fewer or smaller files.")
        seen = 0

        async def receive_counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen <= limit:
                return message
            while message.get("more_body") and seen <= _DRAIN_FACTOR * limit:
                message = await receive()
                seen += len(message.get("body", b""))
            raise error

        async def send_within(message: Message) -> None:
            if seen <= limit:
                await send(message)
            elif message["type"] == "http.response.start":
                response = await run_in_threadpool(answer, Request(scope), error)
                await response(scope, receive, send)

        await self._app(scope, receive_counted, send_within)


def _has_credentials(request: Request) -> bool:
    return SESSION_COOKIE in request.cookies or "authorization" in request.headers


def _is_same_origin(headers: Headers) -> bool:
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")


def _is_known_host(host: str) -> bool:
    try:
        name = urlsplit(f"//{host}").hostname or ""
        return name in _KNOWN_NAMES or bool(ip_address(name))
    except ValueError:
        return False


def _size(count: int) -> str:
    if count < 1024 * 1024:
        return f"{count // 1024} kB"
    return f"{count // (1024 * 1024)} MB"

"""From an error to an answer: the one table of status codes, problem+json, and the request boundary.

A face that shows pages puts its `Pages` on `app.state.pages`; it then renders every problem outside `/api/`.
"""

import traceback
from collections.abc import Callable, Mapping
from typing import Any, Protocol

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from domain.errors import (
    BadReply,
    Cancelled,
    Conflict,
    ConsentMissing,
    Invalid,
    KeyMissing,
    MargentError,
    NotAllowed,
    NotFound,
    NotSignedIn,
    OverBudget,
    StoreDamaged,
    TooLarge,
    Transient,
    Unsupported,
)

_STATUS: Mapping[type[MargentError], int] = {
    NotFound: 404,
    NotSignedIn: 401,
    NotAllowed: 403,
    TooLarge: 413,
    Unsupported: 415,
    Invalid: 422,
    Conflict: 409,
    Cancelled: 409,
    OverBudget: 429,
    BadReply: 502,
    Transient: 503,
    KeyMissing: 503,
    StoreDamaged: 503,
    MargentError: 500,
}
_TITLES: Mapping[int, str] = {
    400: "That request cannot be read",
    401: "Please sign in",
    403: "You cannot do that",
    404: "Nothing here",
    405: "That does not work here",
    409: "That has changed meanwhile",
    413: "That is too large",
    415: "That kind of file is not taken",
    422: "Something needs correcting",
    429: "Please wait a little",
    500: "Something went wrong here",
    502: "The writer gave no usable answer",
    503: "Please try again in a moment",
}
_SENTENCES: Mapping[int, tuple[str, str]] = {
    400: ("bad_request", "Something in the request could not be read. Go back and try again."),
    404: ("not_found", "There is nothing at this address, or it is not yours to see."),
    405: ("method_not_allowed", "This address does not answer to that. Go back and try again."),
}
_NOT_OPENED = "What is kept here cannot be opened now. Tell your school."
"""What people read of a missing key; which, and of which ring, is for the log and the command line."""

_RETRY_SECONDS = "5"
_log = structlog.get_logger("margent.requests")


class Problem(BaseModel):
    """A problem as RFC 9457 has it; `code` is stable, `detail` is a sentence for a person."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: str
    instance: str = ""
    field: str = Field(default="", description="The input that is wrong, where it is one.")
    purpose: str = Field(default="", description="The purpose that somebody has to allow first, where it is that.")


class ProblemPages(Protocol):
    """Shows a problem as a page."""

    def problem(self, request: Request, problem: Problem) -> Response:
        """Render the page, with the problem's status."""
        ...


def status_of(error: MargentError) -> int:
    """Give the HTTP status of an error: that of the narrowest class in the table."""
    return next(_STATUS[kind] for kind in type(error).__mro__ if kind in _STATUS)


_ESCALATED = "escalated"
_SUPPORT = "Please read this first"
"""The heading over words of support, which are no problem that anybody made."""


def title_of(status: int) -> str:
    """Give the short heading for a status."""
    return _TITLES.get(status, _TITLES[400] if status < 500 else _TITLES[500])


def answer(request: Request, error: MargentError) -> Response:
    """Answer a request with an error."""
    status = status_of(error)
    _note(request, error, status)
    field = error.field if isinstance(error, Invalid) else ""
    purpose = error.purpose if isinstance(error, ConsentMissing) else ""
    detail = _NOT_OPENED if isinstance(error, KeyMissing) else error.message
    problem = _problem(request, status, code=error.code, detail=detail, field=field)
    response = _show(request, problem.model_copy(update={"purpose": purpose}))
    response.headers.update(retry_after(error))
    return response


def _note(request: Request, error: MargentError, status: int) -> None:
    """Log who was refused what, and what is missing or damaged. Strangers who have to sign in first are not logged."""
    is_refusal = isinstance(error, NotFound | NotAllowed) and not isinstance(error, NotSignedIn)
    if not is_refusal and not isinstance(error, KeyMissing | StoreDamaged):
        return
    visitor = getattr(request.state, "visitor", None)
    said = {
        "status": status,
        "code": error.code,
        "method": request.method,
        "route": _route_of(request),
        "person": visitor.person.id if visitor else "",
    }
    if isinstance(error, KeyMissing | StoreDamaged):
        _log.error(type(error).code, detail=error.message, **said)
    else:
        _log.info("refused", **said)


def retry_after(error: MargentError) -> Mapping[str, str]:
    """Give the header that says from when on trying again may help, where that is known."""
    if isinstance(error, Transient):
        return {"Retry-After": _RETRY_SECONDS}
    if isinstance(error, OverBudget):
        return {"Retry-After": _http_date(error)}
    return {}


def install(app: FastAPI) -> None:
    """Answer every error that is foreseen; `Boundary` answers the rest."""
    app.add_exception_handler(MargentError, _on_margent_error)
    app.add_exception_handler(RequestValidationError, _on_validation_error)
    app.add_exception_handler(HTTPException, _on_http_error)


class Boundary:
    """Catches what nobody foresaw, before the server prints it: a message may hold what a person wrote.

    The log gets the kind of error and where it was raised. An answer that has begun breaks off.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 500."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        has_begun = False

        async def send_noted(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self._app(scope, receive, send_noted)
        # the request boundary: no route's mistake may end in the server's own log
        except Exception as error:  # noqa: BLE001
            request = Request(scope)
            where = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in _frames(error)]
            route, kind = _route_of(request), type(error).__name__
            _log.error("request.failed", method=request.method, route=route, error=kind, where=where)
            if not has_begun:
                detail = "This is our fault, not yours. Nothing you saved is lost. Go back and try again."
                problem = _problem(request, 500, code="error", detail=detail)
                response = await run_in_threadpool(_show, request, problem)
                await response(scope, receive, send)


async def _on_margent_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, MargentError)
    return await run_in_threadpool(_answer_heard, request, error)


def _answer_heard(request: Request, error: MargentError) -> Response:
    """Answer with an error, unless something speaks of danger that nobody has heard because of it."""
    return answer(request, _heard_instead(request, error.code) or error)


def _heard_instead(request: Request, code: str = "") -> MargentError | None:
    """Hear what was left to a route's service (`api.hearing`), which may not have been asked."""
    hear_left: Callable[[], MargentError | None] | None = getattr(request.state, "hear_left", None)
    return hear_left() if hear_left and code != _ESCALATED else None


async def _on_validation_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return await run_in_threadpool(_answer_validation, request, error)


def _answer_validation(request: Request, error: RequestValidationError) -> Response:
    if heard := _heard_instead(request):
        return answer(request, heard)
    first = error.errors()[0]
    name = ".".join(str(part) for part in first["loc"][1:])
    return _show(request, _problem(request, 422, code="invalid", detail=_detail(name, first), field=name))


def _detail(name: str, fault: Mapping[str, Any]) -> str:
    """Say what is wrong with a value; what may stand there instead is in the description of the API."""
    if fault["type"] in {"enum", "literal_error"}:
        return f"“{name}” names nothing that there is here."
    return f"“{name}” is not as it should be: {fault['msg']}." if name else f"{fault['msg']}."


async def _on_http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code, detail = _SENTENCES.get(error.status_code, _SENTENCES[400])
    problem = _problem(request, error.status_code, code=code, detail=detail)
    response = await run_in_threadpool(_show, request, problem)
    response.headers.update(error.headers or {})
    return response


def _problem(request: Request, status: int, *, code: str, detail: str, field: str = "") -> Problem:
    return Problem(
        title=_SUPPORT if code == _ESCALATED else title_of(status),
        status=status,
        detail=detail,
        code=code,
        instance=request.url.path,
        field=field,
    )


def _frames(error: Exception) -> traceback.StackSummary:
    return traceback.StackSummary.extract(traceback.walk_tb(error.__traceback__), lookup_lines=False)


def _show(request: Request, problem: Problem) -> Response:
    pages: ProblemPages | None = getattr(request.app.state, "pages", None)
    if pages is None or request.url.path.startswith("/api/"):
        return JSONResponse(problem.model_dump(), problem.status, media_type="application/problem+json")
    return pages.problem(request, problem)


def _http_date(error: OverBudget) -> str:
    return error.renews_at.strftime("%a, %d %b %Y %H:%M:%S GMT")


def _route_of(request: Request) -> str:
    """Give the route's pattern, never the address itself: a query may hold what a person wrote."""
    return str(getattr(request.scope.get("route"), "path", "unknown"))

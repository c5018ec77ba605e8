"""Hears every word that a request brings before its route does anything: the gate of both faces.

Every text of a body, the names of its files and the words of a search are heard, whatever a route does with them,
so that a new field needs nothing to be heard. What is no person's words is named here, with the reason.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from fastapi.dependencies.models import Dependant
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from api.deps import Permission, TheServices, Visitor, recognise
from api.services import Services
from domain.errors import Invalid
from domain.outcomes import Escalated
from domain.people import Role

NOT_WORDS: Mapping[str, str] = {
    "password": "a secret",
    "old": "a secret: the password before",
    "new": "a secret: the password from now on",
    "taps": "a secret: a young child's pictures",
    "picture": "a secret: a young child's picture",
    "token": "a secret that the service made",
    "code": "a secret that the service made",
    "form_token": "a secret that the service made",
    "session": "a name that the service made",
    "email": "what one signs in with; somebody who is kept from it is shut out",
    "next": "an address that the service made",
}
"""Fields that hold nobody's words, and why; so do those that end in `_id` or `_ids`, which the service made."""

STAFF_WORDS: Mapping[str, str] = {
    "note": "a counsellor writes about the danger that the case is about",
    "reason": "staff say why a record is kept, or what is wrong with a text that may speak of danger",
}
"""Fields that are heard of students alone, and why."""

SOUGHT = frozenset({"q", "words", "find"})
"""The words of an address that somebody searches by."""


class Heard(Invalid):
    """What was written speaks of danger, or could not be screened: words of support instead of anything else."""

    code = "escalated"


class HeardInPlace:
    """Says of a route that its service hears these fields, or those that begin so, and answers in its own place."""

    def __init__(self, *fields: str) -> None:
        """Keep the names."""
        self.fields = fields

    def __call__(self) -> None:
        """Let everybody through: the service hears them."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text of a request, and the field it came in."""

    field: str
    text: str


async def read_words(request: Request) -> list[Words]:
    """List every text of a request's body and search. A body that cannot be read has none: its route says so."""
    found = _sought(request)
    if request.method in {"GET", "HEAD"}:
        return found
    kind = request.headers.get("content-type", "")
    if kind.startswith(("multipart/form-data", "application/x-www-form-urlencoded")):
        return [*found, *words_of_form(await request.form())]
    try:
        return [*found, *_words_of_json(await request.json())]
    except (ValueError, RecursionError):
        return found


def words_of_form(form: FormData) -> Iterator[Words]:
    """Yield the fields of a form and the names of its files."""
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            yield Words("file name", value.filename or "")
        else:
            yield Words(name, value)


def hear(services: Services, visitor: Visitor | None, words: Sequence[Words], in_place: tuple[str, ...] = ()) -> None:
    """Hear each text. Raises Heard with the words of support for the first that speaks of danger, when all are heard.

    What the route's own service hears (`in_place`) is left to it, unless the route will not be asked any more.
    Raises Invalid for a text that is too long to be heard, when none speaks of danger.
    """
    own = [one for one in words if in_place and one.field.startswith(in_place)]
    ear = _Ear(services, visitor)
    ear.listen(one for one in words if one not in own)
    if ear.found or ear.refusals:
        ear.listen(own)
    if ear.found:
        raise Heard(ear.found[0].message)
    if ear.refusals:
        raise ear.refusals[0]


class _Ear:
    """Hears texts of one request, and keeps what came of them."""

    def __init__(self, services: Services, visitor: Visitor | None) -> None:
        self._services = services
        self._person = visitor.person if visitor else None
        self.found: list[Escalated] = []
        self.refusals: list[Invalid] = []

    def listen(self, words: Iterable[Words]) -> None:
        for one in words:
            if not _is_words(one.field, self._person.role if self._person else None):
                continue
            try:
                escalated = self._services.gate.stop(self._person, one.text, entry=one.field)
            except Invalid as error:
                self.refusals.append(Invalid(error.message, field=one.field))
                continue
            if escalated:
                self.found.append(escalated)


async def hear_request(request: Request, services: TheServices) -> None:
    """Hear a request to the API, whatever its route: for the router of all of them."""
    await _hear_first(request, services, await read_words(request))


async def hear_search(request: Request, services: TheServices) -> None:
    """Hear the words of a page's address; those of its form are heard with its token."""
    await _hear_first(request, services, _sought(request))


async def _hear_first(request: Request, services: Services, words: Sequence[Words]) -> None:
    """Hear what comes before anybody is asked for; of strangers only where they may be."""
    if words:
        await run_in_threadpool(_hear_whoever, request, services, words)


def _hear_whoever(request: Request, services: Services, words: Sequence[Words]) -> None:
    visitor = recognise(request, services)
    if visitor or not any(isinstance(one.call, Permission) for one in _dependencies(request)):
        hear(services, visitor, words, heard_in_place(request))


def heard_in_place(request: Request) -> tuple[str, ...]:
    """Name the fields that the route's own service hears, or what their names begin with."""
    return tuple(
        field for one in _dependencies(request) if isinstance(one.call, HeardInPlace) for field in one.call.fields
    )


def _dependencies(request: Request) -> list[Dependant]:
    """Give what the route depends on by itself."""
    dependant: Dependant = request.scope["route"].dependant
    return dependant.dependencies


def _sought(request: Request) -> list[Words]:
    return [Words(name, text) for name, text in request.query_params.multi_items() if name in SOUGHT]


def _is_words(field: str, role: Role | None) -> bool:
    if field in NOT_WORDS or field.endswith(("_id", "_ids")):
        return False
    return field not in STAFF_WORDS or role in {None, Role.STUDENT}


def _words_of_json(body: Any) -> Iterator[Words]:
    """Yield every text of a JSON value with the name of the nearest field around it."""
    waiting: list[tuple[str, Any]] = [("", body)]
    while waiting:
        field, value = waiting.pop()
        if isinstance(value, str):
            yield Words(field, value)
        elif isinstance(value, Mapping):
            waiting.extend((str(name), part) for name, part in value.items())
        elif isinstance(value, list):
            waiting.extend((field, part) for part in value)

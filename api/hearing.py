"""Hears every word that a request brings before its route does anything: the gate of both faces.

Every text of a body, the names of its files and the words of a search are heard, whatever a route does with them,
so that a new field needs nothing to be heard. What is no person's words is named here, with the reason.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, get_args

from fastapi import Request
from fastapi.dependencies.models import Dependant
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from api.deps import Permission, TheServices, Visitor, recognise
from api.services import Services
from domain.errors import Invalid, MargentError
from domain.outcomes import Escalated
from domain.people import Role
from safety.caught import Caught

SECRETS: Mapping[str, str] = {
    "password": "a secret",
    "old": "a secret: the password before",
    "new": "a secret: the password from now on",
    "taps": "a secret: a young child's pictures",
    "picture": "a secret: a young child's picture",
}
"""Fields that hold nobody's words whatever stands in them, and why. On the API: of routes that have such a field."""

MADE_HERE: Mapping[str, str] = {
    "token": "a secret that the service made",
    "code": "a secret that the service made",
    "form_token": "a secret that the service made",
    "session": "a name that the service made",
    "only": "the id of the question whose button was pressed",
    "hint": "the id of the question whose button was pressed",
    "email": "what one signs in with; somebody who is kept from it is shut out",
    "next": "an address that the service made",
}
"""Fields that hold nobody's words while what stands in them looks like it: without blanks, in ASCII.

So do those that end in `_id` or `_ids`. On the API they are heard on routes that have no such field.
"""

STAFF_WORDS: Mapping[str, str] = {
    "note": "a counsellor writes about the danger that the case is about",
    "notes": "staff paste a chapter as they upload one: a chapter on a danger is a chapter",
    "reason": "staff say why a record is kept, or what is wrong with a text that may speak of danger",
}
"""Fields that are heard of students alone, and why."""

SOUGHT = frozenset({"q", "words", "find"})
"""The words of an address that somebody searches by."""

ENTRIES: Mapping[str, str] = {
    **dict.fromkeys(SOUGHT, "search"),
    **{name: name for name in ("name", "title", "note", "reason")},
    "question": "answer",
    "thought": "hints",
    "text": "hints",
    "answer": "quiz",
    "a.": "quiz",
    "t.": "hints",
    "file name": "document",
    "notes": "document",
}
"""What a case says of where something was written, by the field. Of others it says `field`: names may be words too."""


class Heard(Invalid):
    """What was written speaks of danger, or could not be screened: words of support instead of anything else."""

    code = "escalated"


class HeardInPlace:
    """Says of a route that its service hears these fields, and answers in its own place.

    A name that ends in a full stop stands for all that begin so.
    """

    def __init__(self, *fields: str) -> None:
        """Keep the names."""
        self.fields = fields

    def __call__(self) -> None:
        """Let everybody through: the service hears them."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text of a request, and the field it came in; without a field it is the name of one, or stands alone."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class _Object:
    """A JSON object as it was sent: a name may come twice."""

    parts: list[tuple[str, Any]]


async def read_words(request: Request) -> list[Words]:
    """List every text of a request's body and search. A body that cannot be read has none: its route says so."""
    found = _sought(request)
    if request.method in {"GET", "HEAD"}:
        return found
    kind = request.headers.get("content-type", "").lower()
    if kind.startswith(("multipart/form-data", "application/x-www-form-urlencoded")):
        return [*found, *words_of_form(await request.form())]
    try:
        return [*found, *_words_of_json(json.loads(await request.body(), object_pairs_hook=_Object))]
    except (ValueError, RecursionError):
        return found


def words_of_form(form: FormData) -> Iterator[Words]:
    """Yield the names and values of a form's fields, and the names of its files."""
    for name, value in form.multi_items():
        yield Words("", name)
        if isinstance(value, UploadFile):
            yield Words("file name", value.filename or "")
        else:
            yield Words(name, value)


def hear(request: Request, services: Services, visitor: Visitor | None, words: Sequence[Words]) -> None:
    """Hear each text. Raises Heard with the words of support for the first that speaks of danger, when all are heard.

    What the route's own service hears (`HeardInPlace`) is left to it, unless the route will not be asked any more;
    `request.state.hear_left` hears it where an error is answered without asking the service.
    Raises Invalid for a text that is too long to be heard, when none speaks of danger.
    """
    in_place = heard_in_place(request)
    times = Counter(one.field for one in words)
    own = [one for one in words if times[one.field] == 1 and _is_named(one.field, in_place)]
    ear = _Ear(request, services, visitor)
    ear.listen(one for one in words if one not in own)
    if ear.found or ear.refusals:
        ear.listen(own)
    else:
        request.state.hear_left = partial(_hear_left, request, services, visitor, own)
    if ear.found:
        raise Heard(ear.found[0].message)
    if ear.refusals:
        raise ear.refusals[0]


def _hear_left(request: Request, services: Services, visitor: Visitor | None, left: Sequence[Words]) -> Heard | None:
    """Hear what was left to a service, when the answer is an error; what passed there is not heard twice."""
    ear = _Ear(request, services, visitor)
    ear.listen(left)
    return Heard(ear.found[0].message) if ear.found else None


class _Ear:
    """Hears texts of one request, and keeps what came of them."""

    def __init__(self, request: Request, services: Services, visitor: Visitor | None) -> None:
        self._gate = services.gate
        self._person = visitor.person if visitor else None
        self._declared = _declared(request) if request.url.path.startswith("/api/") else None
        self.found: list[Escalated] = []
        self.refusals: list[MargentError] = []

    def listen(self, words: Iterable[Words]) -> None:
        for one in words:
            if not self._is_words(one):
                continue
            try:
                escalated = self._gate.stop(self._person, one.text, entry=_entry(one.field))
            except Invalid as error:
                self.refusals.append(Invalid(error.message, field=one.field, code=error.code))
            except MargentError as error:
                self.refusals.append(error)
            else:
                self.found += [escalated] if escalated else []

    def _is_words(self, one: Words) -> bool:
        declared = self._declared
        if not one.field:
            return one.text not in declared if declared is not None else not _is_made(one.text)
        if one.field in SECRETS:
            return declared is not None and one.field not in declared
        if one.field in MADE_HERE or one.field.endswith(("_id", "_ids")):
            return not _is_made(one.text) or (declared is not None and one.field not in declared)
        return one.field not in STAFF_WORDS or self._person is None or self._person.role is Role.STUDENT


async def hear_request(request: Request, services: TheServices) -> None:
    """Hear a request to the API, whatever its route: for the router of all of them."""
    await _hear_first(request, services, await read_words(request))


async def hear_search(request: Request, services: TheServices) -> None:
    """Hear the words of a page's address; those of its form are heard with its token."""
    await _hear_first(request, services, _sought(request))


async def _hear_first(request: Request, services: Services, words: Sequence[Words]) -> None:
    """Hear what comes before anybody is asked for; of strangers only where they may be."""
    if not words and request.method in {"GET", "HEAD"}:
        return
    if not await run_in_threadpool(_is_answered, request, services):
        await run_in_threadpool(_hear_unknown, request, services, await read_words(request))
    elif words:
        await run_in_threadpool(_hear_whoever, request, services, words)


def _is_answered(request: Request, services: Services) -> bool:
    """Whether the store can say who asks. What is wrong with it the route will say."""
    with Caught():
        recognise(request, services)
        return True
    return False


def _hear_unknown(request: Request, services: Services, words: Sequence[Words]) -> None:
    """Hear somebody whom the store cannot name: words of support, and a direct notice, since no case can be opened."""
    ear = _Ear(request, services, None)
    ear.listen(words)
    if ear.found:
        services.gate.tell_of_unknown()
        raise Heard(ear.found[0].message)


def _hear_whoever(request: Request, services: Services, words: Sequence[Words]) -> None:
    visitor = recognise(request, services)
    if visitor or not any(isinstance(one.call, Permission) for one in _dependencies(request)):
        hear(request, services, visitor, words)


def heard_in_place(request: Request) -> tuple[str, ...]:
    """Name the fields that the route's own service hears; a name with a full stop at its end begins theirs."""
    return tuple(
        field for one in _dependencies(request) if isinstance(one.call, HeardInPlace) for field in one.call.fields
    )


def _is_named(field: str, names: Sequence[str]) -> bool:
    return any(field == name or (name.endswith(".") and field.startswith(name)) for name in names)


def _entry(field: str) -> str:
    """Say where something was written, in words of ours."""
    return ENTRIES.get(field) or ENTRIES.get(field[:2] if field[1:2] == "." else "", "field")


def _is_made(text: str) -> bool:
    """Whether a text looks like what the service made."""
    return text.isascii() and len(text.split()) < 2


def _declared(request: Request) -> frozenset[str]:
    """Name every field that a body of the request's route has."""
    names: set[str] = set()
    params = request.scope["route"].dependant.body_params
    waiting: list[Any] = [field.field_info.annotation for field in params]
    seen: set[Any] = set()
    while waiting:
        kind = waiting.pop()
        fields = getattr(kind, "model_fields", {})
        waiting += get_args(kind)
        if kind not in seen:
            names |= {field.alias or name for name, field in fields.items()}
            waiting += [field.annotation for field in fields.values()]
        seen |= {kind} if fields else set()
    return frozenset(names | {field.alias for field in params})


def _dependencies(request: Request) -> list[Dependant]:
    """Give what the route depends on by itself."""
    dependant: Dependant = request.scope["route"].dependant
    return dependant.dependencies


def _sought(request: Request) -> list[Words]:
    return [Words(name, text) for name, text in request.query_params.multi_items() if name in SOUGHT]


def _words_of_json(body: Any) -> Iterator[Words]:
    """Yield every text of a JSON value with the name of the nearest field around it, and every name."""
    waiting: list[tuple[str, Any]] = [("", body)]
    while waiting:
        field, value = waiting.pop()
        if isinstance(value, str):
            yield Words(field, value)
        elif isinstance(value, _Object):
            yield from (Words("", name) for name, _ in value.parts)
            waiting.extend(value.parts)
        elif isinstance(value, list):
            waiting.extend((field, part) for part in value)

"""A walk over every route that takes text: a clear sign of danger in any field of it reaches the gate.

Of a student it opens a case; of staff, guardians and strangers it gets words of support and stops the request. A new
route, or a new field, that does not pass the gate fails here. What is no person's words is listed with the reason in
`api.hearing` and below.
"""

import ast
import inspect
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from accounts.policy import allows
from api.deps import Permission
from api.hearing import MADE_HERE, SECRETS, SOUGHT, STAFF_WORDS, HeardInPlace
from domain.outcomes import Escalated
from domain.people import Role
from safety.gate import TOO_LONG
from tests.builders import a_person
from tests.faces import Browser, House, walk_routes
from tests.heard import DANGER, Sent, assert_heard, filled, is_support, texts_of, visitor

NO_WORDS_IN_ADDRESS = {
    "after": "an address that the service made",
    "language": "one of a few",
    "term": "the number of a term, or its name from a list",
    "role": "one of a few",
    "show": "one of a few",
    "saved": "said by the service to itself",
    "view": "one of a few",
    "mode": "one of a few",
    "why": "an id",
    "class": "an id",
    "kind": "one of a few",
    "v": "the beginning of a file's hash",
    "outcome": "one of a few",
    "made_by": "one of a few",
    "withheld": "yes or nothing",
    "unmarked": "yes or nothing",
    "sample": "a number",
    "from": "a day",
    "to": "a day",
    "section": "a number",
}
"""What an address can carry beside the words that somebody searches by, and why it is not heard."""

ELSEWHERE = {
    (
        "PATCH",
        "/api/v1/artifacts/{artifact_id}/units/{unit_id}",
    ): "a teacher's sentence for a class is refused by itself",
    ("POST", "/readings/{document_id}/easier/{artifact_id}"): "the same; `tests/unit/generators` tests the refusal",
}
"""Routes whose words are heard after something is looked up, and why."""

Field = dict[str, Any]


def deep(dependant: Dependant) -> Iterator[Dependant]:
    yield dependant
    for below in dependant.dependencies:
        yield from deep(below)


def in_place(route: APIRoute) -> tuple[str, ...]:
    found = [one.call for one in route.dependant.dependencies if isinstance(one.call, HeardInPlace)]
    return tuple(field for one in found for field in one.fields)


def is_words(name: str) -> bool:
    return name not in SECRETS and name != "form_token"


def who_may(route: APIRoute) -> Role | None:
    """Give a role that the route is for, students first; None when it stands open."""
    actions = [one.call.action for one in deep(route.dependant) if isinstance(one.call, Permission)]
    if not actions:
        return None
    return next(role for role in Role if allows(a_person(role), actions[0]))


# bodies of the API


def bodies(house: House) -> list[tuple[str, str, APIRoute, Field]]:
    """List the routes of the API that take a body, with its schema."""
    described = house.demo.openapi()
    found = []
    for method, path, route in walk_routes(house.demo):
        operation = described["paths"].get(path, {}).get(method.lower(), {})
        content = operation.get("requestBody", {}).get("content", {})
        found += [(method, path, route, part["schema"]) for part in content.values()]
    return found


def with_danger(schema: Field, described: Field, name: str, said: list[str]) -> Any:
    """Make a body whose every text speaks of danger, each in words of its own; collect them."""
    if "$ref" in schema:
        schema = described["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    match schema:
        case {"anyOf": [first, *_]}:
            return with_danger(first, described, name, said)
        case {"type": "object"}:
            parts = schema.get("properties", {}).items()
            return {key: with_danger(part, described, key, said) for key, part in parts}
        case {"type": "array"}:
            return [with_danger(schema.get("items", {}), described, name, said)]
        case _:
            return a_value(schema, name, said)


def as_sent(body: Field) -> Field:
    """Say how a body is sent: as a form when there are files in it, whose names are the texts."""
    if "files" not in body:
        return {"json": body}
    files = [("files", (name, b"Leaves take in light.")) for name in body["files"]]
    return {"files": files, "data": {name: value for name, value in body.items() if name != "files"}}


def a_value(schema: Field, name: str, said: list[str]) -> object:
    others = {"integer": schema.get("minimum", 0), "number": 1, "boolean": True, "null": None}
    if "enum" in schema or "const" in schema:
        return schema.get("const") or schema["enum"][0]
    if schema.get("type", "string") in others:
        return others[schema["type"]]
    if schema.get("format") in {"date", "date-time", "time"} or not is_words(name):
        return "2026-11-22"
    said.append(f"{DANGER}, {name} {len(said)}")
    return said[-1]


def test_every_text_of_a_body_is_heard(house: House) -> None:
    """Every operation of the API that takes a text hears it, whatever else is wrong with the request."""
    described = house.demo.openapi()
    heard = 0
    for method, path, route, schema in bodies(house):
        role = who_may(route)
        said: list[str] = []
        body = with_danger(schema, described, "", said)
        said = [text for text in said if role is Role.STUDENT or text.split(", ")[1].split(" ")[0] not in STAFF_WORDS]
        if (method, path) in ELSEWHERE or not said:
            continue
        browser = visitor(house, role)
        answer = browser.client.request(method, filled(house, path), **as_sent(body))
        assert_heard(house, Sent(browser, role, answer.text, (method, path)), set(said))
        heard += 1
    assert heard >= 10


def test_staffs_words_on_a_danger_are_heard_of_students(house: House) -> None:
    """A counsellor's note passes, and the same field of a student would not."""
    for field in STAFF_WORDS:
        browser = house.newcomer()
        body = {field: DANGER, "person_id": None}
        answer = browser.client.post("/api/v1/keeping/holds", json=body)
        assert_heard(house, Sent(browser, Role.STUDENT, answer.text, field), {DANGER})


# names of files


@pytest.mark.parametrize("path", ["/api/v1/documents", "/readings"])
def test_names_of_files_are_heard(house: House, path: str) -> None:
    """A file whose name speaks of danger is not taken, and a case is opened."""
    browser = house.newcomer()
    file = (f"{DANGER}.txt", b"Leaves take in light.")

    if path.startswith("/api/"):
        answer = browser.client.post(path, files=[("files", file)])
    else:
        answer = browser.send(path, files=dict([file]))

    assert_heard(house, Sent(browser, Role.STUDENT, answer.text, path), {f"{DANGER}.txt"})


# addresses


def asked_in_address(route: APIRoute) -> Iterator[str]:
    """Name the texts that a route reads from its address."""
    for one in deep(route.dependant):
        for field in one.query_params:
            annotation = field.field_info.annotation
            fields = getattr(annotation, "model_fields", None)
            found = fields.items() if fields else [(field.alias, field.field_info)]
            yield from (part.alias or name for name, part in found if takes_text(part.annotation))


def takes_text(annotation: object) -> bool:
    return "str" in re.findall(r"\w+", str(annotation))


def test_every_text_of_an_address_is_heard(house: House) -> None:
    """What somebody searches by is heard; what else an address can carry is named here."""
    heard = 0
    for method, path, route in walk_routes(house.demo):
        for name in asked_in_address(route):
            if name not in SOUGHT:
                is_made = name in MADE_HERE or name.endswith("_id")
                assert is_made or name in NO_WORDS_IN_ADDRESS, (method, path, name)
                continue
            role = who_may(route)
            browser = visitor(house, role)
            answer = browser.client.request(method, filled(house, path) + "?" + urlencode({name: DANGER}))
            assert_heard(house, Sent(browser, role, answer.text, (method, path, name)), {DANGER})
            heard += 1
    assert heard >= 5


# forms of the pages


def fields_of(route: APIRoute) -> set[str]:
    """Name the fields that a page's code reads, and one that it does not."""
    names = {"anything", *(f"{field}x" if field.endswith(".") else field for field in in_place(route))}
    for node in ast.walk(ast.parse(inspect.getsource(inspect.getmodule(route.endpoint) or route.endpoint))):
        match node:
            case ast.Call(func=ast.Attribute(attr="text" | "get" | "list"), args=[ast.Constant(value=str(name)), *_]):
                names.add(name)
    return {name for name in names if is_words(name) and "/" not in name}


def forms(house: House) -> list[tuple[str, APIRoute]]:
    found = walk_routes(house.demo)
    return [(path, route) for method, path, route in found if method == "POST" and not path.startswith("/api/")]


def send(house: House, browser: Browser, path: str, fields: Mapping[str, str]) -> str:
    browser.open("/join" if path == "/join" else "/")
    return browser.send(filled(house, path), fields).text


def test_every_field_of_a_form_is_heard(house: House) -> None:
    """Every page that takes a form hears all its fields before it does anything."""
    for path, route in forms(house):
        role = who_may(route)
        own = in_place(route)
        said = {name: f"{DANGER}, {name}" for name in fields_of(route)}
        if role is not Role.STUDENT:
            said = {name: text for name, text in said.items() if name not in STAFF_WORDS}
        if ("POST", path) in ELSEWHERE:
            continue
        browser = visitor(house, role)
        answer = send(house, browser, path, said)
        assert_heard(house, Sent(browser, role, answer, path), set(said.values()))
        if own:
            browser = visitor(house, role)
            alone = {name: text for name, text in said.items() if name.startswith(own)}
            assert_heard(house, Sent(browser, role, send(house, browser, path, alone), path), set(alone.values()))


def test_every_field_of_staff_is_heard_by_itself(house: House) -> None:
    """Where no case could show it, each field alone stops the request with words of support."""
    browsers = {role: visitor(house, role) for role in (*Role, None)}
    for path, route in forms(house):
        role = who_may(route)
        if role is Role.STUDENT or ("POST", path) in ELSEWHERE:
            continue
        for name in sorted(fields_of(route) - STAFF_WORDS.keys()):
            answer = send(house, browsers[role], path, {name: DANGER})
            assert is_support(answer), (path, name)


def test_reasons_are_given(house: House) -> None:
    """Whatever is not heard has a reason, and the routes that are heard elsewhere are there."""
    there = {(method, path) for method, path, _ in walk_routes(house.demo)}

    assert all(SECRETS.values())
    assert all(MADE_HERE.values())
    assert all(STAFF_WORDS.values())
    assert ELSEWHERE.keys() <= there


def test_nothing_secret_is_kept(house: House) -> None:
    """A password that reads like danger is neither heard nor kept."""
    browser = house.newcomer()

    browser.client.put("/api/v1/me/password", json={"old": DANGER, "new": DANGER})

    assert texts_of(house, browser) == set()


def test_turns_add_up_over_entries(house: House) -> None:
    """A farewell in a search and a gift in a question are heard together."""
    browser = house.newcomer()
    person = house.services.accounts.find_session(browser.client.cookies["margent_session"])
    assert person is not None

    first = house.services.gate.stop(person[0], "I wrote a goodbye letter to everyone", entry="search")
    second = house.services.gate.stop(person[0], "I gave away my favourite things today", entry="answer")

    assert isinstance(first or second, Escalated)


def test_a_field_too_long_to_be_heard_is_refused(house: House) -> None:
    """It is named; and when another field speaks of danger, that comes first."""
    long = "leaf " * 20_001

    refused = house.newcomer().client.post("/api/v1/keeping/holds", json={"reason": long, "person_id": None})
    browser = house.newcomer()
    heard = browser.client.post("/api/v1/keeping/holds", json={"reason": long, "name": DANGER})

    assert (refused.status_code, refused.json()["code"], refused.json()["field"]) == (422, TOO_LONG, "reason")
    assert heard.json()["code"] == "escalated"
    assert texts_of(house, browser) == {DANGER}


@pytest.mark.parametrize("body", [b"{", b"\xff", b"[" * 100_000])
def test_a_body_that_cannot_be_read_is_refused_by_its_route(body: bytes, house: House) -> None:
    """There is nothing in it to be heard."""
    headers = {"content-type": "application/json"}

    answer = house.newcomer().client.post(f"/api/v1/documents/{house.reading.id}/ask", content=body, headers=headers)

    assert answer.status_code in {400, 422}


def test_words_in_lists_are_heard(house: House) -> None:
    """However deep they stand in a body, and whatever its shape."""
    browser = house.newcomer()

    answer = browser.client.post("/api/v1/keeping/holds", json=[{"a": [[DANGER]]}, 1, None])

    assert_heard(house, Sent(browser, Role.STUDENT, answer.text, "list"), {DANGER})


def test_strangers_are_heard_where_they_may_be(house: House) -> None:
    """At a closed door they are asked to sign in, before anything they wrote is looked at."""
    stranger = visitor(house, None)

    at_the_door = stranger.client.post("/api/v1/keeping/holds", json={"reason": DANGER})
    let_in = stranger.client.post(
        "/api/v1/invitations/acceptance",
        json={"token": "x" * 43, "name": DANGER, "email": "a@b.example", "password": "p" * 12},
    )

    assert at_the_door.status_code == 401
    assert let_in.json()["code"] == "escalated"
    assert "nobody at your school has been told" in let_in.json()["detail"]


def test_a_token_is_recognised_before_the_route_asks(house: House) -> None:
    """Whoever signs in with a token is heard as themselves too."""
    browser = house.newcomer()
    token = browser.client.cookies["margent_session"]
    client = house.browser().client

    client.post("/api/v1/keeping/holds", json={"reason": DANGER}, headers={"Authorization": f"Bearer {token}"})

    assert texts_of(house, browser) == {DANGER}

"""A walk over every route: each names a permission, says what it is for, and holds against every role."""

from collections import defaultdict
from collections.abc import Iterator

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from accounts.policy import allows
from api.deps import Open, Permission, Welcome
from api.wishes import LONGEST_QUESTION
from domain.errors import Invalid
from domain.material import Kind
from domain.people import Role
from tests.faces import House, walk_routes
from web.forms import read_posted

_OPEN = {
    "/",
    "/sign-in",
    "/sign-in/demo",
    # off to the school's own sign-in and back: whoever comes has no account yet, and state guards the way back
    "/sign-in/school",
    "/sign-in/school/callback",
    "/static/{version}/{name}",
    "/healthz",
    "/readyz",
    "/api/v1/session",
    # the first start, and whoever was invited: nobody has an account yet; a code or a token guards them
    "/setup",
    "/invitations/{token}",
    "/api/v1/invitations/acceptance",
    "/join",
    # children of young classes have no other way in; the class code and three pictures guard it
    "/sign-in/class",
}
"""The routes that may stand open; another one needs a reason."""

_FOR_COUNSELLORS = "/cases"
_FOR_STRANGERS = {("post", "/api/v1/session"), ("post", "/api/v1/invitations/acceptance")}
_UNSAFE = {"POST", "PATCH", "PUT", "DELETE"}


def calls(dependant: Dependant) -> Iterator[object]:
    for below in dependant.dependencies:
        yield below.call
        yield from calls(below)


def permissions(route: APIRoute) -> list[Permission]:
    return [call for call in calls(route.dependant) if isinstance(call, Permission)]


def filled(path: str) -> str:
    """Put ids that nothing has into a path."""
    ids = defaultdict(
        lambda: "9" * 32,
        document_id="0" * 32,
        artifact_id="1" * 32,
        unit_id="2" * 32,
        question_id="3" * 32,
        case_id="4" * 32,
        person_id="5" * 32,
        hold_id="6" * 32,
        number=1,
        name="cards.csv",
        version="0",
    )
    return path.format_map(ids)


def test_every_route_names_one_permission_or_stands_open_on_purpose(house: House) -> None:
    """A route that forgets to ask who is there fails here."""
    for method, path, route in walk_routes(house.demo):
        named = permissions(route)
        is_open = any(isinstance(call, Open | Welcome) for call in calls(route.dependant))
        assert len(named) + is_open == 1, (method, path)
        assert not is_open or path in _OPEN, (method, path)


def test_every_form_is_checked_for_its_token(house: House) -> None:
    """A page's route that changes something reads its form through the one function that checks the token."""
    for method, path, route in walk_routes(house.demo):
        if method in _UNSAFE and not path.startswith("/api/"):
            assert read_posted in set(calls(route.dependant)), (method, path)


def test_there_are_routes_to_walk(house: House) -> None:
    """The walk sees the API and the pages."""
    paths = {path for _, path, _ in walk_routes(house.demo)}

    assert {"/api/v1/documents", "/readings/{document_id}", "/cases/{case_id}/close"} <= paths


def test_nobody_gets_in_without_signing_in(house: House) -> None:
    """To strangers the API says 401, and pages lead to the way in."""
    for method, path, _ in walk_routes(house.demo):
        if path in _OPEN and path != "/api/v1/session":
            continue
        if (method, path) == ("POST", "/api/v1/session"):
            continue
        answer = house.browser().client.request(method, filled(path))
        if path.startswith("/api/") or method != "GET":
            assert answer.status_code in {401, 422}, (method, path, answer.text)
        else:
            assert answer.status_code == 303, (method, path)
            assert answer.headers["location"].startswith("/sign-in?next="), (method, path)


@pytest.mark.parametrize("role", [Role.STUDENT, Role.TEACHER])
def test_cases_are_not_there_for_others(house: House, role: Role) -> None:
    """Students and teachers cannot tell the counsellor's pages from pages that do not exist."""
    browser = house.browser(role)

    for method, path, _ in walk_routes(house.demo):
        if _FOR_COUNSELLORS in path:
            body = {"note": "x"} if method == "POST" else None
            answer = browser.client.request(method, filled(path), json=body)
            assert answer.status_code == 404, (method, path)


def test_counsellors_see_no_readings(house: House) -> None:
    """A counsellor's door leads to cases alone."""
    browser = house.browser(Role.COUNSELLOR)

    counsellor = house.person(Role.COUNSELLOR)

    for method, path, route in walk_routes(house.demo):
        if path in _OPEN or any(allows(counsellor, one.action) for one in permissions(route)):
            continue
        answer = browser.client.request(method, filled(path))
        assert answer.status_code in {403, 422}, (method, path)


def test_students_prepare_and_oversee_nothing(house: House) -> None:
    """What is the teacher's is refused to students, whatever they send."""
    student = house.browser(Role.STUDENT)
    deck = house.aid(Kind.FLASHCARDS)
    aid = f"/api/v1/artifacts/{deck.id}"
    unit = f"{aid}/units/{deck.units[0].id}"
    teacher_only: list[tuple[str, str, object]] = [
        ("POST", f"/api/v1/documents/{house.reading.id}/variants", {"section": house.unit.ordinal}),
        ("PATCH", unit, {"back": "x"}),
        ("POST", f"{unit}/acts", {"act": "remove"}),
        ("POST", f"{aid}/anew", {}),
        ("GET", f"{aid}/versions", None),
        ("POST", f"{aid}/versions/1", {}),
        ("GET", f"{aid}/ratings", None),
        ("POST", f"/api/v1/artifacts/{'1' * 32}/approval", None),
        ("GET", f"/api/v1/documents/{house.reading.id}/interactions", None),
        ("POST", f"/api/v1/documents/{house.reading.id}/aids", {"kind": "summary", "section": None}),
        ("DELETE", f"/api/v1/documents/{house.reading.id}", None),
        ("POST", f"/api/v1/documents/{house.reading.id}/cancel", None),
        ("POST", f"/api/v1/documents/{house.reading.id}/retry", None),
    ]

    for method, path, body in teacher_only:
        answer = student.client.request(method, path, json=body)
        assert answer.status_code == 403, (method, path, answer.text)
        assert answer.headers["content-type"] == "application/problem+json"


def test_the_description_of_the_api_is_complete(house: House) -> None:
    """Every operation has a tag, a summary, a description and documented problems."""
    described = house.browser().client.get("/api/v1/openapi.json").json()

    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            assert operation["tags"], (method, path)
            assert operation["summary"], (method, path)
            assert operation["description"], (method, path)
            if path.startswith("/api/"):
                problem = operation["responses"]["422"]["content"]
                assert "code" in problem["application/problem+json"]["schema"]["properties"], (method, path)
                good = [status for status in operation["responses"] if status.startswith("2")]
                assert good, (method, path)


def test_the_description_says_how_to_sign_in(house: House) -> None:
    """Every operation but signing in asks for the cookie or the token, and documents what refuses a request."""
    described = house.browser().client.get("/api/v1/openapi.json").json()

    schemes = described["components"]["securitySchemes"]
    assert (schemes["cookie"]["in"], schemes["cookie"]["name"]) == ("cookie", "margent_session")
    assert (schemes["bearer"]["type"], schemes["bearer"]["scheme"]) == ("http", "bearer")
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            is_open = (method, path) in _FOR_STRANGERS or not path.startswith("/api/")
            choices = operation.get("security", [{}])
            assert ({} in choices) == is_open, (method, path)
            assert is_open or choices == [{"cookie": []}, {"bearer": []}], (method, path)
            if path.startswith("/api/"):
                assert {"400", "401", "403"} <= set(operation["responses"]), (method, path)


def test_a_question_has_one_limit(house: House) -> None:
    """The page and the service agree on how long a question may be; a longer one passes the gate and is refused."""
    browser = house.newcomer()

    assert f'maxlength="{LONGEST_QUESTION}"' in browser.open(house.url("ask")).text
    with pytest.raises(Invalid, match=str(LONGEST_QUESTION)):
        house.services.material.ask(house.person(Role.STUDENT), house.reading.id, "x" * (LONGEST_QUESTION + 1))


def test_pages_are_no_part_of_the_api(house: House) -> None:
    """The description holds the API and the health of the service, and no page."""
    paths = house.browser().client.get("/api/v1/openapi.json").json()["paths"]

    assert all(path.startswith("/api/v1/") or path in {"/healthz", "/readyz"} for path in paths)

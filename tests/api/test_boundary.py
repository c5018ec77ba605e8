"""The request boundary: what nobody foresaw, and guards that stand before the routes."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from api import errors
from api.security import BodyLimit, SameOrigin, SecurityHeaders
from domain.errors import IndexDown, OverBudget, TooLarge
from margent.app import create_app
from tests.faces import House


def raising(error: Exception) -> TestClient:
    app = FastAPI()
    errors.install(app)

    def fail() -> None:
        raise error

    app.get("/fails")(fail)
    return TestClient(app, raise_server_exceptions=False)


def test_an_error_that_nobody_foresaw_tells_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    """The person reads a sentence, the log names the kind of error, and neither holds its words."""
    answer = raising(ZeroDivisionError("secret words of somebody")).get("/fails?q=private")

    assert (answer.status_code, answer.json()["code"]) == (500, "error")
    assert "secret" not in answer.text
    logged = "".join(capfd.readouterr())
    assert "ZeroDivisionError" in logged
    assert "private" not in logged


def test_what_may_work_later_says_when() -> None:
    """A passing trouble and a used-up allowance carry Retry-After."""
    soon = raising(IndexDown("Search is down. Try again in a moment.")).get("/fails")
    later = raising(OverBudget("Used up.", renews_at=datetime(2026, 9, 2, 6, tzinfo=UTC))).get("/fails")

    assert (soon.status_code, soon.headers["retry-after"]) == (503, "5")
    assert (later.status_code, later.headers["retry-after"]) == (429, "Wed, 02 Sep 2026 06:00:00 GMT")


def test_a_part_that_is_down_is_named(house: House) -> None:
    """/readyz answers 503 and says which part."""
    services = replace(house.services, ping=lambda: {"store": "ok", "vectors": "The index does not answer."})

    answer = TestClient(create_app(services)).get("/readyz")

    assert (answer.status_code, answer.json()["status"]) == (503, "down")
    assert answer.json()["parts"]["vectors"] == "The index does not answer."


@pytest.mark.parametrize("guard", [SecurityHeaders, SameOrigin, lambda app: BodyLimit(app, 10)])
def test_guards_leave_other_traffic_alone(guard: object) -> None:
    """The start and end of the application pass through every guard."""
    seen: list[str] = []

    async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
        seen.append(scope["type"])

    async def receive() -> Message:
        return {"type": "lifespan.startup"}

    async def send(_message: Message) -> None:
        return

    drive(guard(app)({"type": "lifespan"}, receive, send))  # type: ignore[operator]

    assert seen == ["lifespan"]


def test_an_overlong_body_is_read_on_for_a_while_before_it_is_refused() -> None:
    """What is too much is thrown away up to four times the limit, so that a browser hears the answer."""
    taken = 0

    async def app(_scope: Scope, receive: Receive, _send: Send) -> None:
        while True:
            await receive()

    async def receive() -> Message:
        nonlocal taken
        taken += 1
        return {"type": "http.request", "body": b"x" * 16 * 1024, "more_body": True}

    async def send(_message: Message) -> None:
        return

    with pytest.raises(TooLarge):
        BodyLimit(app, 10)({"type": "http", "headers": []}, receive, send).send(None)

    assert taken == 4 * 64 // 16 + 1


def drive(coroutine: object) -> None:
    """Run a coroutine that never waits."""
    with pytest.raises(StopIteration):
        coroutine.send(None)  # type: ignore[attr-defined]

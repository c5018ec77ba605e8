"""The request boundary: what nobody foresaw, and guards that stand before the routes."""

import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from threading import Thread

import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.responses import StreamingResponse
from fastapi.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from api import errors
from api.security import BodyLimit, KnownHost, SameOrigin, SecurityHeaders
from domain.errors import IndexDown, OverBudget, TooLarge
from margent.app import create_app
from tests.faces import House

CANARY = "canary who wrote something private"


def raising(error: Exception) -> TestClient:
    app = FastAPI()
    errors.install(app)
    app.add_middleware(errors.Boundary)

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


def serve_once(app: FastAPI, path: str) -> str:
    """Give what a real server sends for one request, on a port of this machine."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, host="127.0.0.1", log_level="debug", lifespan="off"))
    thread = Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
            return b"".join(iter(lambda: connection.recv(65536), b"")).decode()
    finally:
        server.should_exit = True
        thread.join()


@pytest.mark.parametrize("breaks_off", [False, True])
def test_no_line_of_the_server_holds_the_words_of_an_error(
    house: House, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture, *, breaks_off: bool
) -> None:
    """Under a real server an error's message reaches neither the log nor stdout nor stderr; its place does."""
    app = create_app(house.services)

    def fail_at_once() -> None:
        raise ZeroDivisionError(CANARY)

    def fail_midway() -> StreamingResponse:
        def words() -> Iterator[str]:
            yield "these words came before"
            fail_at_once()

        return StreamingResponse(words())

    app.get("/fails")(fail_midway if breaks_off else fail_at_once)

    sent = serve_once(app, "/fails")

    assert ("these words came before" in sent) == breaks_off
    assert ("HTTP/1.1 500" in sent) != breaks_off
    logged = "".join(capfd.readouterr()) + caplog.text + sent
    assert CANARY not in logged
    assert "ZeroDivisionError" in logged
    assert "fail_at_once" in logged


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


def test_late_notices_are_an_alarm_and_keep_nobody_out(house: House) -> None:
    """/readyz says that something is late and stays 200: students must still reach the service."""
    services = replace(house.services, ping=lambda: {"store": "ok", "notices": "Late."})

    answer = TestClient(create_app(services)).get("/readyz")

    assert (answer.status_code, answer.json()["status"]) == (200, "alarm")


@pytest.mark.parametrize(
    "guard", [SecurityHeaders, SameOrigin, KnownHost, errors.Boundary, lambda app: BodyLimit(app, 10)]
)
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


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8000", 200),
        ("127.0.0.1:8000", 200),
        ("192.168.1.20", 200),
        ("[::1]:8000", 200),
        ("rebound.example:8000", 403),
        ("127.0.0.1.rebound.example", 403),
        ("[::1", 403),
        ("", 403),
    ],
)
def test_the_demo_answers_to_addresses_and_localhost(house: House, host: str, status: int) -> None:
    """A name that another site lets point here opens no door of the demo; a school has a name of its own."""
    assert TestClient(house.demo).get("/", headers={"host": host}).status_code == status
    assert TestClient(house.school).get("/", headers={"host": "margent.school.example"}).status_code == 200


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

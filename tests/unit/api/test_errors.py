"""From an error to a status."""

from types import SimpleNamespace

import pytest
from fastapi import FastAPI, Request
from structlog.testing import capture_logs

from api.errors import answer, status_of, title_of
from domain import errors


def every_error() -> list[type[errors.MargentError]]:
    found: list[type[errors.MargentError]] = [errors.MargentError]
    for kind in found:
        found.extend(kind.__subclasses__())
    return [kind for kind in found if kind.__module__ == errors.__name__]


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.NotFound("x"), 404),
        (errors.NotSignedIn("x"), 401),
        (errors.NotAllowed("x"), 403),
        (errors.Unreadable("x"), 422),
        (errors.Unsupported("x"), 415),
        (errors.TooLarge("x"), 413),
        (errors.Conflict("x"), 409),
        (errors.BadReply("x"), 502),
        (errors.IndexDown("x"), 503),
    ],
)
def test_each_error_has_the_status_of_its_narrowest_class(error: errors.MargentError, status: int) -> None:
    """The table is asked from the error's own class upwards."""
    assert status_of(error) == status


@pytest.mark.parametrize("kind", every_error())
def test_every_error_has_a_status_of_its_own_kind(kind: type[errors.MargentError]) -> None:
    """Nothing but the root, which nobody raises, is an internal error."""
    status = status_of(kind.__new__(kind))

    assert (status == 500) == (kind is errors.MargentError)


@pytest.mark.parametrize("status", [400, 401, 418, 451, 500, 599])
def test_every_status_has_a_heading(status: int) -> None:
    """Also a status that no error of ours has is given a heading in plain words."""
    assert title_of(status).endswith(("read", "in", "here"))


def _asked(path: str) -> Request:
    scope = {"type": "http", "method": "POST", "path": path, "query_string": b"", "headers": [], "app": FastAPI()}
    return Request(scope | {"route": SimpleNamespace(path="/things/{thing_id}")})


@pytest.mark.parametrize(
    "error",
    [errors.NotFound("x"), errors.NotAllowed("x", code="cross_site"), errors.OutOfScope("x")],
)
def test_refusals_are_logged_without_what_was_asked(error: errors.MargentError) -> None:
    """A refusal is logged with status, code, method and the route's pattern, and nothing of the address."""
    with capture_logs() as lines:
        response = answer(_asked("/things/secret"), error)

    (line,) = lines
    assert line == {
        "event": "refused",
        "log_level": "info",
        "status": response.status_code,
        "code": error.code,
        "method": "POST",
        "route": "/things/{thing_id}",
        "person": "",
    }


def test_strangers_and_mistakes_are_not_logged() -> None:
    """Who has to sign in first, and who typed something wrong, leaves no line."""
    with capture_logs() as lines:
        for error in (errors.NotSignedIn("x"), errors.Invalid("x"), errors.Conflict("x")):
            answer(_asked("/things/secret"), error)

    assert lines == []


def test_a_missing_key_is_told_in_the_log_alone() -> None:
    """A page says what to do; the place of the ring stands in the log."""
    with capture_logs() as lines:
        response = answer(_asked("/things/secret"), errors.KeyMissing("The key ring /etc/ring.json is missing."))

    assert response.status_code == 503
    assert b"cannot be opened now. Tell your school." in bytes(response.body)
    assert b"ring.json" not in bytes(response.body)
    (line,) = lines
    assert (line["event"], line["detail"]) == ("key_missing", "The key ring /etc/ring.json is missing.")

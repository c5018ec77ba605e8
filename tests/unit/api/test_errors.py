"""From an error to a status."""

import pytest

from api.errors import status_of, title_of
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

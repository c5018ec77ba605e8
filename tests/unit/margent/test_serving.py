"""The address that is printed at the start."""

from socket import gethostname

import pytest

from margent.serving import address_of
from margent.settings import Settings


@pytest.mark.parametrize(
    ("host", "shown"),
    # compared with, not listened on
    [("127.0.0.1", "127.0.0.1"), ("0.0.0.0", gethostname()), ("::", gethostname())],  # noqa: S104
)
def test_the_printed_address_can_be_opened(host: str, shown: str) -> None:
    """A service that listens on every address is opened by the computer's name."""
    assert address_of(Settings(host=host, port=8001)) == f"http://{shown}:8001"

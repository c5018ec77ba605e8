"""Names of devices and sessions."""

import pytest

from accounts.sessions import begin, name_device, name_of
from tests.builders import NOW, a_person

_MOZILLA = "Mozilla/5.0"


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (f"{_MOZILLA} (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Windows"),
        (f"{_MOZILLA} (X11; Linux x86_64) AppleWebKit/537.36 (KHTML) Chrome/140.0 Safari/537.36", "Chrome on Linux"),
        (f"{_MOZILLA} (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        (f"{_MOZILLA} (iPhone; CPU iPhone OS 18 like Mac OS X) Version/18 Mobile Safari/604.1", "Safari on iPhone"),
        (f"{_MOZILLA} (X11; CrOS x86_64 14541) AppleWebKit/537.36 Chrome/140.0 Safari/537.36", "Chrome on Chromebook"),
        (f"{_MOZILLA} (Macintosh)", "Mac"),
        ("Firefox", "Firefox"),
        ("curl/8.0 <script>", "A program"),
        ("", ""),
    ],
)
def test_a_device_has_a_short_name(agent: str, name: str) -> None:
    """Of what a browser calls itself only the browser's and the system's name is kept."""
    assert name_device(agent) == name


def test_a_session_is_named_without_giving_it_away() -> None:
    """The name by which a session is ended is neither its token nor the hash that the store looks for."""
    session, record = begin(a_person(), NOW, device="Firefox on Linux")

    assert record.device == "Firefox on Linux"
    assert name_of(record) not in {session.token, record.token_hash}
    assert name_of(record) not in record.token_hash

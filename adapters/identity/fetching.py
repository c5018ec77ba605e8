"""JSON from a server that is trusted with who people are, but not with our time and memory."""

import json
import time
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from adapters.answers import Unreceived, read_within
from domain.errors import Transient

if TYPE_CHECKING:
    import ssl


_MOST_BYTES = 512 * 1024
_SECONDS = 10.0
"""For a whole answer, however slowly its bytes come."""

_HEADERS = {"Accept": "application/json", "Accept-Encoding": "gzip"}
_DOWN = "The school's sign-in does not answer now. Try again later."


class Fetcher:
    """Asks for JSON objects. Follows no redirects, reads no more than 512 kB, waits no longer than its seconds."""

    def __init__(self, *, seconds: float = _SECONDS) -> None:
        """Give up an answer that takes longer than `seconds`."""
        self._seconds = seconds

    def get(self, url: str) -> Mapping[str, Any]:
        """Fetch a JSON object. Raises Transient for anything else."""
        status, body = self._ask("GET", url)
        if status != 200:
            raise Transient(_DOWN, code="school_sign_in_down")
        return body

    def post(
        self, url: str, fields: Mapping[str, str], *, login: tuple[str, str] | None = None
    ) -> tuple[int, Mapping[str, Any]]:
        """Send a form, give the status below 500 and the JSON object. Raises Transient for anything else."""
        return self._ask("POST", url, fields=fields, login=login)

    def _ask(
        self,
        method: str,
        url: str,
        *,
        fields: Mapping[str, str] | None = None,
        login: tuple[str, str] | None = None,
    ) -> tuple[int, Mapping[str, Any]]:
        import httpx

        # RFC 6749, 2.3.1: both parts are written as in a form before they are joined
        auth = httpx.BasicAuth(quote(login[0], safe=""), quote(login[1], safe="")) if login else None
        deadline = time.monotonic() + self._seconds
        try:
            with (
                httpx.Client(timeout=self._seconds, follow_redirects=False, verify=self._trust) as client,
                client.stream(method, url, data=fields, auth=auth, headers=_HEADERS) as answer,
            ):
                packing = answer.headers.get("content-encoding", "")
                content = read_within(answer.iter_raw(), packing=packing, most=_MOST_BYTES, until=deadline)
            body = json.loads(content)
        except (httpx.HTTPError, httpx.InvalidURL, Unreceived, ValueError, RecursionError) as error:
            raise Transient(_DOWN, code="school_sign_in_down") from error
        if answer.is_server_error or not isinstance(body, dict):
            raise Transient(_DOWN, code="school_sign_in_down")
        return answer.status_code, body

    @cached_property
    def _trust(self) -> "ssl.SSLContext":
        import httpx

        return httpx.create_ssl_context()

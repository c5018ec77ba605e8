"""Letters as signed JSON to one address of the school's, described in `docs/notices.md`."""

import hashlib
import hmac
import json
import threading
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from domain.addresses import is_safe
from domain.clock import Clock
from domain.errors import Invalid, Transient
from domain.notices import Channel, Letter

if TYPE_CHECKING:
    import ssl

_IN_ALL = 3.0
"""A whole delivery takes no longer than so many times what one answer may take, however slowly a server speaks."""

_VERSION = 1


class WebhookCourier:
    """A `domain.ports.Courier` by HTTP. It follows no redirects, and reads nothing of an answer but its status."""

    channel = Channel.WEBHOOK

    def __init__(self, url: str, secret: str, clock: Clock, *, seconds: float = 10.0) -> None:
        """Post to `url`, signed with `secret`. Raises Invalid unless it is https or this machine itself."""
        if not is_safe(url):
            raise Invalid(
                "MARGENT_WEBHOOK_URL must begin with https://, unless it is this machine.", field="webhook_url"
            )
        self._url = url
        self._secret = secret.encode()
        self._clock = clock
        self._seconds = seconds

    def deliver(self, letter: Letter) -> None:
        """Hand a letter over. Raises Transient unless the answer's status is 200 to 299."""
        body = to_body(letter)
        stamp = str(int(self._clock.now().timestamp()))
        status = self._ask(
            "POST",
            body,
            {
                "Content-Type": "application/json",
                "Idempotency-Key": letter.key,
                "Margent-Timestamp": stamp,
                "Margent-Signature": sign(self._secret, stamp, body),
            },
        )
        if not 200 <= status < 300:
            raise Transient("The webhook did not take the notice.", code=f"webhook_{status}")

    def ping(self) -> None:
        """Raise Transient when nothing answers there; any answer but a server's own fault will do."""
        status = self._ask("HEAD", b"", {})
        if status >= 500 and status != 501:  # 501: it knows no HEAD
            raise Transient(f"The webhook answers with status {status}.", code=f"webhook_{status}")

    def _ask(self, method: str, body: bytes, headers: dict[str, str]) -> int:
        import httpx

        headers = {"User-Agent": "Margent", **headers}
        try:
            with httpx.Client(timeout=self._seconds, follow_redirects=False, verify=self._trust) as client:
                guard = threading.Timer(self._seconds * _IN_ALL, client.close)
                guard.daemon = True
                guard.start()
                try:
                    with client.stream(method, self._url, content=body, headers=headers) as answer:
                        return answer.status_code
                finally:
                    guard.cancel()
        except (httpx.HTTPError, httpx.InvalidURL, OSError, RuntimeError, ValueError):
            raise Transient("The webhook does not answer.", code="webhook_down") from None

    @cached_property
    def _trust(self) -> "ssl.SSLContext":
        import httpx

        return httpx.create_ssl_context()


def to_body(letter: Letter) -> bytes:
    """Write the JSON of a letter: ids, words of fixed lists, times, a link. The same letter gives the same bytes."""
    content = {
        "version": _VERSION,
        "id": letter.key,
        "occasion": letter.occasion.value,
        "severity": letter.severity.value,
        "is_drill": letter.is_drill,
        "at": _moment(letter.at),
        "due_at": _moment(letter.due_at),
        "link": letter.link,
    }
    return json.dumps(content, separators=(",", ":")).encode()


def sign(secret: bytes, stamp: str, body: bytes) -> str:
    """Give `v1=` and the HMAC-SHA256, in hex, of the timestamp, a dot and the body."""
    return "v1=" + hmac.new(secret, stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")

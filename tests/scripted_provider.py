"""A school's own sign-in on this machine: an OpenID provider with real keys, which can be told to misbehave.

It plays the browser's part at the provider too: `allow` is somebody who signs in there and is sent back.
"""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, parse_qsl, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey

from domain.clock import Clock

CLIENT_ID = "margent at school"
CLIENT_SECRET = "a secret: with / and %"
Key = RSAKey | ECKey | OctKey


@dataclass(frozen=True)
class Reply:
    """What is sent instead of the right answer. `pause` is waited, in seconds, before each of the `pieces`."""

    status: int = 200
    pieces: tuple[bytes, ...] = (b"{}",)
    pause: float = 0.0
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class ScriptedProvider:
    """The running provider. Everything may be changed by a test before it asks for it."""

    issuer: str
    clock: Clock
    signing: Key
    published: list[Key]
    algorithm: str = "RS256"
    claims: dict[str, object] = field(default_factory=dict)
    """Put into tokens over what is right; None takes a claim away."""

    description: dict[str, object] = field(default_factory=dict)
    """Put into the description over what is right."""

    replies: dict[str, Reply] = field(default_factory=dict)
    """Sent instead of what is right, by path."""

    forge: Callable[[str], str] = str
    """Changes a signed token on its way out."""

    asked: list[str] = field(default_factory=list)
    _granted: dict[str, dict[str, str]] = field(default_factory=dict)

    def allow(self, address: str, subject: str = "s-1", **claims: object) -> dict[str, str]:
        """Sign somebody in who was sent to `address`; give the query with which the browser comes back."""
        asked = dict(parse_qsl(urlsplit(address).query))
        assert (asked["response_type"], asked["client_id"]) == ("code", CLIENT_ID)
        assert asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"].split()
        code = f"code-{len(self._granted)}"
        self._granted[code] = asked | {"sub": subject, "more": json.dumps(claims)}
        return {"code": code, "state": asked["state"], "iss": self.issuer}

    def describe(self) -> dict[str, object]:
        """Say what the provider is."""
        right: dict[str, object] = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize?tenant=1",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        }
        return right | self.description

    def redeem(self, form: Mapping[str, str]) -> tuple[int, dict[str, object]]:
        """Change a code for a token, once, for whoever asked for it."""
        granted = self._granted.get(form.get("code", ""))
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).decode()
        if (
            granted is None
            or granted.pop("is_used", "")
            or granted["code_challenge"] != challenge.rstrip("=")
            or granted["redirect_uri"] != form["redirect_uri"]
        ):
            return 400, {"error": "invalid_grant"}
        granted["is_used"] = "yes"
        return 200, {"access_token": "a", "token_type": "Bearer", "id_token": self.forge(self._token(granted))}

    def _token(self, granted: Mapping[str, str]) -> str:
        now = int(self.clock.now().timestamp())
        claims: dict[str, object] = {
            "iss": self.issuer,
            "sub": granted["sub"],
            "aud": CLIENT_ID,
            "nonce": granted["nonce"],
            "iat": now,
            "exp": now + 300,
        }
        claims |= json.loads(granted["more"]) | self.claims
        header = {"alg": self.algorithm, "kid": self.signing.kid}
        right = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(header, right, self.signing, algorithms=[self.algorithm])


class _Handler(BaseHTTPRequestHandler):
    provider: ClassVar[ScriptedProvider]

    def do_GET(self) -> None:
        keys = [key.as_dict(private=False) for key in self.provider.published]
        answers: dict[str, object] = {
            "/.well-known/openid-configuration": self.provider.describe(),
            "/keys": {"keys": keys},
        }
        self.answer(200, answers[self.path])

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        given = self.headers.get("authorization", "").removeprefix("Basic ")
        self.provider.asked.append("basic" if given else "post")
        expected = base64.b64encode(b"margent%20at%20school:a%20secret%3A%20with%20%2F%20and%20%25").decode()
        if given != expected and form.get("client_secret") != CLIENT_SECRET:
            self.answer(401, {"error": "invalid_client"})
            return
        self.answer(*self.provider.redeem(form))

    def answer(self, status: int, body: object) -> None:
        """Send JSON, or what the script says instead."""
        self.provider.asked.append(self.path)
        reply = self.provider.replies.get(self.path) or Reply(status, (json.dumps(body).encode(),))
        self.send_response(reply.status)
        self.send_header("content-length", str(sum(map(len, reply.pieces))))
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        for piece in reply.pieces:
            time.sleep(reply.pause)
            try:
                self.wfile.write(piece)
            except ConnectionError:
                return

    def log_message(self, *_: Any) -> None:
        """Stay quiet."""


@contextmanager
def scripted_provider(clock: Clock, key: Key) -> Iterator[ScriptedProvider]:
    """Run a provider that signs with `key` for the length of the block."""
    key.ensure_kid()
    provider = ScriptedProvider("", clock, key, [key])
    handler = type("Handler", (_Handler,), {"provider": provider})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.block_on_close = False
    provider.issuer = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

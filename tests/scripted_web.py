"""A small web on this machine: pages by path, each answered by a script, over HTTP or HTTPS."""

import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar


@dataclass(frozen=True)
class Reply:
    """What is sent for a path. `pause` is waited, in seconds, before each piece; a status of 0 drips a head."""

    pieces: tuple[bytes, ...] = ()
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: {"content-type": "text/html"})
    pause: float = 0.0


@dataclass
class SmallWeb:
    """The running server: its port, what stands at its paths, and the heads of the requests that came."""

    port: int = 0
    replies: dict[str, Reply] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)


class _Handler(BaseHTTPRequestHandler):
    web: ClassVar[SmallWeb]

    def do_GET(self) -> None:
        self.web.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        reply = self.web.replies.get(self.path, Reply((b"nothing here",), 404))
        try:
            self._send(reply)
        except OSError:
            return

    def _send(self, reply: Reply) -> None:
        if reply.status == 0:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nx: ")
            self._send_pieces((b"x",) * 1000, reply.pause)
            return
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self._send_pieces(reply.pieces, reply.pause)

    def _send_pieces(self, pieces: tuple[bytes, ...], pause: float) -> None:
        for piece in pieces:
            time.sleep(pause)
            self.wfile.write(piece)
            self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Stay quiet."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_: object) -> None:
        """Stay quiet: a client that trusts no certificate hangs up."""


@contextmanager
def scripted_web(certificate: Path | None = None, **replies: Reply) -> Iterator[SmallWeb]:
    """Run a server for the length of the block; each reply stands under its name, `home` at the root."""
    web = SmallWeb()
    web.replies = {"/" if name == "home" else f"/{name}": reply for name, reply in replies.items()}
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"web": web}))
    if certificate:
        trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        trust.load_cert_chain(certificate)
        server.socket = trust.wrap_socket(server.socket, server_side=True)
    web.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

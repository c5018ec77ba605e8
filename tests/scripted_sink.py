"""A webhook's other end on this machine: it writes down every request and answers by a script."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar


@dataclass(frozen=True)
class Posted:
    """One request as it came."""

    method: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Sink:
    """What came, and how the next requests are answered. The last status goes on for ever; 0 breaks off, -1 drips."""

    url: str = ""
    statuses: list[int] = field(default_factory=lambda: [204])
    location: str = ""
    requests: list[Posted] = field(default_factory=list)
    seconds: float = 0.0
    """How long each answer takes."""

    @property
    def posts(self) -> list[Posted]:
        """The requests that carry a letter."""
        return [one for one in self.requests if one.method == "POST"]

    def next_status(self) -> int:
        """Take the next status of the script."""
        return self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]


class _Handler(BaseHTTPRequestHandler):
    sink: ClassVar[Sink]

    def do_POST(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def _answer(self) -> None:
        length = int(self.headers.get("content-length", 0))
        body = self.rfile.read(length)
        if len(body) < length:
            return  # whoever sent it is dead: half a letter is no letter
        self.sink.requests.append(Posted(self.command, dict(self.headers.items()), body))
        time.sleep(self.sink.seconds)
        status = self.sink.next_status()
        if status == 0:
            return
        if status == -1:
            self._drip()
            return
        self.send_response(status)
        if self.sink.location:
            self.send_header("location", self.sink.location)
        self.send_header("content-length", "0")
        self.end_headers()

    def _drip(self) -> None:
        """Send a head that never ends, letter by letter."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nx: ")
        try:
            while True:
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.02)
        except OSError:
            return

    def log_message(self, *_: object) -> None:
        """Stay quiet."""


@contextmanager
def scripted_sink(*statuses: int, port: int = 0) -> Iterator[Sink]:
    """Run a sink for the length of the block; without a script it takes everything."""
    sink = Sink(statuses=list(statuses) or [204])
    server = ThreadingHTTPServer(("127.0.0.1", port), type("Handler", (_Handler,), {"sink": sink}))
    server.daemon_threads = True
    server.block_on_close = False
    sink.url = f"http://127.0.0.1:{server.server_address[1]}/notices"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield sink
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

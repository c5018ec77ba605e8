"""A model endpoint on this machine that keeps every byte it is sent, and answers as badly as one can.

It obeys, quotes what it was told, breaks off, fails with a message that quotes the request, and wants other schemas.
"""

import json
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

_QUOTED = 400
"""Characters of the request's end that come back."""


class Recorded:
    """The running endpoint: its address, and what has come in since it was last asked."""

    def __init__(self, seed: int) -> None:
        self.base_url = ""
        self.count = 0
        self.is_down = False
        # what is answered has to come again from its seed
        self.random = random.Random(seed)  # noqa: S311
        self._bytes: list[bytes] = []
        self._lock = threading.Lock()

    def keep(self, data: bytes) -> None:
        with self._lock:
            self.count += 1
            self._bytes.append(data)

    def take(self) -> bytes:
        """Give what came in since the last time, with a copy in which escapes of JSON are letters."""
        with self._lock:
            data, self._bytes = b"\n".join(self._bytes), []
        return data + data.decode(errors="replace").encode().decode("unicode_escape", errors="replace").encode()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    recorded: ClassVar[Recorded]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.recorded.keep(f"{self.requestline}\n{self.headers}".encode() + body)
        asked = json.loads(body)
        quoted = str(asked["messages"][-1]["content"])[-_QUOTED:]
        if asked.get("stream"):
            self._stream(quoted)
            return
        choose = self.recorded.random.random()
        if self.recorded.is_down or choose < 0.06:
            self._send(500, {"error": {"message": quoted, "type": "server_error"}})
        elif choose < 0.08:
            self._send(400, {"error": {"message": quoted, "type": "invalid_request_error"}})
        elif choose < 0.2:
            self._say(asked, quoted)
        elif choose < 0.5:
            self._say(asked, json.dumps({name: [_unit(quoted)] for name in _FIELDS} | {"hints": [f"{quoted}?"]}))
        else:
            self._say(asked, json.dumps({name: [] for name in (*_FIELDS, "hints")}))

    def _say(self, asked: dict[str, Any], text: str) -> None:
        message: dict[str, Any] = {"role": "assistant", "content": text}
        if tools := asked.get("tools"):
            call = {"name": tools[0]["function"]["name"], "arguments": text}
            calls = [{"id": "c1", "type": "function", "function": call}]
            message = {"role": "assistant", "content": None, "tool_calls": calls}
        choice = {"index": 0, "finish_reason": "stop", "message": message}
        usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
        self._send(200, {**_HEAD, "object": "chat.completion", "choices": [choice], "usage": usage})

    def _stream(self, text: str) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        step = self.recorded.random.randint(5, 40)
        pieces: list[dict[str, Any]] = [{"content": text[at : at + step]} for at in range(0, len(text), step)]
        for delta, finish in [*((piece, None) for piece in pieces), ({}, "stop")]:
            choice = {"index": 0, "delta": delta, "finish_reason": finish}
            event = {**_HEAD, "object": "chat.completion.chunk", "choices": [choice]}
            self.wfile.write(f"data: {json.dumps(event)}\n\n".encode())
        self.wfile.write(b"data: [DONE]\n\n")
        self.close_connection = True

    def _send(self, status: int, body: object) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.send_header("retry-after-ms", "1")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Stay quiet."""


_HEAD = {"id": "1", "created": 1, "model": "recorded-1"}
_FIELDS = ("sentences", "cards", "questions", "edges")


@contextmanager
def recording_endpoint(seed: int) -> Iterator[Recorded]:
    """Run an endpoint for the length of the block."""
    recorded = Recorded(seed)
    handler = type("Handler", (_Handler,), {"recorded": recorded})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.block_on_close = False
    recorded.base_url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield recorded
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _unit(text: str) -> dict[str, object]:
    """Give what fits every kind of unit, all of it a quotation."""
    return {
        "text": text,
        "statement": text,
        "front": text,
        "back": text,
        "term": text[-20:],
        "stem": text,
        "answer": text[-20:],
        "options": [],
        "form": "short",
        "type": "contrasts with",
        "phrase": text[-20:],
        "candidate": 1,
        "number": 1,
        "sources": [1],
        "is_key_point": True,
    }

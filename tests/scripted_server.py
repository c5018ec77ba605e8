"""An OpenAI-compatible endpoint on this machine that answers by a script, one step a request.

The real client talks to it over HTTP, so that what is tested is what runs.
"""

import json
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar


class Step(ABC):
    """What to do with one request."""

    @abstractmethod
    def answer(self, handler: "_Handler") -> None:
        """Write the response."""


@dataclass(frozen=True)
class Say(Step):
    """Answer with a text (as a tool call where one is asked for), counting tokens unless told not to."""

    text: str
    counts: bool = True

    def answer(self, handler: "_Handler") -> None:
        tools = handler.asked.get("tools")
        message: dict[str, Any] = {"role": "assistant", "content": self.text}
        if tools:
            call = {"name": tools[0]["function"]["name"], "arguments": self.text}
            message = {
                "role": "assistant",
                "content": None,
                "tool_calls": [{"id": "c1", "type": "function", "function": call}],
            }
        handler.send(200, _completion(message, counts=self.counts))


@dataclass(frozen=True)
class Reply(Step):
    """Answer with what a function makes of the user's message, whichever request comes first."""

    choose: Callable[[str], str]

    def answer(self, handler: "_Handler") -> None:
        Say(self.choose(handler.asked["messages"][1]["content"])).answer(handler)


@dataclass(frozen=True)
class Meet(Step):
    """Answer when as many requests are there at once as the barrier waits for; fail when they never are."""

    barrier: threading.Barrier
    then: Step

    def answer(self, handler: "_Handler") -> None:
        try:
            self.barrier.wait(timeout=20)
        except threading.BrokenBarrierError:
            handler.send(400, {"error": {"message": "alone", "type": "error", "param": None, "code": None}})
            return
        self.then.answer(handler)


@dataclass(frozen=True)
class Busy(Step):
    """Say that there is too much to do, and when to come back."""

    seconds: str

    def answer(self, handler: "_Handler") -> None:
        body = {"error": {"message": "slow down", "type": "error", "param": None, "code": None}}
        handler.send(429, body, {"retry-after": self.seconds})


@dataclass(frozen=True)
class Endless(Step):
    """Send blanks for ever, as JSON or as something packed."""

    encoding: str = "identity"

    def answer(self, handler: "_Handler") -> None:
        handler.send_response(200)
        handler.send_header("content-type", "application/json")
        handler.send_header("content-encoding", self.encoding)
        handler.end_headers()
        handler.close_connection = True
        with suppress(OSError):
            while True:
                handler.wfile.write(b" " * 65536)


@dataclass(frozen=True)
class Refuse(Step):
    """Decline, in the field that is meant for it."""

    def answer(self, handler: "_Handler") -> None:
        message = {"role": "assistant", "content": None, "refusal": "I cannot help with that."}
        handler.send(200, _completion(message))


@dataclass(frozen=True)
class CutShort(Step):
    """Stop because the answer is too long."""

    def answer(self, handler: "_Handler") -> None:
        handler.send(200, _completion({"role": "assistant", "content": '{"a": '}, finish="length"))


@dataclass(frozen=True)
class Fail(Step):
    """Answer with an error."""

    status: int
    message: str = "no"

    def answer(self, handler: "_Handler") -> None:
        body = {"error": {"message": self.message, "type": "error", "param": None, "code": None}}
        handler.send(self.status, body, {"retry-after-ms": "1"})


@dataclass(frozen=True)
class Hang(Step):
    """Say nothing for a time, then break off."""

    seconds: float

    def answer(self, handler: "_Handler") -> None:
        time.sleep(self.seconds)
        handler.close_connection = True


@dataclass(frozen=True)
class Garbage(Step):
    """Answer with something that is no completion."""

    body: bytes

    def answer(self, handler: "_Handler") -> None:
        handler.send_bytes(200, self.body)


@dataclass(frozen=True)
class Stream(Step):
    """Send pieces as server-sent events; `is_cut` breaks off before the end, `is_rude` within a chunk."""

    pieces: Sequence[str]
    is_cut: bool = False
    is_rude: bool = False

    def answer(self, handler: "_Handler") -> None:
        handler.send_response(200)
        handler.send_header("content-type", "text/event-stream")
        handler.send_header("transfer-encoding", "chunked")
        handler.end_headers()
        for piece in self.pieces:
            handler.send_event(_chunk({"role": "assistant", "content": piece}))
        if self.is_rude:
            handler.wfile.write(b"400\r\nhalf a ")
            handler.close_connection = True
            return
        if not self.is_cut:
            handler.send_event(_chunk({}, finish="stop"))
        handler.send_event("[DONE]")
        handler.wfile.write(b"0\r\n\r\n")


@dataclass
class ScriptedServer:
    """The running endpoint: its address and what was asked of it. The last step goes on for ever."""

    base_url: str
    script: list[Step]
    requests: list[dict[str, Any]] = field(default_factory=list)

    lock: threading.Lock = field(default_factory=threading.Lock)

    def next_step(self) -> Step:
        """Take the next step of the script."""
        with self.lock:
            return self._next()

    def _next(self) -> Step:
        return self.script.pop(0) if len(self.script) > 1 else self.script[0]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    scripted: ClassVar[ScriptedServer]
    asked: dict[str, Any]

    def do_POST(self) -> None:
        length = int(self.headers["content-length"])
        self.asked = json.loads(self.rfile.read(length))
        self.scripted.requests.append(self.asked)
        self.scripted.next_step().answer(self)

    def do_GET(self) -> None:
        self.asked = {}
        step = self.scripted.next_step()
        if isinstance(step, Say):
            self.send(200, {"object": "list", "data": []})
            return
        step.answer(self)

    def send(self, status: int, body: object, headers: dict[str, str] | None = None) -> None:
        """Write a whole JSON response."""
        self.send_bytes(status, json.dumps(body).encode(), headers)

    def send_bytes(self, status: int, data: bytes, headers: dict[str, str] | None = None) -> None:
        """Write a whole response that says it is JSON."""
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def send_event(self, body: object) -> None:
        """Write one server-sent event as a chunk."""
        data = f"data: {body if isinstance(body, str) else json.dumps(body)}\n\n".encode()
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Stay quiet."""


@contextmanager
def scripted_server(*script: Step) -> Iterator[ScriptedServer]:
    """Run an endpoint for the length of the block."""
    scripted = ScriptedServer("", list(script))
    handler = type("Handler", (_Handler,), {"scripted": scripted})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.block_on_close = False
    scripted.base_url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield scripted
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _completion(message: dict[str, Any], *, finish: str = "stop", counts: bool = True) -> dict[str, Any]:
    body: dict[str, Any] = {
        "id": "1",
        "object": "chat.completion",
        "created": 1,
        "model": "scripted-1",
        "choices": [{"index": 0, "finish_reason": finish, "message": message}],
    }
    if counts:
        body["usage"] = {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}
    return body


def _chunk(delta: dict[str, Any], *, finish: str | None = None) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "scripted-1", "choices": [choice]}

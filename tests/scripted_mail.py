"""A mail server on this machine (RFC 5321, STARTTLS, AUTH) that writes down what it takes, and can misbehave."""

import base64
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, ClassVar


@dataclass(frozen=True)
class Taken:
    """One mail as it came: how it was addressed, its bytes, and what was known of who handed it in."""

    sender: str
    recipients: tuple[str, ...]
    data: bytes
    is_encrypted: bool
    signed_in_as: str

    @property
    def message(self) -> EmailMessage:
        """The mail, read."""
        return message_from_bytes(self.data, policy=policy.default)


@dataclass
class MailServer:
    """The running server. `replies` stand in place of its own to a verb; on `silent` verbs it says nothing more.

    `dripping` verbs are answered letter by letter without end.
    """

    port: int = 0
    trust: ssl.SSLContext | None = None
    is_implicit: bool = False
    password: str = ""
    replies: Mapping[str, str] = field(default_factory=dict)
    silent: frozenset[str] = frozenset()
    dripping: frozenset[str] = frozenset()
    taken: list[Taken] = field(default_factory=list)
    gone: threading.Event = field(default_factory=threading.Event)


class _Session(socketserver.StreamRequestHandler):
    server_state: ClassVar[MailServer]

    def handle(self) -> None:
        self.state = self.server_state
        self.is_encrypted = self.state.is_implicit
        self.sender, self.user = "", ""
        self.recipients: list[str] = []
        with suppress(OSError, ValueError):
            if self.is_encrypted:
                self._encrypt()
            self._say("220 mail.example ready")
            while line := self.rfile.readline():
                if not self._answer(line.decode().strip()):
                    return

    def finish(self) -> None:
        super().finish()
        self.connection.close()

    def _answer(self, line: str) -> bool:
        """Answer one line; say whether the session goes on."""
        verb = line.partition(" ")[0].upper()
        if verb in self.state.silent:
            self.state.gone.wait(30)
            return False
        if verb in self.state.dripping:
            while not self.state.gone.wait(0.02):
                self.wfile.write(b"2")
            return False
        if verb in self.state.replies:
            self._say(self.state.replies[verb])
            return True
        answer: Callable[[str], bool] = getattr(self, f"_{verb.lower()}", self._unknown)
        return answer(line)

    def _ehlo(self, _line: str) -> bool:
        extensions = ["mail.example"]
        if self.state.trust is not None and not self.is_encrypted:
            extensions.append("STARTTLS")
        if self.state.password:
            extensions.append("AUTH PLAIN")
        for extension in extensions[:-1]:
            self._say(f"250-{extension}")
        self._say(f"250 {extensions[-1]}")
        return True

    def _starttls(self, _line: str) -> bool:
        self._say("220 go on")
        self._encrypt()
        return True

    def _auth(self, line: str) -> bool:
        _, user, password = base64.b64decode(line.split(" ")[2]).decode().split("\0")
        is_known = password == self.state.password
        self.user = user if is_known else ""
        self._say("235 welcome" if is_known else "535 secret words of the server")
        return True

    def _mail(self, line: str) -> bool:
        self.sender, self.recipients = line, []
        self._say("250 ok")
        return True

    def _rcpt(self, line: str) -> bool:
        self.recipients.append(line)
        self._say("250 ok")
        return True

    def _data(self, _line: str) -> bool:
        self._say("354 go on")
        data = b""
        while (line := self.rfile.readline()) != b".\r\n":
            data += line[1:] if line.startswith(b"..") else line
        self.state.taken.append(Taken(self.sender, tuple(self.recipients), data, self.is_encrypted, self.user))
        self._say("250 taken")
        return True

    def _noop(self, _line: str) -> bool:
        self._say("250 ok")
        return True

    def _rset(self, _line: str) -> bool:
        self._say("250 ok")
        return True

    def _quit(self, _line: str) -> bool:
        self._say("221 bye")
        return False

    def _unknown(self, _line: str) -> bool:
        self._say("502 unknown")
        return True

    def _encrypt(self) -> None:
        assert self.state.trust is not None
        self.connection = self.state.trust.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", buffering=0)
        self.is_encrypted = True

    def _say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")


@contextmanager
def scripted_mail(**manner: Any) -> Iterator[MailServer]:
    """Run a mail server for the length of the block."""
    state = MailServer(**manner)
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), type("Session", (_Session,), {"server_state": state}))
    server.daemon_threads = True
    server.block_on_close = False
    state.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        state.gone.set()
        server.shutdown()
        server.server_close()
        thread.join()

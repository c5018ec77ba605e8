"""One connection to one address, ended when its time is over, whatever it waits for."""

import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from threading import Lock, Thread, Timer
from typing import Any

_CONNECTED = "connection.connect_tcp.complete"


class Line:
    """Hangs up a connection at a time. httpcore tells `note` of it, as the trace of a request."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._socket: socket.socket | None = None
        self.is_over = False

    def note(self, event: str, info: Mapping[str, Any]) -> None:
        """Get hold of the connection: a copy of its handle, since encryption takes the first one over."""
        if event == _CONNECTED:
            with self._lock:
                self._socket = info["return_value"].get_extra_info("socket").dup()
            if self.is_over:
                self.hang_up()

    def hang_up(self) -> None:
        """End the connection; whoever waits for it is told at once."""
        with self._lock, suppress(OSError):
            self.is_over = True
            if self._socket:
                self._socket.shutdown(socket.SHUT_RDWR)

    def let_go(self) -> None:
        """Close the copy of the handle."""
        with self._lock:
            if self._socket:
                self._socket.close()


@contextmanager
def open_line(seconds: float) -> Iterator[Line]:
    """Give a line that hangs up after `seconds`."""
    line = Line()
    timer = Timer(seconds, line.hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield line
    finally:
        timer.cancel()
        line.let_go()


def resolve(host: str, port: int, seconds: float, *, system: Callable[..., Any] = socket.getaddrinfo) -> list[str]:
    """Ask the system for the addresses of a host, best first, for as long as `seconds`.

    Raises OSError: socket.gaierror when there is none, TimeoutError when nobody answers.
    """
    answers: SimpleQueue[list[str] | OSError] = SimpleQueue()

    def ask() -> None:
        try:
            found = system(host, port, type=socket.SOCK_STREAM)
            answers.put([str(entry[4][0]) for entry in found])
        except UnicodeError:
            answers.put(socket.gaierror(socket.EAI_NONAME, "no name of a host"))
        except OSError as error:
            answers.put(error)

    # the system's resolver knows no limit of time
    Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except Empty:
        raise TimeoutError from None
    if isinstance(answer, OSError):
        raise answer
    return answer

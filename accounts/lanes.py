"""Turns at slow work on the processors, so that suspect tries never hold up people who did nothing wrong."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Lock

from accounts.tries import TooManyTries
from domain.clock import Clock
from domain.errors import Transient

_SUSPECTS_AT_ONCE = 1
_MOST_SUSPECTS_WAITING = 8
LONGEST_WAIT = 10.0
"""Seconds; a waiting request holds one of the forty threads that answer people."""

_COME_BACK = timedelta(seconds=5)


class _Ticket:
    """Somebody who waits, until called: to the turn, or away."""

    def __init__(self) -> None:
        self.called = Event()
        self.has_turn = False

    def give_turn(self) -> None:
        self.has_turn = True
        self.called.set()


class Lanes:
    """Two lanes. Suspects have one processor at most, and only while nobody waits in the other lane.

    Of the suspects the newest goes first, and one too many turns away at once whoever waited longest: whoever floods
    the lane then waits behind people, not they behind him.
    """

    def __init__(self, clock: Clock, *, processors: int = 2, longest_wait: float = LONGEST_WAIT) -> None:
        """Let as many work at a time as there are processors, two or more; `longest_wait` in seconds."""
        assert processors > _SUSPECTS_AT_ONCE, processors
        self._longest_wait = longest_wait
        self._clock = clock
        self._free = processors
        self._suspects = 0
        self._lock = Lock()
        self._calm: deque[_Ticket] = deque()
        self._suspect: deque[_Ticket] = deque()

    @contextmanager
    def turn(self, *, is_suspect: bool = False) -> Iterator[None]:
        """Work within, when it is one's turn.

        Raises TooManyTries for a suspect whose lane is full, or who waited too long; Transient for others after that.
        """
        self._wait(is_suspect=is_suspect)
        try:
            yield
        finally:
            with self._lock:
                self._free += 1
                self._suspects -= is_suspect
                self._call()

    def _wait(self, *, is_suspect: bool) -> None:
        ticket, lane = _Ticket(), self._suspect if is_suspect else self._calm
        with self._lock:
            lane.append(ticket)
            self._call()
            if is_suspect and len(lane) > _MOST_SUSPECTS_WAITING:
                lane.popleft().called.set()
        ticket.called.wait(self._longest_wait)
        with self._lock:
            if ticket.has_turn:
                return
            if ticket in lane:
                lane.remove(ticket)
        if is_suspect:
            renews_at = self._clock.now() + _COME_BACK
            raise TooManyTries("Too many tries. Wait a moment, then try again.", renews_at=renews_at)
        raise Transient("Many people are signing in now. Try again.")

    def _call(self) -> None:
        """Give what is free to whoever is next."""
        while self._free and self._calm:
            self._free -= 1
            self._calm.popleft().give_turn()
        while self._free and self._suspect and self._suspects < _SUSPECTS_AT_ONCE:
            self._free -= 1
            self._suspects += 1
            self._suspect.pop().give_turn()

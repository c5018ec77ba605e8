"""Turns at slow work on the processors, so that suspect tries never hold up people who did nothing wrong."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Lock

from accounts.tries import Lane, TooManyTries
from domain.clock import Clock
from domain.errors import Transient

_MOST_WAITING = 8
"""Tries that wait in a lane other than the calm one: more would hold too many of the threads that answer people."""

_LONGEST_WAIT = 10.0
_COME_BACK = timedelta(seconds=5)


class Lanes:
    """Gives turns by lane, and within a lane in the order of coming.

    All but the calm lane share one processor, and get it only while nobody waits in the calm lane. A lane that is
    full turns the next one away at once.
    """

    def __init__(self, clock: Clock, *, processors: int = 2, longest_wait: float = _LONGEST_WAIT) -> None:
        """Let as many work at a time as there are processors, two or more; `longest_wait` in seconds."""
        assert processors > 1, processors
        self._clock = clock
        self._longest_wait = longest_wait
        self._free = processors
        self._is_shared_free = True
        self._lock = Lock()
        self._waiting: dict[Lane, deque[Event]] = {lane: deque() for lane in Lane}

    @contextmanager
    def turn(self, lane: Lane = Lane.CALM) -> Iterator[None]:
        """Work within, when it is one's turn.

        Raises TooManyTries when the lane is full or one waited too long; in the calm lane Transient for the latter.
        """
        self._wait(lane)
        try:
            yield
        finally:
            with self._lock:
                self._free += 1
                self._is_shared_free = self._is_shared_free or lane is not Lane.CALM
                self._call()

    def _wait(self, lane: Lane) -> None:
        called, waiting = Event(), self._waiting[lane]
        with self._lock:
            waiting.append(called)
            self._call()
            if lane is not Lane.CALM and len(waiting) > _MOST_WAITING:
                waiting.pop()
                raise self._turned_away()
        called.wait(self._longest_wait)
        with self._lock:
            if called.is_set():
                return
            waiting.remove(called)
        raise Transient("Many people are signing in now. Try again.") if lane is Lane.CALM else self._turned_away()

    def _call(self) -> None:
        """Give what is free to whoever is next."""
        for lane, waiting in self._waiting.items():
            while waiting and self._free and (lane is Lane.CALM or self._is_shared_free):
                self._free -= 1
                self._is_shared_free = self._is_shared_free and lane is Lane.CALM
                waiting.popleft().set()

    def _turned_away(self) -> TooManyTries:
        return TooManyTries("Too many tries. Wait a moment, then try again.", renews_at=self._clock.now() + _COME_BACK)

"""How notices are tried: threads that hold each other up no longer than a channel is wide, and ever longer pauses."""

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from domain.care import Severity
from domain.notices import Channel, Notice

FAULTS = (ArithmeticError, AttributeError, LookupError, MemoryError, OSError, RuntimeError, TypeError, ValueError)
"""What a mistake of our own may raise. A notice that meets one is tried again like any other."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds: how long a claim holds, the first and the longest pause, how long one round waits for its deliveries.

    `width` is how many deliveries of a channel are under way at once. What is not grave is given up after `give_up`,
    when it was tried `least_tries` times: neither a clock that jumps nor a machine that was off ends it sooner.
    """

    lease: float = 60.0
    first: float = 2.0
    longest: float = 900.0
    patience: float = 1.0
    width: int = 4
    give_up: timedelta = timedelta(days=3)
    least_tries: int = 50

    def pause(self, attempts: int, luck: float) -> timedelta:
        """Give how long to wait after so many tries: doubled each time, less up to a half by luck (0 to 1)."""
        longest = min(self.first * 2 ** min(attempts - 1, 30), self.longest)
        return timedelta(seconds=max(longest * (1 - luck / 2), self.first))

    def is_over(self, notice: Notice, now: datetime) -> bool:
        """Whether a notice that was just tried in vain is tried no more. Grave ones always are."""
        if notice.severity in {Severity.HIGH, Severity.IMMINENT}:
            return False
        return notice.attempts >= self.least_tries and now - notice.made_at > self.give_up


class Lanes:
    """Runs deliveries in threads of their own, a bounded number a channel."""

    def __init__(self, channels: Iterable[Channel], width: int) -> None:
        """Run at most `width` deliveries of each channel at once."""
        self._width = width
        self._threads: dict[Channel, set[threading.Thread]] = {channel: set() for channel in channels}

    def count_free(self, channel: Channel) -> int:
        """Say how many more deliveries of the channel can begin now."""
        self._threads[channel] = {thread for thread in self._threads[channel] if thread.is_alive()}
        return self._width - len(self._threads[channel])

    def begin(self, channel: Channel, deliver: Callable[[], None]) -> threading.Thread:
        """Begin a delivery; a process that ends does not wait for it."""
        thread = threading.Thread(target=_guard, args=(deliver,), name=f"notices-{channel.value}", daemon=True)
        self._threads[channel].add(thread)
        thread.start()
        return thread


def wait_for(threads: Iterable[threading.Thread], seconds: float) -> None:
    """Wait until the threads have ended, for so many seconds at most."""
    until = time.monotonic() + seconds
    for thread in threads:
        thread.join(max(until - time.monotonic(), 0))


def _guard(deliver: Callable[[], None]) -> None:
    try:
        deliver()
    except FAULTS as error:
        _log.error("notice.fault", error=type(error).__name__)

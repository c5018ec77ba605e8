"""A thread that does a few small things every second: looks after deadlines, sends notices."""

import threading
from collections.abc import Callable, Mapping
from datetime import datetime

from adapters.queue.boundary import guard
from domain.clock import Clock

Step = Callable[[datetime], object]
"""Something to be done again and again; it is told what time it is."""


class Ticker:
    """Runs its steps one after the other, over and over. A step that fails holds up neither the others nor itself."""

    def __init__(self, steps: Mapping[str, Step], clock: Clock, *, seconds: float = 1.0) -> None:
        """Run the steps in their order, `seconds` apart."""
        self._steps = steps
        self._clock = clock
        self._seconds = seconds
        self._is_woken = threading.Event()
        self._is_stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def wake(self) -> None:
        """Run the steps now."""
        self._is_woken.set()

    def start(self) -> None:
        """Begin."""
        self._is_stopping.clear()
        self._thread = threading.Thread(target=self._work, name="ticker", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop after the step that runs, waiting for it for a bounded time."""
        self._is_stopping.set()
        self.wake()
        if self._thread is not None:
            self._thread.join(5.0)

    def _work(self) -> None:
        while not self._is_stopping.is_set():
            self._is_woken.clear()
            for name, step in self._steps.items():
                guard(name, step, self._clock.now())
            self._is_woken.wait(self._seconds)

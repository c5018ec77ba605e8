"""The detector within bounds: a text that it raises at, or does not come back from, is not screened, and says so.

Each text is weighed in a thread that can be left alone. Those that never come back are few: when all of them are
lost, nothing is asked of the detector any more until one does. A thread cannot end what never lets go of the
interpreter (a runaway regular expression); that is held off by short windows and by grammars without backtracking.
"""

import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Protocol, runtime_checkable

import structlog

from domain.care import UNAVAILABLE, Severity, Worry
from safety.caught import Caught
from safety.conversation import Weight

HELD = Worry(Severity.MODERATE, UNAVAILABLE, "gate.unavailable")
"""What is worrying in a text that could not be screened."""

_SECONDS = 2.0
"""How long one window may take. It takes some milliseconds."""

_LOAD_SECONDS = 20.0
"""How long a detector may take to read its grammars and weights, on a busy machine."""

_MOST = 4
"""How many texts are weighed at once, and how many threads may be lost."""

_log = structlog.get_logger(__name__)


class Detector(Protocol):
    """Says what a text adds to a conversation."""

    def weigh(self, text: str) -> Weight:
        """Weigh a text."""
        ...


@runtime_checkable
class Loads(Protocol):
    """A detector that reads things before it can weigh anything."""

    def load(self) -> None:
        """Read them, unless that is done."""
        ...


class Bounded:
    """Weighs texts in threads of its own, each for `seconds` at most. Threads are started when they are needed."""

    def __init__(self, detector: Detector, *, seconds: float = _SECONDS, most: int = _MOST) -> None:
        """Use a detector."""
        self._detector = detector
        self._seconds = seconds
        self._free = threading.Semaphore(most)
        self._most = most
        self._lock = threading.Lock()
        self._idle: list[_Worker] = []
        self._lost = 0
        self._loading = threading.Lock()
        self._is_loaded = not isinstance(detector, Loads)

    def load(self) -> None:
        """Have the detector read what it needs, once; what goes wrong there goes wrong again with the first text."""
        with self._loading:
            if not self._is_loaded and isinstance(self._detector, Loads):
                self._run(self._detector.load, _LOAD_SECONDS)
            self._is_loaded = True

    def weigh(self, text: str) -> Weight | None:
        """Weigh a text; None when that failed, took too long, or all threads are busy or lost for that long."""
        if not self._is_loaded:
            self.load()
        found: list[Weight] = []
        turn = self._run(lambda: found.append(self._detector.weigh(text)), self._seconds)
        if not found:
            _log.error("detector.failed", fault=turn.fault or "too_slow" if turn else "all_lost", lost=self._lost)
        return found[0] if found else None

    def screen(self, text: str) -> Worry | None:
        """Give the worst sign in a text of any length that is about to be shown; what cannot be screened is one."""
        weight = self.weigh(text)
        return weight.worry if weight else HELD

    def _run(self, work: Callable[[], None], seconds: float) -> "_Turn | None":
        """Have a thread do some work, and come back when it is done or the time is over; None without a thread."""
        if self._lost >= self._most or not self._free.acquire(timeout=seconds):
            return None
        turn = _Turn(work)
        worker = self._find_worker()
        if worker is None:
            self._free.release()
            turn.fault = "no_thread"
            return turn
        worker.inbox.put(turn)
        if not turn.over.wait(seconds):
            with self._lock:
                turn.is_lost = not turn.over.is_set()
                self._lost += turn.is_lost
        return turn

    def _find_worker(self) -> "_Worker | None":
        """Take a thread that is idle, or a new one; None when there is none to be had."""
        try:
            with self._lock:
                return self._idle.pop() if self._idle else _Worker(self._settle)
        except (RuntimeError, MemoryError):
            return None

    def _settle(self, worker: "_Worker", turn: "_Turn") -> None:
        """Take a worker back that is done, even when nobody waits for it any more."""
        with self._lock:
            self._idle.append(worker)
            self._lost -= turn.is_lost
            turn.over.set()
        self._free.release()


class _Turn:
    """One piece of work on its way through a thread."""

    def __init__(self, work: Callable[[], None]) -> None:
        self.work = work
        self.fault = ""
        self.over = threading.Event()
        self.is_lost = False


class _Worker:
    """A thread that does one piece of work after the other."""

    def __init__(self, settle: "Callable[[_Worker, _Turn], None]") -> None:
        self.inbox: SimpleQueue[_Turn] = SimpleQueue()
        self._settle = settle
        threading.Thread(target=self._run, name="screening", daemon=True).start()

    def _run(self) -> None:
        while True:
            turn = self.inbox.get()
            with Caught() as caught:
                turn.work()
            turn.fault = caught.fault
            self._settle(self, turn)

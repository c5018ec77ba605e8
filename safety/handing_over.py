"""Saves a sign of danger, and goes on trying when the person has long read the words of support.

Somebody in danger does not wait for a busy store. What is not saved within the patience counts as not saved: the
person reads that nobody was told, and a direct notice goes out at once. A later try may still succeed; then more
help comes than was said, never less.
"""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Generic, TypeVar

import structlog

from safety.caught import Caught

PAUSES = (0.3, 1.0, 5.0, 30.0, 120.0)
"""Seconds before each further try; a try waits for the store's lock by itself (10 seconds)."""

_PATIENCE = 2.0
"""Seconds that the words of support may wait for the first tries."""

Saved = TypeVar("Saved")

_log = structlog.get_logger(__name__)


def hand_over(
    save: Callable[[], Saved],
    cry_out: Callable[[], None],
    *,
    about: Mapping[str, str],
    pauses: Sequence[float] = PAUSES,
    patience: float = _PATIENCE,
) -> Saved | None:
    """Save, in the background if it has to be; give what was saved, or None when there is none by now.

    With None, `cry_out` is on its way. A fault of either, of whatever kind, goes no further than the log, where it
    stands with `about` (ids and codes, no words). Where no thread is to be had, one try is
    made here, however long the store takes.
    """
    attempt = _Attempt(save, tuple(pauses), about)
    if not _start(attempt.run):
        attempt.run(has_time=False)
    attempt.over.wait(patience)
    saved = attempt.saved
    if saved is None:
        tell(cry_out, about=about)
    return saved


def tell(cry_out: Callable[[], None], *, about: Mapping[str, str]) -> None:
    """Cry out in the background, or here where no thread is to be had; a fault goes no further than the log."""
    if not _start(lambda: _quietly(cry_out, about)):
        _quietly(cry_out, about)


class _Attempt(Generic[Saved]):
    def __init__(self, save: Callable[[], Saved], pauses: tuple[float, ...], about: Mapping[str, str]) -> None:
        self._save = save
        self._about = about
        self._pauses = pauses
        self.saved: Saved | None = None
        self.over = threading.Event()

    def run(self, *, has_time: bool = True) -> None:
        for pause in (0.0, *(self._pauses if has_time else ())):
            time.sleep(pause)
            with Caught() as caught:
                self.saved = self._save()
            if not caught.fault:
                break
            _log.error("flag.not_saved", code=caught.fault, **self._about)
        self.over.set()


def _quietly(cry_out: Callable[[], None], about: Mapping[str, str]) -> None:
    with Caught() as caught:
        cry_out()
    if caught.fault:
        _log.error("alarm.not_given", code=caught.fault, **about)


def _start(run: Callable[[], None]) -> bool:
    """Begin something in a thread of its own; say whether there was one to be had."""
    try:
        threading.Thread(target=run, name="handing over", daemon=True).start()
    except (RuntimeError, MemoryError):
        return False
    return True

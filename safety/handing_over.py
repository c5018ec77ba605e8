"""Saves a sign of danger, and goes on trying when the person has long read the words of support.

Somebody in danger does not wait for a busy store. What is not saved within the patience counts as not saved: the
person reads that nobody was told, and a direct notice goes out at once. A later try may still succeed; then more
help comes than was said, never less.
"""

import threading
import time
from collections.abc import Callable, Mapping, Sequence

import structlog

from domain.ids import CaseId
from safety.caught import Caught

PAUSES = (0.3, 1.0, 5.0, 30.0, 120.0)
"""Seconds before each further try; a try waits for the store's lock by itself (10 seconds)."""

_PATIENCE = 2.0
"""Seconds that the words of support may wait for the first tries."""

_log = structlog.get_logger(__name__)


def hand_over(
    save: Callable[[], CaseId],
    cry_out: Callable[[], None],
    *,
    about: Mapping[str, str],
    pauses: Sequence[float] = PAUSES,
    patience: float = _PATIENCE,
) -> CaseId | None:
    """Save, in the background if it has to be; give the case, or None when there is none by now.

    With None, `cry_out` is on its way. A fault of either, of whatever kind, goes no further than the log, where it
    stands with `about` (ids and codes, no words).
    """
    attempt = _Attempt(save, tuple(pauses), about)
    _start(attempt.run)
    attempt.over.wait(patience)
    case_id = attempt.case_id
    if case_id is None:
        _start(lambda: _quietly(cry_out, about))
    return case_id


class _Attempt:
    def __init__(self, save: Callable[[], CaseId], pauses: tuple[float, ...], about: Mapping[str, str]) -> None:
        self._save = save
        self._about = about
        self._pauses = pauses
        self.case_id: CaseId | None = None
        self.over = threading.Event()

    def run(self) -> None:
        for pause in (0.0, *self._pauses):
            time.sleep(pause)
            with Caught() as caught:
                self.case_id = self._save()
            if not caught.fault:
                break
            _log.error("flag.not_saved", code=caught.fault, **self._about)
        self.over.set()


def _quietly(cry_out: Callable[[], None], about: Mapping[str, str]) -> None:
    with Caught() as caught:
        cry_out()
    if caught.fault:
        _log.error("alarm.not_given", code=caught.fault, **about)


def _start(run: Callable[[], None]) -> None:
    threading.Thread(target=run, name="handing over", daemon=True).start()

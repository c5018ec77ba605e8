"""Cuts a text into windows that are screened one by one, each in bounded time."""

import time
from collections.abc import Iterator

WINDOW = 4000
"""Characters screened at once; longer than anything one asks or answers."""

OVERLAP = 200
"""Characters that two windows share, so that a sentence cut by one is whole in the next."""


def windows(text: str) -> Iterator[str]:
    """Yield windows that overlap; a short text is one, blanks alone are none."""
    if not text.strip():
        return
    for start in range(0, max(len(text) - OVERLAP, 1), WINDOW - OVERLAP):
        yield text[start : start + WINDOW]


class Reading:
    """Reads a text window by window, for some seconds, and no more than `longest` characters from its beginning.

    Of what is not reached by then the last `end` characters are read all the same. `is_whole` tells afterwards
    whether nothing was left out.
    """

    def __init__(self, text: str, *, longest: int, end: int, seconds: float) -> None:
        """Read a text; the seconds count from the first window."""
        self._text = text
        self._longest = longest
        self._end = end
        self._seconds = seconds
        self.is_whole = False

    def __iter__(self) -> Iterator[str]:
        """Yield the windows."""
        until = time.monotonic() + self._seconds
        is_late = False
        for window in windows(self._text[: self._longest]):
            if is_late:
                break
            yield window
            is_late = time.monotonic() >= until
        else:
            self.is_whole = len(self._text) <= self._longest
        if not self.is_whole:
            yield from windows(self._text[-self._end :])

"""Cuts a text into windows that are screened one by one, each in bounded time."""

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

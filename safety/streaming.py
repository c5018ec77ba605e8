"""Text that comes piece by piece, held back by at most 64 characters so that no decision is made on half of it.

However the pieces are cut, what comes out together is what the whole text would have given.
"""

import re
from collections import deque
from collections.abc import Callable

from safety.surrogates import LONGEST, Surrogates

_BEGUN = re.compile(rf"(?:\\?\[|❲)[A-Za-z0-9_\\]{{0,{LONGEST - 2}}}\Z|\\\Z")
"""What may still become a surrogate."""

_REMEMBERED = 400
"""Characters let out that a leak is still looked for in, together with what is held."""


class Restorer:
    """Puts a person's words back into a stream; half a surrogate is never let out."""

    def __init__(self, surrogates: Surrogates) -> None:
        """Restore the surrogates of one conversation."""
        self._surrogates = surrogates
        self._held = ""

    def feed(self, piece: str) -> str:
        """Take a piece in; give what is certain by now."""
        text = self._held + piece
        begun = _BEGUN.search(text)
        cut = begun.start() if begun else len(text)
        self._held = text[cut:]
        return self._surrogates.restore(text[:cut])

    def finish(self) -> str:
        """Give the rest, after which nothing comes."""
        rest, self._held = self._held, ""
        return self._surrogates.restore(rest)


class Guard:
    """Holds a stream back by 64 characters while it looks for what must not be let out."""

    def __init__(self, is_leak: Callable[[str], bool]) -> None:
        """Look with `is_leak` at what is held and at what went just before."""
        self._is_leak = is_leak
        self._held = ""
        self._before: deque[str] = deque(maxlen=_REMEMBERED)

    def feed(self, piece: str) -> str | None:
        """Take a piece in; give what may go, or None when there is a leak: nothing more may go then."""
        self._held += piece
        if self._is_leak("".join(self._before) + self._held):
            return None
        return self._let_out(max(len(self._held) - LONGEST, 0))

    def finish(self) -> str:
        """Give the rest, after which nothing comes."""
        return self._let_out(len(self._held))

    def _let_out(self, count: int) -> str:
        out, self._held = self._held[:count], self._held[count:]
        self._before.extend(out)
        return out

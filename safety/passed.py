"""What passed the gate a moment ago, so that the same words in the same request are not heard twice.

A face hears a form before a service hears its fields, and a service before the pipeline it calls.
"""

import hashlib
import threading
import time
from collections import OrderedDict

from domain.people import Person

_SECONDS = 10.0
_MOST = 1000


class Passed:
    """Keeps digests of texts with who wrote them, for some seconds; never a text."""

    def __init__(self, seconds: float = _SECONDS) -> None:
        """Keep nothing yet."""
        self._seconds = seconds
        self._at: OrderedDict[bytes, float] = OrderedDict()
        self._lock = threading.Lock()

    def add(self, person: Person | None, text: str) -> None:
        """Note that a text passed."""
        key = _digest(person, text)
        with self._lock:
            self._at[key] = time.monotonic()
            self._at.move_to_end(key)
            while len(self._at) > _MOST:
                self._at.popitem(last=False)

    def holds(self, person: Person | None, text: str) -> bool:
        """Whether this text of this person passed within the last seconds."""
        with self._lock:
            at = self._at.get(_digest(person, text))
        return at is not None and time.monotonic() - at < self._seconds


def _digest(person: Person | None, text: str) -> bytes:
    return hashlib.blake2b(f"{person.id if person else ''}\x1f{text.strip()}".encode(errors="surrogatepass")).digest()

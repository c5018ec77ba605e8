"""Codes that are read off a board and typed: the codes by which one joins a class or, in young classes, signs in.

Eight characters of 31 are 8.5e11 codes. With 30 codes open, somebody at one address who tries as fast as
`Guesses` allows (8,640 a day) finds one with a chance of 3 in 10 million a day.
"""

import secrets
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from domain.clock import Clock
from domain.errors import OverBudget

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Digits and capitals without those that look alike: no 0 and O, no 1, I and L."""

LENGTH = 8
_HALF = LENGTH // 2


class TooManyGuesses(OverBudget):
    """Too many wrong codes came from one address."""

    code = "too_many_tries"


def new_code() -> str:
    """Make a random code, as it is kept: without the dash."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def to_kept(typed: str) -> str:
    """Give a code as it is kept, whatever its capitals, blanks and dashes; empty for what can be no code."""
    code = "".join(letter for letter in typed[:100].upper() if letter.isalnum())
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""


def to_shown(code: str) -> str:
    """Give a code as people read it: `ABCD-EFGH`; empty for none."""
    return f"{code[:_HALF]}-{code[_HALF:]}" if code else ""


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: datetime


class Guesses:
    """Bounds the wrong tries for each key: `burst` at once, then one every `refill`.

    Right tries cost nothing, so a class behind one address joins at once. The least recently used keys are
    forgotten past `most`.
    """

    def __init__(self, clock: Clock, *, burst: int = 30, refill: timedelta = timedelta(seconds=10)) -> None:
        """Start with no wrong tries."""
        self._clock = clock
        self._burst = burst
        self._refill = refill
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()
        self._lock = Lock()

    def spend(self, key: str) -> None:
        """Take a try before it is known to be right. Raises TooManyGuesses, with the time of the next, past them."""
        now = self._clock.now()
        with self._lock:
            bucket = self._renewed(key, now)
            if bucket.tokens < 1:
                wait = self._refill * (1 - bucket.tokens)
                raise TooManyGuesses("Too many tries. Wait a little, then try again.", renews_at=now + wait)
            bucket.tokens -= 1

    def give_back(self, key: str) -> None:
        """Take the newest try back: it was right."""
        with self._lock:
            bucket = self._renewed(key, self._clock.now())
            bucket.tokens = min(self._burst, bucket.tokens + 1)

    def forget(self, key: str) -> None:
        """Begin anew for a key."""
        with self._lock:
            self._buckets.pop(key, None)

    def _renewed(self, key: str, now: datetime) -> _Bucket:
        bucket = self._buckets.pop(key, None) or _Bucket(self._burst, now)
        bucket.tokens = min(self._burst, bucket.tokens + (now - bucket.at) / self._refill)
        bucket.at = now
        self._buckets[key] = bucket
        if len(self._buckets) > _MOST_KEYS:
            self._buckets.popitem(last=False)
        return bucket


_MOST_KEYS = 10_000

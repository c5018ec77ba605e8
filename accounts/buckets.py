"""Token buckets by key: how often somebody may fail before the next try has to wait."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

MOST_BUCKETS = 10_000
"""Buckets remembered of one sort; past that the one unused for longest is forgotten."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many tries at once, then one `every` so long.

    Who took `tires_after` (0: never) gets one `then_every` so long, until none was taken for that long.
    """

    burst: int
    every: timedelta
    tires_after: int = 0
    then_every: timedelta = timedelta()


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: datetime
    taken_at: datetime
    taken: int = 0


class Buckets:
    """The buckets of one rate. One that is full and rested is forgotten: it is no different from a new one."""

    def __init__(self, rate: Rate) -> None:
        """Start with none."""
        self.rate = rate
        self._buckets: OrderedDict[bytes, _Bucket] = OrderedDict()

    def __len__(self) -> int:
        return len(self._buckets)

    def is_new(self, key: bytes, now: datetime) -> bool:
        """Whether nothing was taken lately."""
        return self._current(key, now) is None

    def left(self, key: bytes, now: datetime) -> float:
        """Say how many tokens there are, of `rate.burst`."""
        bucket = self._current(key, now)
        return self.rate.burst if bucket is None else bucket.tokens

    def renews_at(self, key: bytes, now: datetime) -> datetime | None:
        """Give the time of the next token, or None when there is one now."""
        bucket = self._current(key, now)
        if bucket is None or bucket.tokens >= 1:
            return None
        return now + self._pace(bucket) * (1 - bucket.tokens)

    def take(self, key: bytes, now: datetime) -> bool:
        """Take a token; say whether there was one."""
        bucket = self._current(key, now) or _Bucket(self.rate.burst, now, now)
        has_token = bucket.tokens >= 1
        bucket.tokens -= has_token
        bucket.taken += 1
        bucket.taken_at = now
        self._buckets[key] = bucket
        self._buckets.move_to_end(key)
        if len(self._buckets) > MOST_BUCKETS:
            self._buckets.popitem(last=False)
        return has_token

    def give_back(self, key: bytes, now: datetime) -> None:
        """Put a token back that should not have been taken."""
        bucket = self._current(key, now)
        if bucket is not None:
            bucket.tokens += 1
            bucket.taken -= 1
            self._current(key, now)

    def empty(self, key: bytes) -> None:
        """Forget a bucket, as though nothing had been taken."""
        self._buckets.pop(key, None)

    def _current(self, key: bytes, now: datetime) -> _Bucket | None:
        """Give the bucket as it is now; None when it is as good as new."""
        bucket = self._buckets.get(key)
        if bucket is None:
            return None
        bucket.tokens += max(timedelta(), now - bucket.at) / self._pace(bucket)
        bucket.tokens = min(self.rate.burst, bucket.tokens)
        bucket.at = now
        is_rested = bucket.taken <= 0 or now - bucket.taken_at >= self.rate.then_every
        if bucket.tokens < self.rate.burst or not is_rested:
            return bucket
        del self._buckets[key]
        return None

    def _pace(self, bucket: _Bucket) -> timedelta:
        is_tired = 0 < self.rate.tires_after <= bucket.taken
        return self.rate.then_every if is_tired else self.rate.every

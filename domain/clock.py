"""The time, as a thing one is given. Nothing else in Margent asks the system for it."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Give the current time, aware and in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Give the current time, aware and in UTC."""
        # the one place that may ask
        return datetime.now(UTC)  # noqa: TID251

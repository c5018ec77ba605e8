"""Signs of danger that could not be saved: kept in memory and in a book outside the store until somebody is told."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from domain.care import Severity
from domain.ids import new_id
from domain.notices import CLOCK_SLIP, Alarm, Channel
from domain.ports import AlarmBook

_ORDER = tuple(Severity)

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Errand:
    """One alarm on its way by one channel to one address (empty for the webhook)."""

    alarm: Alarm
    channel: Channel
    address: str
    next_at: datetime
    attempts: int = 0


class Alarms:
    """What nobody was told of yet. Several threads may use it."""

    def __init__(self, book: AlarmBook, addresses: Mapping[Channel, str]) -> None:
        """Tell each of the addresses; the book is read when errands are first asked for."""
        self._book = book
        self._addresses = addresses
        self._errands: list[Errand] = []
        self._untold: set[str] = set()
        self._has_read = False
        self._lock = threading.Lock()

    def address_of(self, channel: Channel) -> str:
        """Give the address that is told by a channel, empty for none."""
        return self._addresses.get(channel, "")

    def add(self, severity: Severity, now: datetime) -> Alarm:
        """Keep a new alarm, to be told at once."""
        alarm = Alarm(new_id(), severity, now)
        if not self._book.write(alarm):
            _log.error("alarm.in_memory_alone", key=alarm.key)
        with self._lock:
            self._put([alarm], now)
        return alarm

    def take(self, channel: Channel, now: datetime, lease: timedelta, *, limit: int) -> list[Errand]:
        """Take errands whose time has come, the gravest first; nobody else gets them until the lease is over."""
        with self._lock:
            self._read(now)
            due = [one for one in self._errands if one.channel is channel and _is_due(one.next_at, now)]
            due.sort(key=lambda one: (-_ORDER.index(one.alarm.severity), one.alarm.at))
            for errand in due[:limit]:
                errand.next_at = now + lease
            return due[:limit]

    def finish(self, errand: Errand) -> None:
        """Somebody was told: strike the alarm out of the book. By other channels it is told all the same."""
        with self._lock:
            self._errands = [one for one in self._errands if one is not errand]
            self._untold.discard(errand.alarm.key)
        self._book.erase(errand.alarm.key)

    def put_off(self, errand: Errand, until: datetime) -> None:
        """Try an errand again later."""
        with self._lock:
            errand.attempts += 1
            errand.next_at = until

    def count(self, now: datetime) -> int:
        """Count the alarms nobody was told of yet."""
        with self._lock:
            self._read(now)
            return len(self._untold)

    def _read(self, now: datetime) -> None:
        """Take up what an earlier process left."""
        if self._has_read:
            return
        self._has_read = True
        self._put([alarm for alarm in self._book.list_alarms() if alarm.key not in self._untold], now)

    def _put(self, alarms: Sequence[Alarm], now: datetime) -> None:
        self._untold.update(alarm.key for alarm in alarms)
        self._errands += [
            Errand(alarm, channel, address, now) for alarm in alarms for channel, address in self._addresses.items()
        ]


def _is_due(at: datetime, now: datetime) -> bool:
    return at <= now or at > now + CLOCK_SLIP

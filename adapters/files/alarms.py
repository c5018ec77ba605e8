"""A book of alarms in a file of a fixed size: its room is taken beforehand, so that a full disk keeps nobody out.

Each alarm has a place of its own in the file, overwritten in place; a place of blanks is free.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

import structlog

from domain.care import Severity
from domain.notices import Alarm

_WIDTH = 128
_PLACES = 512
_BLANK = b" " * (_WIDTH - 1) + b"\n"

_log = structlog.get_logger(__name__)


class AlarmFile:
    """A `domain.ports.AlarmBook`. Several processes may use one file."""

    def __init__(self, path: Path) -> None:
        """Use this file; `prepare` takes its room."""
        self._path = path

    def prepare(self) -> None:
        """Make the file, with all its room, unless it is there. Where that fails, alarms are kept in memory alone."""
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not self._path.exists():
                with os.fdopen(os.open(self._path, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
                    file.write(_BLANK * _PLACES)
                    file.flush()
                    os.fsync(file.fileno())

    def write(self, alarm: Alarm) -> bool:
        """Keep an alarm, even where the disk is full; say whether that was possible."""
        content = {"key": alarm.key, "severity": alarm.severity.value, "at": alarm.at.isoformat()}
        line = json.dumps(content, separators=(",", ":")).encode()
        try:
            with self._open() as file:
                free = next((place for place, found in _places(file) if not found), None)
                if free is not None:
                    _put(file, free, line)
        except OSError:
            return False
        return free is not None

    def list_alarms(self) -> list[Alarm]:
        """List what nobody was told of yet, oldest first; nothing when the book cannot be read."""
        try:
            with self._open() as file:
                lines = [found for _, found in _places(file) if found]
        except OSError:
            return []
        alarms = [alarm for line in lines if (alarm := _read(line)) is not None]
        return sorted(alarms, key=lambda alarm: (alarm.at, alarm.key))

    def erase(self, key: str) -> None:
        """Strike out an alarm; striking out what is not there does nothing."""
        with suppress(OSError), self._open() as file:
            for place, found in _places(file):
                alarm = _read(found) if found else None
                if alarm is not None and alarm.key == key:
                    _put(file, place, b"")

    @contextmanager
    def _open(self) -> Iterator[int]:
        """Open the file, for one process at a time."""
        file = os.open(self._path, os.O_RDWR)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file
        finally:
            os.close(file)


def _places(file: int) -> Iterator[tuple[int, bytes]]:
    content = os.pread(file, _WIDTH * _PLACES, 0)
    for place in range(_PLACES):
        yield place, content[place * _WIDTH : (place + 1) * _WIDTH].strip()


def _put(file: int, place: int, line: bytes) -> None:
    os.pwrite(file, line.ljust(_WIDTH - 1) + b"\n", place * _WIDTH)
    os.fsync(file)


def _read(line: bytes) -> Alarm | None:
    try:
        content = json.loads(line)
        return Alarm(str(content["key"]), Severity(content["severity"]), datetime.fromisoformat(content["at"]))
    except (LookupError, TypeError, ValueError):
        _log.error("alarm.unreadable")
        return None

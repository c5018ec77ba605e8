"""What every book of alarms does, and what the file of them does besides."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from adapters.files.alarms import AlarmFile
from domain.care import Severity
from domain.ids import new_id
from domain.notices import Alarm
from domain.ports import AlarmBook
from tests.builders import NOW
from tests.silent_book import SilentBook


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "alarms"


@pytest.fixture
def file(path: Path) -> AlarmFile:
    file = AlarmFile(path)
    file.prepare()
    return file


@pytest.fixture(params=["file", "memory"])
def book(request: pytest.FixtureRequest, file: AlarmFile) -> AlarmBook:
    return file if request.param == "file" else SilentBook()


def an_alarm(minutes: int = 0, severity: Severity = Severity.HIGH) -> Alarm:
    return Alarm(new_id(), severity, NOW + timedelta(minutes=minutes))


def test_alarms_are_kept_until_they_are_erased(book: AlarmBook) -> None:
    """They are listed oldest first; one that was told is gone, and erasing it twice does nothing."""
    first, second, third = (an_alarm(minutes) for minutes in range(3))
    assert all(book.write(one) for one in (first, second, third))

    book.erase(second.key)
    book.erase(second.key)

    assert book.list_alarms() == [first, third]


def test_the_next_process_reads_them(file: AlarmFile, path: Path) -> None:
    """A file that is there is left as it is, and another process finds what is in it."""
    alarm = an_alarm(severity=Severity.IMMINENT)
    file.write(alarm)
    other = AlarmFile(path)
    other.prepare()

    assert other.list_alarms() == [alarm]


def test_a_full_disk_keeps_no_alarm_out(file: AlarmFile, path: Path) -> None:
    """Its room was taken beforehand: writing makes the file no longer, and nobody else may read it."""
    size = path.stat().st_size

    for _ in range(100):
        file.write(an_alarm())

    assert path.stat().st_size == size
    assert path.stat().st_mode & 0o077 == 0


def test_a_full_book_says_so(file: AlarmFile) -> None:
    """When every place is taken the alarm is not kept, and the caller knows; a place that is free again is used."""
    kept = [an_alarm() for _ in range(1000)]
    taken = [one for one in kept if file.write(one)]

    assert 100 < len(taken) < 1000
    file.erase(taken[0].key)
    assert file.write(an_alarm())
    assert not file.write(an_alarm())


def test_a_book_that_cannot_be_used_stops_nobody(tmp_path: Path) -> None:
    """Where there is no file, nothing is kept, listed or erased, and nothing fails."""
    (tmp_path / "file").write_text("in the way")
    book = AlarmFile(tmp_path / "file" / "alarms")
    book.prepare()
    book.erase("x")

    assert not book.write(an_alarm())
    assert book.list_alarms() == []


@pytest.mark.parametrize("line", [b"not json", b'{"key": 1}', b'{"key": "k", "severity": "dire", "at": "now"}'])
def test_what_cannot_be_read_hides_nothing(file: AlarmFile, path: Path, line: bytes) -> None:
    """A damaged place is left out and written about; the others are read and erased as ever."""
    alarm = an_alarm()
    file.write(an_alarm())
    file.write(alarm)
    descriptor = os.open(path, os.O_WRONLY)
    os.pwrite(descriptor, line.ljust(127), 0)
    os.close(descriptor)

    with capture_logs() as logs:
        found = file.list_alarms()
        file.erase(alarm.key)
        left = file.list_alarms()

    assert (found, left) == ([alarm], [])
    assert {one["event"] for one in logs} == {"alarm.unreadable"}

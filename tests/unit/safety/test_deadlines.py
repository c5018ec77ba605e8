"""By when somebody must have looked, and how fast the next people are called."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.care import Severity
from domain.people import SchoolHours
from safety.deadlines import due_at, pace_of
from tests.builders import NOW

UTC_HOURS = SchoolHours(closes=time(15))
NEW_YORK = SchoolHours("America/New_York", (1, 2, 3, 4, 5), time(7, 30), time(14, 45))
SUNDAYS = SchoolHours("Asia/Riyadh", (7, 1, 2, 3, 4), time(7), time(13))


@pytest.mark.parametrize(
    ("severity", "now", "due"),
    [
        (Severity.IMMINENT, NOW, NOW + timedelta(minutes=5)),
        (Severity.HIGH, NOW, NOW + timedelta(minutes=15)),
        (Severity.MODERATE, NOW, NOW + timedelta(hours=4)),
        (Severity.LOW, NOW, datetime(2026, 9, 2, 15, 0, tzinfo=UTC)),
        (Severity.LOW, datetime(2026, 9, 4, 20, 30, tzinfo=UTC), datetime(2026, 9, 7, 15, 0, tzinfo=UTC)),
        (Severity.LOW, datetime(2026, 9, 5, 9, 0, tzinfo=UTC), datetime(2026, 9, 7, 15, 0, tzinfo=UTC)),
    ],
)
def test_deadlines_follow_severity(severity: Severity, now: datetime, due: datetime) -> None:
    """Minutes count for the worst; the mildest waits for the next school day, over a weekend if need be."""
    assert due_at(severity, now, UTC_HOURS) == due


def test_a_low_case_is_due_when_the_school_itself_closes() -> None:
    """The day, the hour and the change of clocks are those of the school's own time zone."""
    late_on_thursday_there = datetime(2026, 10, 30, 3, 0, tzinfo=UTC)  # 23:00 on the 29th in New York

    due = due_at(Severity.LOW, late_on_thursday_there, NEW_YORK)
    over_the_change = due_at(Severity.LOW, datetime(2026, 10, 30, 20, 0, tzinfo=UTC), NEW_YORK)

    assert due == datetime(2026, 10, 30, 14, 45, tzinfo=ZoneInfo("America/New_York"))
    assert over_the_change == datetime(2026, 11, 2, 19, 45, tzinfo=UTC)
    assert due_at(Severity.LOW, datetime(2026, 9, 3, 9, 0, tzinfo=UTC), SUNDAYS).isoweekday() == 7


def test_an_unknown_time_zone_or_week_keeps_nobody_waiting_for_ever() -> None:
    """A zone that this machine does not know counts as UTC, and a school without days as open every day."""
    hours = SchoolHours("Moon/Tranquility", (), time(8), time(15))

    assert due_at(Severity.LOW, NOW, hours) == datetime(2026, 9, 2, 15, 0, tzinfo=UTC)


@given(
    moment=st.integers(0, 20 * 366 * 24 * 60).map(lambda minutes: NOW + timedelta(minutes=minutes)),
    hours=st.builds(
        SchoolHours,
        zone=st.sampled_from(["UTC", "Europe/Vienna", "America/New_York", "Australia/Lord_Howe"]),
        days=st.sets(st.integers(1, 7), min_size=1).map(tuple),
        closes=st.times(time(9), time(22)),
    ),
)
def test_graver_cases_are_never_due_later(moment: datetime, hours: SchoolHours) -> None:
    """Every deadline lies ahead and within eight days, and of two severities the graver has the earlier one."""
    dues = [due_at(severity, moment, hours) for severity in (Severity.IMMINENT, Severity.HIGH, Severity.MODERATE)]
    low = due_at(Severity.LOW, moment, hours)

    assert moment < dues[0] < dues[1] < dues[2]
    assert moment < low < moment + timedelta(days=8, hours=2)


def test_the_next_people_are_called_faster_the_graver_it_is() -> None:
    """Five minutes, a quarter of an hour, an hour, a day."""
    paces = [pace_of(severity) for severity in reversed(Severity)]

    assert paces == [timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)]

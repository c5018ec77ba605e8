"""By when somebody must have looked at a case, how fast the next people are called, and when a school is open.

The minutes and hours are working defaults that await a clinician's review; a low case waits for the school's day.
"""

from datetime import datetime, timedelta, tzinfo

from domain.care import Severity
from domain.people import SchoolHours

_WITHIN = {
    Severity.IMMINENT: timedelta(minutes=5),
    Severity.HIGH: timedelta(minutes=15),
    Severity.MODERATE: timedelta(hours=4),
}

_PACES = {
    Severity.IMMINENT: timedelta(minutes=5),
    Severity.HIGH: timedelta(minutes=15),
    Severity.MODERATE: timedelta(hours=1),
    Severity.LOW: timedelta(days=1),
}

_WEEK = 7


def due_at(severity: Severity, now: datetime, hours: SchoolHours) -> datetime:
    """By when somebody must have looked: 5 minutes, 15 minutes, 4 hours, or the close of the next school day, in UTC.

    The next school day begins after today, by the school's own time zone.
    """
    if severity in _WITHIN:
        return now + _WITHIN[severity]
    here = now.astimezone(_zone_of(hours))
    days = (here.date() + timedelta(days=ahead) for ahead in range(1, _WEEK + 1))
    # a school without days is looked after as if every day were one
    day = next(day for day in days if not hours.days or day.isoweekday() in hours.days)
    return datetime.combine(day, hours.closes, here.tzinfo).astimezone(now.tzinfo)


def pace_of(severity: Severity) -> timedelta:
    """How long after a missed deadline the next people are called, again and again until somebody takes the case."""
    return _PACES[severity]


def is_school_open(hours: SchoolHours, now: datetime) -> bool:
    """Whether it is a school day between opening and closing, by the school's own time zone."""
    here = now.astimezone(_zone_of(hours))
    return here.isoweekday() in hours.days and hours.opens <= here.time() < hours.closes


def _zone_of(hours: SchoolHours) -> tzinfo:
    """Give the school's time zone. Where this machine does not know it, a deadline in UTC is better than none."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(hours.zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")

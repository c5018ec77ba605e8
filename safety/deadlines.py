"""By when somebody must have looked at a case, and how fast the next people are called.

The minutes and hours are working defaults that await a clinician's review; a low case waits for the school's day.
"""

from datetime import datetime, timedelta

from domain.care import Severity
from domain.people import SchoolHours
from safety.duty import zone_of

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
    here = now.astimezone(zone_of(hours))
    days = (here.date() + timedelta(days=ahead) for ahead in range(1, _WEEK + 1))
    # a school without days is looked after as if every day were one
    day = next(day for day in days if not hours.days or day.isoweekday() in hours.days)
    return datetime.combine(day, hours.closes, here.tzinfo).astimezone(now.tzinfo)


def pace_of(severity: Severity) -> timedelta:
    """How long after a missed deadline the next people are called, again and again until somebody takes the case."""
    return _PACES[severity]

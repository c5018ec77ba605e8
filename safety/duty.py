"""Who of the on-call list is called now: by the step of the case and the school's hours.

Somebody is always called: where nobody of a step is on duty the next one is, then the last responders; where nobody
is on duty at all, everybody on the list.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

from domain.notices import Contact, Duty
from domain.people import SchoolHours


def zone_of(hours: SchoolHours) -> tzinfo:
    """Give the school's time zone; UTC where its name is none that this machine knows."""
    try:
        return ZoneInfo(hours.zone)
    except (KeyError, ValueError, OSError):
        return UTC


def is_open(hours: SchoolHours, now: datetime) -> bool:
    """Whether somebody is at the school at an (aware) time. Hours that end before they begin go past midnight."""
    local = now.astimezone(zone_of(hours))
    at, is_overnight = local.time(), hours.closes <= hours.opens
    if is_overnight and at < hours.closes:
        return (local.isoweekday() - 2) % 7 + 1 in hours.days
    return local.isoweekday() in hours.days and hours.opens <= at and (is_overnight or at < hours.closes)


def is_on_duty(contact: Contact, hours: SchoolHours, now: datetime) -> bool:
    """Whether a contact is called at an (aware) time."""
    return contact.duty is Duty.ALWAYS or (contact.duty is Duty.SCHOOL_HOURS) == is_open(hours, now)


def choose(contacts: Iterable[Contact], step: int, *, hours: SchoolHours, now: datetime) -> list[Contact]:
    """Give those to call at a step (1 is the first); never nobody, unless the list is empty.

    Past the last step it is everybody on duty, those too who were added at a step that was called before.
    """
    everybody = list(contacts)
    on_duty = [one for one in everybody if is_on_duty(one, hours, now)]
    if not on_duty:
        return everybody
    if step > max(one.step for one in everybody):
        return on_duty
    steps = sorted({one.step for one in on_duty})
    chosen = next((one for one in steps if one >= step), steps[-1])
    return [one for one in on_duty if one.step == chosen]

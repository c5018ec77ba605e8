"""Who is called now: the school's hours, the steps, and never nobody."""

from datetime import UTC, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ids import ContactId, SchoolId
from domain.notices import Contact, Duty
from domain.people import SchoolHours
from safety.duty import choose, is_on_duty, is_open, zone_of

MADRID = SchoolHours("Europe/Madrid", opens=time(8), closes=time(16))
NIGHT = SchoolHours("UTC", days=(1,), opens=time(22), closes=time(6))
IN_SCHOOL = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)  # a Tuesday, ten in Madrid


def a_contact(step: int = 1, duty: Duty = Duty.ALWAYS) -> Contact:
    return Contact(ContactId(f"{step}{duty}"), SchoolId("s"), "Dana", f"{step}-{duty}@school.example", step, duty)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (datetime(2026, 9, 1, 5, 59, tzinfo=UTC), False),
        (datetime(2026, 9, 1, 6, 0, tzinfo=UTC), True),
        (datetime(2026, 9, 1, 13, 59, tzinfo=UTC), True),
        (datetime(2026, 9, 1, 14, 0, tzinfo=UTC), False),
        (datetime(2026, 9, 5, 8, 0, tzinfo=UTC), False),
        (datetime(2026, 12, 1, 6, 30, tzinfo=UTC), False),
    ],
)
def test_hours_are_those_of_the_schools_clock(at: datetime, *, expected: bool) -> None:
    """Hours are the school's own, in summer and winter, on its days, from the first minute to before the last."""
    assert is_open(MADRID, at) == expected


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (datetime(2026, 8, 31, 21, 59, tzinfo=UTC), False),
        (datetime(2026, 8, 31, 22, 0, tzinfo=UTC), True),
        (datetime(2026, 9, 1, 5, 59, tzinfo=UTC), True),
        (datetime(2026, 9, 1, 6, 0, tzinfo=UTC), False),
        (datetime(2026, 9, 1, 22, 0, tzinfo=UTC), False),
        (datetime(2026, 8, 31, 3, 0, tzinfo=UTC), False),
    ],
)
def test_hours_may_go_past_midnight(at: datetime, *, expected: bool) -> None:
    """Hours that end before they begin belong to the day on which they begin."""
    assert is_open(NIGHT, at) == expected


@pytest.mark.parametrize("zone", ["", "Nowhere/At_All", "../etc/passwd"])
def test_an_unknown_zone_is_utc(zone: str) -> None:
    """A name that is no time zone keeps nobody from being called."""
    assert zone_of(SchoolHours(zone)) is UTC


def test_duty_follows_the_hours() -> None:
    """In hours, the contacts for them and those who are always called; out of them, the others."""
    night = IN_SCHOOL.replace(hour=20)

    assert [duty for duty in Duty if is_on_duty(a_contact(duty=duty), MADRID, IN_SCHOOL)] == [
        Duty.SCHOOL_HOURS,
        Duty.ALWAYS,
    ]
    assert [duty for duty in Duty if is_on_duty(a_contact(duty=duty), MADRID, night)] == [
        Duty.OUT_OF_HOURS,
        Duty.ALWAYS,
    ]


def test_the_step_is_called_and_then_the_next_that_is_there() -> None:
    """A step that nobody on duty has is left out; past the last one everybody on duty is called."""
    first, third = a_contact(1), a_contact(3)
    away = a_contact(2, Duty.OUT_OF_HOURS)
    called = {step: choose([first, away, third], step, hours=MADRID, now=IN_SCHOOL) for step in (1, 2, 3, 4, 99)}

    assert called == {1: [first], 2: [third], 3: [third], 4: [first, third], 99: [first, third]}


def test_with_nobody_on_duty_everybody_is_called() -> None:
    """At night, with a list for school hours alone, the whole list is called."""
    everybody = [a_contact(1, Duty.SCHOOL_HOURS), a_contact(2, Duty.SCHOOL_HOURS)]

    assert choose(everybody, 1, hours=MADRID, now=IN_SCHOOL.replace(hour=20)) == everybody


@given(
    contacts=st.lists(st.builds(a_contact, st.integers(1, 5), st.sampled_from(Duty)), max_size=6),
    step=st.integers(1, 9),
    at=st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - given below
)
def test_never_nobody(contacts: list[Contact], step: int, at: datetime) -> None:
    """Whatever the list, the step and the time: somebody is called, unless the list is empty."""
    assert bool(choose(contacts, step, hours=MADRID, now=at)) == bool(contacts)

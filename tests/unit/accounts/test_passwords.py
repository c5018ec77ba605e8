"""Hashing and checking of passwords."""

import pytest
from argon2 import extract_parameters

from accounts import passwords
from accounts.lanes import Lanes
from accounts.passwords import LONGEST, SHORTEST, Passwords
from accounts.tries import Lane, TooManyTries
from domain.errors import Invalid, Transient
from tests.conftest import FixedClock

GOOD = "four plain words here"


def test_the_right_password_fits_and_others_do_not() -> None:
    """A password fits its own hash, whatever way its letters were typed, and no other password does."""
    checked = Passwords()
    hashed = checked.hash("caf\u00e9 au lait")

    assert checked.fits("cafe\u0301 au lait", hashed)
    assert not checked.fits("caf\u00e9 au thé", hashed)


def test_each_hash_is_salted() -> None:
    """The same password gives another hash each time."""
    assert Passwords().hash(GOOD) != Passwords().hash(GOOD)


@pytest.mark.parametrize("password", ["", "x" * (SHORTEST - 1), "x" * (LONGEST + 1)])
def test_too_short_and_too_long_passwords_are_refused(password: str) -> None:
    """A password outside the lengths is Invalid, and the sentence says the lengths."""
    with pytest.raises(Invalid, match=f"{SHORTEST} to {LONGEST}") as caught:
        Passwords().hash(password)

    assert caught.value.field == "password"


def test_a_password_does_not_fit_when_only_its_beginning_does() -> None:
    """What was typed behind the longest allowed password counts."""
    checked = Passwords()

    assert not checked.fits("x" * (LONGEST + 1), checked.hash("x" * LONGEST))


@pytest.mark.parametrize("password", ["", GOOD])
def test_nothing_fits_an_empty_hash(password: str) -> None:
    """People without a password, such as the demo's, cannot sign in with one."""
    assert not Passwords().fits(password, "")


def test_checking_nobody_costs_what_checking_somebody_costs() -> None:
    """The hash that stands in for an unknown person has the parameters of real ones."""
    assert extract_parameters(passwords._NOBODY) == extract_parameters(Passwords().hash(GOOD))


@pytest.mark.parametrize("lane", Lane)
def test_hashes_wait_for_their_turn(lane: Lane) -> None:
    """When the processors are taken, nothing is hashed before one of them is free."""
    lanes = Lanes(FixedClock(), longest_wait=0.01)
    checked = Passwords(lanes)

    with lanes.turn(), lanes.turn(), pytest.raises((Transient, TooManyTries)):
        checked.fits(GOOD, "", lane=lane)

    assert not checked.fits(GOOD, "", lane=lane)

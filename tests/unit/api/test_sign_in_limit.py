"""The limit on signing in."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.security import SignInLimit, TooManyTries, check_form_token
from domain.errors import NotAllowed
from tests.conftest import FixedClock

ADDRESS = "192.0.2.1"


def tries(limit: SignInLimit, account: str, address: str, count: int) -> int:
    passed = 0
    for _ in range(count):
        try:
            limit.spend(account, address)
        except TooManyTries:
            continue
        passed += 1
    return passed


def test_five_tries_are_free(clock: FixedClock) -> None:
    """The sixth try in a row is refused, and says when the next one is possible."""
    limit = SignInLimit(clock)

    assert tries(limit, "a@school.example", ADDRESS, 5) == 5
    with pytest.raises(TooManyTries) as caught:
        limit.spend("a@school.example", ADDRESS)
    assert caught.value.renews_at == clock.now() + timedelta(seconds=30)


def test_waiting_earns_a_try(clock: FixedClock) -> None:
    """Every half minute gives one try back, up to five."""
    limit = SignInLimit(clock)
    tries(limit, "a@school.example", ADDRESS, 6)

    clock.move(timedelta(seconds=31))
    assert tries(limit, "a@school.example", ADDRESS, 3) == 1
    clock.move(timedelta(hours=5))
    assert tries(limit, "a@school.example", ADDRESS, 9) == 5


def test_nobody_is_locked_out_from_another_address(clock: FixedClock) -> None:
    """Who tries another person's account from elsewhere takes none of that person's tries."""
    limit = SignInLimit(clock)
    tries(limit, "a@school.example", "198.51.100.9", 50)

    assert tries(limit, "a@school.example", ADDRESS, 5) == 5


def test_capitals_and_blanks_do_not_make_another_account(clock: FixedClock) -> None:
    """The same address written otherwise draws on the same tries."""
    limit = SignInLimit(clock)

    assert tries(limit, "A@School.example", ADDRESS, 3) == 3
    assert tries(limit, " a@school.EXAMPLE ", ADDRESS, 3) == 2


def test_memory_is_bounded(clock: FixedClock) -> None:
    """Past ten thousand accounts the one unused for longest is forgotten."""
    limit = SignInLimit(clock)
    tries(limit, "first@school.example", ADDRESS, 5)

    for number in range(10_000):
        limit.spend(f"{number}@school.example", ADDRESS)

    assert tries(limit, "first@school.example", ADDRESS, 1) == 1


@given(waits=st.lists(st.floats(0, 300), max_size=30))
def test_tries_never_come_faster_than_the_limit(waits: list[float]) -> None:
    """However the tries are spread, no more pass than five and one for each half minute gone by."""
    clock = FixedClock()
    limit = SignInLimit(clock)

    passed = 0
    for wait in waits:
        clock.move(timedelta(seconds=wait))
        passed += tries(limit, "a@school.example", ADDRESS, 2)

    assert passed <= 5 + sum(waits) / 30 + 1e-6


@pytest.mark.parametrize(("expected", "given_token"), [("", ""), ("abc", ""), ("abc", "abd"), ("", "abc"), ("a", "ä")])
def test_a_form_without_its_token_is_refused(expected: str, given_token: str) -> None:
    """Only the token that the page was given will do, and no token is never enough."""
    with pytest.raises(NotAllowed) as caught:
        check_form_token(expected, given_token)
    assert caught.value.code == "stale_form"

"""How often one may try to get in, and that nobody can use that up for another person."""

from datetime import timedelta
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from accounts.buckets import MOST_BUCKETS, Buckets, Rate
from accounts.tries import Kind, Lane, TooManyTries, Tries
from domain.errors import NotSignedIn, StoreBusy
from tests.conftest import FixedClock

ADA = "ada@school.example"
SCHOOL = "192.0.2.1"
FAR = "198.51.100.9"
DEVICE = "ada's own"


@pytest.fixture
def tries(clock: FixedClock) -> Tries:
    return Tries(clock)


def fail(tries: Tries, times: int, account: str = ADA, *, address: str = SCHOOL, device: str = "") -> int:
    """Try in vain so many times; give how many of the tries were let through."""
    passed = 0
    for _ in range(times):
        try:
            tries.failed(tries.check(Kind.PASSWORD, account, address, device=device))
        except TooManyTries:
            continue
        passed += 1
    return passed


def may_try(tries: Tries, account: str = ADA, *, address: str = SCHOOL, device: str = "") -> bool:
    try:
        tries.take_back(tries.check(Kind.PASSWORD, account, address, device=device))
    except TooManyTries:
        return False
    return True


def test_five_failures_are_free_then_one_waits(tries: Tries, clock: FixedClock) -> None:
    """The sixth try in a row is refused, in words, with the time of the next one; half a minute earns a try."""
    assert fail(tries, 5) == 5
    with pytest.raises(TooManyTries, match="Wait half a minute") as caught:
        tries.check(Kind.PASSWORD, ADA, SCHOOL)

    assert caught.value.renews_at == clock.now() + timedelta(seconds=30)
    clock.move(timedelta(seconds=31))
    assert fail(tries, 3) == 1
    clock.move(timedelta(hours=5))
    assert fail(tries, 9) == 5


def test_whoever_keeps_failing_waits_longer(tries: Tries, clock: FixedClock) -> None:
    """After twenty failures, however slow, one waits for quarters of an hour, until one has kept quiet."""
    passed = 0
    for _ in range(200):
        passed += fail(tries, 1)
        clock.move(timedelta(seconds=30))

    assert passed < 20 + 5 + 200 / 30
    fail(tries, 1)
    with pytest.raises(TooManyTries, match=r"Wait \d+ minutes"):
        tries.check(Kind.PASSWORD, ADA, SCHOOL)
    clock.move(timedelta(hours=2))
    assert fail(tries, 9) == 5
    clock.move(timedelta(seconds=31))
    assert fail(tries, 1) == 1


def test_what_goes_well_counts_for_nothing(tries: Tries) -> None:
    """A thousand people sign in from one address, each at the first try, and again; nobody waits or is suspect."""
    for number in [*range(1000), *range(1000)]:
        attempt = tries.check(Kind.PASSWORD, f"{number}@school.example", SCHOOL)
        assert attempt.lane is Lane.CALM
        tries.succeeded(attempt)

    assert len(tries) == 1000, "the places that went well"


def test_getting_in_forgives_what_failed_before(tries: Tries) -> None:
    """Somebody who remembers the password at the fifth try has five tries again."""
    fail(tries, 4)

    tries.succeeded(tries.check(Kind.PASSWORD, ADA, SCHOOL))

    assert fail(tries, 9) == 5


def test_another_address_has_tries_of_its_own(tries: Tries) -> None:
    """Who fails at another person's account from elsewhere takes none of that person's tries."""
    fail(tries, 500, address=FAR)

    assert fail(tries, 5) == 5


def test_one_address_alone_never_uses_up_an_account(tries: Tries, clock: FixedClock) -> None:
    """However long somebody keeps failing from one address, others are let through from elsewhere."""
    for _ in range(500):
        fail(tries, 1, address=FAR)
        clock.move(timedelta(seconds=10))
        assert may_try(tries)


def test_many_addresses_slow_strangers_but_not_a_known_device(tries: Tries, clock: FixedClock) -> None:
    """Ten thousand failures at one account from as many addresses: some are let through, and the owner goes first."""
    passed = sum(fail(tries, 1, address=f"10.0.{number // 250}.{number % 250}") for number in range(10_000))

    assert passed == 20
    assert not may_try(tries)
    known = tries.check(Kind.PASSWORD, ADA, SCHOOL, device=DEVICE)
    assert known.lane is Lane.CALM
    clock.move(timedelta(seconds=16))
    assert may_try(tries)


def test_a_device_that_fails_waits_alone(tries: Tries) -> None:
    """Five failures on one device hold back that device, not the account's other devices, nor strangers."""
    assert fail(tries, 9, device=DEVICE) == 5

    assert not may_try(tries, device=DEVICE)
    assert may_try(tries, device="another one")
    assert fail(tries, 9) == 5


def test_a_hot_address_has_first_tries_left(tries: Tries) -> None:
    """After a hundred wrong passwords an address has none for second tries; first ones pass, as suspects."""
    passed = sum(fail(tries, 2, f"{number}@school.example") for number in range(200))

    assert passed == 200 + 50
    newcomer = tries.check(Kind.PASSWORD, ADA, SCHOOL)
    assert newcomer.lane is Lane.SUSPECT
    assert tries.check(Kind.PASSWORD, "bo@school.example", FAR).lane is Lane.CALM


def test_at_a_hot_address_those_who_were_there_before_go_before_strangers(tries: Tries) -> None:
    """An account that was entered from the address, and did not fail, is wary; once it failed it is suspect."""
    tries.succeeded(tries.check(Kind.PASSWORD, ADA, SCHOOL))
    for number in range(200):
        fail(tries, 2, f"{number}@school.example")

    assert tries.check(Kind.PASSWORD, ADA, SCHOOL).lane is Lane.WARY
    fail(tries, 1)
    assert not may_try(tries)


def test_a_hot_address_cools_down(tries: Tries, clock: FixedClock) -> None:
    """An address earns a second try every second, and is no suspect when half of its tries are there again."""
    for number in range(200):
        fail(tries, 2, f"{number}@school.example")

    clock.move(timedelta(seconds=51))

    assert tries.check(Kind.PASSWORD, ADA, SCHOOL).lane is Lane.CALM
    assert may_try(tries, "199@school.example")


@pytest.mark.parametrize("address", [SCHOOL, FAR])
def test_a_try_after_a_failure_is_suspect(tries: Tries, address: str) -> None:
    """Where somebody failed lately, everybody without a failure goes first, wherever the try comes from."""
    fail(tries, 1)

    assert tries.check(Kind.PASSWORD, ADA, address).lane is Lane.SUSPECT


def test_an_attack_from_everywhere_makes_strangers_suspect_and_nobody_else(tries: Tries, clock: FixedClock) -> None:
    """Where one signed in before, one goes first and is let in, though one's account and many others are attacked."""
    tries.succeeded(tries.check(Kind.PASSWORD, ADA, SCHOOL))
    for number in range(101):
        fail(tries, 1, f"{number}@school.example", address=f"10.0.0.{number}")
    fail(tries, 30, address=FAR)
    for number in range(30):
        fail(tries, 1, address=f"10.0.1.{number}")

    assert not may_try(tries, address="10.0.2.1")
    assert tries.check(Kind.PASSWORD, "bo@school.example", "10.0.2.1").lane is Lane.SUSPECT
    assert tries.check(Kind.PASSWORD, ADA, SCHOOL).lane is Lane.CALM
    clock.move(timedelta(minutes=1))
    assert tries.check(Kind.PASSWORD, "cy@school.example", "10.0.2.1").lane is Lane.CALM


def test_an_attack_on_everybody_from_everywhere_gets_one_try_at_each(tries: Tries) -> None:
    """Ten failures at each of a thousand accounts, each from another address: one at each is let through."""
    passed = 0
    for number in range(10_000):
        address = f"10.{number // 60_000}.{number // 250}.{number % 250}"
        passed += fail(tries, 1, f"{number % 1000}@school.example", address=address)

    assert passed == 1000
    assert may_try(tries)
    assert not may_try(tries, "1@school.example")


def test_a_code_has_no_first_tries(tries: Tries) -> None:
    """Every guess at a code is another code, so all of an address draw on one count."""
    for number in range(100):
        tries.failed(tries.check(Kind.CODE, f"guess {number}", SCHOOL))

    with pytest.raises(TooManyTries):
        tries.check(Kind.CODE, "one more", SCHOOL)
    tries.succeeded(tries.check(Kind.CODE, "the right one", FAR))
    assert tries.check(Kind.CODE, "one more", FAR).lane is Lane.CALM
    assert tries.check(Kind.PASSWORD, ADA, SCHOOL).lane is Lane.CALM


def test_pictures_are_guessed_slower_than_passwords(tries: Tries, clock: FixedClock) -> None:
    """In a day at most some hundred picture secrets of a child can be tried, from however many addresses."""
    passed = 0
    for number in range(24 * 60):
        clock.move(timedelta(minutes=1))
        try:
            tries.failed(tries.check(Kind.PICTURES, "8B-cat", f"10.0.{number // 250}.{number % 250}"))
        except TooManyTries:
            continue
        passed += 1

    assert passed < 1000 / 5


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("not an address", "not an address"),
    ],
)
def test_what_one_household_holds_is_one_address(tries: Tries, one: str, other: str) -> None:
    """Addresses of one IPv6 network count together, and so do the two ways to write an IPv4 address."""
    fail(tries, 5, address=one)

    assert not may_try(tries, address=other)
    assert may_try(tries, address="2001:db8:1:3::1")


def test_capitals_and_blanks_do_not_make_another_account(tries: Tries) -> None:
    """The same name written otherwise draws on the same tries."""
    assert fail(tries, 3, "ADA@School.example") == 3
    assert fail(tries, 3, " ada@school.EXAMPLE ") == 2


def test_memory_is_bounded(tries: Tries) -> None:
    """However many accounts and addresses are tried, a bounded number of counts is kept."""
    for number in range(MOST_BUCKETS + 500):
        tries.check(Kind.PASSWORD, f"{number}@school.example", f"10.{number // 60_000}.{number // 250}.{number % 250}")

    assert len(tries) == 3 * MOST_BUCKETS + 1
    for number in range(MOST_BUCKETS + 500):
        tries.succeeded(tries.check(Kind.PICTURES, str(number), SCHOOL))
    assert len(tries) == 4 * MOST_BUCKETS + 1


def test_what_was_forgotten_needs_nothing_back() -> None:
    """A token that is given back to a forgotten bucket makes it no fuller than full."""
    buckets = Buckets(Rate(5, timedelta(seconds=30)))

    buckets.give_back(b"key", FixedClock().now())

    assert buckets.left(b"key", FixedClock().now()) == 5


def test_an_error_of_ours_is_a_failure(tries: Tries) -> None:
    """Within `trying`, an error counts as a failure and is passed on; the end of the block counts for nothing."""
    for _ in range(5):
        with pytest.raises(NotSignedIn), tries.trying(Kind.PASSWORD, ADA, SCHOOL):
            raise NotSignedIn("no")

    with pytest.raises(TooManyTries), tries.trying(Kind.PASSWORD, ADA, SCHOOL):
        pytest.fail("nothing may be tried")
    for _ in range(9):
        with tries.trying(Kind.PASSWORD, ADA, FAR):
            pass


def test_what_was_cut_off_counts_for_nothing(tries: Tries) -> None:
    """When the store is busy, nothing was learnt, so nothing is counted."""
    for _ in range(9):
        with pytest.raises(StoreBusy), tries.trying(Kind.PASSWORD, ADA, SCHOOL):
            raise StoreBusy("busy")

    assert fail(tries, 9) == 5


def test_the_log_tells_no_names(tries: Tries, clock: FixedClock) -> None:
    """Failures are logged with hashes that say nothing outside this run; what is held back, once a second."""
    with capture_logs() as logs:
        fail(tries, 205)
        clock.move(timedelta(seconds=2))
        fail(tries, 1)

    assert [line["event"] for line in logs] == ["sign_in.failed"] * 5 + ["sign_in.held_back"] * 2
    assert logs[-1]["count"] == 200
    assert "ada" not in str(logs).lower()
    assert SCHOOL not in str(logs)
    assert {line["who"] for line in logs[:5]} != {_who(Tries(clock))}


def _who(tries: Tries) -> str:
    with capture_logs() as logs:
        fail(tries, 1)
    return str(logs[0]["who"])


Steps = st.lists(
    st.tuples(
        st.sampled_from([ADA, "bo@school.example"]),
        st.sampled_from([SCHOOL, FAR, "2001:db8::1"]),
        st.sampled_from(["", "", "a stranger's device"]),
        st.floats(0, 400),
    ),
    max_size=60,
)


@settings(deadline=None)
@given(steps=Steps)
def test_strangers_never_make_a_known_device_wait(steps: list[tuple[str, str, str, float]]) -> None:
    """Whatever others do, the owner's device has all five tries, and goes before suspects."""
    clock = FixedClock()
    tries = Tries(clock)
    for account, address, device, wait in steps:
        fail(tries, 7, account, address=address, device=device)
        clock.move(timedelta(seconds=wait))

    attempts = [tries.check(Kind.PASSWORD, ADA, SCHOOL, device=DEVICE) for _ in range(5)]

    assert all(attempt.lane is Lane.CALM for attempt in attempts)


@settings(deadline=None)
@given(waits=st.lists(st.floats(0, 300), max_size=30))
def test_tries_never_come_faster_than_the_limit(waits: list[float]) -> None:
    """However the tries are spread, no more pass than five and one for each half minute gone by."""
    clock = FixedClock()
    tries = Tries(clock)

    passed = 0
    for wait in waits:
        clock.move(timedelta(seconds=wait))
        passed += fail(tries, 2)

    assert passed <= 5 + sum(waits) / 30 + 1e-6


@settings(deadline=None)
@given(waits=st.lists(st.floats(0, 60), max_size=30))
def test_an_account_is_guessed_slowly_from_everywhere(waits: list[float]) -> None:
    """However many addresses take part, no more pass than twenty and one for each quarter of a minute."""
    clock = FixedClock()
    tries = Tries(clock)
    numbers = count()

    passed = 0
    for wait in waits:
        clock.move(timedelta(seconds=wait))
        passed += sum(fail(tries, 1, address=f"10.0.0.{next(numbers) % 250}") for _ in range(5))

    assert passed <= 20 + sum(waits) / 15 + 1e-6

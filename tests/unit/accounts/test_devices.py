"""Devices that are known again, and the signatures that make them so."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.devices import LIFETIME, MOST_ACCOUNTS, Devices
from accounts.seals import Seal
from adapters.keys.secret import load_secret
from tests.conftest import FixedClock

ADA = "ada@school.example"
SECRET = bytes(range(32))


@pytest.fixture
def devices(clock: FixedClock) -> Devices:
    return Devices(Seal(SECRET), clock)


def test_a_device_is_known_for_the_account_that_was_entered_there(devices: Devices) -> None:
    """The cookie proves one account, however its name is written, and no other."""
    cookie = devices.add("", ADA)

    assert devices.known(cookie, " ADA@school.example ") == cookie.split(".", maxsplit=1)[0]
    assert devices.known(cookie, "bo@school.example") == ""
    assert "ada" not in cookie


def test_a_device_keeps_its_name_among_several_accounts(devices: Devices) -> None:
    """In a computer room many people share a device; it has one name, and knows the last twenty."""
    people = [f"{number}@school.example" for number in range(MOST_ACCOUNTS + 1)]
    cookie = ""
    for person in people:
        cookie = devices.add(cookie, person)

    names = [devices.known(cookie, person) for person in people]

    assert names == ["", *[cookie.split(".", maxsplit=1)[0]] * MOST_ACCOUNTS]
    assert len(cookie) < 1000


def test_signing_in_again_renews_the_proof(devices: Devices, clock: FixedClock) -> None:
    """An account that was entered twice has one proof, and 180 more days."""
    cookie = devices.add("", ADA)
    clock.move(LIFETIME)
    assert devices.known(cookie, ADA)

    renewed = devices.add(cookie, ADA)
    clock.move(timedelta(days=1))

    assert renewed.count(".") == 1
    assert devices.known(renewed, ADA)
    assert not devices.known(cookie, ADA)


def test_two_devices_have_two_names(devices: Devices) -> None:
    """Each browser gets a name of its own."""
    assert devices.known(devices.add("", ADA), ADA) != devices.known(devices.add("", ADA), ADA)


def test_another_installation_knows_nothing(devices: Devices, clock: FixedClock) -> None:
    """A cookie that was signed with another secret proves nothing."""
    assert Devices(Seal(bytes(32)), clock).known(devices.add("", ADA), ADA) == ""


def test_a_proof_belongs_to_its_device_and_day(devices: Devices, clock: FixedClock) -> None:
    """A proof that is moved to another device, or given another day, is worth nothing."""
    one, other = devices.add("", ADA), devices.add("", "bo@school.example")
    name, proof = one.split(".")
    clock.move(timedelta(days=1))
    newer = devices.add("", ADA).split(".")[1]

    assert devices.known(f"{other.split('.', maxsplit=1)[0]}.{proof}", ADA) == ""
    assert devices.known(f"{name}.{newer[:6]}{proof[6:]}", ADA) == ""


@given(cookie=st.text(max_size=200) | st.from_regex(r"[\w-]{16}(\.[0-9]{6}[0-9a-f]{32}){1,3}", fullmatch=True))
def test_made_up_cookies_are_strangers(cookie: str) -> None:
    """Whatever a browser sends, it is unknown, and gets a sound cookie at the next sign-in."""
    devices = Devices(Seal(SECRET), FixedClock())

    assert devices.known(cookie, ADA) == ""
    assert devices.known(devices.add(cookie, ADA), ADA)


@given(text=st.text(max_size=50), purpose=st.text(max_size=10))
def test_a_sealed_text_opens_for_its_purpose_alone(text: str, purpose: str) -> None:
    """What was signed comes back; for another purpose, or by another secret, nothing does."""
    seal = Seal(SECRET)

    sealed = seal.sign(purpose, text)

    assert seal.open(purpose, sealed) == text
    assert seal.open(f"{purpose}x", sealed) is None
    assert Seal(bytes(32)).open(purpose, sealed) is None


@pytest.mark.parametrize("sealed", ["", ".", "a", "YQ.YQ", "YQ", "ä.ö", "YQ." + "A" * 43, "_w." + "A" * 43])
def test_what_was_not_signed_does_not_open(sealed: str) -> None:
    """A text without a signature, or with a made-up one, is None."""
    assert Seal(SECRET).open("any", sealed) is None


def test_the_secret_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    """The first start makes the secret, later ones read it; half a file is replaced."""
    path = tmp_path / "browsers.key"

    secret = load_secret(path)

    assert len(secret) == 32
    assert load_secret(path) == secret
    assert path.stat().st_mode & 0o777 == 0o600
    path.write_bytes(b"half")
    assert len(load_secret(path)) == 32
    assert [file.name for file in tmp_path.iterdir()] == ["browsers.key"]

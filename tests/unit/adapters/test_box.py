"""Laws of what is sealed with one key."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.keys.box import Box, NotOpened, from_text, to_text

BOX = Box(bytes(range(32)))
PLACES = st.text(max_size=60)


@given(plain=st.binary(max_size=500), place=PLACES)
def test_what_is_sealed_opens_in_its_place(plain: bytes, place: str) -> None:
    """Whatever was sealed for a place comes back from there."""
    assert BOX.open(BOX.seal(plain, place), place) == plain


@given(plain=st.binary(max_size=500), place=PLACES, other=PLACES)
def test_no_other_place_opens_it(plain: bytes, place: str, other: str) -> None:
    """What was sealed for one place opens in no other."""
    sealed = BOX.seal(plain, place)

    if other != place:
        with pytest.raises(NotOpened):
            BOX.open(sealed, other)


@given(plain=st.binary(max_size=200), at=st.integers(min_value=0), bit=st.integers(0, 6))
def test_any_changed_character_is_noticed(plain: bytes, at: int, bit: int) -> None:
    """One flipped bit of the text, wherever it is and whatever it makes of the character, keeps all of it shut."""
    sealed = BOX.seal(plain, "place")
    at %= len(sealed)
    changed = sealed[:at] + chr(ord(sealed[at]) ^ (1 << bit)) + sealed[at + 1 :]

    with pytest.raises(NotOpened) as raised:
        BOX.open(changed, "place")

    assert raised.value.args == ()


@given(plain=st.binary(max_size=200), cut=st.integers(min_value=1))
def test_any_cut_is_noticed(plain: bytes, cut: int) -> None:
    """A text that was cut short, to nothing even, does not open."""
    sealed = BOX.seal(plain, "place")

    with pytest.raises(NotOpened):
        BOX.open(sealed[: max(0, len(sealed) - cut)], "place")


@given(text=st.text(max_size=100))
def test_no_text_of_anybody_opens(text: str) -> None:
    """Plain text is never taken for sealed."""
    with pytest.raises(NotOpened):
        BOX.open(text, "place")


def test_another_key_opens_nothing() -> None:
    """What one key sealed another does not open."""
    with pytest.raises(NotOpened):
        Box(os.urandom(32)).open(BOX.seal(b"Dear diary.", "place"), "place")


def test_nonces_differ() -> None:
    """Of twenty thousand times the same text, no two were sealed with the same nonce."""
    nonces = {from_text(BOX.seal(b"Yes.", "place"))[:12] for _ in range(20_000)}

    assert len(nonces) == 20_000


def test_a_short_key_is_no_key() -> None:
    """A key has 256 bits."""
    with pytest.raises(ValueError, match="32 bytes"):
        Box(bytes(16))


@given(content=st.binary(max_size=200), spare=st.sampled_from(["=", "\n", " ", "+", "/"]))
def test_bytes_have_one_text(content: bytes, spare: str) -> None:
    """Bytes come back from their text, and no other text gives them."""
    text = to_text(content)

    assert from_text(text) == content
    with pytest.raises(ValueError, match=r"\w"):
        from_text(text + spare)

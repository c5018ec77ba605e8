"""What every KeyRing does. What is particular to the file is in `tests/unit/adapters/test_ring.py`."""

from pathlib import Path

import pytest

from adapters.keys.ring import RingFile
from domain.errors import Conflict, KeyMissing
from domain.ports import KeyRing

KEY = bytes(range(32))


@pytest.fixture
def rings(tmp_path: Path) -> tuple[KeyRing, KeyRing]:
    """One ring as two processes have it, both of which have read it."""
    first, second = (RingFile(tmp_path / "keys" / "ring.json") for _ in range(2))
    first.prepare(())
    second.prepare(())
    return first, second


def test_a_wrapped_key_opens(rings: tuple[KeyRing, KeyRing]) -> None:
    """What the ring wraps begins with the newest key's id, opens as it was, and is different each time."""
    ring, other = rings
    wrapped = ring.wrap(KEY, about="somebody")

    assert wrapped.startswith(f"{ring.newest}.")
    assert ring.unwrap(wrapped, about="somebody") == other.unwrap(wrapped, about="somebody") == KEY
    assert ring.wrap(KEY, about="somebody") != wrapped


def test_the_newest_key_wraps_and_older_ones_open(rings: tuple[KeyRing, KeyRing]) -> None:
    """After a rotation the new key wraps, and what the old one wrapped still opens."""
    ring, _ = rings
    old, before = ring.newest, ring.wrap(KEY, about="somebody")
    new = ring.rotate()
    after = ring.wrap(KEY, about="somebody")

    assert old != new == ring.newest
    assert after.startswith(f"{new}.")
    assert ring.unwrap(before, about="somebody") == ring.unwrap(after, about="somebody") == KEY


def test_another_process_picks_up_a_new_key(rings: tuple[KeyRing, KeyRing]) -> None:
    """Whoever has read the ring before a rotation opens what the new key wrapped, and wraps with the new key."""
    ring, other = rings
    new = ring.rotate()

    assert other.unwrap(ring.wrap(KEY, about="somebody"), about="somebody") == KEY
    assert other.newest == new
    assert other.wrap(KEY, about="somebody").startswith(f"{new}.")


def test_a_changed_wrapping_does_not_open(rings: tuple[KeyRing, KeyRing]) -> None:
    """A wrapped key that was changed, cut, or is about somebody else does not open, and the error holds none of it."""
    ring, _ = rings
    wrapped = ring.wrap(KEY, about="somebody")
    last = "A" if wrapped[-1] != "A" else "Q"

    for text, about in (
        (wrapped, "somebody else"),
        (wrapped[:-1] + last, "somebody"),
        (wrapped[:20], "somebody"),
        (f"{ring.newest}.", "somebody"),
        ("", "somebody"),
    ):
        with pytest.raises(KeyMissing) as raised:
            ring.unwrap(text, about=about)
        assert wrapped[10:20] not in str(raised.value)


def test_a_forgotten_key_opens_nothing(rings: tuple[KeyRing, KeyRing]) -> None:
    """What a forgotten key wrapped is lost for whoever reads the ring anew; the newest is never forgotten."""
    ring, _ = rings
    old, wrapped = ring.newest, ring.wrap(KEY, about="somebody")
    new = ring.rotate()
    with pytest.raises(Conflict, match="newest"):
        ring.forget([old, new])
    assert ring.unwrap(wrapped, about="somebody") == KEY

    ring.forget([old])

    with pytest.raises(KeyMissing):
        ring.unwrap(wrapped, about="somebody")
    assert ring.newest == new

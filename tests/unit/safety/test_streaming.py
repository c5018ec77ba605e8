"""Streams are held back just enough: no half surrogate and no half secret goes out, however the pieces are cut."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safety.output import Secrets
from safety.streaming import Guard, Restorer
from safety.surrogates import LONGEST, Surrogates

ORIGINALS = {"[PERSON_1]": "Maria Novak", "[CREDIT_CARD_12]": "4111 1111 1111 1111", "[EMAIL_1]": "m@n.example"}
BITS = st.sampled_from(
    [
        *ORIGINALS,
        "[PERSON_2]",
        "[person_1]",
        r"\[PERSON\_1\]",
        "❲PERSON_1❳",
        "[",
        "]",
        "\\",
        "_1]",
        "[PERSON",
        "[x_1]",
        "❲",
    ]
)
TEXTS = st.lists(BITS | st.text(max_size=5), max_size=12).map("".join)
RULES = "Say only what the quoted sentences say and add nothing of your own."


def cut_up(text: str, cuts: list[int]) -> list[str]:
    places = sorted({0, len(text), *(cut % (len(text) + 1) for cut in cuts)})
    return [text[start:end] for start, end in pairwise(places)]


@settings(deadline=None, max_examples=300)
@given(text=TEXTS, cuts=st.lists(st.integers(0, 500)))
def test_any_cut_gives_the_same_text(text: str, cuts: list[int]) -> None:
    """The pieces that come out together are what the whole text restores to."""
    restorer = Restorer(Surrogates(ORIGINALS))

    out = "".join([*(restorer.feed(piece) for piece in cut_up(text, cuts)), restorer.finish()])

    assert out == Surrogates(ORIGINALS).restore(text)


@settings(deadline=None, max_examples=300)
@given(text=TEXTS)
def test_little_is_held_back(text: str) -> None:
    """Letter by letter, never more than the longest surrogate waits to go out."""
    restorer = Restorer(Surrogates())
    fed = ""
    out = ""

    for letter in text:
        fed += letter
        out += restorer.feed(letter)
        sure = Surrogates().restore(fed[: max(len(fed) - LONGEST, 0)].rpartition("[")[0])
        assert len(out) >= len(sure) - LONGEST


def test_no_half_surrogate_goes_out() -> None:
    """While a surrogate may still come, nothing of it is let out."""
    restorer = Restorer(Surrogates(ORIGINALS))

    out = [restorer.feed(letter) for letter in "Hi [PERSON_1]!"]

    assert [piece for piece in out if piece] == ["H", "i", " ", "Maria Novak", "!"]


@settings(deadline=None)
@given(before=st.text(max_size=200), after=st.text(max_size=200), cuts=st.lists(st.integers(0, 500)))
@pytest.mark.parametrize("secret", ["canary", "rules"])
def test_a_secret_never_goes_out(secret: str, before: str, after: str, cuts: list[int]) -> None:
    """Where the secret word or the rules come, the stream ends before a letter of them is out."""
    kept = Secrets(RULES, "bcdfghjkbcdfghjk")
    leaked = kept.canary if secret == "canary" else "Say only what the quoted sentences say and"
    text = f"{before} {leaked} {after}"
    guard = Guard(kept.are_in)
    out: list[str] = []

    for piece in cut_up(text, cuts):
        safe = guard.feed(piece)
        if safe is None:
            break
        out.append(safe)
    else:
        pytest.fail("the leak went by")

    assert len("".join(out)) <= len(before) + 1


@settings(deadline=None)
@given(text=st.text(max_size=400), cuts=st.lists(st.integers(0, 500)))
def test_what_holds_no_secret_goes_out_whole(text: str, cuts: list[int]) -> None:
    """A stream without a leak comes out as it went in."""
    guard = Guard(Secrets(RULES).are_in)

    out = "".join([*(guard.feed(piece) or "" for piece in cut_up(text, cuts)), guard.finish()])

    assert out == text

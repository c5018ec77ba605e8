"""Disguised words are undone, and plain ones stay."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safety.normalise import END, Mender, plain, run_ons, undone

MENDER = Mender(
    frozenset(["kill", "myself", "want", "to", "feel", "life", "wish", "going", "too", "me", "mee"]),
    frozenset(["to", "too", "me", "kill"]),
)


@pytest.mark.parametrize(
    ("text", "view"),
    [
        ("I CAN'T do it", "i cant do it"),
        ("Já não\u200b AGUENTO", "ja nao aguento"),
        ("ｗｉｄｅ letters", "wide letters"),
        ("One. Two?! three\nfour", f"one {END} two {END} three {END} four"),
        ("a|b, (c) “d”", "a b c d"),
        ("मैं मरना", "मैं मरना"),
        ("", ""),
    ],
)
def test_the_plain_view(text: str, view: str) -> None:
    """Capitals, accents, signs and hidden letters are gone; sentences are parted; other scripts stay whole."""
    assert plain(text) == view


@pytest.mark.parametrize(
    ("text", "view"),
    [
        ("k1ll mys3lf", "kill myself"),
        ("1 w4nt to", "i want to"),
        ("кill", "kill"),
        ("k.i.l.l m-y-s-e-l-f", "kill myself"),
        ("d.o.n.'.t kill", "dont kill"),
        ("w a n t t o", "wantto"),
        ("kiiill", "kill"),
        ("feeeeel", "feel"),
        ("tooo meee", "to me"),
        ("zzzzap", "zap"),
        ("msyelf", "myself"),
        ("wsih", "wish"),
        ("myselff", "myself"),
        ("goin", "going"),
        ("goingg", "going"),
        ("cat myzelf 1984 a4 kill!", f"cat myzelf 1984 aa kill {END}"),
        ("at 4 pm 57", "at a pm 57"),
    ],
)
def test_disguises_are_undone(text: str, view: str) -> None:
    """Digits and look-alikes for letters, dots, blanks, repeats and slips lead back to the words."""
    assert undone(text, MENDER) == view


def test_words_written_together_are_listed() -> None:
    """Long tokens count always, shorter ones when undoing joined them; the longest come in pieces."""
    long = "x" * 1000

    assert run_ons("w a n t t o b e a cat", "wanttobea cat somethingverylong") == ["wanttobea", "somethingverylong"]
    assert run_ons("somewords here", "somewords here") == []
    assert run_ons(long, long) == [long[:400], long[200:600], long[400:800], long[600:], long[800:]]


@settings(deadline=None)
@given(text=st.text())
def test_views_are_stable(text: str) -> None:
    """The plain view of a plain view is itself, but for the marks between sentences."""
    view = plain(text).replace(END, " ")

    assert plain(view) == " ".join(view.split())

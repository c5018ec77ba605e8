"""Disguised words are undone, and plain ones stay."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safety.normalise import END, Mender, neighbours, plain, run_ons, sentences, undone

MENDER = Mender(
    frozenset(["i", "kill", "myself", "want", "to", "feel", "life", "wish", "going", "too", "me", "mee", "suicide"]),
    frozenset(["to", "too", "me", "kill"]),
    ("suicide", "kill"),
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
        ("su*cide k**l c*t", "suicide kill c t"),
        ("*uicide *ill", "suicide kill"),
        ("ki11 myse1f", "kill myself"),
        ("suicode suxxide", "suicide suxxide"),
        ("myseIf Ill", "myself ill"),
        ("🅺🅸🅻🅻 🇰🇮🇱🇱 ᴋɪʟʟ", "kill kill kill"),
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


@pytest.mark.parametrize(
    ("token", "words"),
    [("iwanttokillmyself", "i want to kill myself"), ("xiwantto", "x i want to"), ("zzzz", "zzzz"), ("", "")],
)
def test_a_token_is_parted_as_well_as_it_goes(token: str, words: str) -> None:
    """Words written together are found in it; what is no word stays as it stands."""
    assert MENDER.part(token) == words


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("iwanttokill", "i want to kill"),
        ("wanttome", "want to me"),
        ("killlife", ""),
        ("unwanted", ""),
        ("suicide", ""),
        ("iwantto9", ""),
        ("iwanttokillmyself", ""),
    ],
)
def test_a_shorter_token_is_parted_only_into_words(token: str, words: str) -> None:
    """Three known words and more are read out of a token; names, known words and longer tokens are left alone."""
    assert MENDER.part_whole(token) == words


def test_a_long_sentence_is_cut_with_an_overlap() -> None:
    """No piece is longer than 160 words, and each begins with the last 24 of the one before."""
    pieces = [piece.split() for piece in sentences(" ".join(str(number) for number in range(400)))]

    assert max(map(len, pieces)) == 160
    assert all(right[:24] == left[-24:] for left, right in pairwise(pieces))
    assert pieces[-1][-1] == "399"


def test_short_sentences_are_read_together() -> None:
    """Two short sentences in a row are one more piece; a long one stands alone."""
    view = plain("I have a list. Eight names. " + "word " * 20 + ". No")

    assert list(neighbours(view)) == ["i have a list eight names"]


@settings(deadline=None)
@given(text=st.text())
def test_views_are_stable(text: str) -> None:
    """The plain view of a plain view is itself, but for the marks between sentences."""
    view = plain(text).replace(END, " ")

    assert plain(view) == " ".join(view.split())

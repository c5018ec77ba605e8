"""Readings that say nearly the same are told by sketches of their words, and no others."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.documents import DocumentStatus, Page
from domain.ids import DocumentId, new_id
from ingest.likeness import ALIKE, SIZE, find_like, overlap, sketch
from tests.builders import NOW, a_document


def _words(count: int, seed: int, letters: str = "abcdefghij") -> list[str]:
    """Make up a text; like a book's, its words repeat."""
    # a text to compare, no secret
    chance = random.Random(seed)  # noqa: S311
    vocabulary = ["".join(chance.choices(letters, k=5)) for _ in range(400)]
    return chance.choices(vocabulary, k=count)


def _sketch(words: list[str], gap: str = " ") -> tuple[int, ...]:
    return sketch([Page(1, gap.join(words))])


@pytest.mark.parametrize("count", [60, 300, 20_000])
def test_the_same_text_is_the_same_on_other_pages(count: int) -> None:
    """Where the page breaks stand, and the capitals, change nothing."""
    words = _words(count, 1)

    one = sketch([Page(1, " ".join(words[:30])), Page(2, " ".join(words[30:]).upper())])

    assert overlap(one, _sketch(words)) == 1.0
    assert len(one) == min(SIZE, count - 4)


@given(st.integers(0, 50))
def test_a_text_with_some_changes_is_alike_and_another_is_not(seed: int) -> None:
    """One word in a hundred changed leaves nine tenths of the runs; two texts out of one vocabulary share nothing."""
    words = _words(3_000, seed)
    edited = ["other" if place % 100 == 50 else word for place, word in enumerate(words)]
    half_new = words[:1_500] + _words(1_500, seed + 1_000)

    assert overlap(_sketch(words), _sketch(edited)) >= ALIKE
    assert overlap(_sketch(words), _sketch(half_new)) < ALIKE
    assert overlap(_sketch(words), _sketch(_words(3_000, seed + 1_000))) < 0.1


def test_a_text_that_repeats_itself_has_a_small_sketch() -> None:
    """However long it is, only different runs count."""
    assert len(_sketch(_words(50, 1) * 2_000)) == 50


def test_scripts_without_blanks_are_compared_too() -> None:
    """Their characters stand for words."""
    words = _words(400, 3, "植物光水空気葉根茎花")

    assert overlap(_sketch(words, ""), _sketch([*words, "新"], "")) > ALIKE


def test_a_few_words_are_like_nothing() -> None:
    """A title page has no sketch, and what has none is like nothing."""
    assert _sketch(_words(20, 1)) == ()
    assert overlap((), ()) == 0.0


def test_an_older_readable_reading_is_named() -> None:
    """Not the reading itself, none that is younger, unread or too different; the likest of those that are left."""
    words = _words(2_000, 1)
    mine = a_document(sketch=_sketch(words))
    older = replace(mine, id=DocumentId(new_id()), created_at=NOW - timedelta(days=1))
    edited = replace(older, id=DocumentId(new_id()), sketch=_sketch([*words, *_words(100, 2)]))
    others = (
        replace(older, id=DocumentId(new_id()), created_at=NOW + timedelta(days=1)),
        replace(older, id=DocumentId(new_id()), status=DocumentStatus.FAILED),
        replace(older, id=DocumentId(new_id()), sketch=_sketch(_words(2_000, 3))),
    )

    assert find_like(mine, [mine, *others, edited, older]) == older
    assert find_like(mine, [mine, *others, edited]) == edited
    assert find_like(mine, [mine, *others]) is None
    assert find_like(mine, []) is None

"""Words are compared as people mean them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.words import content_lemmas, content_stems, fold, holds, lemma, lemmas, list_numbers, list_words, stem


def test_typing_makes_no_difference() -> None:
    """Capitals, curly quotes, compatibility forms and runs of blanks are folded away."""
    assert fold("  The  CELL’s ﬁlm −3 ") == "the cell's film -3"


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("studies", "study"),
        ("classes", "class"),
        ("boxes", "box"),
        ("cells", "cell"),
        ("gas", "gas"),
        ("stress", "stress"),
        ("virus", "virus"),
        ("cell's", "cell"),
        ("ties", "tie"),
    ],
)
def test_plurals_become_singular(word: str, expected: str) -> None:
    """A plural ending is taken off, a word that only looks like one stays."""
    assert lemma(word) == expected


def test_relatives_share_a_stem() -> None:
    """Words made from one another meet in their stem; short words stay whole."""
    assert stem("photosynthesis") == stem("photosynthesize")
    assert stem("formation") == stem("forms")
    assert stem("sing") == "sing"


def test_words_of_grammar_carry_no_content() -> None:
    """Function words are left out of content."""
    assert content_lemmas("The cells of a leaf") == ["cell", "leaf"]
    assert content_stems("It was formed") == ["form"]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1,250.0 and 0.50", ["1250", "0.5"]),
        ("six or 6", ["6", "6"]),
        ("twenty-five and twenty five men, seven eighty", ["25", "25", "7", "80"]),
        ("-3 and −4, 3-4", ["-3", "-4", "3", "4"]),
        ("one day at zero, ten zero", ["0", "10", "0"]),
        ("007 and 000", ["7", "0"]),
        ("none", []),
    ],
)
def test_numbers_are_read(text: str, numbers: list[str]) -> None:
    """Numbers come in digits without separators or idle zeros; "one" is left out."""
    assert list_numbers(text) == numbers


def test_a_part_is_held_word_by_word() -> None:
    """Words count whole and in order; nothing is held nowhere."""
    assert holds(lemmas("the red foxes run"), lemmas("Red fox"))
    assert not holds(lemmas("a redder fox"), lemmas("red fox"))
    assert not holds(["a"], [])


@given(st.text())
def test_folding_twice_is_folding_once_for_words(text: str) -> None:
    """Folding settles: the words of a folded text are the words of the text."""
    assert list_words(fold(text)) == list_words(text)

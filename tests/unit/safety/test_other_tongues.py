"""A phrase of one language is not read into the words of another. Content warning: suicide."""

import pytest

from safety.languages import is_mostly
from safety.screening import Screener


@pytest.fixture(scope="module", name="screener")
def a_screener() -> Screener:
    return Screener()


@pytest.mark.parametrize(
    "text",
    [
        "First take t, then add ts and divide by s, where t is the time and s is the unit of it",
        "Then the matrix A ts is its own inverse, and so the proof of the theorem is at its end",
        "Dann ist ts die Zeit, und wir teilen sie durch die Zahl der Schritte, die wir nicht kennen",
    ],
)
def test_short_forms_of_french_are_nothing_elsewhere(screener: Screener, text: str) -> None:
    """Two letters mean one thing among French words and another in a formula."""
    assert screener.screen(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "j'ai fait une ts hier",
        "ts encore hier soir",
        "Here is what I write down today: je veux mourir ce soir",
        "My diary of Monday: quiero matarme",
    ],
)
def test_a_phrase_in_its_own_words_is_heard(screener: Screener, text: str) -> None:
    """Among words of the language, or by words that only the language has, whatever stands around them."""
    assert screener.screen(text) is not None


@pytest.mark.parametrize("text", ["ما معنى الطاقة؟", "ما معنى كلمة خلية؟", "شو قيمة س في المعادلة؟"])
def test_a_question_for_a_meaning_is_one(screener: Screener, text: str) -> None:
    """In Arabic "no" and "what" are one word: who asks what a word means is in no danger."""
    assert screener.screen(text) is None


@pytest.mark.parametrize("text", ["ما معنى حياتي", "حياتي ما لها معنى", "ما عاد في أمل"])
def test_a_life_without_meaning_is_heard(screener: Screener, text: str) -> None:
    """Where it is life that has none."""
    assert screener.screen(text) is not None


@pytest.mark.parametrize(
    ("text", "language", "than", "expected"),
    [
        ("je veux mourir", "fr", "en", True),
        ("the time is ts and we are at the end of it", "fr", "en", False),
        ("我不想活了", "zh", "en", True),
        ("haluan kuolla", "fi", "en", True),
        ("the sign 死 is what we are to learn for this week", "ja", "en", False),
    ],
)
def test_a_text_is_mostly_of_one_language(text: str, language: str, than: str, *, expected: bool) -> None:
    """By the commonest words, or by letters where a language has its own."""
    assert is_mostly(text, language, than) is expected

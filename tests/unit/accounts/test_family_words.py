"""The words that families read: whole in every language, with nothing of another left over."""

import re
from datetime import date

import pytest

from accounts.family_words import choose_language, list_languages, words_in
from domain.consent import WORDING, Purpose
from domain.readability import flesch_kincaid

ENGLISH = words_in("en")
OTHERS = [language for language in list_languages() if language != "en"]
_FIELD = re.compile(r"\{(\w+)\}")

_SAME_IN = {"nl": {"school"}}
"""Words that another language shares with English."""


def test_sixteen_languages_have_words() -> None:
    """The languages that families here speak most are there."""
    expected = {"ar", "de", "en", "es", "fr", "it", "nl", "pl", "pt", "ro", "ru", "so", "tr", "uk", "vi", "zh"}

    assert set(list_languages()) == expected


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_is_whole(language: str) -> None:
    """It has every sentence of English, with the same values to put in, and none more."""
    words = words_in(language)

    assert words.texts.keys() == ENGLISH.texts.keys()
    for key, text in words.texts.items():
        assert sorted(_FIELD.findall(text)) == sorted(_FIELD.findall(ENGLISH.texts[key])), key
        assert text.strip() == text != "", key


@pytest.mark.parametrize("language", OTHERS)
def test_no_english_is_left_over(language: str) -> None:
    """No sentence is the English one, and none has English words that the language does not have."""
    words = words_in(language)

    same = {key for key, text in words.texts.items() if text == ENGLISH.texts[key]}
    leftover = re.compile(r"\b(the|your|child|and|not|allowed|keep|with|school's)\b", re.IGNORECASE)

    assert same == _SAME_IN.get(language, set())
    assert [key for key, text in words.texts.items() if leftover.search(_FIELD.sub("", text))] == []


@pytest.mark.parametrize("language", list_languages())
def test_a_language_writes_days_and_says_what_it_is(language: str) -> None:
    """Twelve months, a day with day, month and year in it, its own name, its direction, and the wording in force."""
    words = words_in(language)

    assert len(words.months) == len(set(words.months)) == 12
    written = words.day(date(2026, 11, 22))
    assert "22" in written
    assert "2026" in written
    assert words.months[10] in written
    assert words.direction == ("rtl" if language == "ar" else "ltr")
    assert words.name
    assert words.wording == WORDING


def test_a_day_is_written_as_the_language_does() -> None:
    """The day's parts come in the language's order, with the month in the case that a date asks for."""
    day = date(2026, 5, 3)

    written = {language: words_in(language).day(day) for language in ("en", "es", "de", "pl", "zh", "ar")}

    assert written == {
        "en": "3 May 2026",
        "es": "3 de mayo de 2026",
        "de": "3. Mai 2026",
        "pl": "3 maja 2026",
        "zh": "2026年5月3日",
        "ar": "3 مايو 2026",
    }


def test_translations_await_a_native_reader() -> None:
    """As long as nobody who grew up with a language has read its words, it is not said to be reviewed."""
    assert not any(words_in(language).is_reviewed for language in OTHERS)


def test_every_purpose_has_a_name_and_a_sentence() -> None:
    """Each purpose that there is can be asked about."""
    for purpose in Purpose:
        assert {purpose.value, f"{purpose.value}_means"} <= ENGLISH.texts.keys()


def test_english_is_sixth_grade_at_most() -> None:
    """All sentences together, values filled in, read at grade 6 or below by Flesch-Kincaid."""
    sentences = [_FIELD.sub("5", text) for text in ENGLISH.texts.values() if text.endswith(".")]

    assert flesch_kincaid(" ".join(sentences)) <= 6


def test_values_are_put_in() -> None:
    """A sentence takes its values, and a brace in a value stays what it is."""
    assert ENGLISH.say("overview", child="Ada {0}") == "Ada {0}: progress and data"


@pytest.mark.parametrize(
    ("asked", "of_school", "chosen"),
    [
        ("ar", "de", "ar"),
        ("AR-EG", "de", "ar"),
        ("xx", "de", "de"),
        ("", "de-AT", "de"),
        ("", "xx", "en"),
        ("../en", "tr", "tr"),
    ],
)
def test_the_language_is_the_one_asked_for_or_the_schools(asked: str, of_school: str, chosen: str) -> None:
    """A language without words falls back to the school's, and that to English."""
    assert choose_language(asked, of_school) == chosen

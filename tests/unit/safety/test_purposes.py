"""The words that people agree to are whole in every language, and belong to the wording in force."""

import pytest

from domain.consent import WORDING, Purpose
from safety.consent_ages import age_of, list_ages
from safety.purposes import list_tongues, wording, words_of

LANGUAGES = [tongue.language for tongue in list_tongues()]


def test_the_words_are_those_of_the_wording_in_force() -> None:
    """Whoever changes a promise changes both."""
    assert wording() == WORDING


def test_english_comes_first_and_thirteen_languages_are_there() -> None:
    """Each has its own name and direction, and none claims a review that nobody did."""
    tongues = list_tongues()

    assert tongues[0].language == "en"
    assert set(LANGUAGES) == {"en", "es", "fr", "de", "ar", "zh", "pt", "it", "nl", "pl", "tr", "uk", "ru"}
    assert {tongue.language for tongue in tongues if tongue.direction == "rtl"} == {"ar"}
    assert not any(tongue.is_reviewed for tongue in tongues)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_purpose_is_told_in_full(language: str) -> None:
    """A title without a full stop, two sentences at most on what is done, and what happens without it."""
    for purpose in Purpose:
        words = words_of(purpose, language)

        assert words.title
        assert words.title[-1] not in ".。"
        assert 1 <= sum(words.means.count(stop) for stop in ".。") <= 2, words.means
        assert words.without[-1] in ".。"


@pytest.mark.parametrize("language", ["xx", "", "de-AT", "DE"])
def test_languages_are_found_by_their_first_two_letters(language: str) -> None:
    """Regional forms and capitals do not matter; unknown ones read English."""
    expected = "de" if language[:2].lower() == "de" else "en"

    assert words_of(Purpose.STUDY, language) == words_of(Purpose.STUDY, expected)


def test_every_age_names_its_law() -> None:
    """Ages stand between the least any law here knows and majority, each with its law and a page to check it on."""
    rows = list_ages()

    assert {13, 14, 15, 16, 18} == {row.age for row in rows}
    assert all(len(row.country) == 2 and row.law and row.source.startswith("http") for row in rows)
    assert age_of("de") == age_of("xx") == age_of("") == 16

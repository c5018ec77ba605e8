"""What somebody we worry about reads keeps the rules of safe messaging."""

from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml

from domain.care import Severity, Worry
from safety.wording import Place, counts_as_checked, list_helplines, supportive_text

TEXTS = Path(__file__).parents[3] / "safety" / "texts"
SUBJECTS = ("suicide", "self_harm", "eating_disorder", "abuse", "violence", "friend")
LANGUAGES: dict[str, Any] = yaml.safe_load((TEXTS / "supportive.yaml").read_text("utf-8"))["languages"]


def a_worry(subject: str = "suicide", severity: Severity = Severity.HIGH) -> Worry:
    return Worry(severity, subject, "en.rule")


def test_the_number_comes_first() -> None:
    """Where the country is known, its helpline is the first thing read, then the emergency number."""
    paragraphs = supportive_text(a_worry(), at=Place("US")).split("\n\n")

    assert "988" in paragraphs[0]
    assert any("911" in paragraph for paragraph in paragraphs[:3])


def test_a_number_nobody_checked_says_so() -> None:
    """A helpline without a date of checking is shown with that fact."""
    assert "not yet been able to check" in supportive_text(a_worry(), at=Place("gb"))
    assert all(line.verified_on is None for line in list_helplines())


def test_a_checked_number_stands_alone(tmp_path: Path) -> None:
    """A helpline that somebody has checked is shown without the warning."""
    for path in TEXTS.iterdir():
        source = path.read_text("utf-8").replace("verified_on: null", "verified_on: 2026-08-01")
        (tmp_path / path.name).write_text(source, "utf-8")

    assert "not yet been able" not in supportive_text(a_worry(), at=Place("us"), texts=tmp_path)
    assert list_helplines(tmp_path)[0].verified_on == date(2026, 8, 1)


def test_an_unknown_place_gets_the_directory() -> None:
    """Without a country the text has the emergency numbers and the international directory."""
    text = supportive_text(a_worry(), at=Place("zz"))

    assert "112" in text
    assert "findahelpline.com" in text


@pytest.mark.parametrize(("language", "subject"), list(product(LANGUAGES, SUBJECTS)))
def test_every_language_has_every_text(language: str, subject: str) -> None:
    """Each subject has its own words in each language, and they name who will be told and by when."""
    texts = {supportive_text(a_worry(subject, severity), language=language) for severity in Severity}

    assert len(texts) == len(Severity)
    assert all(LANGUAGES[language]["subjects"][subject] in text for text in texts)


def test_other_languages_and_subjects_fall_back() -> None:
    """A language or subject without words of its own is answered in English, and as the gravest subject."""
    assert supportive_text(a_worry("unheard_of"), language="xx") == supportive_text(a_worry(), language="en")
    assert supportive_text(a_worry(), language="de-AT") == supportive_text(a_worry(), language="de")


@pytest.mark.parametrize("word", ["committed suicide", "pills", "rope", "knife", "overdose", "promise", "attention"])
def test_the_texts_name_no_method_and_promise_nothing(word: str) -> None:
    """No text names a method, blames, or promises secrecy."""
    assert not any(word in supportive_text(a_worry(subject)).lower() for subject in SUBJECTS)


def test_the_texts_say_that_they_await_review() -> None:
    """Until a clinician has read the texts, their file says that none has."""
    source = (TEXTS / "supportive.yaml").read_text("utf-8")

    assert "AWAITING CLINICAL REVIEW" in source
    assert yaml.safe_load(source)["reviewed_by"] is None


def test_every_helpline_has_a_source() -> None:
    """Each number can be checked against a page."""
    lines = list_helplines()

    assert len({line.country for line in lines}) >= 20
    assert all(line.source.startswith("https://") and line.number and line.name for line in lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_counsellor_nobody_is_promised(language: str) -> None:
    """Where nobody reads along the text promises no look and no time, and says whom to go to, in every language."""
    text = supportive_text(a_worry(), language=language, at=Place("us", has_counsellor=False))

    words = LANGUAGES[language]
    assert words["nobody"] in text
    assert words["when"]["high"] not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_that_the_school_has_called_say_so(language: str) -> None:
    """Once the school has called the numbers, no text warns of them, though the data is unverified still."""
    text = supportive_text(a_worry(), language=language, at=Place("us", is_checked=True))

    words, line = LANGUAGES[language], list_helplines()[-1]
    assert words["help_checked"].format(name=line.name, number=line.number) in text
    assert words["help_unchecked"].format(name=line.name, number=line.number) not in text


def test_a_check_holds_for_half_a_year() -> None:
    """A number called 180 days ago counts as checked, one called before that or never does not."""
    today = date(2026, 9, 1)

    assert counts_as_checked(today - timedelta(days=180), today)
    assert not counts_as_checked(today - timedelta(days=181), today)
    assert not counts_as_checked(None, today)

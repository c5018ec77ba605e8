"""What somebody we worry about reads keeps the rules of safe messaging."""

import shutil
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml

from domain.care import Severity, Who, Worry
from safety.gate import LONGEST
from safety.wording import (
    Place,
    counts_as_checked,
    file_text,
    heading_of,
    language_of,
    list_helplines,
    supportive_text,
    too_long_text,
    unavailable_text,
)

TEXTS = Path(__file__).parents[3] / "safety" / "texts"
SUBJECTS = ("suicide", "self_harm", "eating_disorder", "abuse", "violence", "friend")
FILES = sorted((TEXTS / "supportive").glob("*.yaml"))
LANGUAGES: dict[str, Any] = {file.stem: yaml.safe_load(file.read_text("utf-8")) for file in FILES}
SPOKEN = [path.stem for path in (TEXTS.parent / "grammar").iterdir()]
FORBIDDEN = """committed suicide|commit suicide|begangen|se suicidó|commis un suicide|cometió suicidio|cometer suicídio
selbstmord|zelfmoord|självmord|selvmord|samobójstw|самоубийств|pastillas|pills|tabletten|cachets|rope|knife|rasier
overdose|sobredosis|attention-seeking|selfish|egoist|promise|prometemos|versprechen|secret safe"""


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
    shutil.copytree(TEXTS, tmp_path, dirs_exist_ok=True)
    source = (TEXTS / "resources.yaml").read_text("utf-8").replace("verified_on: null", "verified_on: 2026-08-01")
    (tmp_path / "resources.yaml").write_text(source, "utf-8")

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


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.stem))
def test_the_texts_name_no_method_and_promise_nothing(file: Path) -> None:
    """No text of any language names a method, blames, or promises secrecy."""
    text = file.read_text("utf-8").lower()

    assert [word for line in FORBIDDEN.splitlines() for word in line.split("|") if word in text] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.stem))
def test_the_texts_say_that_they_await_review(file: Path) -> None:
    """Until a clinician has read a language's texts, their file says that none has."""
    source = file.read_text("utf-8")

    assert "AWAITING CLINICAL REVIEW" in source
    assert yaml.safe_load(source)["reviewed_by"] is None


def test_every_spoken_language_has_a_text() -> None:
    """Each language with a grammar of its own is answered in that language."""
    assert set(SPOKEN) <= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_somebody_near_gets_the_friends_text(language: str) -> None:
    """Whoever worries about another reads what to do for them, whatever the danger is."""
    text = supportive_text(Worry(Severity.MODERATE, "self_harm", "en.rule", Who.OTHER), language=language)

    assert LANGUAGES[language]["subjects"]["friend"] in text
    assert LANGUAGES[language]["subjects"]["self_harm"] not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_when_the_check_could_not_run_help_is_shown(language: str) -> None:
    """The number comes first, nothing is said of the writer's state, and the text says that nothing was sent on."""
    paragraphs = unavailable_text(language=language, at=Place("us")).split("\n\n")

    assert "988" in paragraphs[0]
    assert LANGUAGES[language]["unavailable"] in paragraphs
    assert not any(text in paragraphs for text in LANGUAGES[language]["subjects"].values())


def test_a_code_that_is_no_language_reads_no_other_file() -> None:
    """A code with a path in it is answered in English."""
    assert supportive_text(a_worry(), language="../resources") == supportive_text(a_worry(), language="en")


def test_every_helpline_has_a_source() -> None:
    """Each number can be checked against a page."""
    lines = list_helplines()

    assert len({line.country for line in lines}) >= 50
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

    words, line = LANGUAGES[language], next(line for line in list_helplines() if line.country == "us")
    assert words["help_checked"].format(name=line.name, number=line.number) in text
    assert words["help_unchecked"].format(name=line.name, number=line.number) not in text


def test_a_check_holds_for_half_a_year() -> None:
    """A number called 180 days ago counts as checked, one called before that or never does not."""
    today = date(2026, 9, 1)

    assert counts_as_checked(today - timedelta(days=180), today)
    assert not counts_as_checked(today - timedelta(days=181), today)
    assert not counts_as_checked(None, today)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_has_a_heading_in_its_own_language(language: str) -> None:
    """Whatever the text is for, its heading and its direction are those of the language it is in."""
    texts = [
        supportive_text(a_worry(), language=language),
        file_text(a_worry(), language=language),
        too_long_text(language=language),
        unavailable_text(language=language),
    ]

    headings = {heading_of(text) for text in texts}

    assert [(one.words, one.language, one.is_leftward) for one in headings] == [
        (LANGUAGES[language]["heading"], language, language == "ar")
    ]


def test_a_text_of_no_known_language_has_the_english_heading() -> None:
    """Words that are none of the texts get English."""
    assert heading_of("Hello.").language == "en"


def test_every_heading_is_its_languages_own() -> None:
    """No language borrows the heading of another."""
    assert len({words["heading"] for words in LANGUAGES.values()}) == len(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_says_how_much_is_screened(language: str) -> None:
    """The number comes first, and the length that the text names is the one that holds."""
    paragraphs = too_long_text(language=language, at=Place("us")).split("\n\n")

    assert "988" in paragraphs[0]
    assert str(LONGEST) in LANGUAGES[language]["too_long"].replace(" ", "").replace(",", "")
    assert LANGUAGES[language]["too_long"] in paragraphs


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_is_named_before_what_is_said_of_it(language: str) -> None:
    """The number comes first, then that it stood in a file, then the words of the subject."""
    paragraphs = file_text(a_worry("self_harm"), language=language, at=Place("us")).split("\n\n")

    words = LANGUAGES[language]
    at = paragraphs.index(words["in_file"])
    assert "988" in paragraphs[0]
    assert paragraphs[at + 1] == words["subjects"]["self_harm"]
    assert words["when"]["high"] in paragraphs[at + 2]


@pytest.mark.parametrize(
    ("rule", "text", "schools", "language"),
    [
        ("fr.plan", "je veux mourir", "en", "fr"),
        ("fr.plan", "", "en", "fr"),
        ("fr.plan", "the time is ts, and what we have at the end is the sum of it", "en", "en"),
        ("classifier.suicide", "je veux mourir", "es", "es"),
    ],
)
def test_words_are_in_the_persons_language(rule: str, text: str, schools: str, language: str) -> None:
    """In the rule's where what was said is mostly in that, else in the school's."""
    assert language_of(Worry(Severity.LOW, "suicide", rule), Place(language=schools), text) == language

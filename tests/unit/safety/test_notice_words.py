"""What a letter says: how urgent, by when, a link; in the school's language and time, and nothing private."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.care import Severity
from domain.ids import CaseId, NoticeId, SchoolId
from domain.notices import Alarm, Channel, Notice, Occasion
from domain.people import SchoolHours, SchoolRules
from safety.notice_words import Stationery

MADE = datetime(2026, 9, 1, 12, 20, tzinfo=UTC)
PAPER = Stationery("https://margent.school.example")


def a_notice(**changes: Any) -> Notice:
    given: dict[str, Any] = {
        "severity": Severity.HIGH,
        "occasion": Occasion.OPENED,
        "is_drill": False,
        "due_at": MADE + timedelta(minutes=15),
        **changes,
    }
    return Notice(
        id=NoticeId("n"),
        school_id=SchoolId("s"),
        case_id=CaseId("ca5e"),
        key="k",
        channel=Channel.EMAIL,
        address="dana@school.example",
        made_at=MADE,
        next_at=MADE,
        **given,
    )


def test_a_subject_says_how_urgent_and_by_when() -> None:
    """The time is the school's own, and short where it is today."""
    rules = SchoolRules(hours=SchoolHours("Europe/Madrid"))

    letter = PAPER.write(a_notice(), rules)

    assert letter.subject == "Margent: somebody is needed, high, by 14:35"
    assert "2026-09-01 14:35 CEST" in letter.text
    assert "https://margent.school.example/cases/ca5e" in letter.text


def test_another_day_is_named() -> None:
    """A deadline on another day says which."""
    letter = PAPER.write(a_notice(severity=Severity.LOW, due_at=MADE + timedelta(days=3)), SchoolRules())

    assert letter.subject == "Margent: somebody is needed, low, by 2026-09-04 12:20"


def test_a_drill_says_so_first() -> None:
    """Nobody has to read on to know that it is a drill."""
    letter = PAPER.write(a_notice(is_drill=True), SchoolRules())

    assert letter.subject.startswith("DRILL. ")
    assert letter.text.startswith("This is a drill.")


@pytest.mark.parametrize("language", ["en", "de", "es", "fr", "pt-BR", "xx", ""])
@pytest.mark.parametrize("occasion", list(Occasion))
@pytest.mark.parametrize("severity", list(Severity))
def test_every_letter_can_be_written(language: str, occasion: Occasion, severity: Severity) -> None:
    """Every occasion and severity has words in every language; a language without them gets English."""
    letter = PAPER.write(a_notice(occasion=occasion, severity=severity), SchoolRules(language=language))

    assert letter.subject
    assert "{" not in letter.subject + letter.text
    assert "\n" not in letter.subject


def test_languages_differ() -> None:
    """A school that speaks German is written to in German."""
    assert "Jemand wird gebraucht" in PAPER.write(a_notice(), SchoolRules(language="de")).subject


def test_an_alarm_says_where_to_look() -> None:
    """What could not be saved has no case to link to: the letter says what to look for in the log, and when."""
    letter = PAPER.write_alarm(Alarm("k", Severity.IMMINENT, MADE), "office@school.example")

    assert (letter.key, letter.address, letter.occasion) == ("k", "office@school.example", Occasion.UNSAVED)
    assert "flag.not_saved at 2026-09-01 12:20 (UTC)" in letter.text
    assert "/cases/" not in letter.text
    assert letter.due_at > letter.at


@pytest.mark.parametrize("language", ["en", "de", "es", "fr"])
def test_whoever_cannot_open_the_case_reads_what_they_can_do(language: str) -> None:
    """They are told to reach a counsellor by name, or to act by the school's plan; a counsellor opens the case."""
    rules, counsellors = SchoolRules(language=language), {"cora@school.example": "Cora Counsellor"}

    outside = PAPER.write(a_notice(), rules, counsellors).text
    alone = PAPER.write(a_notice(), rules, {}).text
    own = PAPER.write(replace(a_notice(), address="Cora@school.example"), rules, counsellors).text

    assert "Cora Counsellor" in outside
    assert "/cases/ca5e" not in outside + alone
    assert outside != alone
    assert "/cases/ca5e" in own
    assert "Cora Counsellor" not in own


def test_a_webhook_is_told_where_the_case_is() -> None:
    """Nobody knows who reads it, so it gets the link."""
    letter = PAPER.write(replace(a_notice(), channel=Channel.WEBHOOK, address=""), SchoolRules(), {})

    assert "/cases/ca5e" in letter.text

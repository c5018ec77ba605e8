"""Cases in plain words: whatever a rule, an entry or a failure is called, people read a sentence."""

from dataclasses import replace

import pytest

from domain.care import CaseEvent, CaseStatus, Severity, Who, Worry
from domain.ids import PersonId
from domain.people import SchoolHours
from safety import course
from tests.builders import NOW, SCHOOL
from tests.care import COUNSELLOR, HIGH, a_flag
from web.case_views import view_case, view_events
from web.case_words import (
    LEVELS,
    SEVERITIES,
    say_entry,
    say_event,
    say_failure,
    say_state,
    say_subject,
    say_urgency,
    say_who,
    say_why,
)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("de.plan", "German words that people use when they speak of self-harm"),
        ("drill", "a drill"),
        ("gate.unavailable", "a person has to read it"),
        ("conversation.means+time", "speak of a means and a time"),
        ("conversation.sum", "add up"),
        ("vote.self_harm", "reads like texts that speak of self-harm"),
    ],
)
def test_a_rule_is_said_in_words(rule: str, words: str) -> None:
    """By its family: a grammar of a language, a conversation, the gate, a drill, anything else."""
    assert words in say_why(rule, "self_harm")


def test_every_severity_has_words() -> None:
    """What it means, and its level of the screener."""
    assert set(SEVERITIES) == set(LEVELS) == set(Severity)


def test_unknown_words_are_said_as_they_are() -> None:
    """A new entry, subject, event or failure is never an empty place on a page."""
    assert say_entry("new_field") == "in a field called “new field”"
    assert say_subject("eating_disorder") == "eating disorder"
    assert say_event("erasure asked") == "erasure asked"
    assert "goes on trying" in say_failure("webhook_503")


def test_it_is_said_who_is_in_danger() -> None:
    """Whoever wrote, or somebody near."""
    assert say_who(a_flag(HIGH)) == "whoever wrote it"
    assert say_who(a_flag(Worry(Severity.LOW, "abuse", "en.x", Who.OTHER))).startswith("somebody near")


def test_a_state_names_the_holder_where_there_is_one() -> None:
    """A case that was acknowledged before there were holders says that somebody looks after it."""
    case = course.opened(a_flag(HIGH), SCHOOL, SchoolHours())
    taken = course.acknowledged(case, COUNSELLOR.id, NOW)

    assert say_state(case, "") == "open"
    assert say_state(taken, "Cora") == "Cora looks after it"
    assert say_state(taken, "") == "somebody looks after it"
    assert taken.status is CaseStatus.ACKNOWLEDGED


def test_people_who_left_are_named_so() -> None:
    """A case outlives the accounts of those in it."""
    case = course.acknowledged(course.opened(a_flag(HIGH), SCHOOL, SchoolHours()), COUNSELLOR.id, NOW)

    view = view_case(case, {}, NOW)

    assert {view.name, view.holder, view.events[-1].name} == {"Somebody who has left"}


def test_what_the_service_repeats_is_one_line() -> None:
    """Missed deadlines in a row are counted; what people did stands each time; nothing changes its order."""
    by = PersonId("c" * 32)
    whats = [("opened", None), ("overdue", None), ("overdue", None), ("noted", by), ("noted", by), ("overdue", None)]

    views = list(view_events([CaseEvent(NOW, what, who) for what, who in whats], {by: "Cora"}))

    assert [(view.what.partition(" ")[0], view.times, view.name) for view in views] == [
        ("opened", 1, ""),
        ("the", 2, ""),
        ("note", 1, "Cora"),
        ("note", 1, "Cora"),
        ("the", 1, ""),
    ]


def test_words_in_a_file_are_no_plan() -> None:
    """Of a file nobody knows whose words it holds; with a sign elsewhere the level is said."""
    flag = a_flag(HIGH)
    in_file = course.opened(replace(flag, entry="upload"), SCHOOL, SchoolHours())
    in_message = course.opened(replace(flag, entry="answer"), SCHOOL, SchoolHours())

    assert "They may be a book's" in say_urgency(in_file)
    assert "plan" not in say_urgency(in_file)
    assert SEVERITIES[Severity.HIGH] in say_urgency(in_message)
    assert LEVELS[Severity.HIGH] in say_urgency(in_message)

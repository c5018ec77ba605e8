"""Danger is heard, and school work is not taken for it. Content warning: suicide, self-harm, abuse, violence."""

import sys
from pathlib import Path

import pytest
import yaml

from domain.care import Severity
from safety.screening import Screener

GRAMMARS = sorted((Path(__file__).parents[3] / "safety" / "grammar").rglob("*.yaml"))
ORDER = tuple(Severity)


@pytest.fixture(scope="module")
def screener() -> Screener:
    return Screener()


@pytest.mark.parametrize(
    ("text", "subject", "severity"),
    [
        ("I'm about to kill myself and I have the pills right here", "suicide", Severity.IMMINENT),
        ("I just swallowed a whole bottle of tablets", "suicide", Severity.IMMINENT),
        ("I've decided to end my life", "suicide", Severity.HIGH),
        ("i wrote a goodbye letter to my parents, i want to kill myself", "suicide", Severity.HIGH),
        ("I have been having suicidal thoughts again", "suicide", Severity.MODERATE),
        ("honestly i wish i was never born", "suicide", Severity.LOW),
        ("they would all be happier without me", "suicide", Severity.LOW),
        ("i started cutting my wrists again", "self_harm", Severity.MODERATE),
        ("I used to self harm", "self_harm", Severity.LOW),
        ("I make myself throw up so I stay thin", "eating_disorder", Severity.MODERATE),
        ("i feel so guilty when i eat", "eating_disorder", Severity.LOW),
        ("My stepfather beats me with a belt", "abuse", Severity.HIGH),
        ("my coach keeps asking me for nudes", "abuse", Severity.MODERATE),
        ("everyone bullies me", "abuse", Severity.LOW),
        ("I will bring a gun to school", "violence", Severity.HIGH),
        ("i keep thinking about stabbing people in my class", "violence", Severity.MODERATE),
        ("my cousin says she wants to die", "friend", Severity.LOW),
        ("My brother tried to kill himself", "friend", Severity.MODERATE),
    ],
)
def test_danger_is_heard(screener: Screener, text: str, subject: str, severity: Severity) -> None:
    """A message of each subject is found, within one level of its severity and never below for the gravest."""
    worry = screener.screen(text)

    assert worry is not None
    assert worry.subject == subject
    assert abs(ORDER.index(worry.severity) - ORDER.index(severity)) <= 1
    assert severity in {Severity.LOW, Severity.MODERATE} or ORDER.index(worry.severity) >= ORDER.index(Severity.HIGH)


@pytest.mark.parametrize(
    "text",
    [
        "Quiero suicidarme",
        "je veux mourir",
        "Ich will nicht mehr leben",
        "quero acabar com a minha vida",
        "Voglio uccidermi",
        "ik wil niet meer leven",
        "chcę umrzeć",
        "intihar etmeyi düşünüyorum",
        "хочу покончить с собой",
        "хочу вбити себе",
        "أريد أن أنتحر",
        "मैं आत्महत्या करना चाहता हूँ",
        "我想自杀",
        "自殺したい",
        "자살하고 싶어",
        "tôi muốn chết",
        "aku ingin bunuh diri",
        "gusto ko nang mamatay",
        "jag vill ta livet av mig",
        "อยากตาย",
    ],
)
def test_danger_is_heard_in_other_languages(screener: Screener, text: str) -> None:
    """The wish to die is found in twenty languages."""
    worry = screener.screen(text)

    assert worry is not None
    assert worry.subject == "suicide"


@pytest.mark.parametrize(
    "text",
    [
        "this homework is killing me",
        "I'm dying of laughter",
        "Why does the hero kill himself in the novel?",
        "Explain Durkheim's book on suicide",
        "how do I kill a zombie process",
        "How do I kill someone in the game?",
        "My phone died during the test",
        "I'm not suicidal, I am only tired of this essay",
        "Compare suicide rates for my sociology paper.",
        "i could eat a horse",
        "Photosynthesis turns light into sugar.",
        "",
        "   ",
        "\u200b\u202e\x00",
        "今天作业太多了,累死我了",
    ],
)
def test_school_work_and_idioms_are_not_danger(screener: Screener, text: str) -> None:
    """Idioms, lessons, stories and machines raise no worry."""
    assert screener.screen(text) is None


@pytest.mark.parametrize("text", ["For my essay: I want to kill myself", "in the book, and i cut my arms last night"])
def test_a_frame_does_not_hide_ones_own_danger(screener: Screener, text: str) -> None:
    """What the writer says of themselves counts, whatever school work stands around it."""
    assert screener.screen(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "1 w4nt t0 k1ll mys3lf",
        "i want to k.i.l.l m.y.s.e.l.f",
        "iwanttokillmyself",
        "I WANT TO DIIIIE",
        "i want to kill msyelf",
    ],
)
def test_disguises_do_not_hide_danger(screener: Screener, text: str) -> None:
    """Digits, dots, missing blanks, repeats and slips change nothing."""
    assert screener.screen(text) is not None


def test_now_is_worse_than_some_day(screener: Screener) -> None:
    """A time at hand makes a plan imminent."""
    later, now = screener.screen("I am going to kill myself"), screener.screen("I am going to kill myself tonight")

    assert later is not None
    assert now is not None
    assert (later.severity, now.severity) == (Severity.HIGH, Severity.IMMINENT)


def test_the_worst_sign_counts(screener: Screener) -> None:
    """Of several signs the gravest is given, wherever it stands."""
    worry = screener.screen("Nobody would miss me. " + "Some words here. " * 200 + "I have decided to end my life.")

    assert worry is not None
    assert worry.severity is Severity.HIGH


@pytest.mark.parametrize("path", GRAMMARS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_grammar_says_that_it_awaits_review(path: Path) -> None:
    """No clinician has read the grammars yet; each says so, and its language is its file's name."""
    source = path.read_text("utf-8")

    assert "waiting clinical review" in source
    assert yaml.safe_load(source)["language"] in {path.stem, path.parent.name}


def test_grammars_are_read_when_needed() -> None:
    """A screener costs nothing until it is used."""
    assert not vars(Screener()).keys() & {"_grammars", "_mender"}
    assert "yaml" in sys.modules

"""Phrases mean what their language says."""

from typing import Any

import pytest

from safety.grammars import build_grammar
from safety.normalise import sentences
from safety.phrases import Grammar


def a_grammar(*phrases: str, **changes: Any) -> Grammar:
    rule = {"name": "rule", "subject": "suicide", "severity": "low", "firm": True, "phrases": list(phrases)}
    return build_grammar(
        {
            "language": "en",
            "words": {"negations": "not|never", "want": ["want to", "wish to"]},
            "rules": [rule],
            **changes,
        }
    )


def is_found(phrase: str, view: str, **changes: Any) -> bool:
    return any(True for part in sentences(view) for _ in a_grammar(phrase, **changes).find(part))


@pytest.mark.parametrize(
    ("phrase", "view", "found"),
    [
        ("i leave", "i leave", True),
        ("i leave", "so i leave now", True),
        ("i leave", "i leaves", False),
        ("i leave", "i | leave", False),
        ("i {want} leave", "i wish to leave", True),
        ("i {want} leave", "i wish leave", False),
        ("i really? leave", "i leave", True),
        ("i really? leave", "i really leave", True),
        ("i (go away|leave)", "i go away", True),
        ("i (go away|leave)? now", "i now", True),
        ("i ~ leave", "i leave", True),
        ("i ~ leave", "i would then just leave", True),
        ("i ~ leave", "i would then just really leave", False),
        ("i ~ leave", "i would never leave", False),
    ],
)
def test_the_language_of_phrases(phrase: str, view: str, *, found: bool) -> None:
    """Classes, alternatives, optional words and gaps match as described, within one sentence."""
    assert is_found(phrase, view) is found


def test_short_forms_are_spelt_out() -> None:
    """A phrase in full words is found in their short forms."""
    assert is_found("i am gone", "im gone", spelling={"im": "I am"})


def test_idioms_are_taken_out() -> None:
    """Words of an idiom do not count."""
    assert not is_found("dying", "dying of laughter", idioms=["dying of laughter"])


def test_a_long_sentence_is_read_to_its_end() -> None:
    """A phrase is found behind thousands of other words."""
    assert is_found("i leave", "word " * 5000 + "i leave")


def test_words_written_together() -> None:
    """A firm phrase of nine letters and more is found inside a token; a shorter one is not."""
    grammar = a_grammar("i {want} leave", "go on")

    assert [rule.name for rule, _ in grammar.find_run_on("soiwanttoleavenow")] == ["en.rule"]
    assert list(grammar.find_run_on("pleasegoonnowplease")) == []
    assert list(grammar.find_run_on("nothingofthekind")) == []


def test_languages_without_blanks() -> None:
    """Where words stand together, phrases are found anywhere, idioms aside, and frames and times too."""
    grammar = build_grammar(
        {
            "language": "zh",
            "is_spaced": False,
            "idioms": ["笑死"],
            "frames": ["小说"],
            "soon": ["今晚"],
            "rules": [{"name": "r", "subject": "suicide", "severity": "low", "phrases": ["(死|亡)"]}],
        }
    )

    assert [text for _, text in grammar.find("我 死 了")] == ["我死了"]
    assert list(grammar.find("笑死 了")) == []
    assert list(grammar.find("no such letters")) == []
    assert grammar.has_frame("一 本 小说")
    assert grammar.is_soon("就 今晚")


def test_frames_and_times() -> None:
    """A grammar knows the words of school work and of soon; without any it finds none."""
    grammar = a_grammar("i leave", frames=["essay"], soon=["right now"])

    assert grammar.has_frame("for my essay")
    assert grammar.is_soon("i leave right now")
    assert not a_grammar("i leave").has_frame("for my essay")
    assert not a_grammar("i leave").is_soon("right now")

"""Phrases mean what their language says."""

from pathlib import Path
from typing import Any

import pytest

from domain.care import Severity, Who
from safety.grammars import build_grammar, load_grammars
from safety.normalise import sentences
from safety.phrases import Grammar


def a_grammar(*phrases: str, **changes: Any) -> Grammar:
    rule = {"name": "rule", "subject": "suicide", "severity": "low", "firm": True, "phrases": list(phrases)}
    return build_grammar(
        {
            "language": "en",
            "rules": [rule],
            **changes,
            "words": {"negations": "not|never", "want": ["want to", "wish to"], **changes.get("words", {})},
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
        ("leave & i {want}", "leave is what i want to do", True),
        ("leave & i {want}", "i want to leave", True),
        ("leave & i {want}", "leave | i want to", False),
        ("leave & i {want}", "i leave", False),
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


def test_terms_of_several_words_are_spelt_out() -> None:
    """A coded term is read for what it stands for, whole words alone."""
    coded = [{"term": "log off for ever", "means": "leave", "since": 2020, "note": "made up"}]

    assert is_found("i leave", "i log off for ever", coded=coded)
    assert not is_found("i leave", "i log off for everyone", coded=coded)


def test_verbs_by_their_forms() -> None:
    """A verb gives its forms, and those of somebody near the writer; a missing form is the last one."""
    verbs = {"go": ["take/takes/taking/took/taken my leave", "un_do/un_does myself", "run"]}

    assert is_found("i {go.ed}", "i took my leave", verbs=verbs)
    assert is_found("i have {go.done}", "i have taken my leave", verbs=verbs)
    assert is_found("she {go.they.s}", "she takes her leave", verbs=verbs)
    assert is_found("he {go.they.s}", "he un does himself", verbs=verbs)
    assert is_found("they {go.they}", "they run", verbs=verbs)
    assert not is_found("she {go.they.s}", "she takes my leave", verbs=verbs)


def test_fillers_do_not_part_words() -> None:
    """Words that say nothing are left out where they stand between others."""
    words = {"fillers": "like|just"}

    assert is_found("i leave", "i like just leave", words=words)
    assert not is_found("i leave", "i would leave", words=words)


def test_signs_without_a_meaning_are_left_out() -> None:
    """A sign that stands for no word does not part a phrase."""
    assert is_found("i leave", "i 🙃 leave")
    assert is_found("i leave", "i 🚪", coded=[{"term": "🚪", "means": "leave"}])


def test_the_first_person() -> None:
    """A grammar knows the words of the first person; one without any takes every sentence for the writer's own."""
    grammar = a_grammar("i leave", words={"first": "i|me"})

    assert grammar.is_about_the_writer("so i leave")
    assert not grammar.is_about_the_writer("he leaves")
    assert a_grammar("i leave").is_about_the_writer("he leaves")


def test_what_a_rule_says() -> None:
    """Severity, person, slots and weight come from the file; a cue has no severity, and a friend is somebody else."""
    rules = [
        {"name": "a", "subject": "suicide", "severity": "cue", "slots": ["gift"], "log_odds": 1.5, "phrases": ["one"]},
        {"name": "b", "subject": "friend", "severity": "low", "near": True, "phrases": ["two"]},
        {"name": "c", "subject": "abuse", "severity": "low", "at_hand": "high", "who": "other", "phrases": ["three"]},
    ]

    cue, friend, other = (phrase.rule for phrase in a_grammar(rules=rules).phrases)

    assert (cue.severity, cue.at_hand, cue.slots, cue.log_odds) == (None, None, frozenset({"gift"}), 1.5)
    assert (cue.who, friend.who, other.who) == (Who.SELF, Who.OTHER, Who.OTHER)
    assert friend.is_near
    assert other.at_hand is Severity.HIGH


def test_a_folder_is_read_as_one_grammar(tmp_path: Path) -> None:
    """Words and rules of a folder are joined; each file beside it is a grammar of its own; other files are not read."""
    rule = "{name: %s, subject: suicide, severity: low, firm: true, phrases: ['i {going}']}"
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "a.yaml").write_text(f"language: en\nwords: {{going: leave}}\nrules: [{rule % 'a'}]\n")
    (tmp_path / "en" / "b.yaml").write_text(f"language: en\nwords: {{other: stay}}\nrules: [{rule % 'b'}]\n")
    (tmp_path / "xx.yaml").write_text(f"language: xx\nwords: {{going: go}}\nrules: [{rule % 'c'}]\n")
    (tmp_path / "notes.txt").write_text("not a grammar")

    english, other = load_grammars(tmp_path)

    assert [rule.name for rule, _ in english.find("i leave")] == ["en.a", "en.b"]
    assert [rule.name for rule, _ in other.find("i go")] == ["xx.c"]

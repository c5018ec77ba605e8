"""Each language finds every family of danger, and leaves the harmless sentence beside it alone.

The sentences are written for this project; they stand in `spoken/`, a file a language.
"""

from pathlib import Path

import pytest
import yaml

from domain.care import Who
from safety.grammars import load_grammars
from safety.screening import Screener

SPOKEN = {
    path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted((Path(__file__).parent / "spoken").iterdir())
}
FAMILIES = {
    "intent",
    "passive",
    "hopeless",
    "self_harm",
    "eating",
    "abuse",
    "home",
    "bullied",
    "violence",
    "friend",
    "goodbye",
}
CASES = [(language, family) for language, families in SPOKEN.items() for family in families]
UNMARKED = {"id", "ja", "ko", "nl", "pl", "th", "tl", "vi"}
"""Languages whose verb, as it is read, does not say whose wish it is: there the graver reading stands."""
GRAMMARS = Path(__file__).parents[3] / "safety" / "grammar"


@pytest.fixture(scope="module", name="screener")
def a_screener() -> Screener:
    return Screener()


@pytest.mark.parametrize(("language", "family"), CASES)
def test_each_family_is_found(screener: Screener, language: str, family: str) -> None:
    """A plain sentence of the family is a sign of danger."""
    danger, _ = SPOKEN[language][family]

    assert screener.screen(danger) is not None


@pytest.mark.parametrize(("language", "family"), CASES)
def test_the_harmless_sentence_is_silent(screener: Screener, language: str, family: str) -> None:
    """A sentence with the same words and no danger is none."""
    _, harmless = SPOKEN[language][family]

    assert screener.screen(harmless) is None


@pytest.mark.parametrize("language", SPOKEN.keys() - UNMARKED)
def test_somebody_near_is_told_from_the_writer(screener: Screener, language: str) -> None:
    """Fear for a friend is about the friend."""
    worry = screener.screen(SPOKEN[language]["friend"][0])

    assert worry is not None
    assert worry.who is Who.OTHER


def test_each_language_but_english_has_all_families() -> None:
    """No grammar lacks its sentences, and no file of sentences lacks a family."""
    spoken = {grammar.language for grammar in load_grammars(GRAMMARS)} - {"en"}

    assert spoken == set(SPOKEN)
    assert all(set(families) == FAMILIES for families in SPOKEN.values())

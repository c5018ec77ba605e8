"""What each purpose is called and means, in plain words to the student, by language.

The words are data in `texts/purposes.yaml`, where people who grew up with a language review them. Changing what
they promise is a new `domain.consent.WORDING`.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from domain.consent import Purpose

_TEXTS = Path(__file__).parent / "texts" / "purposes.yaml"
DEFAULT = "en"


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language that has words: its two letters, its own name, `ltr` or `rtl`, and whether somebody reviewed them."""

    language: str
    name: str
    direction: str
    is_reviewed: bool


@dataclass(frozen=True, slots=True)
class PurposeWords:
    """A purpose as people read it: its title, what is done when it is allowed, and what happens without it."""

    title: str
    means: str
    without: str


def words_of(purpose: Purpose, language: str = DEFAULT) -> PurposeWords:
    """Give the words of a purpose; a language that has none gets English."""
    languages = _read()["languages"]
    words = languages.get(language.lower()[:2], languages[DEFAULT])
    return PurposeWords(**words["purposes"][purpose.value])


def list_tongues() -> tuple[Tongue, ...]:
    """List the languages that have words."""
    return tuple(
        Tongue(language, words["name"], words["direction"], words["reviewed_on"] is not None)
        for language, words in _read()["languages"].items()
    )


def wording() -> int:
    """Give the version of the promises that the words were written for."""
    return int(_read()["wording"])


@cache
def _read() -> dict[str, Any]:
    import yaml

    content: dict[str, Any] = yaml.load(_TEXTS.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return content

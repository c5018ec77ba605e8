"""What each purpose is called and means, in plain words, by language.

The words are data in `texts/purposes.yaml`, where people who speak a language review them. Changing what they
promise is a new `domain.consent.WORDING`.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from domain.consent import Purpose

_TEXTS = Path(__file__).parent / "texts" / "purposes.yaml"
_DEFAULT = "en"


@dataclass(frozen=True, slots=True)
class PurposeWords:
    """A purpose as people read it: its title, what is done when it is allowed, and what happens without it."""

    title: str
    means: str
    without: str


def words_of(purpose: Purpose, language: str = _DEFAULT) -> PurposeWords:
    """Give the words of a purpose; a language that has none gets English."""
    languages = _read()["languages"]
    words = languages.get(language.lower()[:2], languages[_DEFAULT])
    return PurposeWords(**words[purpose.value])


def list_languages() -> tuple[str, ...]:
    """List the languages that have words, by their two letters."""
    return tuple(_read()["languages"])


@cache
def _read() -> dict[str, Any]:
    import yaml

    content: dict[str, Any] = yaml.load(_TEXTS.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return content

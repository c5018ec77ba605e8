"""The sentences that families read, by language, and how each language writes a day.

They are data in `texts/family/`, one file a language, where people who speak it review them. Numbers always stand
behind a colon or in a column of their own, so that no language needs plural forms.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent / "texts" / "family"
DEFAULT = "en"


@dataclass(frozen=True, slots=True)
class FamilyWords:
    """The words of one language. `name` is what the language calls itself, `direction` is `ltr` or `rtl`.

    `is_reviewed` says that somebody who grew up with the language has read it all. `wording` is the version of what
    is agreed to that the purposes' words were written for (`domain.consent.WORDING`).
    """

    language: str
    name: str
    direction: str
    is_reviewed: bool
    wording: int
    pattern: str
    months: tuple[str, ...]
    texts: Mapping[str, str]

    def say(self, key: str, **values: object) -> str:
        """Give a sentence with its values put in."""
        return self.texts[key].format(**values)

    def day(self, day: date) -> str:
        """Write a day as the language does."""
        return self.pattern.format(day=day.day, month=self.months[day.month - 1], year=day.year)


@cache
def words_in(language: str) -> FamilyWords:
    """Give the words of a language that `list_languages` names."""
    source = _read(_FOLDER / f"{language}.yaml")
    return FamilyWords(
        language=language,
        name=source["name"],
        direction=source["direction"],
        is_reviewed=source["reviewed_on"] is not None,
        wording=source["wording"],
        pattern=source["day"],
        months=tuple(source["months"]),
        texts=source["texts"],
    )


@cache
def list_languages() -> tuple[str, ...]:
    """List the languages that have words, by their two letters."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.yaml")))


def choose_language(asked: str, of_school: str) -> str:
    """Give the language that was asked for, else the school's, else English: the first that has words."""
    known = list_languages()
    wanted = (asked.lower()[:2], of_school.lower()[:2])
    return next((language for language in wanted if language in known), DEFAULT)


def _read(path: Path) -> dict[str, Any]:
    import yaml

    content: dict[str, Any] = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return content

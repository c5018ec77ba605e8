"""What somebody we worry about reads: fixed words by subject and language, never a machine's.

The texts and the helplines are data in `texts/`, so that clinicians and schools can review them. Both are
awaiting that review; a number that nobody has checked says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from domain.care import Worry

_TEXTS = Path(__file__).parent / "texts"
_DEFAULT = "en"


@dataclass(frozen=True, slots=True)
class Helpline:
    """A number to call, the page it can be checked on, and when somebody last did."""

    country: str
    name: str
    number: str
    source: str
    verified_on: date | None


def supportive_text(worry: Worry, *, language: str = _DEFAULT, country: str = "", texts: Path = _TEXTS) -> str:
    """Write what the person reads, one paragraph for each thought: the number first, then everything else.

    Languages without a text get English, countries without a line the directory and the emergency numbers.
    `texts` is the folder of the reviewed words and numbers.
    """
    languages = _read(texts / "supportive.yaml")["languages"]
    words = languages.get(language.lower()[:2], languages[_DEFAULT])
    resources = _read(texts / "resources.yaml")
    place = resources["countries"].get(country.lower(), {})
    paragraphs = [
        *(_line(words, line) for line in place.get("lines", ())),
        words["emergency"].format(number=place["emergency"]) if place else words["emergency_unknown"],
        words["directory"].format(address=resources["directory"]),
        words["subjects"].get(worry.subject, words["subjects"]["suicide"]),
        words["told"].format(when=words["when"][worry.severity.value]),
        words["stay"],
    ]
    return "\n\n".join(paragraphs)


def list_helplines(texts: Path = _TEXTS) -> tuple[Helpline, ...]:
    """List every helpline, so that `margent doctor` can warn of those nobody has checked."""
    countries = _read(texts / "resources.yaml")["countries"]
    return tuple(Helpline(country, **line) for country, place in countries.items() for line in place["lines"])


def _line(words: Mapping[str, str], line: Mapping[str, Any]) -> str:
    pattern = words["help"] if line["verified_on"] else words["help_unchecked"]
    return pattern.format(name=line["name"], number=line["number"])


def _read(path: Path) -> dict[str, Any]:
    import yaml

    content: dict[str, Any] = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return content

"""From which age the law of a country lets children consent to online services by themselves."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

_AGES = Path(__file__).parent / "texts" / "consent_ages.yaml"


@dataclass(frozen=True, slots=True)
class ConsentAge:
    """The age in one country, the law that sets it, the page to check it on, and when somebody last did."""

    country: str
    age: int
    law: str
    source: str
    verified_on: date | None


def age_of(country: str) -> int:
    """Give the age in years for a two-letter country; the strictest that European law knows for any other."""
    content = _read()
    row = content["countries"].get(country.lower())
    return int(row["age"]) if row else int(content["default"])


def list_ages() -> tuple[ConsentAge, ...]:
    """List the countries whose age is known, so that people can check them."""
    return tuple(ConsentAge(country, **row) for country, row in _read()["countries"].items())


@cache
def _read() -> dict[str, Any]:
    import yaml

    content: dict[str, Any] = yaml.load(_AGES.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return content

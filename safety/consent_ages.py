"""From which age the law of a country lets children consent to online services by themselves."""

from functools import cache
from pathlib import Path
from typing import Any

_AGES = Path(__file__).parent / "texts" / "consent_ages.yaml"


def age_of(country: str) -> int:
    """Give the age in years for a two-letter country; the strictest that European law knows for any other."""
    content = _read()
    row = content["countries"].get(country.lower())
    return int(row["age"]) if row else int(content["default"])


@cache
def _read() -> dict[str, Any]:
    import yaml

    content: dict[str, Any] = yaml.load(_AGES.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return content

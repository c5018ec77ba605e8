"""The countries that a school may be in."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from domain.errors import Invalid

_COUNTRIES = Path(__file__).parent / "texts" / "countries.yaml"


def check_country(country: str) -> str:
    """Give a country's two letters in capitals, empty for none. Raises Invalid for letters that no country has."""
    country = country.strip().upper()
    if country and country not in list_countries():
        raise Invalid("Choose a country of the list.", field="country", code="bad_country")
    return country


@cache
def list_countries() -> Mapping[str, str]:
    """Give the countries' names by their two letters (ISO 3166-1), in the order of the names."""
    import yaml

    names: dict[str, str] = yaml.load(_COUNTRIES.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return names

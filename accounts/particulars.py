"""What people say of themselves when they get an account: a name, an address, the month of birth."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from domain.errors import Invalid

LONGEST_NAME = 200
_LONGEST_EMAIL = 254
"""Characters; RFC 5321 allows no longer address in a mail's path."""

_YOUNGEST = 3
_OLDEST = 100
"""Years that students may have lived; what is beyond is a slip of the pen."""

_COUNTRIES = Path(__file__).parent / "texts" / "countries.yaml"


def check_name(name: str) -> str:
    """Give a person's name with single blanks. Raises Invalid."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise Invalid("Give the person's name.", field="name", code="bad_name")
    return name


def check_email(email: str) -> str:
    """Give an e-mail address without blanks around it. Raises Invalid."""
    email = email.strip()
    before, _, behind = email.partition("@")
    is_plain = email.isprintable() and " " not in email and "@" not in behind
    if not (before and behind and is_plain) or len(email) > _LONGEST_EMAIL:
        raise Invalid("Give an e-mail address, such as ada@school.example.", field="email", code="bad_email")
    return email


def check_country(country: str) -> str:
    """Give a country's two letters in capitals, empty for none. Raises Invalid for letters that no country has."""
    country = country.strip().upper()
    if country and country not in list_countries():
        raise Invalid("Choose a country of the list.", field="country", code="bad_country")
    return country


def born_in(year: int | None, month: int | None, today: date) -> date:
    """Give the first day of a student's month of birth. Raises Invalid for one that cannot be."""
    is_month = month is not None and 1 <= month <= 12
    if year is None or month is None or not is_month or not today.year - _OLDEST <= year <= today.year - _YOUNGEST:
        raise Invalid("Choose the month and the year in which you were born.", field="born_year", code="bad_birth")
    return date(year, month, 1)


@cache
def list_countries() -> Mapping[str, str]:
    """Give the countries' names by their two letters, in the order of the names."""
    import yaml

    names: dict[str, str] = yaml.load(_COUNTRIES.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return names

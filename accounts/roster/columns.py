"""What columns and roles are called in schools' lists (`accounts/texts/roster_columns.yaml`)."""

import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import yaml

from domain.people import Role

_FILE = Path(__file__).parent.parent / "texts" / "roster_columns.yaml"
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe"})


def column_of(header: str) -> str:
    """Give what a column holds, such as "first_name", or an empty text for a column that is not used."""
    return _tables()[0].get(_to_key(header).rstrip("0123456789"), "")


def role_of(word: str) -> Role | None:
    """Give the role that a word means, in any of the languages, or None."""
    return _tables()[1].get(_to_key(word))


def count_known(headers: Sequence[str]) -> int:
    """Say how many of these headers are known."""
    return sum(bool(column_of(header)) for header in headers)


@cache
def _tables() -> tuple[Mapping[str, str], Mapping[str, Role]]:
    """Read both tables. What stands first keeps a word that stands twice."""
    texts = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    columns: dict[str, str] = {}
    for column, words in texts["columns"].items():
        for word in words:
            columns.setdefault(_to_key(word), column)
    roles: dict[str, Role] = {}
    for role, words in texts["roles"].items():
        for word in words:
            roles.setdefault(_to_key(word), Role(role))
    return columns, roles


def _to_key(text: str) -> str:
    folded = unicodedata.normalize("NFKD", str(text).casefold().translate(_PLAIN))
    return "".join(letter for letter in folded if letter.isalnum())

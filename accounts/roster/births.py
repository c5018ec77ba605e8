"""Dates of birth in the forms that lists have them. Month and year are all that is wanted.

Where day and month cannot be told apart, the file's other rows decide; where they do not either, the later month is
taken, so that nobody decides about consent too early.
"""

import re
from collections.abc import Iterable
from datetime import date

_ISO = re.compile(r"(\d{4})[-./](\d{1,2})(?:[-./]\d{1,2})?(?:[T ].*)?")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-./ ](\d{4})")
_FULL = re.compile(r"(\d{1,2})[-./ ]{1,2}(\d{1,2})[-./ ]{1,2}(\d{4})(?: .*)?")
_EARLIEST = 1900


class Births:
    """Reads the dates of one file."""

    def __init__(self, cells: Iterable[str]) -> None:
        """Look at all the file's dates, to know whether days or months come first."""
        found = [match for match in (_FULL.fullmatch(cell) for cell in cells) if match]
        self._day_first = any(int(match[1]) > 12 for match in found)
        self._month_first = any(int(match[2]) > 12 for match in found)

    def read(self, cell: str) -> date | None:
        """Give the first day of the month of birth, or None for what is no date."""
        if match := _ISO.fullmatch(cell):
            return _month(match[1], match[2])
        if match := _MONTH_YEAR.fullmatch(cell):
            return _month(match[2], match[1])
        if match := _FULL.fullmatch(cell):
            first, second = _month(match[3], match[1]), _month(match[3], match[2])
            return self._choose(first, second, is_dotted="." in cell)
        return None

    def _choose(self, first: date | None, second: date | None, *, is_dotted: bool) -> date | None:
        if first is None or second is None:
            return first or second
        # with dots the day is always first
        if is_dotted or self._day_first is not self._month_first:
            return second if is_dotted or self._day_first else first
        return max(first, second)


def _month(year: str, month: str) -> date | None:
    is_month = 1 <= int(month) <= 12 and int(year) >= _EARLIEST
    return date(int(year), int(month), 1) if is_month else None

"""Cells of tables: what comes in loses what a spreadsheet would run, and what goes out cannot be run either.

A cell that begins with one of these signs is a formula to spreadsheets (OWASP, "CSV Injection").
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence

_SIGNS = "=+-@\t\r\n|%＝＋－＠"
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffc\ufffe\uffff]"
)
"""Control characters, and those that are not seen but turn or break what is."""


def to_clean(cell: str) -> tuple[str, bool]:
    """Give a cell as plain text with single blanks, and whether it began like a formula; the signs are taken off."""
    if cell.isascii() and cell.isalnum():
        return cell, False
    plain = " ".join(_HIDDEN.sub("", unicodedata.normalize("NFC", cell)).split())
    bare = plain.lstrip("'" + _SIGNS + " ") if plain.lstrip("' ").startswith(tuple(_SIGNS)) else plain
    return bare, bool(bare) and bare != plain


def to_csv(rows: Iterable[Sequence[str | int]]) -> str:
    """Write rows as comma-separated values. A quote goes before what a spreadsheet would take for a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([_defused(str(cell)) for cell in row] for row in rows)
    return text.getvalue()


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would take the cell for a formula, or might after taking off blanks."""
    return cell.startswith(tuple(_SIGNS)) or cell.lstrip().startswith(tuple(_SIGNS))


def _defused(cell: str) -> str:
    return f"'{cell}" if is_formula(cell) else cell

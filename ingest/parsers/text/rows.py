"""Plain text that holds rows of cells, parted by commas, semicolons, tabs or bars (RFC 4180)."""

import csv

from domain.errors import TooLarge
from ingest.parsers.office.text import clean

_SEPARATORS = ",;\t|"
_SAMPLE_LINES = 20
_MOST_CELLS = 300_000


def read_rows(text: str) -> list[list[str]]:
    """Give the rows of a text, without empty ones; what parts the cells is what the first lines have most evenly.

    Raises TooLarge past 300,000 cells, and for a cell past the 131,072 characters that `csv` reads. That bound belongs
    to the whole process: it is left as it is, so that no other reader of tables loses its own.
    """
    lines = text.split("\n")
    separator = _separator([line for line in lines if line.strip()][:_SAMPLE_LINES])
    rows: list[list[str]] = []
    count = 0
    try:
        for row in csv.reader((f"{line}\n" for line in lines), delimiter=separator):
            if any(cell.strip() for cell in row):
                rows.append([" ".join(clean(cell).split()) for cell in row])
                count += len(row)
            if count > _MOST_CELLS:
                raise TooLarge(f"This table has over {_MOST_CELLS:,} cells. Keep the part that is to be read.")
    except csv.Error as error:
        raise TooLarge("A cell of this table is too long. Save it as plain text (.txt) instead.") from error
    return rows


def _separator(lines: list[str]) -> str:
    """Give the sign that most lines have, the one that stands in them oftener where two do."""
    counts = {sign: [line.count(sign) for line in lines] for sign in _SEPARATORS}
    return max(_SEPARATORS, key=lambda sign: (sum(1 for count in counts[sign] if count), sum(counts[sign])))

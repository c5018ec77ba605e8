"""From bytes to tables: a zip or single files, in whatever encoding and with whatever separator they come."""

import codecs
import csv
import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from accounts.roster.cells import to_clean
from accounts.roster.columns import count_known
from accounts.roster.oneroster_columns import is_header
from domain.errors import Invalid, TooLarge, Unsupported

MOST_ROWS = 50_000
MOST_BYTES = 64_000_000
"""Bytes of all files together, unpacked: 50,000 rows of OneRoster's users are about 10 MB."""

_MOST_FILES = 60
_MOST_COLUMNS = 200
_LONGEST_CELL = 1000
_SEPARATORS = ",;\t|"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
_BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)
"""What `zipfile` raises for what is damaged, encrypted or packed in a way it does not know."""

_SPREADSHEET = "This is a spreadsheet, not a CSV file. Open it, choose “Save as” and then “CSV UTF-8”, and bring that."
_NO_TEXT = "This file cannot be read as a table. Save it as CSV and bring that."


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells, cleaned. `line` is where it begins; `signs` says that formula signs were taken off."""

    line: int
    cells: tuple[str, ...]
    signs: bool = False
    is_torn: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the headers as they stand, and the rows that are not empty."""

    headers: tuple[str, ...]
    rows: tuple[Row, ...]


def read_tables(files: Sequence[bytes]) -> list[Table]:
    """Read the tables in some files. Raises Invalid, Unsupported or TooLarge, with a sentence for a person."""
    contents = [content for file in files for content in _unpack(file)]
    if sum(map(len, contents)) > MOST_BYTES:
        raise _too_large()
    tables = [_read(content) for content in contents]
    tables = [table for table in tables if table.headers]
    if not tables:
        raise Invalid("There is nothing in this file.", code="empty")
    if sum(len(table.rows) for table in tables) > MOST_ROWS:
        raise TooLarge(f"That is more than {MOST_ROWS:,} rows. Bring a part at a time.")
    return tables


def _unpack(file: bytes) -> Iterator[bytes]:
    if file.startswith(_OLD_EXCEL):
        raise Unsupported(_SPREADSHEET, code="wrong_type")
    if not file.startswith(_ZIP):
        yield file
        return
    try:
        with zipfile.ZipFile(io.BytesIO(file)) as archive:
            names = [name for name in archive.namelist() if name.lower().endswith(".csv") and "__MACOSX" not in name]
            if any(name.startswith(("xl/", "content.xml")) for name in archive.namelist()):
                raise Unsupported(_SPREADSHEET, code="wrong_type")
            room = MOST_BYTES
            for name in names[:_MOST_FILES]:
                with archive.open(name) as member:
                    content = member.read(room + 1)
                room -= len(content)
                if room < 0:
                    raise _too_large()
                yield content
    except _BROKEN_ZIP as error:
        raise Invalid(
            "This zip file is damaged or locked. Pack it again, without a password.", code="damaged"
        ) from error


def _too_large() -> TooLarge:
    return TooLarge(f"That is more than {MOST_BYTES // 1_000_000} MB. Bring a part at a time.")


def _read(content: bytes) -> Table:
    text = _decode(content)
    if text.count("\x00") or text[:5] == "%PDF-":
        raise Unsupported(_NO_TEXT, code="wrong_type")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    first, _, rest = text.partition("\n")
    skipped = 0
    # a line by which spreadsheets are told the separator
    if first.strip().lower().startswith("sep=") and len(first.strip()) <= 5:
        text, skipped = rest, 1
    rows = list(_rows(text, _separator(text), skipped))
    headers = rows[0].cells if rows else ()
    return Table(headers, tuple(rows[1:]))


def _separator(text: str) -> str:
    """Give the separator that makes known headers of the first line; that which occurs most when none does."""
    line = next((line for line in text[:20_000].split("\n") if line.strip()), "")

    def worth(separator: str) -> tuple[int, int]:
        cells = next(csv.reader([line[:10_000]], delimiter=separator), [])
        return max(count_known(cells), is_header(cells) * len(cells)), len(cells)

    return max(_SEPARATORS, key=worth)


def _rows(text: str, separator: str, skipped: int) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    begin = 0
    try:
        for cells in reader:
            line, begin = begin + skipped + 1, reader.line_num
            row = _row(line, cells)
            if row is not None:
                yield row
    except csv.Error as error:
        where = f"Line {reader.line_num + skipped} cannot be read: a quotation mark may not be closed."
        raise Invalid(f"{where} Mend it and bring the file again.", code="damaged") from error


def _row(line: int, cells: Sequence[str]) -> Row | None:
    if len(cells) > _MOST_COLUMNS:
        raise Invalid(f"Line {line} has more than {_MOST_COLUMNS} columns. Is this a list of people?", code="damaged")
    cleaned = [to_clean(cell[: _LONGEST_CELL + 1]) for cell in cells]
    if not any(cell for cell, _ in cleaned):
        return None
    is_torn = any(len(cell) > _LONGEST_CELL or cell.count("\n") > 3 for cell in cells)
    return Row(line, tuple(cell for cell, _ in cleaned), any(had for _, had in cleaned), is_torn)


def _decode(content: bytes) -> str:
    """Decode by the byte order mark, as UTF-8, else by what reads like a language."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return content.decode(name, errors="replace")
    # UTF-16 of plain letters is also good UTF-8, full of NUL
    if b"\x00" not in content:
        try:
            return content.decode()
        except UnicodeDecodeError:
            pass
    return content.decode(_guess(content[:20_000]), errors="replace")


def _guess(sample: bytes) -> str:
    if sample[1::2].count(0) > len(sample) / 5:
        return "utf-16-le"
    if sample[::2].count(0) > len(sample) / 5:
        return "utf-16-be"
    high = [index for index, byte in enumerate(sample) if byte >= 0x80]
    together = sum(later - earlier == 1 for earlier, later in pairwise(high))
    # Western letters with accents stand alone among plain ones, letters of other scripts together
    if together * 5 <= len(high):
        return _western(sample)
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return best.encoding if best else "cp1252"


def _western(sample: bytes) -> str:
    """Windows-1250 for Polish and its neighbours, whose letters are seldom signs that Western lists hold."""
    eastern = sum(
        sample.count(letter) for letter in (b"\xb9", b"\xbf", b"\xb3", b"\x9c", b"\x9f", b"\xa3", b"\x8c", b"\xaf")
    )
    western = sum(
        sample.count(letter) for letter in (b"\xe4", b"\xfc", b"\xdf", b"\xe8", b"\xe0", b"\xf1", b"\xe3", b"\xf5")
    )
    return "cp1250" if eastern > western else "cp1252"

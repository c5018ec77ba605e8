"""Letters as they are read: ligatures and presentation forms spelled out, blanks of one kind, unseen marks left out."""

import re
import unicodedata
from itertools import accumulate

from ingest.parsers.pdf.page import Cell, Line, Run

_UNSEEN = "\xad\u200b\u200c\u200d\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_SPECIAL = re.compile(
    "[\xa0\t\u2002-\u200a\u202f\ufb00-\ufb06\ufb13-\ufb17\ufb1d-\ufb4f\ufb50-\ufdff\ufe70-\ufefc" + _UNSEEN + "]"
)
_IS_UNSEEN = re.compile(f"[{_UNSEEN}]")


def spelled_out(word: str) -> str:
    """Write ligatures as letters, all blanks as one kind, and leave marks out that nobody sees."""
    return word if _is_plain(word) else "".join(map(_spelled, word))


def spell_out_line(line: Line) -> Line:
    """Write a line as `spelled_out` does; what counts its characters moves along."""
    text = line.text
    if _is_plain(text):
        return line
    parts = [_spelled(letter) for letter in text]
    places = [0, *accumulate(len(part) for part in parts)]
    line.is_hyphenated = line.is_hyphenated or text.endswith("\xad")
    line.text = "".join(parts)
    line.runs = [Run(places[run.start], places[run.end], run.font, run.size) for run in line.runs]
    line.cells = tuple(Cell(places[cell.start], places[cell.end], *cell[2:]) for cell in line.cells)
    return line


def _is_plain(text: str) -> bool:
    return (text.isascii() and "\t" not in text) or not _SPECIAL.search(text)


def _spelled(letter: str) -> str:
    if not _SPECIAL.match(letter):
        return letter
    if _IS_UNSEEN.match(letter):
        return ""
    return " " if letter.isspace() else unicodedata.normalize("NFKC", letter)

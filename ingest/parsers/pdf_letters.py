"""Letters as they are read: ligatures and presentation forms spelled out, blanks of one kind, unseen marks left out."""

import re
import unicodedata
from itertools import accumulate

from ingest.parsers.pdf_page import Run

_UNSEEN = "\xad\u200b\u200c\u200d\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_SPECIAL = re.compile(
    "[\xa0\t\u2002-\u200a\u202f\ufb00-\ufb06\ufb13-\ufb17\ufb1d-\ufb4f\ufb50-\ufdff\ufe70-\ufefc" + _UNSEEN + "]"
)
_IS_UNSEEN = re.compile(f"[{_UNSEEN}]")


def is_spelled_out(text: str) -> bool:
    """Whether a text has nothing that `spell_out` changes."""
    return (text.isascii() and "\t" not in text) or not _SPECIAL.search(text)


def spell_out(text: str, runs: list[Run]) -> tuple[str, list[Run]]:
    """Write ligatures as letters, all blanks as one kind, and leave marks out that nobody sees."""
    parts = [_spelled(letter) if _SPECIAL.match(letter) else letter for letter in text]
    places = [0, *accumulate(len(part) for part in parts)]
    moved = [Run(places[run.start], places[run.end], run.font, run.size) for run in runs]
    return "".join(parts), moved


def spelled_out(word: str) -> str:
    """Write a text as `spell_out` does."""
    return word if is_spelled_out(word) else spell_out(word, [])[0]


def _spelled(letter: str) -> str:
    if _IS_UNSEEN.match(letter):
        return ""
    return " " if letter.isspace() else unicodedata.normalize("NFKC", letter)

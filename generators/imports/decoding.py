"""Bytes of a table to text, in whatever encoding a spreadsheet wrote it."""

import re
from collections.abc import Iterator

from domain import decoding

_SAMPLE = 20_000
_RUN = re.compile(r"[^\W\d_]+(?:[ ,;.:!?'’-]{1,3}[^\W\d_]+){2,60}")
_MOST_RUNS = 2_000


def decode(data: bytes) -> str:
    """Decode text: by its byte order mark, as UTF-8, else by what reads like a language; never fails."""
    return decoding.decode(data, _guess)


def is_text(data: bytes) -> bool:
    """Whether what it begins with is for people to read."""
    return decoding.is_text(data[:_SAMPLE], _guess)


def list_runs(data: bytes) -> Iterator[str]:
    """Yield what looks like words, three and more in a row, in bytes that are no text."""
    for found, _ in zip(_RUN.finditer(data.decode(errors="replace")), range(_MOST_RUNS), strict=False):
        yield found[0]


def _guess(sample: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return best.encoding if best else "cp1252"

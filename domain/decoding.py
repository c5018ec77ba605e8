"""Bytes to text in whatever encoding a school's files come in.

What neither a byte order mark nor the bytes themselves tell is guessed by whoever calls, from how languages look.
"""

import codecs
import re
import unicodedata
from collections.abc import Callable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HIGH_RUN = re.compile(rb"[\x80-\xff]{2,}")
_SAMPLE = 20_000
_LOW = bytes(range(9))
"""First bytes of characters of two bytes, from Latin letters to Arabic ones; no text has them as characters."""

_MOSTLY = 0.4
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufeff\ufffe\uffff]")


Guess = Callable[[bytes], str]
"""Names the encoding of bytes with letters beyond ASCII that often stand together, as in scripts other than Latin."""


def decode(data: bytes, guess: Guess) -> str:
    """Decode text: by its byte order mark, as UTF-8, else by what reads like a language; never fails.

    Control characters are dropped and every line end becomes a line feed.
    """
    text = data.decode(_encoding(data, guess), errors="replace")
    text = re.sub("\r\n?|\f|\u2028|\x85", "\n", text).replace("\u2029", "\n\n")
    return unicodedata.normalize("NFC", _CONTROL.sub("", text))


def is_text(data: bytes, guess: Guess) -> bool:
    """Whether at least seven in ten of its characters are for people to read."""
    text = data.decode(_encoding(data, guess), errors="replace")
    strange = sum(1 for letter in text if letter == "\ufffd" or _is_strange(letter))
    return strange <= len(text) * 0.3


def _is_strange(letter: str) -> bool:
    return not letter.isspace() and unicodedata.category(letter) in {"Cc", "Cn", "Co"}


def _encoding(data: bytes, guess: Guess) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    sample = data[:_SAMPLE]
    if wide := _wide(sample):
        return wide
    return "utf-8" if _is_utf8(data) else _guess(sample, guess)


def _wide(sample: bytes) -> str:
    """Name the encoding of two or four bytes to a character, by where their low bytes stand; else empty.

    Such bytes are mostly valid UTF-8 too, with control characters in it that no text has.
    """
    quarter, half = len(sample) // 4, len(sample) // 2
    low = [len(part) - len(part.translate(None, _LOW)) for part in (sample[at::4] for at in range(4))]
    if quarter and sample[3::4].count(0) == quarter and sample[2::4].count(0) == quarter and low[0] < quarter / 2:
        return "utf-32-le"
    if quarter and not any(sample[: quarter * 4 : 4]) and sample[1::4].count(0) >= quarter and low[3] < quarter / 2:
        return "utf-32-be"
    even, odd = low[0] + low[2], low[1] + low[3]
    if odd > half * _MOSTLY and even < odd / 4:
        return "utf-16-le"
    return "utf-16-be" if even > half * _MOSTLY and odd < even / 4 else ""


def _is_utf8(data: bytes) -> bool:
    """Whether it is UTF-8, maybe cut in the middle of its last character."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return False
    return True


def _guess(sample: bytes, guess: Guess) -> str:
    """Guess: Western letters with accents stand alone among plain ones, letters of other scripts together."""
    high = sum(1 for byte in sample if byte >= 0x80)
    together = sum(len(run) for run in _HIGH_RUN.findall(sample))
    if together * 5 <= high:
        return "cp1252"
    return guess(sample)

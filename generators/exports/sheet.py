"""A study aid as a text to read: headings, statements, pictures, and the notes that say where each statement stands.

Markdown, Word and print files are all written from a sheet, so that each of them says the same with the same sources.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from domain.claims import Claim

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


class Mark(StrEnum):
    """What stands before a text."""

    NONE = "none"
    BULLET = "bullet"
    NUMBER = "number"
    LETTER = "letter"
    BOX = "box"


@dataclass(frozen=True, slots=True)
class Note:
    """Where a statement stands: its number on the sheet, the page, and the words there."""

    number: int
    page: int
    quote: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is below the sheet's title."""

    words: str
    level: int = 1
    is_on_new_page: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """Words that may hold formulas, `lead` set bold before them.

    `label` is the number or letter where the mark is one. `depth` counts how far it is set in.
    """

    words: str
    lead: str = ""
    mark: Mark = Mark.NONE
    label: str = ""
    depth: int = 0
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Lines:
    """Empty lines to write on."""

    count: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with its description; `media_type` is of JPEG, PNG or SVG."""

    content: bytes
    media_type: str
    words: str


Block = Heading | Text | Lines | Picture


@dataclass(frozen=True, slots=True)
class Sheet:
    """A study aid to read. `reading` is the title of what it is made from."""

    title: str
    reading: str
    language: str
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...] = ()

    @property
    def is_leftward(self) -> bool:
        """Whether it is read from right to left: most of its letters are of such a script."""
        return is_leftward(self.title, *(one.words for one in self.blocks if isinstance(one, Heading | Text)))


class Notes:
    """Numbers the places that the statements of a sheet stand at; the same place keeps its number."""

    def __init__(self) -> None:
        """Start without any."""
        self._all: dict[tuple[int, str], Note] = {}

    def cite(self, *claims: Claim) -> tuple[Note, ...]:
        """Give the notes of what the claims rest on, each once."""
        found = []
        for citation in (one for claim in claims for one in claim.citations):
            key = citation.span.page, one_line(citation.quote)
            note = self._all.setdefault(key, Note(len(self._all) + 1, *key))
            if note not in found:
                found.append(note)
        return tuple(found)

    def all(self) -> tuple[Note, ...]:
        """Give every note so far, in the order of their numbers."""
        return tuple(self._all.values())


def is_leftward(*texts: str) -> bool:
    """Whether most letters belong to scripts that are read from right to left."""
    directions = [unicodedata.bidirectional(letter) for text in texts for letter in text]
    leftward = sum(one in {"R", "AL"} for one in directions)
    return leftward > sum(one == "L" for one in directions)


def one_line(text: str) -> str:
    """Give the text on one line, single blanks between its words, without what no file may hold."""
    return " ".join(printable(text).split())


def printable(text: str) -> str:
    """Leave out control characters, halves of characters and others that XML forbids and no reader sees."""
    return _UNPRINTABLE.sub("", text)


def pages_of(claims: Iterable[Claim]) -> tuple[int, ...]:
    """Give the pages that claims rest on, in order."""
    return tuple(sorted({citation.span.page for claim in claims for citation in claim.citations}))


def source_line(reading: str, *claims: Claim) -> str:
    """Say on one line where claims stand: reading, pages, and the words there."""
    pages = ", ".join(map(str, pages_of(claims)))
    quotes = dict.fromkeys(one_line(one.quote) for claim in claims for one in claim.citations)
    if not quotes:
        return one_line(reading)
    return f"{one_line(reading)}, page {pages}: “{' … '.join(quotes)}”"

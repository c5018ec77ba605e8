"""A study aid as a text to read: headings, statements, pictures, and the notes that say where each statement stands.

Markdown, Word and print files are all written from a sheet, so that each of them says the same with the same sources.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from domain.claims import Claim
from domain.ids import DocumentId

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
    """Where a statement stands: its number on the sheet, the page, the words there, and the reading where told."""

    number: int
    page: int
    quote: str
    reading: str = ""

    @property
    def place(self) -> str:
        """The place in words."""
        return f"{self.reading}, page {self.page}" if self.reading else f"Page {self.page}"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is below the sheet's title."""

    words: str
    level: int = 1
    is_on_new_page: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """Words that may hold formulas, `lead` set bold before them.

    `label` is the number or letter where the mark is one. `depth` counts how far it is set in. `credit` says whose
    words they are where a person wrote them.
    """

    words: str
    lead: str = ""
    mark: Mark = Mark.NONE
    label: str = ""
    depth: int = 0
    notes: tuple[Note, ...] = ()
    credit: str = ""

    @property
    def aside(self) -> str:
        """What is said of the words after them, in brackets: whose they are and where they stand; may be empty."""
        places = (f"p. {note.page}, source {note.number}" for note in self.notes)
        said = "; ".join((self.credit, *places) if self.credit else places)
        return f"({said})" if said else ""


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

    def __init__(self, name_of: Callable[[DocumentId], str], reading: str, credit: Callable[..., str]) -> None:
        """Name readings by `name_of`; the one that the whole sheet is from is not named again.

        `credit` says of claims whose words they are.
        """
        self._name_of, self._reading, self._credit = name_of, one_line(reading), credit
        self._all: dict[tuple[DocumentId, int, str], Note] = {}

    def cite(self, *claims: Claim) -> tuple[Note, ...]:
        """Give the notes of what the claims rest on, each once."""
        found = []
        for citation in (one for claim in claims for one in claim.citations):
            span, quote = citation.span, one_line(citation.quote)
            name = self._name_of(span.document_id)
            new = Note(len(self._all) + 1, span.page, quote, "" if name == self._reading else name)
            note = self._all.setdefault((span.document_id, span.page, quote), new)
            if note not in found:
                found.append(note)
        return tuple(found)

    def text(self, words: str, *claims: Claim, lead: str = "", mark: Mark = Mark.NONE, label: str = "") -> Text:
        """Give a text that says where its claims stand, and whose words they are."""
        return Text(words, lead, mark, label, notes=self.cite(*claims), credit=self._credit(*claims))

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

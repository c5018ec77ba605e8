"""What a parser takes and gives. Parsers run in a child process and know nothing of documents or people."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from domain.documents import Dropped, Page, PageProblem
from ingest.limits import Limits

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
EPUB = "application/epub+zip"
HTML = "text/html"
MARKDOWN = "text/markdown"
PLAIN = "text/plain"
CSV = "text/csv"
"""Rows of cells: a plain text that is named so."""

VTT = "text/vtt"
SRT = "application/x-subrip"
ZIP = "application/zip"
"""An archive of readings: taken apart at the upload, never parsed."""

PICTURES = frozenset({"image/png", "image/jpeg", "image/tiff", "image/webp", "image/gif", "image/bmp"})
"""Photos and scans: their text is recognised."""

UNRECOGNISED = (
    "Its words are not read without text recognition (OCR): ask whoever looks after Margent here to switch it on."
)
"""What to say of a page that is a picture; it is shown where nothing recognises it."""


@dataclass(frozen=True, slots=True)
class Order:
    """A file to read. `skip` holds the numbers of pages that an earlier try died of."""

    path: Path
    media_type: str
    limits: Limits
    skip: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands in a file. `title` is empty when the file does not say.

    Pages that are pictures are not among `pages`: a problem `needs_ocr` names each.
    """

    pages: tuple[Page, ...]
    title: str = ""
    problems: tuple[PageProblem, ...] = field(default=())
    dropped: tuple[Dropped, ...] = field(default=())


class Watch(Protocol):
    """What a parser tells while it reads, so that its progress is seen and its time is bounded."""

    def start_page(self, number: int, count: int) -> None:
        """Say that page `number` of `count` comes next."""
        ...

    def finish_pages(self) -> None:
        """Say that all pages are read, and only putting them in order remains."""
        ...


class Parser(Protocol):
    """Reads one type of file."""

    def __call__(self, order: Order, watch: Watch) -> Reading:
        """Read the file. Raises Unreadable, Unsupported or TooLarge."""
        ...

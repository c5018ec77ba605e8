"""What a parser takes and gives. Parsers run in a child process and know nothing of documents or people."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from domain.documents import Page, PageProblem
from ingest.limits import Limits

PDF = "application/pdf"
MARKDOWN = "text/markdown"
PLAIN = "text/plain"


@dataclass(frozen=True, slots=True)
class Order:
    """A file to read. `skip` holds the numbers of pages that an earlier try died of."""

    path: Path
    media_type: str
    limits: Limits
    skip: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands in a file. `title` is empty when the file does not say."""

    pages: tuple[Page, ...]
    title: str = ""
    problems: tuple[PageProblem, ...] = field(default=())


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

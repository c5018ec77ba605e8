"""What pypdf knows of a file: title, outline, whether it is locked; and the text of files too damaged for pdfium."""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from domain.documents import Page
from domain.errors import TooLarge, Unreadable
from ingest.parsers.contract import Order, Reading, Watch
from ingest.parsers.pdf_headings import OutlineEntry

LOCKED = "This PDF is locked with a password. Open it, save it without a password, and upload that file."
DAMAGED = "This PDF is damaged and cannot be read. Open it in the program it came from and save it again."
_MOST_ENTRIES = 20_000
_NO_TITLE = re.compile(
    r"^(?:untitled|microsoft word.*|document\d*|.*\.(?:docx?|tex|dvi|pdf|indd|qxd|rtf|odt))$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Structure:
    """A file's title, empty when it names none, and its outline."""

    title: str = ""
    outline: tuple[OutlineEntry, ...] = ()


def read_structure(path: Path) -> Structure:
    """Read title and outline; a file whose structure is broken has none."""
    from pypdf.errors import PyPdfError

    reader = _open(path)
    if reader is None:
        return Structure()
    try:
        metadata = reader.metadata
        title = str(metadata.title or "").strip() if metadata else ""
        outline = tuple(_walk(reader, reader.outline, 1))
    except (PyPdfError, *_BROKEN):
        return Structure()
    return Structure("" if _NO_TITLE.match(title) else title, outline)


def is_locked(path: Path) -> bool:
    """Whether the file cannot be opened without a password."""
    reader = _open(path)
    if reader is None or not reader.is_encrypted:
        return False
    try:
        return not reader.decrypt("")
    except (NotImplementedError, *_BROKEN):
        return True


def salvage(order: Order, watch: Watch) -> Reading:
    """Read the plain text of a file that pdfium refuses. Raises Unreadable or TooLarge."""
    from pypdf.errors import PyPdfError

    reader = _open(order.path)
    if reader is None:
        raise Unreadable(DAMAGED)
    pages = []
    try:
        count = len(reader.pages)
        if count > order.limits.max_pages:
            raise too_long(count, order.limits.max_pages)
        for number in range(1, count + 1):
            watch.start_page(number, count)
            if number not in order.skip:
                text = reader.pages[number - 1].extract_text()
                pages.append(Page(number, re.sub(r"[ \t]*\n[ \t]*", "\n", text).strip()))
    except (PyPdfError, *_BROKEN) as error:
        raise Unreadable(DAMAGED) from error
    watch.finish_pages()
    if not any(page.text for page in pages):
        raise Unreadable(DAMAGED)
    return Reading(tuple(pages))


def too_long(count: int, limit: int) -> TooLarge:
    """Say that a file has too many pages."""
    return TooLarge(f"This PDF has {count:,} pages; up to {limit:,} can be read. Split it into smaller files.")


def _open(path: Path) -> Any:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        return PdfReader(path, strict=False)
    except (PyPdfError, *_BROKEN):
        return None


# what pypdf lets through from files that break its expectations
_BROKEN = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    AssertionError,
    OSError,
    RecursionError,
    ArithmeticError,
)


def _walk(reader: Any, entries: list[Any], level: int) -> Iterator[OutlineEntry]:
    for entry in entries[:_MOST_ENTRIES]:
        if isinstance(entry, list):
            yield from _walk(reader, entry, level + 1)
            continue
        page = reader.get_destination_page_number(entry)
        title = " ".join(str(entry.title or "").split())
        if title and page is not None and page >= 0:
            yield OutlineEntry(level, title, page + 1)

"""What pypdf knows of a file: its title, its outline, and whether it is locked.

Its text comes from pdfium alone: every damaged file that we met and pypdf could read, pdfium had mended already.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.parsers.pdf_headings import OutlineEntry

_MOST_ENTRIES = 20_000
_NO_TITLE = re.compile(
    r"[\W_]*(?:(?:(?:anonymous|unspecified|unknown|untitled|unnamed|unbenannt|sans titre|sin título|no title|title|"
    r"null|(?:new )?document|presentation|powerpoint[- ]pr[\wä]*|book|workbook|slide|scan|img|doc|print)[\W_]*\d*)|"
    r"microsoft (?:word|powerpoint|excel|publisher)\b.*|"
    r".*\.(?:docx?|pptx?|xlsx?|tex|dvi|e?ps|pdf|indd|qxd|rtf|od[tp]|pub|pages|key|html?|txt|md|jpe?g|png|tiff?)|"
    r"[\w.()-]*(?:[^\W_]_+[^\W_])[\w.()-]*)?[\W_]*",
    re.IGNORECASE,
)
"""What programs put where a title should be: their own placeholders, and names of files."""

_LOOKED_AT = 200
"""Characters of a title: no placeholder is longer."""

_BROKEN = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError, ArithmeticError)
"""What pypdf, beside its own errors, lets through from files that break its expectations."""


@dataclass(frozen=True, slots=True)
class Structure:
    """A file's title, empty when it names none, and its outline."""

    title: str = ""
    outline: tuple[OutlineEntry, ...] = ()


def read_structure(path: Path) -> Structure:
    """Read title and outline; a file whose structure is broken has none."""
    from pypdf.errors import PyPdfError

    try:
        reader = _open(path)
        title = str((reader.metadata and reader.metadata.title) or "").strip()
        outline = tuple(_walk(reader, reader.outline, 1))
    except (PyPdfError, *_BROKEN):
        return Structure()
    return Structure("" if _NO_TITLE.fullmatch(title[:_LOOKED_AT]) else title, outline)


def is_locked(path: Path) -> bool:
    """Whether the file cannot be opened without a password, or with none that is known."""
    from pypdf.errors import PyPdfError

    try:
        reader = _open(path)
        return bool(reader.is_encrypted and not reader.decrypt(""))
    except NotImplementedError:
        return True
    except (PyPdfError, *_BROKEN):
        return False


def _open(path: Path) -> Any:
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    return PdfReader(path, strict=False)


def _walk(reader: Any, entries: list[Any], level: int) -> Iterator[OutlineEntry]:
    for entry in entries[:_MOST_ENTRIES]:
        if isinstance(entry, list):
            yield from _walk(reader, entry, level + 1)
            continue
        page = reader.get_destination_page_number(entry)
        title = " ".join(str(entry.title or "").split())
        if title and page is not None and page >= 0:
            yield OutlineEntry(level, title, page + 1)

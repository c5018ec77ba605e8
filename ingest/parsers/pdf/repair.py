"""Builds a PDF anew that pdfium refuses: pypdf finds a lost root, counts the pages and writes them to a whole file.

Only for files that pdfium cannot open at all: pypdf takes ten times as long.
"""

import io
import logging
from pathlib import Path

_MAX_BYTES = 60_000_000
"""Of a damaged file: pypdf holds all of it, and all of the new one, in memory."""

_MAX_PAGES = 5_000
_BROKEN = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError, ArithmeticError, OSError)
"""What pypdf, beside its own errors, lets through from files that break its expectations."""


def rebuild(path: Path) -> bytes | None:
    """Give the pages of a damaged file as a new one, or None when pypdf cannot read it either."""
    if path.stat().st_size > _MAX_BYTES:
        return None
    from pypdf import PdfReader, PdfWriter
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    whole = io.BytesIO()
    try:
        reader = PdfReader(path, strict=False)
        writer = PdfWriter()
        for page in reader.pages[:_MAX_PAGES]:
            writer.add_page(page)
        if not writer.pages:
            return None
        writer.write(whole)
    except (PyPdfError, *_BROKEN):
        return None
    return whole.getvalue()

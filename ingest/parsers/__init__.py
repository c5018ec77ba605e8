"""Reads a file of any type that Margent takes, apart from the rest, into a ParsedDocument."""

from collections.abc import Callable
from pathlib import Path

from domain.documents import Document, ParsedDocument
from domain.errors import Unreadable
from domain.jobs import Progress
from ingest.language import detect_language
from ingest.limits import Limits
from ingest.parsers.contract import Order, Reading
from ingest.parsers.sandbox import read_apart
from ingest.parsers.sniffing import HEAD_BYTES, sniff
from ingest.sections import build_sections


def parse_file(path: Path, document: Document, limits: Limits, report: Callable[[Progress], None]) -> ParsedDocument:
    """Read the file of a document in a child process with limits, reporting progress by page.

    Raises Unreadable, Unsupported or TooLarge; what `report` raises ends the child.
    """
    with path.open("rb") as file:
        media_type = sniff(file.read(HEAD_BYTES), document.filename)
    reading = read_apart(Order(path, media_type, limits), report)
    _refuse_wordless(reading)
    title = reading.title or document.title
    return ParsedDocument(
        document_id=document.id,
        title=title,
        language=detect_language(page.text for page in reading.pages),
        pages=reading.pages,
        sections=build_sections(document.id, title, reading.pages),
        problems=reading.problems,
    )


def _refuse_wordless(reading: Reading) -> None:
    if any(page.text.strip() for page in reading.pages):
        return
    if any(problem.code == "needs_ocr" for problem in reading.problems):
        raise Unreadable(
            "This file holds pictures of pages (a scan) and no text. "
            "Make its text readable with OCR (text recognition) first, then upload it again.",
            code="needs_ocr",
        )
    raise Unreadable("There are no words in this file. Choose a file with text in it.", code="no_text")

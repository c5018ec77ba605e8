"""Reads a file of any type that Margent takes, apart from the rest, into a ParsedDocument."""

from collections.abc import Callable, Sequence
from pathlib import Path

from domain.documents import Document, PageProblem, ParsedDocument
from domain.errors import Unreadable, Unsupported
from domain.jobs import Progress
from ingest.hidden import cut_hidden, strip_invisible
from ingest.language import detect_language
from ingest.limits import Limits
from ingest.parsers.contract import ZIP, Order, Reading
from ingest.parsers.sandbox import read_apart
from ingest.parsers.sniffing import sniff_file
from ingest.sections import build_sections


class Wordless(Unreadable):
    """A file without words; `page_problems` says of each page why it gave none."""

    def __init__(self, message: str, *, page_problems: tuple[PageProblem, ...], code: str) -> None:
        """Keep what is wrong with the pages."""
        super().__init__(message, code=code)
        self.page_problems = page_problems


def parse_file(path: Path, document: Document, limits: Limits, report: Callable[[Progress], None]) -> ParsedDocument:
    """Read the file of a document in a child process with limits, reporting progress by page.

    Raises Unreadable, Unsupported or TooLarge; what `report` raises ends the child.
    """
    media_type = sniff_file(path, document.filename, limits)
    if media_type == ZIP:
        raise Unsupported("This is an archive of files. Upload it as a ZIP, and each file in it becomes a reading.")
    reading = read_apart(Order(path, media_type, limits), report)
    _refuse_wordless(reading)
    title = strip_invisible(reading.title) or document.title
    pages = tuple(cut_hidden(page) for page in reading.pages)
    return ParsedDocument(
        document_id=document.id,
        title=title,
        language=detect_language(page.text for page in pages),
        pages=pages,
        sections=build_sections(document.id, title, pages),
        problems=reading.problems,
        dropped=reading.dropped,
    )


def _refuse_wordless(reading: Reading) -> None:
    if any(page.text.strip() for page in reading.pages):
        return
    scanned = [problem.page for problem in reading.problems if problem.code == "needs_ocr"]
    if scanned:
        raise Wordless(
            f"{_name_pages(scanned)} of text (a scan), and there is no other text in this file. "
            "Make its text readable with OCR (text recognition) first, then upload it again.",
            page_problems=reading.problems,
            code="needs_ocr",
        )
    message = "There are no words in this file. Choose a file with text in it."
    raise Wordless(message, page_problems=reading.problems, code="no_text")


def _name_pages(numbers: Sequence[int]) -> str:
    """Say which pages are pictures; neighbours are named by the first and the last."""
    if len(numbers) == 1:
        return f"Page {numbers[0]} is a picture"
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    named = [f"{first}" if first == last else f"{first} to {last}" for first, last in runs]
    listed = " and ".join([", ".join(named[:-1]), named[-1]]) if named[1:] else named[0]
    return f"Pages {listed} are pictures"

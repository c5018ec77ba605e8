"""A file of any type that Margent takes to a ParsedDocument: read apart from the rest, then put in order here."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from domain.documents import Document, PageProblem, ParsedDocument
from domain.errors import Unreadable, Unsupported
from domain.jobs import Progress
from ingest.hidden import cut_hidden, strip_invisible
from ingest.language import detect_language, mark_languages
from ingest.limits import Limits
from ingest.parsers.contract import ZIP, Order, Reading
from ingest.parsers.sandbox import read_apart
from ingest.parsers.sniffing import sniff_file
from ingest.recognition import HOW_TO_INSTALL
from ingest.sections import build_sections

READER = 3
"""The version of the code that reads files, counted up when it reads them better: older readings are read anew then."""

SCAN = "needs_ocr"
"""The problem of a page that is a picture."""


class Wordless(Unreadable):
    """A file without words; `page_problems` says of each page why it gave none."""

    def __init__(self, message: str, *, page_problems: tuple[PageProblem, ...], code: str) -> None:
        """Keep what is wrong with the pages."""
        super().__init__(message, code=code)
        self.page_problems = page_problems


def parse_file(path: Path, document: Document, limits: Limits, report: Callable[[Progress], None]) -> ParsedDocument:
    """Read the file of a document as far as it is text. Raises Unreadable, Unsupported or TooLarge."""
    reading = read_file(path, document.filename, limits, report)
    if not has_words(reading):
        raise wordless(reading.problems)
    return assemble(document, reading)


def read_file(path: Path, filename: str, limits: Limits, report: Callable[[Progress], None]) -> Reading:
    """Read a file in a child process with limits, reporting progress by page.

    Raises Unreadable, Unsupported or TooLarge; what `report` raises ends the child.
    """
    media_type = sniff_file(path, filename, limits)
    if media_type == ZIP:
        raise Unsupported("This is an archive of files. Upload it as a ZIP, and each file in it becomes a reading.")
    return read_apart(Order(path, media_type, limits), report)


def assemble(document: Document, reading: Reading) -> ParsedDocument:
    """Put a reading in order: nothing hidden in its text, its language, its sections with theirs."""
    title = strip_invisible(reading.title) or document.title
    pages = tuple(cut_hidden(page) for page in reading.pages)
    language = detect_language(page.text for page in pages)
    sections = build_sections(document.id, title, pages)
    return ParsedDocument(
        document_id=document.id,
        title=title,
        language=language,
        pages=pages,
        sections=mark_languages(sections, pages, language),
        problems=reading.problems,
        dropped=reading.dropped,
    )


def has_words(reading: Reading) -> bool:
    """Whether there is any text in it."""
    return any(page.text.strip() for page in reading.pages)


def list_scans(problems: Iterable[PageProblem]) -> list[int]:
    """List the pages that are pictures and were not recognised."""
    return [problem.page for problem in problems if problem.code == SCAN]


def wordless(problems: tuple[PageProblem, ...]) -> Wordless:
    """Say why a file gave no words."""
    scanned = list_scans(problems)
    if scanned:
        return Wordless(
            f"{_name_pages(scanned)} of text (a scan), and there is no other text in this file. {HOW_TO_INSTALL}",
            page_problems=problems,
            code=SCAN,
        )
    message = "There are no words in this file. Choose a file with text in it."
    return Wordless(message, page_problems=problems, code="no_text")


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

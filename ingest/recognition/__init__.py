"""Text recognition (OCR) of pages that are pictures: scans in a PDF, photos, fax files.

It is an extra, `margent[ocr]`: where neither that nor the system's Tesseract is installed, `is_available` says so.
"""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from domain.documents import Page
from ingest.limits import Limits
from ingest.recognition.engine import find_program
from ingest.recognition.pool import Report, Task, run

HOW_TO_INSTALL = (
    "Choose a file whose words can be marked and copied. Or ask whoever looks after Margent here to switch on text "
    "recognition, and try again then. For them: install margent[ocr] and start Margent again (in a checkout: "
    "`make run OCR=1`)."
)
"""What to say where a page needs recognition and there is none."""


def is_available() -> bool:
    """Whether pages can be recognised here."""
    return find_program() is not None


def recognise_pages(  # noqa: PLR0913
    path: Path,
    media_type: str,
    numbers: Collection[int],
    limits: Limits,
    report: Report,
    *,
    languages: Sequence[str] = ("en",),
    known: Collection[int] = (),
) -> Iterator[Page]:
    """Recognise the pages `numbers` of a PDF or picture file that are not `known`; yields each as soon as it is read.

    Pages come in any order; one that fails is left out, and `settling.settle` names it. `languages` are ISO 639-1,
    likeliest first; a page in another one that is installed is noticed. Raises what `report` raises, within a second.
    """
    program = find_program()
    missing = sorted(set(numbers) - set(known))
    if program is None or not missing:
        return
    yield from run(Task(path, media_type, limits, program, languages), missing, report)

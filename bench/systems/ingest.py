"""The product's reader behind the callable that the ingest scorer asks for."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from domain.documents import Document
from domain.errors import MargentError
from ingest.limits import Limits
from ingest.parsers.contract import Reading
from ingest.parsers.sniffing import sniff_file
from ingest.parsing import assemble, has_words, list_scans, read_file, wordless
from ingest.recognition import is_available, recognise_pages
from ingest.recognition.settling import settle
from tests.builders import a_document


class Refused(Exception):
    """A refusal with the scorer's spelling of its code."""

    def __init__(self, error: MargentError) -> None:
        super().__init__(error.message)
        self.code = error.code.replace("_", "-")


def extract(path: str) -> list[dict[str, Any]]:
    """Read a file as the product does, scans with what is installed to recognise them."""
    document: Document = a_document(filename=Path(path).name)
    try:
        reading = _recognised(Path(path), read_file(Path(path), document.filename, Limits(), lambda _: None))
        if not has_words(reading):
            raise wordless(reading.problems)
        parsed = assemble(document, reading)
    except MargentError as error:
        raise Refused(error) from error
    return [
        {"page": page.number, "text": page.text, "headings": [heading.title for heading in page.headings]}
        for page in parsed.pages
    ]


def _recognised(path: Path, reading: Reading) -> Reading:
    scans = list_scans(reading.problems)
    if not scans or not is_available():
        return reading
    media_type = sniff_file(path, path.name, Limits())
    settled = settle(list(recognise_pages(path, media_type, scans, Limits(), lambda _: None)), scans)
    pages = tuple(sorted((*reading.pages, *settled.pages), key=lambda page: page.number))
    others = tuple(problem for problem in reading.problems if problem.page not in scans)
    return replace(reading, pages=pages, problems=(*others, *settled.problems))

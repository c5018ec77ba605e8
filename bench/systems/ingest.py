"""The product's reader behind the callable that the ingest scorer asks for."""

from pathlib import Path
from typing import Any

from domain.documents import Document
from domain.errors import MargentError
from ingest.limits import Limits
from ingest.parsing import parse_file
from tests.builders import a_document


class Refused(Exception):
    """A refusal with the scorer's spelling of its code."""

    def __init__(self, error: MargentError) -> None:
        super().__init__(error.message)
        self.code = error.code.replace("_", "-")


def extract(path: str) -> list[dict[str, Any]]:
    """Read a file as the product does."""
    document: Document = a_document(filename=Path(path).name)
    try:
        parsed = parse_file(Path(path), document, Limits(), lambda _: None)
    except MargentError as error:
        raise Refused(error) from error
    return [
        {"page": page.number, "text": page.text, "headings": [heading.title for heading in page.headings]}
        for page in parsed.pages
    ]

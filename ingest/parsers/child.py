"""The parsing process: takes an order, bounds itself, reads the file, writes lines of JSON to its standard output.

Started by `ingest.parsers.sandbox` as `python -m ingest.parsers.child ORDER`.
"""

import gc
import json
import os
import resource
import sys
from importlib import import_module
from pathlib import Path
from typing import Any, TextIO

from domain.errors import Invalid, TooLarge
from domain.parts_data import dropped_to_data
from ingest.limits import Limits
from ingest.parsers import wire
from ingest.parsers.bounds import bound_process, lower
from ingest.parsers.contract import (
    CSV,
    DOCX,
    EPUB,
    HTML,
    MARKDOWN,
    PDF,
    PICTURES,
    PLAIN,
    PPTX,
    SRT,
    VTT,
    Order,
    Parser,
    Watch,
)

_THINGS_BEFORE_TIDYING = 200_000


# what follows bounds the very process it runs in; the tests of the sandbox see it from outside
def main(arguments: list[str]) -> None:  # pragma: no cover
    """Read the file that the order names."""
    # whatever a library prints must not mix with the answer
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    data = json.loads(arguments[0])
    limits = Limits(**data["limits"])
    order = Order(Path(data["path"]), data["media_type"], limits, frozenset(data["skip"]))
    parse = load_parser(order.media_type)
    # what is read is kept to the end: looking for what may go costs a twentieth of the time
    gc.set_threshold(_THINGS_BEFORE_TIDYING)
    bound_process(limits.memory_bytes, limits.parse_seconds)
    answer(order, parse, out, _Pacer(out, limits))
    out.flush()
    # no tidying up: a damaged library must not spoil a good answer
    os._exit(0)


# the same
class _Pacer:  # pragma: no cover
    """Says which page comes next, and gives each its own processor time."""

    def __init__(self, out: TextIO, limits: Limits) -> None:
        self._out = out
        self._limits = limits

    def start_page(self, number: int, count: int) -> None:
        _say(self._out, {"start": [number, count]})
        self._out.flush()
        used = resource.getrusage(resource.RUSAGE_SELF)
        until = int(used.ru_utime + used.ru_stime) + self._limits.page_seconds + 1
        lower(resource.RLIMIT_CPU, min(until, self._limits.parse_seconds))

    def finish_pages(self) -> None:
        lower(resource.RLIMIT_CPU, self._limits.parse_seconds)


_PARSERS = {
    PDF: ("pdf.parser", "parse_pdf", ("pypdfium2",)),
    DOCX: ("docx.parser", "parse_docx", ("lxml.etree",)),
    PPTX: ("pptx.parser", "parse_pptx", ("lxml.etree",)),
    EPUB: ("epub.parser", "parse_epub", ("selectolax.lexbor", "lxml.etree")),
    HTML: ("html.parser", "parse_html", ("selectolax.lexbor",)),
    MARKDOWN: ("text.parser", "parse_markdown", ("markdown_it",)),
    PLAIN: ("text.parser", "parse_plain", ()),
    CSV: ("text.parser", "parse_rows", ()),
    VTT: ("captions.parser", "parse_captions", ()),
    SRT: ("captions.parser", "parse_captions", ()),
} | dict.fromkeys(PICTURES, ("pictures", "parse_picture", ()))
"""Of each type: the module here, its function, and the libraries that it loads late."""


def load_parser(media_type: str) -> Parser:
    """Load a parser and its libraries, which may write their compiled code before files are forbidden."""
    module, function, libraries = _PARSERS[media_type]
    for library in libraries:
        import_module(library)
    parser: Parser = getattr(import_module(f"ingest.parsers.{module}"), function)
    return parser


def answer(order: Order, parse: Parser, out: TextIO, watch: Watch) -> None:
    """Read a file and write what stands in it, or why it is refused."""
    try:
        reading = parse(order, watch)
    except Invalid as error:
        _say(out, {"error": wire.error_to_data(error)})
        return
    except (MemoryError, RecursionError):
        message = "This file needs too much memory to read. Save it again from the program it came from, or split it."
        _say(out, {"error": wire.error_to_data(TooLarge(message))})
        return
    for page in reading.pages:
        _say(out, {"page": wire.page_to_data(page)})
    problems = [wire.problem_to_data(problem) for problem in reading.problems]
    _say(out, {"end": {"title": reading.title, "problems": problems, "dropped": dropped_to_data(reading.dropped)}})


def _say(out: TextIO, message: dict[str, Any]) -> None:
    out.write(json.dumps(message) + "\n")


# the same
if __name__ == "__main__":  # pragma: no cover
    main(sys.argv[1:])

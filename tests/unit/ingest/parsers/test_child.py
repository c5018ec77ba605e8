"""What the parsing process writes is what its parent reads."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from domain.documents import Heading, Page, PageProblem, Range
from domain.errors import TooLarge, Unreadable
from ingest.limits import Limits
from ingest.parsers import wire
from ingest.parsers.child import answer, load_parser
from ingest.parsers.contract import MARKDOWN, PDF, PLAIN, Order, Reading, Watch
from ingest.parsers.pdf.parser import parse_pdf
from ingest.parsers.text.parser import parse_markdown, parse_plain
from tests.unit.ingest.papers import Steps

ORDER = Order(Path("a.pdf"), PDF, Limits())
PAGE = Page(3, "Light \ud83c is bright", (Heading(1, "Light", Range(0, 5)),), (Range(9, 15),), ("hidden words",))
PROBLEM = PageProblem(4, "needs_ocr", "Page 4 is a picture.")


def _messages(outcome: Reading | BaseException) -> list[dict[str, Any]]:
    steps = Steps()

    def parse(order: Order, watch: Watch) -> Reading:
        assert (order, watch) == (ORDER, steps)
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome

    out = io.StringIO()
    answer(ORDER, parse, out, steps)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_pages_and_problems_survive_the_wire() -> None:
    """A page and a problem are the same after the way, half a character included."""
    page, end = _messages(Reading((PAGE,), "Light", (PROBLEM,)))

    assert wire.page_from_data(page["page"]) == PAGE
    assert end["end"]["title"] == "Light"
    assert [wire.problem_from_data(item) for item in end["end"]["problems"]] == [PROBLEM]


def test_refusals_survive_the_wire() -> None:
    """An error keeps its kind, its code and its sentence."""
    (message,) = _messages(Unreadable("It is locked.", code="encrypted"))

    error = wire.error_from_data(message["error"])

    assert isinstance(error, Unreadable)
    assert (error.code, error.message) == ("encrypted", "It is locked.")


@pytest.mark.parametrize("error", [MemoryError(), RecursionError()])
def test_running_out_of_memory_is_a_refusal(error: BaseException) -> None:
    """A file that is too much for the child is too large."""
    (message,) = _messages(error)

    assert isinstance(wire.error_from_data(message["error"]), TooLarge)


def test_each_type_has_its_parser() -> None:
    """Three types are read."""
    assert [load_parser(kind) for kind in (PDF, MARKDOWN, PLAIN)] == [parse_pdf, parse_markdown, parse_plain]

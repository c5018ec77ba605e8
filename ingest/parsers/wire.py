"""How a parsing process talks to its parent: one JSON object a line, of plain data alone."""

from typing import Any

from domain.documents import Heading, Page, PageProblem, Range
from domain.errors import Invalid, TooLarge, Unreadable, Unsupported
from domain.parts_data import boxes_from_data, boxes_to_data, part_from_data, part_to_data

_ERRORS: dict[str, type[Invalid]] = {kind.__name__: kind for kind in (Unreadable, Unsupported, TooLarge)}


def page_to_data(page: Page) -> dict[str, Any]:
    """Turn a page into plain data."""
    return {
        "number": page.number,
        "text": page.text,
        "headings": [[heading.level, heading.title, heading.at.start, heading.at.end] for heading in page.headings],
        "emphasis": [[mark.start, mark.end] for mark in page.emphasis],
        "hidden": list(page.hidden),
        "parts": [part_to_data(part) for part in page.parts],
        "boxes": boxes_to_data(page.boxes),
        "confidence": page.confidence,
        "label": page.label,
    }


def page_from_data(data: dict[str, Any]) -> Page:
    """Turn plain data back into a page."""
    return Page(
        number=data["number"],
        text=data["text"],
        headings=tuple(Heading(level, title, Range(start, end)) for level, title, start, end in data["headings"]),
        emphasis=tuple(Range(start, end) for start, end in data["emphasis"]),
        hidden=tuple(data["hidden"]),
        parts=tuple(part_from_data(item) for item in data["parts"]),
        boxes=boxes_from_data(data["boxes"]),
        confidence=data["confidence"],
        label=data["label"],
    )


def problem_to_data(problem: PageProblem) -> list[Any]:
    """Turn a page's problem into plain data."""
    return [problem.page, problem.code, problem.message]


def problem_from_data(data: list[Any]) -> PageProblem:
    """Turn plain data back into a page's problem."""
    page, code, message = data
    return PageProblem(page, code, message)


def error_to_data(error: Invalid) -> dict[str, str]:
    """Turn a refusal into plain data."""
    return {"kind": type(error).__name__, "code": error.code, "message": error.message}


def error_from_data(data: dict[str, str]) -> Invalid:
    """Turn plain data back into the refusal."""
    return _ERRORS[data["kind"]](data["message"], code=data["code"])

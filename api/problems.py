"""The problems that a route documents, by status."""

from functools import cache
from typing import Any

from api.errors import Problem, title_of


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Document problem+json answers, besides 400, 401, 403 and 422 that every route may give."""
    return {
        status: {
            "description": title_of(status),
            "content": {"application/problem+json": {"schema": _schema()}},
        }
        for status in sorted({400, 401, 403, 422, *statuses})
    }


@cache
def _schema() -> dict[str, Any]:
    return Problem.model_json_schema()

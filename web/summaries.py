"""The tab "Summary": in one sentence, the key points, by what is to be learnt, and as a text to read."""

from collections.abc import Sequence

from fastapi import Request
from fastapi.responses import Response

from domain.material import Kind, SummarySentence
from web.desk import Desk, show_desk


def show_summary(request: Request, desk: Desk) -> Response:
    """Show each sentence once with its source, then all of them as a text."""
    artifact = desk.aids.get(Kind.SUMMARY)
    units = [unit for unit in artifact.units if isinstance(unit, SummarySentence)] if artifact else []
    listed = [unit for unit in units if not unit.is_gist]
    return show_desk(
        request,
        desk,
        "student/summary.html",
        artifact=artifact,
        gists=[unit for unit in units if unit.is_gist],
        key_points=[unit for unit in listed if unit.is_key_point and not unit.objective],
        objectives=_by_objective(listed),
        others=[unit for unit in listed if not unit.is_key_point and not unit.objective],
        sentences=units,
    )


def _by_objective(units: Sequence[SummarySentence]) -> dict[str, list[SummarySentence]]:
    """Group what answers a learning objective of the reading's own, in the order of the summary."""
    groups: dict[str, list[SummarySentence]] = {}
    for unit in units:
        if unit.objective:
            groups.setdefault(unit.objective, []).append(unit)
    return groups

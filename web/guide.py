"""The tab "Guide": what to aim at, questions to be able to answer, terms, a timeline, and worked examples."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Request
from fastapi.responses import Response

from domain.guides import ExampleStep, FaqEntry, GuideEntry, GuidePart, StepRole
from domain.material import Kind
from web.desk import Desk, show_desk

GUIDE_KINDS = (Kind.STUDY_GUIDE, Kind.FAQ, Kind.WORKED_EXAMPLES)
"""The study aids that the tab shows together."""


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example: what is given and asked, and the steps with the result as the last."""

    title: str
    problem: tuple[ExampleStep, ...]
    steps: tuple[ExampleStep, ...]


def show_guide(request: Request, desk: Desk) -> Response:
    """Show what there is of the three kinds."""
    guide, faq, worked = (desk.aids.get(kind) for kind in GUIDE_KINDS)
    entries = [unit for unit in guide.units if isinstance(unit, GuideEntry)] if guide else []
    steps = [unit for unit in worked.units if isinstance(unit, ExampleStep)] if worked else []
    return show_desk(
        request,
        desk,
        "student/guide.html",
        guide=guide,
        faq=faq,
        worked=worked,
        parts={part.value: [entry for entry in entries if entry.part is part] for part in GuidePart},
        questions=[unit for unit in faq.units if isinstance(unit, FaqEntry)] if faq else [],
        examples=_examples(steps),
    )


def _examples(steps: Sequence[ExampleStep]) -> list[Example]:
    numbers = sorted({step.example for step in steps})
    return [_example([step for step in steps if step.example == number]) for number in numbers]


def _example(steps: Sequence[ExampleStep]) -> Example:
    problem = tuple(step for step in steps if step.role is StepRole.PROBLEM)
    return Example(steps[0].title, problem, tuple(step for step in steps if step.role is not StepRole.PROBLEM))

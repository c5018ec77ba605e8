"""What the language model cost, in tokens and money: for teachers by their classes, for administrators in all."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query

from api.aids import Body
from api.deps import Overseer, SchoolManager, TheServices
from api.problems import problems
from generators.costs import LONGEST, Report, Who

Days = Annotated[int, Query(ge=1, le=LONGEST, description="How many days back, today included.")]


class SpentBody(Body):
    """Answers of the model, tokens, and the cost in millionths of the currency."""

    replies: int
    tokens_in: int
    tokens_out: int
    cost: int


class DayBody(Body):
    """What was used on a day (UTC)."""

    day: date
    spent: SpentBody


class ClassShareBody(Body):
    """What was asked about the readings of a class, in all and today; `class_id` is null for readings of no class."""

    class_id: str | None
    name: str
    spent: SpentBody
    today: SpentBody


class ShareBody(Body):
    """What somebody asked. Only staff are named, and only to administrators."""

    who: Who
    name: str
    spent: SpentBody


class CapBody(Body):
    """The most for a day: tokens, and money in millionths of the currency; null is without end."""

    tokens: int | None
    cost: int | None


class CapsBody(Body):
    """The caps of one person, of one class, and of everybody together."""

    person: CapBody
    of_class: CapBody
    overall: CapBody


class CostsBody(Body):
    """What the model cost from `first` to `last`, both included. `currency` is empty where no prices are set."""

    first: date
    last: date
    currency: str
    total: SpentBody
    today: SpentBody
    caps: CapsBody
    days: list[DayBody]
    classes: list[ClassShareBody]
    shares: list[ShareBody]


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter(tags=["costs"])
    router.get("/costs", summary="What the model cost on your classes' readings", responses=problems())(load_costs)
    router.get("/school/costs", summary="What the model cost the school", responses=problems())(load_school_costs)
    return router


def load_costs(visitor: Overseer, services: TheServices, days: Days = 30) -> CostsBody:
    """Give what was asked about the readings of your classes, by day, class and who asked. Students have one sum."""
    return _body(services.costs.for_classes(visitor.person, days=days))


def load_school_costs(visitor: SchoolManager, services: TheServices, days: Days = 30) -> CostsBody:
    """Give what was asked in the whole school, by day, class and who asked. Students have one sum."""
    return _body(services.costs.for_school(visitor.person, days=days))


def _body(report: Report) -> CostsBody:
    days = [DayBody(day=day, spent=SpentBody.model_validate(spent)) for day, spent in report.days]
    return CostsBody.model_validate(
        {
            **{name: getattr(report, name) for name in CostsBody.model_fields if name != "days"},
            "days": days,
        }
    )

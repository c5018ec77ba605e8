"""The pages of what the language model cost: the school's for administrators, their classes' for teachers."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from api.deps import Overseer, SchoolManager, TheServices
from generators.budget import MILLION, Cap
from generators.costs import LONGEST, Report, Spent, Who
from web.templating import pages_of

PERIODS = (7, 30, 90, 366)
_SMALLEST = Decimal("0.01")
_WHO: Mapping[Who, str] = MappingProxyType(
    {
        Who.NOBODY: "Margent itself, for everybody, and people whose use is not kept by name",
        Who.STUDENTS: "Students, all together",
        Who.ONESELF: "You",
        Who.COLLEAGUES: "Other teachers, all together",
    }
)

Days = Annotated[int, Query(ge=1, le=LONGEST)]


@dataclass(frozen=True, slots=True)
class CapView:
    """A cap in words, with what was used of it today; `used` is empty where one cap holds for each of many."""

    whose: str
    most: str
    used: str = ""
    is_reached: bool = False


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter()
    router.get("/costs")(show_classes)
    router.get("/school/costs")(show_school)
    return router


def show_classes(request: Request, visitor: Overseer, services: TheServices, days: Days = 30) -> Response:
    """Show what was used on the readings of one's classes."""
    return _show(request, services.costs.for_classes(visitor.person, days=days), days=days, is_school=False)


def show_school(request: Request, visitor: SchoolManager, services: TheServices, days: Days = 30) -> Response:
    """Show what the whole school used."""
    return _show(request, services.costs.for_school(visitor.person, days=days), days=days, is_school=True)


def _show(request: Request, report: Report, *, days: int, is_school: bool) -> Response:
    return pages_of(request).show(
        request,
        "office/costs.html",
        report=report,
        days=days,
        periods=PERIODS,
        is_school=is_school,
        caps=_caps(report, is_school=is_school),
        who=lambda share: share.name or _WHO[share.who],
        money=lambda spent: money(spent.cost, report.currency),
    )


def money(cost: int, currency: str) -> str:
    """Give millionths of a currency as people read it: two places, and never nothing for a little."""
    amount = Decimal(cost) / MILLION
    if 0 < amount < _SMALLEST:
        return f"under {_SMALLEST} {currency}"
    return f"{amount.quantize(_SMALLEST):,} {currency}"


def _caps(report: Report, *, is_school: bool) -> list[CapView]:
    """List the caps that are set; of everybody's, only who runs the school learns how much of it was used."""
    caps = report.caps
    views = [_cap(report, "Everybody together", caps.overall, report.today if is_school else None)]
    views += [_cap(report, "Each class's readings", caps.of_class), _cap(report, "Each person", caps.person)]
    return [view for view in views if view.most]


def _cap(report: Report, whose: str, cap: Cap, today: Spent | None = None) -> CapView:
    most = [] if cap.tokens is None else [f"{cap.tokens:,} tokens"]
    most += [] if cap.cost is None or not report.currency else [money(cap.cost, report.currency)]
    if today is None:
        return CapView(whose, " and ".join(most))
    used = [f"{today.tokens:,} tokens"] + ([money(today.cost, report.currency)] if report.currency else [])
    is_reached = _is_reached(cap.tokens, today.tokens) or _is_reached(cap.cost, today.cost)
    return CapView(whose, " and ".join(most), " and ".join(used), is_reached)


def _is_reached(cap: int | None, used: int) -> bool:
    return cap is not None and used >= cap

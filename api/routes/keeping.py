"""How long things are kept, legal holds, erasures and their receipts: for administrators."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from accounts.rights import Plan
from api.aids import Body
from api.deps import PeopleManager, SchoolManager, TheServices
from api.problems import problems
from domain.ids import HoldId, PersonId
from domain.rights import Hold, Receipt
from safety.retention import list_rules


class RuleBody(Body):
    """How long one kind of thing is kept; a school chooses from `least` to `most`."""

    kind: str
    title: str
    what: str
    counted_from: str
    days: int
    least: int
    most: int
    why: str


class HoldBody(Body):
    """A legal hold, on a person or, without one, on the whole school."""

    id: str
    person_id: str | None
    reason: str
    placed_at: datetime
    lifted_at: datetime | None


class ReceiptBody(Body):
    """Proof of an erasure: what was deleted, how many, when. Nothing about the person."""

    id: str
    at: datetime
    counts: dict[str, int]


class PlanBody(Body):
    """What an erasure would delete, by table; so many readings are `shared` with classes, for one of `successors`."""

    counts: dict[str, int]
    shared: int
    successors: list[str] = Field(description="Ids of teachers.")


class KeepingWish(BaseModel):
    """How many days kinds of things are kept from now on; what is not named stays."""

    model_config = ConfigDict(extra="forbid")

    days: dict[str, int]


class HoldWish(BaseModel):
    """A hold to be placed; without a person, on the whole school."""

    model_config = ConfigDict(extra="forbid")

    person_id: str | None = None
    reason: str = Field(max_length=500)


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter(prefix="/keeping", tags=["rights"])
    router.get("", summary="How long things are kept", responses=problems())(list_kinds)
    router.patch("", summary="Change how long things are kept", responses=problems())(set_days)
    router.get("/holds", summary="List legal holds", responses=problems())(list_holds)
    router.post("/holds", status_code=201, summary="Place a legal hold", responses=problems(404))(place_hold)
    router.delete("/holds/{hold_id}", status_code=204, summary="Lift a hold", responses=problems(404))(lift_hold)
    router.get("/receipts", summary="List receipts of erasures", responses=problems())(list_receipts)
    one = "/people/{person_id}"
    router.get(one, summary="What an erasure would delete", responses=problems(404))(show_plan)
    router.delete(one, summary="Erase a person", responses=problems(404, 409))(erase)
    return router


def list_kinds(visitor: SchoolManager, services: TheServices) -> list[RuleBody]:
    """List the kinds of things with the days that hold in the school."""
    rules = services.office.load_school(visitor.person).rules
    return [
        RuleBody(
            kind=rule.kind,
            title=rule.title,
            what=rule.what,
            counted_from=rule.counted_from,
            days=rule.days_in(rules),
            least=rule.least,
            most=rule.most,
            why=rule.why,
        )
        for rule in list_rules()
    ]


def set_days(wish: KeepingWish, visitor: SchoolManager, services: TheServices) -> list[RuleBody]:
    """Set days; they count from the next night."""
    services.rights.set_keep_days(visitor.person, wish.days)
    return list_kinds(visitor, services)


def list_holds(visitor: SchoolManager, services: TheServices) -> list[HoldBody]:
    """List holds, newest first, lifted ones included."""
    return [_hold_body(hold) for hold, _ in services.rights.list_holds(visitor.person)]


def place_hold(wish: HoldWish, visitor: SchoolManager, services: TheServices) -> HoldBody:
    """Keep everything about a person, or about anybody in the school, until the hold is lifted."""
    person_id = None if wish.person_id is None else PersonId(wish.person_id)
    return _hold_body(services.rights.place_hold(visitor.person, person_id, wish.reason))


def lift_hold(hold_id: str, visitor: SchoolManager, services: TheServices) -> None:
    """End a hold; what is due is deleted the next night."""
    services.rights.lift_hold(visitor.person, HoldId(hold_id))


def list_receipts(visitor: SchoolManager, services: TheServices) -> list[ReceiptBody]:
    """List receipts, newest first."""
    return [_receipt_body(receipt) for receipt in services.rights.list_receipts(visitor.person)]


def show_plan(person_id: str, visitor: PeopleManager, services: TheServices) -> PlanBody:
    """Say what erasing somebody would delete, before it is ordered."""
    return _plan_body(services.rights.plan(visitor.person, PersonId(person_id)))


def erase(
    person_id: str,
    visitor: PeopleManager,
    services: TheServices,
    successor_id: Annotated[str | None, Query(description="The teacher to whom readings of classes pass.")] = None,
) -> ReceiptBody:
    """Erase a person for good. Without a successor, readings that the person shared with classes go too."""
    follows = None if successor_id is None else PersonId(successor_id)
    return _receipt_body(services.rights.erase(visitor.person, PersonId(person_id), successor_id=follows))


def _hold_body(hold: Hold) -> HoldBody:
    return HoldBody.model_validate(hold)


def _receipt_body(receipt: Receipt) -> ReceiptBody:
    return ReceiptBody(id=receipt.id, at=receipt.at, counts=dict(receipt.counts))


def _plan_body(plan: Plan) -> PlanBody:
    return PlanBody(
        counts=dict(plan.counts),
        shared=plan.shared,
        successors=[one.id for one in plan.successors],
    )

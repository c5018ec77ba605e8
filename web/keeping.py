"""The administrator's page about keeping: how long, legal holds, erasures and their receipts. It shows no content."""

from collections.abc import Mapping

from fastapi import APIRouter, Request
from fastapi.responses import Response

from accounts.holdings import in_words
from accounts.rights import Plan
from api.deps import PeopleManager, SchoolManager, TheServices, Visitor
from api.services import Services
from domain.errors import Conflict, Invalid
from domain.ids import HoldId, PersonId
from safety.retention import active_holds, list_rules
from web.forms import Posted, TheForm, go_to
from web.templating import pages_of

_PAGE = "/school/keeping"


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter(prefix=_PAGE)
    router.get("")(show_keeping)
    router.post("")(set_days)
    router.post("/holds")(place_hold)
    router.post("/holds/{hold_id}/lift")(lift_hold)
    router.get("/people/{person_id}")(show_person)
    router.post("/people/{person_id}/hold")(hold_person)
    router.post("/people/{person_id}/erasure")(erase)
    return router


def show_keeping(request: Request, visitor: SchoolManager, services: TheServices, saved: str = "") -> Response:
    """Show how long things are kept, the legal holds, and the receipts."""
    return _show(request, services, visitor, saved=saved)


def set_days(request: Request, visitor: SchoolManager, services: TheServices, form: TheForm) -> Response:
    """Set how long each kind is kept."""
    try:
        services.rights.set_keep_days(visitor.person, _days(form))
    except Invalid as error:
        return _show(request, services, visitor, problem=error, values=form.values)
    return go_to(f"{_PAGE}?saved=days")


def place_hold(request: Request, visitor: SchoolManager, services: TheServices, form: TheForm) -> Response:
    """Keep everything about anybody in the school."""
    try:
        services.rights.place_hold(visitor.person, None, form.text("reason"))
    except Invalid as error:
        return _show(request, services, visitor, problem=error, values=form.values)
    return go_to(f"{_PAGE}?saved=hold#holds")


def lift_hold(hold_id: str, visitor: SchoolManager, services: TheServices, _form: TheForm) -> Response:
    """End a hold."""
    services.rights.lift_hold(visitor.person, HoldId(hold_id))
    return go_to(f"{_PAGE}?saved=lifted#holds")


def show_person(person_id: str, request: Request, visitor: PeopleManager, services: TheServices) -> Response:
    """Show what an erasure would delete, before it is ordered."""
    return _show_person(request, services.rights.plan(visitor.person, PersonId(person_id)))


def hold_person(
    person_id: str, request: Request, visitor: SchoolManager, services: TheServices, form: TheForm
) -> Response:
    """Keep everything about a person."""
    try:
        services.rights.place_hold(visitor.person, PersonId(person_id), form.text("reason"))
    except Invalid as error:
        plan = services.rights.plan(visitor.person, PersonId(person_id))
        return _show_person(request, plan, status=422, problem=error.message, field=error.field)
    return go_to(f"{_PAGE}?saved=hold#holds")


def erase(person_id: str, request: Request, visitor: PeopleManager, services: TheServices, form: TheForm) -> Response:
    """Erase a person, when the administrator has said that this is meant."""
    plan = services.rights.plan(visitor.person, PersonId(person_id))
    follows = form.text("follows")
    if form.text("sure") != "yes":
        message = "Tick the box to say that you mean it. Nothing was deleted."
        return _show_person(request, plan, status=422, problem=message, field="sure")
    if plan.successors and not follows:
        message = "Say what happens to the readings of classes. Nothing was deleted."
        return _show_person(request, plan, status=422, problem=message, field="follows")
    successor_id = PersonId(follows) if follows not in {"", "nobody"} else None
    try:
        services.rights.erase(visitor.person, plan.person.id, successor_id=successor_id)
    except (Conflict, Invalid) as error:
        status = 409 if isinstance(error, Conflict) else 422
        return _show_person(request, plan, status=status, problem=error.message, field="")
    return go_to(f"{_PAGE}?saved=erased#receipts")


def _days(form: Posted) -> Mapping[str, int]:
    sent = {rule.kind: form.number(rule.kind) for rule in list_rules()}
    return {kind: days for kind, days in sent.items() if days is not None}


# what is shown besides the page's own is named
def _show(  # noqa: PLR0913
    request: Request,
    services: Services,
    visitor: Visitor,
    *,
    saved: str = "",
    problem: Invalid | None = None,
    values: Mapping[str, str] | None = None,
) -> Response:
    holds = services.rights.list_holds(visitor.person)
    rules = services.office.load_school(visitor.person).rules
    receipts = services.rights.list_receipts(visitor.person)
    return pages_of(request).show(
        request,
        "rights/keeping.html",
        status=422 if problem else 200,
        rules=[(rule, rule.days_in(rules)) for rule in list_rules()],
        holds=holds,
        is_stopped=any(hold.person_id is None for hold in active_holds(hold for hold, _ in holds)),
        receipts=[(receipt, in_words(receipt.counts)) for receipt in receipts],
        saved=saved,
        problem=problem,
        values=values or {},
    )


def _show_person(request: Request, plan: Plan, *, status: int = 200, problem: str = "", field: str = "") -> Response:
    return pages_of(request).show(
        request,
        "rights/erasure.html",
        status=status,
        plan=plan,
        counts=in_words(plan.counts),
        problem=problem,
        field=field,
    )

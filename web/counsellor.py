"""The counsellor's pages. To everybody else there is nothing here."""

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.deps import Carer, CaseWorker, TheServices, Visitor
from api.services import Services
from domain.care import Case, CaseStatus, Ending, Severity
from domain.errors import Conflict, Invalid
from domain.ids import CaseId, PersonId
from domain.people import Person
from web import case_words
from web.case_views import view_case
from web.forms import Posted, TheForm, go_to
from web.templating import pages_of

_ENDINGS = {ending.value: ending for ending in Ending if ending is not Ending.UNANSWERED}
_SEVERITIES = {severity.value: severity for severity in reversed(Severity)}


@dataclass(frozen=True, slots=True)
class _Pile:
    """One part of the queue, by its name in the address."""

    title: str
    holds: Callable[[Case], bool]
    empty: str


_PILES = {
    "open": _Pile(
        "Open",
        lambda case: not case.is_drill and case.status is not CaseStatus.CLOSED,
        "No open cases. When a student writes something worrying, it stands here at once.",
    ),
    "closed": _Pile(
        "Closed", lambda case: not case.is_drill and case.status is CaseStatus.CLOSED, "No case was closed yet."
    ),
    "drills": _Pile("Drills", lambda case: case.is_drill, "No drills. Begin one on the on-call page."),
}


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter(prefix="/cases")
    router.get("")(show_cases)
    router.get("/notices")(show_notices)
    router.get("/rules")(show_rules)
    one = "/{case_id}"
    router.get(one)(show_case)
    router.post(one + "/acknowledge")(acknowledge)
    router.post(one + "/hand-over")(hand_over)
    router.post(one + "/notes")(add_note)
    router.post(one + "/close")(close)
    router.post(one + "/reopen")(reopen)
    router.post(one + "/telling")(tell)
    router.post(one + "/fresh-start")(start_afresh)
    return router


def show_cases(request: Request, visitor: Carer, services: TheServices) -> Response:
    """List the cases, the most urgent first; `show` and `severity` in the address narrow the list."""
    person, query = visitor.person, request.query_params
    found = services.desk.list_cases(person)
    show = query.get("show", "")
    show = show if show in _PILES else "open"
    severity = _SEVERITIES.get(query.get("severity", ""))
    is_mine = "mine" in query
    cases = [
        case
        for case in found
        if _PILES[show].holds(case)
        and (severity is None or case.severity is severity)
        and (not is_mine or case.holder_id == person.id)
    ]
    names = services.desk.name_people(person, cases)
    now, standing = services.clock.now(), services.on_call.standing(person)
    return pages_of(request).show(
        request,
        "counsellor/cases.html",
        clock_zone=standing.zone,
        cases=[view_case(case, names, now) for case in cases],
        piles=_PILES,
        counts={name: sum(map(pile.holds, found)) for name, pile in _PILES.items()},
        show=show,
        severity=severity,
        severities=tuple(_SEVERITIES.values()),
        is_mine=is_mine,
        is_nobody=standing.is_nobody,
        ways=services.notices.channels,
        undelivered=len(services.notices.list_undelivered(person)),
    )


def show_notices(request: Request, visitor: Carer, services: TheServices) -> Response:
    """List what could not be delivered, since when, and what to do."""
    notices = services.notices.list_undelivered(visitor.person)
    ids = {notice.case_id for notice in notices}
    cases = [case for case in services.desk.list_cases(visitor.person) if case.id in ids]
    names = services.desk.name_people(visitor.person, cases)
    return pages_of(request).show(
        request,
        "counsellor/notices.html",
        clock_zone=services.on_call.standing(visitor.person).zone,
        notices=notices,
        about={case.id: names.get(case.person_id, "") for case in cases},
        now=services.clock.now(),
        words=case_words,
    )


def show_rules(request: Request, visitor: Carer, services: TheServices) -> Response:
    """Show how the cases ended that each rule had a part in."""
    verdicts = services.desk.list_verdicts(visitor.person)
    return pages_of(request).show(request, "counsellor/rules.html", verdicts=verdicts, words=case_words)


def show_case(case_id: str, request: Request, visitor: Carer, services: TheServices) -> Response:
    """Show a case with the student's own words."""
    return _show(request, services, visitor, case_id=case_id)


def acknowledge(case_id: str, visitor: CaseWorker, services: TheServices, _form: TheForm) -> Response:
    """Take a case on."""
    services.desk.acknowledge(visitor.person, CaseId(case_id))
    return go_to(f"/cases/{case_id}")


def hand_over(case_id: str, request: Request, visitor: CaseWorker, services: TheServices, form: TheForm) -> Response:
    """Hand a case over, or take it over."""
    try:
        services.desk.hand_over(visitor.person, CaseId(case_id), PersonId(form.text("to_id")))
    except Invalid as error:
        return _show(request, services, visitor, case_id=case_id, problem=error, form=form)
    return go_to(f"/cases/{case_id}")


def add_note(case_id: str, request: Request, visitor: CaseWorker, services: TheServices, form: TheForm) -> Response:
    """Add a note."""
    try:
        services.desk.note(visitor.person, CaseId(case_id), form.text("note"))
    except Invalid as error:
        return _show(request, services, visitor, case_id=case_id, problem=error, form=form)
    return go_to(f"/cases/{case_id}#done")


def close(case_id: str, request: Request, visitor: CaseWorker, services: TheServices, form: TheForm) -> Response:
    """Close a case with a note, saying how it ended."""
    try:
        services.desk.end(visitor.person, CaseId(case_id), _ending(form), form.text("note"))
    except Invalid as error:
        return _show(request, services, visitor, case_id=case_id, problem=error, form=form)
    return go_to("/cases")


def reopen(case_id: str, request: Request, visitor: CaseWorker, services: TheServices, form: TheForm) -> Response:
    """Open a closed case again."""
    try:
        services.desk.reopen(visitor.person, CaseId(case_id), form.text("note"))
    except (Invalid, Conflict) as error:
        return _show(request, services, visitor, case_id=case_id, problem=error, form=form)
    return go_to(f"/cases/{case_id}")


def tell(case_id: str, visitor: CaseWorker, services: TheServices, form: TheForm) -> Response:
    """Let the student see that there is a case, or not."""
    services.desk.tell(visitor.person, CaseId(case_id), is_told=form.text("is_told") == "yes")
    return go_to(f"/cases/{case_id}#telling")


def start_afresh(case_id: str, visitor: CaseWorker, services: TheServices, _form: TheForm) -> Response:
    """Weigh the student's next message as if it were the first."""
    services.desk.start_afresh(visitor.person, CaseId(case_id))
    return go_to(f"/cases/{case_id}#done")


def _ending(form: Posted) -> Ending:
    ending = _ENDINGS.get(form.text("ending"))
    if ending is None:
        raise Invalid("Say how the case ended.", field="ending")
    return ending


# a page after a mistake needs all of these
def _show(  # noqa: PLR0913
    request: Request,
    services: Services,
    visitor: Visitor,
    *,
    case_id: str,
    problem: Invalid | Conflict | None = None,
    form: Posted | None = None,
) -> Response:
    case = services.desk.load(visitor.person, CaseId(case_id))
    names = services.desk.name_people(visitor.person, [case])
    status = 200 if problem is None else 409 if isinstance(problem, Conflict) else 422
    return pages_of(request).show(
        request,
        "counsellor/case.html",
        clock_zone=services.on_call.standing(visitor.person).zone,
        status=status,
        item=view_case(case, names, services.clock.now()),
        colleagues=_successors(services, visitor.person, case),
        notices=services.desk.list_notices(visitor.person, case.id),
        problem=problem,
        typed=form.text("note") if form else "",
        # the field that is wrong stands in the form that was sent, whose address ends in its name
        sent=request.url.path.rpartition("/")[2] if problem else "",
        words=case_words,
    )


def _successors(services: Services, person: Person, case: Case) -> list[Person]:
    """List to whom a case can be handed: counsellors but for whoever holds it; oneself last, if somebody does."""
    without = {case.holder_id, None if case.holder_id else person.id}
    others = [one for one in services.desk.list_colleagues(person) if one.id not in without]
    return sorted(others, key=lambda one: one.id == person.id)

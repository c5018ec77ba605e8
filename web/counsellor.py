"""The counsellor's pages. To everybody else there is nothing here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.deps import Carer, CaseWorker, TheServices, Visitor
from api.services import Services
from domain.care import Case, CaseStatus
from domain.errors import Invalid
from domain.ids import CaseId, PersonId
from safety.cases import subjects_of
from web.forms import TheForm, go_to
from web.templating import pages_of

_GONE = "Somebody who has left"
_ENTRIES = {
    "answer": "in a question to a reading",
    "hints": "while asking for a hint",
    "quiz": "in an answer to a quiz",
    "search": "in a search",
}
"""Where a student wrote something, in words."""

_EVENTS = {"told": "shown to the student", "untold": "no longer shown to the student"}
"""What happened, where the word of the record is not the one to read."""


@dataclass(frozen=True, slots=True)
class EventView:
    """Something that happened to a case, with the name of who did it."""

    at: datetime
    what: str
    name: str
    note: str


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case with the names of people; `subjects` is all that it is about, the gravest first."""

    case: Case
    name: str
    subjects: str
    is_late: bool
    now: datetime
    events: tuple[EventView, ...]


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter(prefix="/cases")
    router.get("")(show_cases)
    router.get("/{case_id}")(show_case)
    router.post("/{case_id}/acknowledge")(acknowledge)
    router.post("/{case_id}/close")(close)
    router.post("/{case_id}/telling")(tell)
    return router


def show_cases(request: Request, visitor: Carer, services: TheServices) -> Response:
    """List the cases, the most urgent first."""
    found = services.cases.list_cases(visitor.person)
    names = services.cases.name_people(visitor.person, found)
    cases = [_case_view(case, names, services.clock.now()) for case in found]
    return pages_of(request).show(request, "counsellor/cases.html", cases=cases)


def show_case(case_id: str, request: Request, visitor: Carer, services: TheServices) -> Response:
    """Show a case with the student's own words."""
    return _show(request, services, visitor, case_id=case_id)


def acknowledge(case_id: str, visitor: CaseWorker, services: TheServices, _form: TheForm) -> Response:
    """Take a case on."""
    services.cases.acknowledge(visitor.person, CaseId(case_id))
    return go_to(f"/cases/{case_id}")


def close(case_id: str, request: Request, visitor: CaseWorker, services: TheServices, form: TheForm) -> Response:
    """Close a case with a note."""
    try:
        services.cases.close(visitor.person, CaseId(case_id), form.text("note"))
    except Invalid as error:
        return _show(request, services, visitor, case_id=case_id, problem=error.message)
    return go_to("/cases")


def tell(case_id: str, visitor: CaseWorker, services: TheServices, form: TheForm) -> Response:
    """Let the student see that there is a case, or not."""
    services.cases.tell(visitor.person, CaseId(case_id), is_told=form.text("is_told") == "yes")
    return go_to(f"/cases/{case_id}#telling")


def _show(request: Request, services: Services, visitor: Visitor, *, case_id: str, problem: str = "") -> Response:
    case = services.cases.load(visitor.person, CaseId(case_id))
    names = services.cases.name_people(visitor.person, [case])
    item = _case_view(case, names, services.clock.now())
    status = 422 if problem else 200
    return pages_of(request).show(
        request, "counsellor/case.html", status=status, item=item, problem=problem, entries=_ENTRIES, in_words=in_words
    )


def in_words(subject: str) -> str:
    """Give a subject as people read it."""
    return subject.replace("_", " ")


def _case_view(case: Case, names: Mapping[PersonId, str], now: datetime) -> CaseView:
    return CaseView(
        case=case,
        name=names.get(case.person_id, _GONE),
        subjects=", ".join(map(in_words, subjects_of(case))),
        now=now,
        is_late=case.status is CaseStatus.OPEN and case.due_at < now,
        events=tuple(
            EventView(
                event.at,
                _EVENTS.get(event.what, event.what),
                names.get(event.by, _GONE) if event.by else "",
                event.note,
            )
            for event in case.events
        ),
    )

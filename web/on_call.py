"""Who is called when a student may be in danger: the on-call list, the rules of who is told what, and drills."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.deps import OnCallManager, TheServices, Visitor
from api.services import Services
from domain.errors import Conflict, Invalid, NotFound
from domain.ids import ContactId, PersonId
from domain.notices import Contact, Duty
from safety.on_call import STEPS, ContactWish
from safety.recipients import list_rules
from web import case_words
from web.case_views import view_events
from web.forms import Posted, TheForm, go_to
from web.templating import pages_of

_FIELDS = ("person_id", "name", "email", "step", "duty")
_DUTIES = {duty.value: duty for duty in Duty}


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter(prefix="/on-call")
    router.get("")(show_list)
    router.post("")(add)
    router.get("/drill")(show_drill)
    router.post("/drill")(begin_drill)
    router.post("/drill/end")(end_drill)
    router.get("/{contact_id}")(show_contact)
    router.post("/{contact_id}")(change)
    router.post("/{contact_id}/remove")(remove)
    return router


def show_list(request: Request, visitor: OnCallManager, services: TheServices) -> Response:
    """Show the list, and who would be called now."""
    return _show_list(request, visitor, services)


def add(request: Request, visitor: OnCallManager, services: TheServices, form: TheForm) -> Response:
    """Put somebody on the list."""
    try:
        services.on_call.save(visitor.person, _wish(form))
    except Invalid as error:
        return _show_list(request, visitor, services, form=form, problem=error)
    return go_to("/on-call")


def show_contact(contact_id: str, request: Request, visitor: OnCallManager, services: TheServices) -> Response:
    """Show the form to change somebody on the list."""
    return _show_contact(request, visitor, services, contact_id=contact_id)


def change(contact_id: str, request: Request, visitor: OnCallManager, services: TheServices, form: TheForm) -> Response:
    """Change somebody on the list."""
    try:
        services.on_call.save(visitor.person, _wish(form), ContactId(contact_id))
    except Invalid as error:
        return _show_contact(request, visitor, services, contact_id=contact_id, form=form, problem=error)
    return go_to("/on-call")


def remove(contact_id: str, visitor: OnCallManager, services: TheServices, _form: TheForm) -> Response:
    """Take somebody off the list."""
    services.on_call.delete(visitor.person, ContactId(contact_id))
    return go_to("/on-call")


def show_drill(request: Request, visitor: OnCallManager, services: TheServices) -> Response:
    """Show step by step what came of one's newest drill."""
    return _show_drill(request, visitor, services)


def begin_drill(request: Request, visitor: OnCallManager, services: TheServices, _form: TheForm) -> Response:
    """Begin a drill."""
    try:
        services.cases.drill(visitor.person)
    except Conflict as error:
        return _show_drill(request, visitor, services, problem=error)
    return go_to("/on-call/drill")


def end_drill(visitor: OnCallManager, services: TheServices, _form: TheForm) -> Response:
    """End one's drill."""
    services.drills.end(visitor.person)
    return go_to("/on-call/drill")


def _wish(form: Posted) -> ContactWish:
    duty = _DUTIES.get(form.text("duty"))
    if duty is None:
        raise Invalid("Say when they are called.", field="duty")
    person_id = form.text("person_id")
    return ContactWish(
        step=form.number("step") or 0,
        duty=duty,
        person_id=PersonId(person_id) if person_id else None,
        name=form.text("name"),
        email=form.text("email"),
    )


def _show_list(
    request: Request,
    visitor: Visitor,
    services: Services,
    *,
    form: Posted | None = None,
    problem: Invalid | None = None,
) -> Response:
    return pages_of(request).show(
        request,
        "on_call/list.html",
        status=422 if problem else 200,
        standing=services.on_call.standing(visitor.person),
        rules=list_rules(),
        ways=services.notices.channels,
        typed=_typed(form, None),
        problem=problem,
        **_choices(services, visitor),
    )


# a page after a mistake needs all of these
def _show_contact(  # noqa: PLR0913
    request: Request,
    visitor: Visitor,
    services: Services,
    *,
    contact_id: str,
    form: Posted | None = None,
    problem: Invalid | None = None,
) -> Response:
    standing = services.on_call.standing(visitor.person)
    contact = next((one for one in standing.contacts if one.id == contact_id), None)
    if contact is None:
        raise NotFound("There is nothing at this address, or it is not yours to see.")
    return pages_of(request).show(
        request,
        "on_call/contact.html",
        status=422 if problem else 200,
        contact=contact,
        typed=_typed(form, contact),
        problem=problem,
        **_choices(services, visitor),
    )


def _show_drill(request: Request, visitor: Visitor, services: Services, *, problem: Conflict | None = None) -> Response:
    drill = services.drills.find_latest(visitor.person)
    return pages_of(request).show(
        request,
        "on_call/drill.html",
        clock_zone=services.on_call.standing(visitor.person).zone,
        status=409 if problem else 200,
        drill=drill,
        events=tuple(view_events(drill.case.events, drill.names)) if drill else (),
        problem=problem,
        words=case_words,
        now=services.clock.now(),
    )


def _choices(services: Services, visitor: Visitor) -> dict[str, object]:
    return {"staff": services.on_call.list_staff(visitor.person), "steps": STEPS, "duties": case_words.DUTIES}


def _typed(form: Posted | None, contact: Contact | None) -> dict[str, str]:
    if form is not None:
        return {name: form.text(name) for name in _FIELDS}
    if contact is None:
        return {"person_id": "", "name": "", "email": "", "step": "1", "duty": Duty.ALWAYS.value}
    is_outside = contact.person_id is None
    return {
        "person_id": contact.person_id or "",
        "name": contact.name if is_outside else "",
        "email": contact.email if is_outside else "",
        "step": str(contact.step),
        "duty": contact.duty.value,
    }

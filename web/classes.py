"""Classes: the list, one class with its members, and what is changed about it."""

from datetime import UTC, date, datetime, time

from fastapi import APIRouter, Request
from fastapi.responses import Response

from accounts.codes import to_shown
from accounts.policy import Action, allows
from api.deps import ClassMaker, ClassManager, TheServices, Visitor
from api.services import Services
from domain.errors import Conflict, Invalid
from domain.ids import ClassId, PersonId
from domain.people import Role
from web.forms import Posted, TheForm, go_to
from web.templating import pages_of


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter(prefix="/classes")
    router.get("")(show_classes)
    router.post("")(make)
    one = "/{class_id}"
    router.get(one)(show_class)
    router.post(one)(change)
    router.post(one + "/open")(open_for_joining)
    router.post(one + "/close")(close)
    router.post(one + "/young")(set_young)
    router.post(one + "/children")(add_child)
    router.post(one + "/sign-in-code")(renew_sign_in_code)
    router.post(one + "/delete")(delete)
    router.post(one + "/members/{person_id}/remove")(remove_member)
    return router


def show_classes(request: Request, visitor: ClassManager, services: TheServices) -> Response:
    """List the person's classes; for an administrator all of the school."""
    return _show_list(request, visitor, services)


def make(request: Request, visitor: ClassMaker, services: TheServices, form: TheForm) -> Response:
    """Make a class."""
    try:
        class_room = services.classes.make(
            visitor.person, form.text("name"), is_young="is_young" in form.values, ends_on=_day(form, "ends_on")
        )
        if "is_open" in form.values:
            services.classes.open_for_joining(visitor.person, class_room.id)
    except Invalid as error:
        return _show_list(request, visitor, services, problem=error)
    return go_to(f"/classes/{class_room.id}")


def show_class(class_id: str, request: Request, visitor: ClassManager, services: TheServices) -> Response:
    """Show a class: its members, its codes, what can be changed."""
    return _show(request, visitor, services, class_id=class_id)


def change(class_id: str, request: Request, visitor: ClassManager, services: TheServices, form: TheForm) -> Response:
    """Change the name and the last day."""
    try:
        services.classes.change(
            visitor.person, ClassId(class_id), name=form.text("name"), ends_on=_day(form, "ends_on")
        )
    except Invalid as error:
        return _show(request, visitor, services, class_id=class_id, problem=error)
    return go_to(f"/classes/{class_id}")


def open_for_joining(
    class_id: str, request: Request, visitor: ClassManager, services: TheServices, form: TheForm
) -> Response:
    """Open the class for joining under a new code."""
    try:
        last_day = _day(form, "until")
        until = datetime.combine(last_day, time.max, UTC) if last_day else None
        services.classes.open_for_joining(visitor.person, ClassId(class_id), until)
    except Invalid as error:
        return _show(request, visitor, services, class_id=class_id, problem=error)
    return go_to(f"/classes/{class_id}#join")


def close(class_id: str, visitor: ClassManager, services: TheServices, _form: TheForm) -> Response:
    """Let nobody join any more."""
    services.classes.close(visitor.person, ClassId(class_id))
    return go_to(f"/classes/{class_id}#join")


def set_young(class_id: str, visitor: ClassManager, services: TheServices, form: TheForm) -> Response:
    """Let children sign in by pictures, or no longer."""
    services.classes.set_young(visitor.person, ClassId(class_id), is_young=form.text("is_young") == "yes")
    return go_to(f"/classes/{class_id}#young")


def add_child(class_id: str, request: Request, visitor: ClassManager, services: TheServices, form: TheForm) -> Response:
    """Add a child to a young class, by name alone."""
    try:
        services.classes.add_child(visitor.person, ClassId(class_id), form.text("child"))
    except Invalid as error:
        return _show(request, visitor, services, class_id=class_id, problem=error)
    return go_to(f"/classes/{class_id}#young")


def renew_sign_in_code(class_id: str, visitor: ClassManager, services: TheServices, _form: TheForm) -> Response:
    """Give a young class another sign-in code."""
    services.classes.renew_sign_in_code(visitor.person, ClassId(class_id))
    return go_to(f"/classes/{class_id}#young")


def remove_member(
    class_id: str, person_id: str, visitor: ClassManager, services: TheServices, _form: TheForm
) -> Response:
    """Take somebody out of the class."""
    services.classes.remove_member(visitor.person, ClassId(class_id), PersonId(person_id))
    return go_to(f"/classes/{class_id}#members")


def delete(class_id: str, visitor: ClassManager, services: TheServices, form: TheForm) -> Response:
    """Delete the class, when the box beside the button says so too."""
    if "is_sure" not in form.values:
        raise Conflict("Tick the box first: a class that was deleted does not come back.", code="not_sure")
    services.classes.delete(visitor.person, ClassId(class_id))
    return go_to("/classes")


def _show_list(request: Request, visitor: Visitor, services: Services, *, problem: Invalid | None = None) -> Response:
    return pages_of(request).show(
        request,
        "classes/list.html",
        status=422 if problem else 200,
        lines=services.classes.list_lines(visitor.person),
        is_office=visitor.person.role is Role.ADMINISTRATOR,
        problem=problem,
        today=services.clock.now().date(),
    )


def _show(
    request: Request, visitor: Visitor, services: Services, *, class_id: str, problem: Invalid | None = None
) -> Response:
    class_room = services.classes.load(visitor.person, ClassId(class_id))
    members = services.classes.members(visitor.person, class_room.id)
    return pages_of(request).show(
        request,
        "classes/class.html",
        status=422 if problem else 200,
        class_room=class_room,
        members=members,
        supported=services.support.list_supported(visitor.person, [member.person for member in members]),
        students=sum(member.person.role is Role.STUDENT for member in members),
        without_way_in=sum(not one.has_way_in and one.person.role in _invited_by(visitor) for one in members),
        without_guardian=sum(
            (not one.guardians or one.waiting > 0) and one.person.role is Role.STUDENT for one in members
        ),
        join_code=to_shown(class_room.join_code) if services.classes.is_open(class_room) else "",
        sign_in_code=to_shown(class_room.sign_in_code),
        join_address=f"{request.url.netloc}/join",
        young_address=f"{request.url.netloc}/sign-in/class",
        may_manage_people=allows(visitor.person, Action.MANAGE_PEOPLE),
        today=services.clock.now().date(),
        problem=problem,
    )


def _invited_by(visitor: Visitor) -> set[Role]:
    """Give the members of a class for whom somebody makes links."""
    is_office = allows(visitor.person, Action.MANAGE_PEOPLE)
    return {Role.STUDENT, Role.TEACHER} if is_office else {Role.STUDENT}


def _day(form: Posted, name: str) -> date | None:
    """Give a field as a day, None when it was left empty. Raises Invalid for anything else."""
    text = form.text(name)
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid("Give the day as year, month and day, such as 2027-07-31.", field=name) from None

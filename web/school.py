"""The administrator's desk: what is still to do, people and their accounts. Nothing here shows what people write."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from accounts.people import Account, Tally
from api.deps import PeopleManager, TheServices, Visitor
from api.services import Services
from domain.errors import Conflict, Invalid
from domain.ids import ClassId, PersonId
from domain.people import Person, Role
from safety.wording import counts_as_checked
from web.forms import Posted, TheForm, go_to
from web.templating import pages_of

_FEW = 10
"""People offered to be linked; a narrower search finds the others."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that is still to do, and where."""

    sentence: str
    label: str
    url: str
    is_urgent: bool = False


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter(prefix="/school")
    router.get("")(show_school)
    router.get("/people")(show_people)
    one = "/people/{person_id}"
    router.get(one)(show_person)
    router.post(one)(change)
    router.post(one + "/role")(change_role)
    router.post(one + "/classes")(set_classes)
    router.post(one + "/family")(link_guardian)
    router.post(one + "/family/end")(unlink_guardian)
    router.post(one + "/sessions/end")(end_sessions)
    router.post(one + "/close")(close)
    router.post(one + "/open")(open_again)
    return router


def show_school(request: Request, visitor: PeopleManager, services: TheServices) -> Response:
    """Show counts and what is still to do."""
    tally = services.office.tally(visitor.person)
    steps = tuple(_steps(tally, services.clock.now().date()))
    return pages_of(request).show(request, "office/school.html", tally=tally, steps=steps)


# each argument is one field of the search
def show_people(  # noqa: PLR0913
    request: Request,
    visitor: PeopleManager,
    services: TheServices,
    *,
    q: Annotated[str, Query(max_length=200)] = "",
    role: Annotated[str, Query(max_length=40)] = "",
    class_id: Annotated[str, Query(alias="class", max_length=40)] = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    """List people by name; narrowed by words, role and class."""
    known = Role(role) if role in set(Role) else None
    found = services.office.list_people(
        visitor.person, words=q, role=known, class_id=ClassId(class_id) if class_id else None, number=page
    )
    classes = services.office.list_classes(visitor.person)
    asked = {name: value for name, value in {"q": q, "role": role, "class": class_id}.items() if value}
    return pages_of(request).show(
        request,
        "office/people.html",
        found=found,
        classes=classes,
        names={one.id: one.name for one in classes},
        q=q,
        role=known,
        class_id=class_id,
        page_url=f"/school/people?{urlencode(asked)}{'&' if asked else ''}page=",
    )


def show_person(
    person_id: str,
    request: Request,
    visitor: PeopleManager,
    services: TheServices,
    find: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Show an account; `find` looks for the family of a student or guardian."""
    return _show(request, visitor, services, person_id=person_id, find=find.strip())


def change(person_id: str, request: Request, visitor: PeopleManager, services: TheServices, form: TheForm) -> Response:
    """Change name and address."""
    try:
        services.office.change(visitor.person, PersonId(person_id), name=form.text("name"), email=form.text("email"))
    except (Invalid, Conflict) as error:
        return _show(request, visitor, services, person_id=person_id, problem=error)
    return go_to(f"/school/people/{person_id}")


def change_role(
    person_id: str, request: Request, visitor: PeopleManager, services: TheServices, form: TheForm
) -> Response:
    """Give another role."""
    try:
        changed = services.office.change_role(visitor.person, PersonId(person_id), role_of(form))
    except (Invalid, Conflict) as error:
        return _show(request, visitor, services, person_id=person_id, problem=error)
    return _back(visitor, changed)


def set_classes(
    person_id: str, request: Request, visitor: PeopleManager, services: TheServices, form: TheForm
) -> Response:
    """Put the person into the classes that are ticked."""
    try:
        services.office.set_classes(visitor.person, PersonId(person_id), _ticked_classes(form))
    except Invalid as error:
        return _show(request, visitor, services, person_id=person_id, problem=error)
    return go_to(f"/school/people/{person_id}#classes")


def link_guardian(person_id: str, visitor: PeopleManager, services: TheServices, form: TheForm) -> Response:
    """Say that two people are guardian and child."""
    guardian_id, child_id = _pair(visitor, services, person_id=person_id, other_id=form.text("other_id"))
    services.office.link_guardian(visitor.person, guardian_id, child_id)
    return go_to(f"/school/people/{person_id}#family")


def unlink_guardian(person_id: str, visitor: PeopleManager, services: TheServices, form: TheForm) -> Response:
    """Say that they are no longer."""
    guardian_id, child_id = _pair(visitor, services, person_id=person_id, other_id=form.text("other_id"))
    services.office.unlink_guardian(visitor.person, guardian_id, child_id)
    return go_to(f"/school/people/{person_id}#family")


def end_sessions(person_id: str, visitor: PeopleManager, services: TheServices, _form: TheForm) -> Response:
    """Sign the person out everywhere."""
    services.office.end_sessions(visitor.person, PersonId(person_id))
    return go_to(f"/school/people/{person_id}" if person_id != visitor.person.id else "/")


def close(person_id: str, request: Request, visitor: PeopleManager, services: TheServices, _form: TheForm) -> Response:
    """Close the account."""
    try:
        changed = services.office.set_active(visitor.person, PersonId(person_id), is_active=False)
    except Conflict as error:
        return _show(request, visitor, services, person_id=person_id, problem=error)
    return _back(visitor, changed)


def open_again(person_id: str, visitor: PeopleManager, services: TheServices, _form: TheForm) -> Response:
    """Open the account again."""
    services.office.set_active(visitor.person, PersonId(person_id), is_active=True)
    return go_to(f"/school/people/{person_id}")


def role_of(form: Posted) -> Role:
    """Give the role that was chosen. Raises Invalid."""
    role = form.text("role")
    if role not in set(Role):
        raise Invalid("Choose a role of the list.", field="role")
    return Role(role)


# each argument is one part of the page
def _show(  # noqa: PLR0913
    request: Request,
    visitor: Visitor,
    services: Services,
    *,
    person_id: str,
    find: str = "",
    problem: Invalid | Conflict | None = None,
) -> Response:
    account = services.office.load_account(visitor.person, PersonId(person_id))
    return pages_of(request).show(
        request,
        "office/person.html",
        status=_status_of(problem),
        account=account,
        one=account.person,
        family=account.guardians or account.children,
        classes=services.office.list_classes(visitor.person),
        found=_candidates(visitor, services, account, find),
        find=find,
        problem=problem,
        wrong=problem.field if isinstance(problem, Invalid) else "",
    )


def _status_of(problem: Invalid | Conflict | None) -> int:
    if problem is None:
        return 200
    return 422 if isinstance(problem, Invalid) else 409


def _candidates(visitor: Visitor, services: Services, account: Account, find: str) -> list[Person]:
    """Give people who could be the guardian of a student, or the child of a guardian."""
    wanted = {Role.STUDENT: Role.GUARDIAN, Role.GUARDIAN: Role.STUDENT}.get(account.person.role)
    if wanted is None or not find:
        return []
    known = {one.id for one in (*account.guardians, *account.children)}
    people = services.office.list_people(visitor.person, words=find, role=wanted).people
    return [one for one in people if one.id not in known][:_FEW]


def _pair(visitor: Visitor, services: Services, *, person_id: str, other_id: str) -> tuple[PersonId, PersonId]:
    """Give guardian and child, whichever of the two the page is about."""
    person = services.office.load_person(visitor.person, PersonId(person_id))
    if person.role is Role.GUARDIAN:
        return person.id, PersonId(other_id)
    return PersonId(other_id), person.id


def _ticked_classes(form: Posted) -> list[ClassId]:
    return [ClassId(name.removeprefix("class_")) for name in form.values if name.startswith("class_")]


def _back(visitor: Visitor, changed: Person) -> Response:
    """Go back to the person's page; who changed oneself has to sign in again."""
    return go_to("/" if changed.id == visitor.person.id else f"/school/people/{changed.id}")


def _steps(tally: Tally, today: date) -> Iterator[Step]:
    rules, people = tally.school.rules, tally.people
    if not people[Role.TEACHER]:
        yield Step(
            "Invite a teacher: teachers add the readings.", "Invite a teacher", "/school/invitations?role=teacher"
        )
    if not people[Role.COUNSELLOR]:
        sentence = (
            "Invite a counsellor first. Until there is one, nobody sees it when a student writes something worrying; "
            "students are told to go to an adult they trust."
        )
        yield Step(sentence, "Invite a counsellor", "/school/invitations?role=counsellor", is_urgent=True)
    if not rules.country:
        yield Step("Say in which country the school is: students see its helplines.", "School", "/school/rules")
    if tally.classes and not people[Role.STUDENT]:
        yield Step("Bring in students: with a roster, or by a class's code.", "Import a roster", "/school/roster")
    if people[Role.ADMINISTRATOR] < 2:
        sentence = "Invite a second administrator, for when you are away or forget your password."
        yield Step(sentence, "Invite", "/school/invitations?role=administrator")
    if not rules.terms:
        yield Step("Set the terms: families get a report for each.", "Set the terms", "/school/rules#terms")
    if rules.country and not counts_as_checked(rules.helplines_checked_on, today):
        yield Step("Call the helplines that students see, to check them.", "See them", "/school/rules#helplines")

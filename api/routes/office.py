"""People and the school, for the administrator."""

from typing import Annotated

from fastapi import APIRouter, Query

from accounts.people import Account, PeoplePage
from api.deps import PeopleManager, SchoolManager, TheServices
from api.office import (
    AccountBody,
    ClassesWish,
    MemberBody,
    NameWish,
    PeoplePageBody,
    RoleWish,
    SchoolBody,
    StandingWish,
)
from api.problems import problems
from domain.ids import ClassId, PersonId
from domain.people import Role, SchoolHours, SchoolRules, Term


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter(tags=["office"])
    one, guardian = "/people/{person_id}", "/people/{person_id}/guardians/{guardian_id}"
    router.get("/people", summary="List people", responses=problems())(list_people)
    router.get(one, summary="Show an account", responses=problems(404))(show)
    router.patch(one, summary="Change name and sign-in name", responses=problems(404, 409))(change)
    router.put(one + "/role", summary="Change the role", responses=problems(404, 409))(change_role)
    router.put(one + "/classes", summary="Put into classes", responses=problems(404))(set_classes)
    router.put(one + "/standing", summary="Close or open an account", responses=problems(404, 409))(set_standing)
    router.put(guardian, summary="Link a guardian and a child", responses=problems(404))(link)
    router.delete(guardian, status_code=204, summary="Unlink a guardian and a child", responses=problems(404))(unlink)
    router.delete(one + "/sessions", status_code=204, summary="End a person's sessions", responses=problems(404))(
        end_sessions
    )
    router.get("/school", summary="The school and its rules", responses=problems())(show_school)
    router.put("/school", summary="Set the school's rules", responses=problems())(set_school)
    return router


# each argument is one field of the search
def list_people(  # noqa: PLR0913
    visitor: PeopleManager,
    services: TheServices,
    *,
    words: Annotated[str, Query(max_length=200, description="Parts of the name or address.")] = "",
    role: Role | None = None,
    class_id: Annotated[str, Query(max_length=64)] = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> PeoplePageBody:
    """List the school's people by name, 50 to a page."""
    found: PeoplePage = services.office.list_people(
        visitor.person, words=words, role=role, class_id=ClassId(class_id) if class_id else None, number=page
    )
    return PeoplePageBody.model_validate(found)


def show(person_id: str, visitor: PeopleManager, services: TheServices) -> AccountBody:
    """Show somebody's account and family; nothing of what the person reads or writes."""
    return _body(services.office.load_account(visitor.person, PersonId(person_id)))


def change(person_id: str, wish: NameWish, visitor: PeopleManager, services: TheServices) -> MemberBody:
    """Give somebody another name and sign-in name."""
    changed = services.office.change(visitor.person, PersonId(person_id), name=wish.name, email=wish.email)
    return MemberBody.model_validate(changed)


def change_role(person_id: str, wish: RoleWish, visitor: PeopleManager, services: TheServices) -> MemberBody:
    """Give somebody another role; it holds at once, and the person's sessions end."""
    return MemberBody.model_validate(services.office.change_role(visitor.person, PersonId(person_id), wish.role))


def set_classes(person_id: str, wish: ClassesWish, visitor: PeopleManager, services: TheServices) -> MemberBody:
    """Put a student or teacher into these classes, and no others."""
    class_ids = [ClassId(one) for one in wish.class_ids]
    return MemberBody.model_validate(services.office.set_classes(visitor.person, PersonId(person_id), class_ids))


def set_standing(person_id: str, wish: StandingWish, visitor: PeopleManager, services: TheServices) -> MemberBody:
    """Close an account, which ends its sessions at once, or open it again."""
    changed = services.office.set_active(visitor.person, PersonId(person_id), is_active=wish.is_active)
    return MemberBody.model_validate(changed)


def link(person_id: str, guardian_id: str, visitor: PeopleManager, services: TheServices) -> MemberBody:
    """Say that somebody is a student's guardian; the guardian is answered."""
    linked = services.office.link_guardian(visitor.person, PersonId(guardian_id), PersonId(person_id))
    return MemberBody.model_validate(linked)


def unlink(person_id: str, guardian_id: str, visitor: PeopleManager, services: TheServices) -> None:
    """Say that somebody is a student's guardian no longer."""
    services.office.unlink_guardian(visitor.person, PersonId(guardian_id), PersonId(person_id))


def end_sessions(person_id: str, visitor: PeopleManager, services: TheServices) -> None:
    """Sign somebody out everywhere."""
    services.office.end_sessions(visitor.person, PersonId(person_id))


def show_school(visitor: SchoolManager, services: TheServices) -> SchoolBody:
    """Show the school's name and what it decides for itself."""
    return SchoolBody.model_validate(services.office.load_school(visitor.person))


def set_school(wish: SchoolBody, visitor: SchoolManager, services: TheServices) -> SchoolBody:
    """Set the school's name and what it decides for itself; terms may not overlap."""
    hours = wish.rules.hours
    rules = SchoolRules(
        country=wish.rules.country,
        consent_age=wish.rules.consent_age,
        language=wish.rules.language,
        terms=tuple(Term(term.name, term.first_day, term.last_day) for term in wish.rules.terms),
        tells_teachers_of_support=wish.rules.tells_teachers_of_support,
        hours=SchoolHours(hours.zone, tuple(hours.days), hours.opens, hours.closes)
        if hours
        else services.office.load_school(visitor.person).rules.hours,
    )
    return SchoolBody.model_validate(services.office.set_rules(visitor.person, rules, name=wish.name))


def _body(account: Account) -> AccountBody:
    return AccountBody(
        person=MemberBody.model_validate(account.person),
        guardians=[MemberBody.model_validate(one) for one in account.guardians],
        has_way_in=account.has_way_in,
        devices=len(account.sessions),
    )

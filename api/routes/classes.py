"""Classes and rosters."""

from typing import Annotated

from fastapi import APIRouter, File, Query, UploadFile

from api.classrooms import (
    ClassBody,
    ClassLineBody,
    ClassMemberBody,
    ClassWish,
    JoiningBody,
    JoiningWish,
    ReportBody,
)
from api.deps import ClassMaker, ClassManager, PeopleManager, TheServices
from api.problems import problems
from domain.errors import Invalid
from domain.ids import ClassId, PersonId

Files = Annotated[
    list[UploadFile], File(description="A CSV list, or OneRoster 1.1 or 1.2: a zip, or its files together.")
]
Trial = Annotated[bool, Query(description="Only say what would happen.")]


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter(tags=["classes"])
    one = "/classes/{class_id}"
    router.get("/classes", summary="List classes", responses=problems())(list_classes)
    router.post("/classes", status_code=201, summary="Make a class", responses=problems())(make)
    router.get(one, summary="Show a class", responses=problems(404))(show)
    router.delete(one, status_code=204, summary="Delete a class", responses=problems(404))(delete)
    router.put(one + "/joining", summary="Open a class for joining", responses=problems(404))(open_for_joining)
    router.delete(one + "/joining", status_code=204, summary="Close joining", responses=problems(404))(close)
    router.get(one + "/members", summary="List the members of a class", responses=problems(404))(list_members)
    router.delete(
        one + "/members/{person_id}", status_code=204, summary="Take somebody out of a class", responses=problems(404)
    )(remove_member)
    refusals = problems(404, 413, 415)
    router.post(one + "/roster", summary="Bring a roster into a class", responses=refusals)(bring_into_class)
    router.post("/roster", summary="Bring the school's roster", responses=refusals)(bring_in)
    return router


def list_classes(visitor: ClassManager, services: TheServices) -> list[ClassLineBody]:
    """List a teacher's own classes, or for an administrator all of the school, by name."""
    return [ClassLineBody.model_validate(line) for line in services.classes.list_lines(visitor.person)]


def make(wish: ClassWish, visitor: ClassMaker, services: TheServices) -> ClassBody:
    """Make a class; a teacher who makes it is in it."""
    made = services.classes.make(visitor.person, wish.name, is_young=wish.is_young, ends_on=wish.ends_on)
    return ClassBody.model_validate(made)


def show(class_id: str, visitor: ClassManager, services: TheServices) -> ClassBody:
    """Show a class with its codes."""
    return ClassBody.model_validate(services.classes.load(visitor.person, ClassId(class_id)))


def delete(class_id: str, visitor: ClassManager, services: TheServices) -> None:
    """Delete a class; its people and their readings stay."""
    services.classes.delete(visitor.person, ClassId(class_id))


def open_for_joining(class_id: str, wish: JoiningWish, visitor: ClassManager, services: TheServices) -> JoiningBody:
    """Open a class under a new code; an older one ends."""
    if wish.until is not None and wish.until.tzinfo is None:
        raise Invalid("Give the time with its offset from UTC.", field="until")
    return JoiningBody(code=services.classes.open_for_joining(visitor.person, ClassId(class_id), wish.until))


def close(class_id: str, visitor: ClassManager, services: TheServices) -> None:
    """Let nobody join any more."""
    services.classes.close(visitor.person, ClassId(class_id))


def list_members(class_id: str, visitor: ClassManager, services: TheServices) -> list[ClassMemberBody]:
    """List the people of a class by name, teachers first."""
    found = services.classes.members(visitor.person, ClassId(class_id))
    return [ClassMemberBody.model_validate(member) for member in found]


def remove_member(class_id: str, person_id: str, visitor: ClassManager, services: TheServices) -> None:
    """Take somebody out of a class; the account stays. Teachers take out students alone."""
    services.classes.remove_member(visitor.person, ClassId(class_id), PersonId(person_id))


def bring_into_class(
    class_id: str, visitor: ClassManager, services: TheServices, files: Files, *, is_trial: Trial = False
) -> ReportBody:
    """Bring students (for the office guardians too) into a class; bad rows are told. Twice does no harm."""
    contents = [file.file.read() for file in files]
    found = services.rosters.bring_in(visitor.person, *contents, class_id=ClassId(class_id), is_trial=is_trial)
    return ReportBody.model_validate(found)


def bring_in(visitor: PeopleManager, services: TheServices, files: Files, *, is_trial: Trial = False) -> ReportBody:
    """Bring the school's roster; good rows come in, bad rows are told. Twice does no harm."""
    contents = [file.file.read() for file in files]
    return ReportBody.model_validate(services.rosters.bring_in(visitor.person, *contents, is_trial=is_trial))

"""Being in a class: whose class it is, and what has to be so before somebody leaves it."""

from collections.abc import Collection
from dataclasses import replace

import structlog

from accounts.policy import Action, allows
from domain.errors import Conflict, NotFound
from domain.ids import ClassId, PersonId, SchoolId
from domain.people import ClassRoom, Person
from domain.ports import UnitOfWork
from safety.retention import active_holds


def own_class(work: UnitOfWork, by: Person, class_id: ClassId) -> ClassRoom:
    """Give a class that the person looks after. Raises NotFound, and logs it."""
    class_room = work.people.find_class(class_id)
    if class_room is None or not allows(by, Action.MANAGE_CLASS, class_room):
        raise refused(by, Action.MANAGE_CLASS.value, class_id)
    return class_room


def refused(
    by: Person, what: str, thing_id: str, *, words: str = "There is nothing at this address, or it is not yours to see."
) -> NotFound:
    """Log who was refused what, by ids alone, and give the error to raise."""
    structlog.get_logger("margent.accounts").info("refused", action=what, by=by.id, thing=thing_id[:64])
    return NotFound(words)


def check_may_leave(work: UnitOfWork, school_id: SchoolId, people: Collection[PersonId]) -> None:
    """Raise Conflict when a legal hold keeps what is about one of these people: being in a class is about them.

    Within a unit of work that sees everything and holds the write lock: nobody can place a hold before the commit.
    """
    held = {hold.person_id for hold in active_holds(work.rights.list_holds(school_id))}
    if people and held & {None, *people}:
        raise Conflict("Something here has to be kept for now. Ask the school's office.", code="kept_for_now")


def forget_pictures(work: UnitOfWork, person: Person, class_id: ClassId) -> Person:
    """Take the pictures from somebody who has them in no other young class, and end the sessions begun with them."""
    if not person.avatar and not person.picture_hash:
        return person
    others = [work.people.find_class(one) for one in person.class_ids if one != class_id]
    if any(one is not None and one.is_young for one in others):
        return person
    person = replace(person, avatar="", picture_hash="")
    work.people.save_person(person)
    work.people.delete_sign_ins(person.id)
    return person

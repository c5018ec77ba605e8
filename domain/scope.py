"""Whose eyes a unit of work looks through. The store hides every row that the scope does not cover.

On PostgreSQL the database itself does so (row-level security); on SQLite the same rule is put into every query.
A scope that names nobody sees nothing.
"""

from dataclasses import dataclass

from domain.ids import ClassId, PersonId
from domain.people import Person


@dataclass(frozen=True, slots=True)
class Scope:
    """One person's reach: the school, the person, the role, the person's classes and (of a guardian) children.

    `is_everything` is for what happens before or beside anybody: sign-in, the queue, retention.
    """

    school_id: str = ""
    person_id: str = ""
    role: str = ""
    class_ids: tuple[ClassId, ...] = ()
    ward_ids: tuple[PersonId, ...] = ()
    is_everything: bool = False


NOTHING = Scope()
EVERYTHING = Scope(is_everything=True)


def scope_of(person: Person) -> Scope:
    """Give the reach of a person."""
    return Scope(
        school_id=person.school_id,
        person_id=person.id,
        role=person.role.value,
        class_ids=person.class_ids,
        ward_ids=person.ward_ids,
    )

"""Who uses Margent: schools, people, classes and sign-in sessions."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.documents import Document
from domain.ids import ClassId, PersonId, SchoolId


class Role(StrEnum):
    """What a person is in the school."""

    STUDENT = "student"
    TEACHER = "teacher"
    COUNSELLOR = "counsellor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class School:
    """The tenant."""

    id: SchoolId
    name: str


@dataclass(frozen=True, slots=True)
class ClassRoom:
    """A group of people taking a course."""

    id: ClassId
    school_id: SchoolId
    name: str


@dataclass(frozen=True, slots=True)
class Person:
    """Anyone with an account. `password_hash` is empty for the doors of the demo profile."""

    id: PersonId
    school_id: SchoolId
    name: str
    email: str
    role: Role
    class_ids: tuple[ClassId, ...] = ()
    password_hash: str = ""
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class SignIn:
    """A signed-in session. Stores keep the SHA-256 of the token, never the token."""

    token_hash: str
    person_id: PersonId
    created_at: datetime
    expires_at: datetime
    form_token: str


def sees(person: Person, document: Document) -> bool:
    """Whether a person may know of a document: it is the person's own, or of one of the person's classes."""
    if person.school_id != document.school_id:
        return False
    return document.owner_id == person.id or document.class_id in person.class_ids

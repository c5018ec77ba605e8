"""Who uses Margent: schools, people, classes, invitations and sign-in sessions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from enum import StrEnum

from domain.documents import Document
from domain.ids import ClassId, InvitationId, PersonId, SchoolId

LONG_GONE = datetime(1970, 1, 1, tzinfo=UTC)
"""When somebody left of whom only a case is kept, with the name: to all but the counsellor there is no such person."""


class Role(StrEnum):
    """What a person is in the school."""

    STUDENT = "student"
    TEACHER = "teacher"
    COUNSELLOR = "counsellor"
    GUARDIAN = "guardian"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Term:
    """A stretch of the school year, both days included; family reports are made by it."""

    name: str
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class SchoolHours:
    """When somebody is at the school: ISO weekdays (1 is Monday), and times of its IANA time zone."""

    zone: str = "UTC"
    days: tuple[int, ...] = (1, 2, 3, 4, 5)
    opens: time = time(8)
    closes: time = time(16)


@dataclass(frozen=True, slots=True)
class SchoolRules:
    """What a school decides for itself, as data that its administrator reads and changes.

    `country` is two letters; `consent_age` the age in years from which students decide for themselves, 0 for the
    country's own. `keep_days` overrides how long each kind of thing is kept (`safety/texts/retention.yaml`).
    `tells_teachers_of_support` lets class teachers see that a student is being supported, and nothing more.
    `helplines_checked_on` is the day on which somebody there called the numbers of the country's helplines.
    Outside its `hours` the on-call list for that time is called.
    """

    country: str = ""
    consent_age: int = 0
    language: str = "en"
    terms: tuple[Term, ...] = ()
    keep_days: Mapping[str, int] = field(default_factory=dict)
    tells_teachers_of_support: bool = False
    helplines_checked_on: date | None = None
    hours: SchoolHours = SchoolHours()


@dataclass(frozen=True, slots=True)
class School:
    """The tenant."""

    id: SchoolId
    name: str
    rules: SchoolRules = SchoolRules()
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class ClassRoom:
    """A group of people taking a course.

    Whoever has the `join_code` (empty: closed) before `join_until` may join as a student. In a young class
    children sign in with the `sign_in_code` and pictures. Uploads are kept until some days after `ends_on`.
    """

    id: ClassId
    school_id: SchoolId
    name: str
    join_code: str = ""
    join_until: datetime | None = None
    is_young: bool = False
    sign_in_code: str = ""
    ends_on: date | None = None
    external_id: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Anyone with an account.

    `password_hash` is empty for whoever has no password; `avatar` and `picture_hash` are a young child's picture and
    picture secret; `subject` is the school account (issuer and subject). `external_id` is the roster's name for the
    person. `decides_from` is the day from which a student decides on consent alone; None is not yet known, which
    counts as too young. Somebody who `is_active` no more cannot sign in. `ward_ids` are a guardian's children.
    """

    id: PersonId
    school_id: SchoolId
    name: str
    email: str
    role: Role
    class_ids: tuple[ClassId, ...] = ()
    password_hash: str = ""
    is_demo: bool = False
    ward_ids: tuple[PersonId, ...] = ()
    decides_from: date | None = None
    is_active: bool = True
    external_id: str = ""
    subject: str = ""
    avatar: str = ""
    picture_hash: str = ""
    left_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Invitation:
    """A one-time way in for one person. Stores keep the SHA-256 of its token, never the token.

    With `person_id` it lets somebody who is already on the roster choose a password; otherwise a new person of the
    role and classes is made. `ward_ids` are the children of a guardian who is invited.
    """

    id: InvitationId
    school_id: SchoolId
    role: Role
    token_hash: str
    created_by: PersonId
    created_at: datetime
    expires_at: datetime
    class_ids: tuple[ClassId, ...] = ()
    ward_ids: tuple[PersonId, ...] = ()
    person_id: PersonId | None = None
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SignIn:
    """A signed-in session. Stores keep the SHA-256 of the token, never the token.

    `device` is what the browser calls itself, cut short, so that people recognise their own sessions.
    """

    token_hash: str
    person_id: PersonId
    created_at: datetime
    expires_at: datetime
    form_token: str
    device: str = ""


def sees(person: Person, document: Document) -> bool:
    """Whether a person may know of a document: it is the person's own, or of one of the person's classes."""
    if person.school_id != document.school_id or person.role in _WITHOUT_READINGS:
        return False
    return document.owner_id == person.id or document.class_id in person.class_ids


_WITHOUT_READINGS = frozenset({Role.COUNSELLOR, Role.GUARDIAN, Role.ADMINISTRATOR})

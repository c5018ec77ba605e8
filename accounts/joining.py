"""Joining a class by its code: whoever has it makes a student's account.

The month of birth is asked only to know from when a student decides about consent alone; that day is kept, the
month is not.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from accounts.codes import to_kept
from accounts.logins import check_login, check_name
from accounts.sessions import Session, begin
from domain.errors import Invalid, NotFound
from domain.ids import PersonId, new_id
from domain.people import ClassRoom, Person, Role
from domain.ports import UnitOfWork
from safety.consent import Consents

UNKNOWN = "No class is open under this code. Look at it again, or ask your teacher."
_YOUNGEST, _OLDEST = 3, 110
"""Years of age beyond which a month of birth is a slip of the keyboard."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who joins: `login` is an e-mail address or a user name, `born` any day of the month of birth.

    `device` is what the browser calls itself (its User-Agent).
    """

    name: str
    login: str
    password: str
    born: date
    device: str = ""


def is_open(class_room: ClassRoom, now: datetime) -> bool:
    """Whether one can join by the class's code at a time."""
    is_over = class_room.ends_on is not None and class_room.ends_on < now.date()
    in_time = class_room.join_until is not None and now < class_room.join_until
    return bool(class_room.join_code) and in_time and not is_over


def find_open(work: UnitOfWork, code: str, now: datetime) -> ClassRoom:
    """Give the class that stands open under a code. Raises NotFound for unknown, closed and expired ones alike."""
    kept = to_kept(code)
    class_room = work.people.find_class_by_code(kept) if kept else None
    if class_room is None or class_room.join_code != kept or not is_open(class_room, now):
        raise NotFound(UNKNOWN, code="bad_code")
    return class_room


def checked(newcomer: Newcomer, today: date) -> Newcomer:
    """Give what was typed, tidied. Raises Invalid, naming the field."""
    age = today.year - newcomer.born.year
    if newcomer.born > today or not _YOUNGEST <= age <= _OLDEST:
        raise Invalid("Look at the month and year of your birth again.", field="born", code="bad_birth")
    return replace(newcomer, name=check_name(newcomer.name), login=check_login(newcomer.login))


def join(work: UnitOfWork, code: str, newcomer: Newcomer, password_hash: str, *, now: datetime) -> Session:
    """Add the student and the session. Raises NotFound or Conflict."""
    class_room = find_open(work, code, now)
    rules = work.people.load_school(class_room.school_id).rules
    person = Person(
        id=PersonId(new_id()),
        school_id=class_room.school_id,
        name=newcomer.name,
        email=newcomer.login,
        role=Role.STUDENT,
        class_ids=(class_room.id,),
        password_hash=password_hash,
        decides_from=Consents.decides_from(newcomer.born, rules),
    )
    work.people.save_person(person)
    session, record = begin(person, now, device=newcomer.device)
    work.people.save_sign_in(record)
    return session

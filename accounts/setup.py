"""The first start of a real installation: the school and its first administrator.

It can be done while nobody real has an account. From the network it takes the code that `margent serve` prints, so
that only whoever has the console can take the school; the code is gone once it was used, or the service was stopped.
"""

import hmac
from dataclasses import dataclass

from accounts.codes import new_code, to_kept, to_shown
from accounts.logins import check_login, check_name
from accounts.passwords import Passwords
from accounts.school_rules import check_rules, check_school_name
from accounts.service import FIRST_SCHOOL, has_real_people, real_school
from accounts.sessions import Session, begin
from accounts.tries import Kind, Tries
from domain.clock import Clock
from domain.errors import Invalid, NotFound
from domain.ids import PersonId, new_id
from domain.people import Person, Role, School, SchoolRules
from domain.ports import Store
from domain.scope import EVERYTHING

_DONE = "The school is set up already. Its administrators invite people."
_GONE = "There is nothing at this address, or it is not yours to see."


@dataclass(frozen=True, slots=True)
class Start:
    """What the first person gives: the school, and oneself. `country` is two letters, or empty."""

    school_name: str
    name: str
    email: str
    password: str
    country: str = ""
    language: str = "en"


class Setup:
    """Makes the school and its first administrator, once."""

    def __init__(self, store: Store, clock: Clock, passwords: Passwords, tries: Tries) -> None:
        """Make the code of this run."""
        self._store = store
        self._clock = clock
        self._passwords = passwords
        self._tries = tries
        self._code = new_code()

    def is_needed(self) -> bool:
        """Whether nobody real has an account yet."""
        with self._store(EVERYTHING) as work:
            return not has_real_people(work)

    def check_needed(self) -> None:
        """Raise NotFound when there is nothing to set up, before anything is asked of whoever is at the console."""
        if not self.is_needed():
            raise NotFound(_DONE)

    def code(self) -> str:
        """Give the set-up code of this run, as people read it."""
        return to_shown(self._code)

    def establish(self, code: str | None, start: Start, *, address: str = "", device: str = "") -> Session:
        """Make the school and its administrator, and sign in. `code` is None for whoever is at the console.

        Raises NotFound when there is nothing to set up, Invalid for a wrong code or a field, TooManyTries.
        """
        if not self.is_needed():
            raise NotFound(_GONE if code is not None else _DONE)
        if code is not None:
            self._check_code(code, address)
        school = _school_of(start)
        name, email = check_name(start.name), check_login(start.email)
        password_hash = self._passwords.hash(start.password)
        with self._store(EVERYTHING) as work:
            work.people.lock()
            if has_real_people(work):
                raise NotFound(_GONE)
            known = real_school(work)
            school = School(known.id if known else FIRST_SCHOOL, school.name, school.rules)
            person = Person(
                id=PersonId(new_id()),
                school_id=school.id,
                name=name,
                email=email,
                role=Role.ADMINISTRATOR,
                password_hash=password_hash,
            )
            session, record = begin(person, self._clock.now(), device=device)
            work.people.save_school(school)
            work.people.save_person(person)
            work.people.save_sign_in(record)
            work.commit()
        return session

    def _check_code(self, code: str, address: str) -> None:
        with self._tries.trying(Kind.CODE, "setup", address):
            if not hmac.compare_digest(to_kept(code), self._code):
                message = "This is not the set-up code. It stands on the console where Margent was started."
                raise Invalid(message, field="code", code="bad_code")


def _school_of(start: Start) -> School:
    """Give the school as it was typed. Raises Invalid."""
    rules = check_rules(SchoolRules(country=start.country, language=start.language))
    return School(FIRST_SCHOOL, check_school_name(start.school_name), rules)

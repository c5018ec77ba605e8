"""Sign-in, sign-out, sessions, one's own password, and who is there in an installation."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from accounts.logins import check_login, check_name
from accounts.passwords import Passwords
from accounts.sessions import Session, begin, name_of, to_hash
from accounts.tries import Lane
from domain.clock import Clock
from domain.consent import WORDING, ConsentRecord, Purpose
from domain.errors import Conflict, Invalid, NotFound, NotSignedIn
from domain.ids import ClassId, ConsentId, PersonId, SchoolId, new_id, stable_id
from domain.people import ClassRoom, Person, Role, School, SignIn
from domain.people_repositories import PeopleSearch
from domain.ports import Store, UnitOfWork
from domain.scope import EVERYTHING, scope_of

FIRST_SCHOOL = SchoolId(stable_id("school"))
_DEMO_SCHOOL = SchoolId(stable_id("demo", "school"))
"""The demo's doors stand open, so its people are a school of their own and meet nobody real."""

_DEMO_DECIDES_FROM = date(2020, 1, 1)
"""A day long past: the demo's student is old enough to decide alone."""

_DEMO_PEOPLE = {Role.STUDENT: "Sam Student", Role.TEACHER: "Tara Teacher", Role.COUNSELLOR: "Cora Counsellor"}


class Accounts:
    """What people do about accounts."""

    def __init__(self, store: Store, clock: Clock, passwords: Passwords | None = None) -> None:
        """Keep people in the store. Whoever else hashes passwords shares `passwords`, and waits for its turn there."""
        self._store = store
        self._clock = clock
        self._passwords = passwords or Passwords()

    def sign_in(self, email: str, password: str, *, device: str = "", lane: Lane = Lane.CALM) -> Session:
        """Begin a session. Raises NotSignedIn, with the same words and after the same work whatever was wrong.

        `device` is what the browser calls itself (its User-Agent); its short name is kept with the session.
        Outside the calm lane others go first, and it may raise TooManyTries (`accounts.lanes`).
        """
        with self._store(EVERYTHING) as work:
            person = work.people.find_by_email(email)
        fits = self._passwords.fits(password, person.password_hash if person else "", lane=lane)
        if person is None or not fits or not person.is_active:
            raise NotSignedIn("The e-mail address or the password is not right.", code="sign_in_failed")
        return self.begin(person, device=device)

    def begin(self, person: Person, *, device: str = "") -> Session:
        """Begin a session for somebody who has shown in some way who it is. Raises NotSignedIn for who has left."""
        if not person.is_active:
            raise NotSignedIn("This account is closed. Ask the school's office.", code="sign_in_failed")
        session, record = begin(person, self._clock.now(), device=device)
        with self._store(EVERYTHING) as work:
            work.people.save_sign_in(record)
            work.commit()
        return session

    def sign_in_demo(self, role: Role, *, device: str = "") -> Session:
        """Begin a session behind one of the demo's doors. Raises NotFound where there is no such door."""
        with self._store(EVERYTHING) as work:
            person = work.people.find_person(_demo_id(role))
        if person is None or not person.is_demo:
            raise NotFound("There is no such door here.")
        return self.begin(person, device=device)

    def find_session(self, token: str) -> tuple[Person, SignIn] | None:
        """Give who holds the token, or None when the session is unknown or over."""
        token_hash = to_hash(token)
        with self._store(EVERYTHING) as work:
            session = work.people.find_sign_in(token_hash)
            if session is None:
                return None
            if session.expires_at <= self._clock.now():
                work.people.delete_sign_in(token_hash)
                work.commit()
                return None
            person = work.people.find_person(session.person_id)
        return (person, session) if person is not None and person.is_active else None

    def sign_out(self, token: str) -> None:
        """End the session, if there is one."""
        with self._store(EVERYTHING) as work:
            work.people.delete_sign_in(to_hash(token))
            work.commit()

    def list_sessions(self, person: Person) -> list[SignIn]:
        """List the person's sessions that have not ended, newest first."""
        with self._store(scope_of(person)) as work:
            sessions = work.people.list_sign_ins(person.id)
        return [session for session in sessions if session.expires_at > self._clock.now()]

    def end_session(self, person: Person, name: str) -> None:
        """End one of the person's own sessions, by the name that `name_of` gives it. Raises NotFound."""
        with self._store(scope_of(person)) as work:
            found = [one for one in work.people.list_sign_ins(person.id) if name_of(one) == name]
            if not found:
                raise NotFound("There is no such session. It may have ended already.")
            work.people.delete_sign_in(found[0].token_hash)
            work.commit()

    def end_sessions(self, person: Person, *, but_token: str = "") -> None:
        """End all of the person's sessions, but for the one that `but_token` stands for."""
        with self._store(scope_of(person)) as work:
            for session in work.people.list_sign_ins(person.id):
                if session.token_hash != to_hash(but_token):
                    work.people.delete_sign_in(session.token_hash)
            work.commit()

    def change_password(self, person: Person, old: str, new: str, *, device: str = "") -> Session:
        """Change one's own password, end every session, and begin a new one, so that no older token is worth anything.

        Raises Invalid when the old password is not right or the new one is too short or long.
        """
        if not self._passwords.fits(old, person.password_hash):
            raise Invalid("The old password is not right.", field="old", code="wrong_password")
        password_hash = self._passwords.hash(new)
        with self._store(scope_of(person)) as work:
            work.people.lock()
            now = work.people.find_person(person.id)
            if now is None or now.password_hash != person.password_hash:
                raise Conflict("Your password was changed meanwhile. Sign in again.", code="stale_password")
            changed = replace(now, password_hash=password_hash)
            work.people.save_person(changed)
            work.people.delete_sign_ins(person.id)
            work.commit()
        return self.begin(changed, device=device)

    def list_people(self) -> list[Person]:
        """List everybody by name, the demo's people last."""
        with self._store(EVERYTHING) as work:
            people = [person for school in work.people.list_schools() for person in work.people.list_people(school.id)]
        return sorted(people, key=lambda person: person.is_demo)

    def list_classes(self, person: Person) -> list[ClassRoom]:
        """List the person's classes by name."""
        with self._store(EVERYTHING) as work:
            classes = work.people.list_classes(person.school_id)
        return [one for one in classes if one.id in person.class_ids]

    def add_person(self, name: str, email: str, *, role: Role, password: str, classes: Sequence[str] = ()) -> Person:
        """Add somebody who can sign in; classes that are new are made, and with the first person the school.

        Raises Invalid for what is missing or malformed, Conflict when the e-mail address is taken.
        """
        name, email = check_name(name), check_login(email)
        password_hash = self._passwords.hash(password)
        with self._store(EVERYTHING) as work:
            school_id = _ensure_school(work)
            person = Person(
                id=PersonId(new_id()),
                school_id=school_id,
                name=name,
                email=email,
                role=role,
                class_ids=_ensure_classes(work, school_id, classes),
                password_hash=password_hash,
            )
            work.people.save_person(person)
            work.commit()
        return person

    def ensure_demo(self, role: Role = Role.TEACHER) -> Person:
        """Give the demo's person of a role; the first call makes the demo's school, class and people."""
        with self._store(EVERYTHING) as work:
            student = work.people.find_person(_demo_id(Role.STUDENT))
            if student is None or student.decides_from is None:
                _make_demo(work, self._clock.now())
                work.commit()
            person = work.people.find_person(_demo_id(role))
        if person is None:
            raise NotFound("There is no such door here.")
        return person


def has_real_people(work: UnitOfWork) -> bool:
    """Whether anybody but the demo's people has an account."""
    anybody = PeopleSearch(limit=1)
    return any(work.people.search_people(one.id, anybody)[1] for one in work.people.list_schools() if not one.is_demo)


def real_school(work: UnitOfWork) -> School | None:
    """Give the school of real people, or None before it is set up."""
    return next((school for school in work.people.list_schools() if not school.is_demo), None)


def _demo_id(role: Role) -> PersonId:
    return PersonId(stable_id("demo", role.value))


def _given_in_demo(purpose: Purpose, now: datetime) -> ConsentRecord:
    student_id = _demo_id(Role.STUDENT)
    return ConsentRecord(
        ConsentId(new_id()), student_id, purpose, is_given=True, version=WORDING, by_id=student_id, at=now
    )


def _make_demo(work: UnitOfWork, now: datetime) -> None:
    work.people.save_school(School(_DEMO_SCHOOL, "Demo school", is_demo=True))
    class_id = ClassId(stable_id("demo", "class"))
    work.people.save_class(ClassRoom(class_id, _DEMO_SCHOOL, "Class 8b"))
    for role, name in _DEMO_PEOPLE.items():
        person = Person(
            id=_demo_id(role),
            school_id=_DEMO_SCHOOL,
            name=name,
            email=f"{role.value}@demo.example",
            role=role,
            class_ids=() if role is Role.COUNSELLOR else (class_id,),
            is_demo=True,
            decides_from=_DEMO_DECIDES_FROM if role is Role.STUDENT else None,
        )
        work.people.save_person(person)
    for purpose in (Purpose.STUDY, Purpose.TUTOR):
        work.consents.add(_given_in_demo(purpose, now))


def _ensure_school(work: UnitOfWork) -> SchoolId:
    school = real_school(work) or School(FIRST_SCHOOL, "School")
    work.people.save_school(school)
    return school.id


def _ensure_classes(work: UnitOfWork, school_id: SchoolId, names: Sequence[str]) -> tuple[ClassId, ...]:
    known = {one.name.casefold(): one.id for one in work.people.list_classes(school_id)}
    ids = []
    for name in filter(None, (" ".join(name.split()) for name in names)):
        if name.casefold() not in known:
            known[name.casefold()] = ClassId(new_id())
            work.people.save_class(ClassRoom(known[name.casefold()], school_id, name))
        ids.append(known[name.casefold()])
    return tuple(dict.fromkeys(ids))

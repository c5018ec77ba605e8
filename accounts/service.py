"""Sign-in, sign-out, and the people, classes and school of an installation."""

from collections.abc import Sequence

from accounts.passwords import Passwords
from accounts.sessions import Session, begin, to_hash
from domain.clock import Clock
from domain.errors import Invalid, NotFound, NotSignedIn
from domain.ids import ClassId, PersonId, SchoolId, new_id, stable_id
from domain.people import ClassRoom, Person, Role, School, SignIn
from domain.ports import Store, UnitOfWork
from domain.scope import EVERYTHING

_SCHOOL = SchoolId(stable_id("school"))
_DEMO_SCHOOL = SchoolId(stable_id("demo", "school"))
"""The demo's doors stand open, so its people are a school of their own and meet nobody real."""

_DEMO_PEOPLE = {Role.STUDENT: "Sam Student", Role.TEACHER: "Tara Teacher", Role.COUNSELLOR: "Cora Counsellor"}

_LONGEST_NAME = 200
_LONGEST_EMAIL = 254
"""Characters; RFC 5321 allows no longer address in a mail's path."""


class Accounts:
    """What people do about accounts."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Keep people in the store."""
        self._store = store
        self._clock = clock
        self._passwords = Passwords()

    def sign_in(self, email: str, password: str) -> Session:
        """Begin a session. Raises NotSignedIn, with the same words and after the same work whatever was wrong."""
        with self._store(EVERYTHING) as work:
            person = work.people.find_by_email(email)
        fits = self._passwords.fits(password, person.password_hash if person else "")
        if person is None or not fits:
            raise NotSignedIn("The e-mail address or the password is not right.", code="sign_in_failed")
        return self._begin(person)

    def sign_in_demo(self, role: Role) -> Session:
        """Begin a session behind one of the demo's doors. Raises NotFound where there is no such door."""
        with self._store(EVERYTHING) as work:
            person = work.people.find_person(_demo_id(role))
        if person is None or not person.is_demo:
            raise NotFound("There is no such door here.")
        return self._begin(person)

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
        return None if person is None else (person, session)

    def sign_out(self, token: str) -> None:
        """End the session, if there is one."""
        with self._store(EVERYTHING) as work:
            work.people.delete_sign_in(to_hash(token))
            work.commit()

    def has_people(self) -> bool:
        """Whether anybody can sign in with a password."""
        return any(person.password_hash for person in self.list_people())

    def list_people(self) -> list[Person]:
        """List everybody by name, the demo's people last."""
        with self._store(EVERYTHING) as work:
            first = work.people.find_school()
            schools = dict.fromkeys([*([first.id] if first else []), _SCHOOL, _DEMO_SCHOOL])
            people = [person for school in schools for person in work.people.list_people(school)]
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
        name, email = _check_name(name), _check_email(email)
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
            if work.people.find_person(_demo_id(Role.STUDENT)) is None:
                _make_demo(work)
                work.commit()
            person = work.people.find_person(_demo_id(role))
        if person is None:
            raise NotFound("There is no such door here.")
        return person

    def _begin(self, person: Person) -> Session:
        session, record = begin(person, self._clock.now())
        with self._store(EVERYTHING) as work:
            work.people.save_sign_in(record)
            work.commit()
        return session


def _demo_id(role: Role) -> PersonId:
    return PersonId(stable_id("demo", role.value))


def _make_demo(work: UnitOfWork) -> None:
    work.people.save_school(School(_DEMO_SCHOOL, "Demo school"))
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
        )
        work.people.save_person(person)


def _ensure_school(work: UnitOfWork) -> SchoolId:
    first = work.people.find_school()
    if first is not None and first.id != _DEMO_SCHOOL:
        return first.id
    work.people.save_school(School(_SCHOOL, "School"))
    return _SCHOOL


def _ensure_classes(work: UnitOfWork, school_id: SchoolId, names: Sequence[str]) -> tuple[ClassId, ...]:
    known = {one.name.casefold(): one.id for one in work.people.list_classes(school_id)}
    ids = []
    for name in filter(None, (" ".join(name.split()) for name in names)):
        if name.casefold() not in known:
            known[name.casefold()] = ClassId(new_id())
            work.people.save_class(ClassRoom(known[name.casefold()], school_id, name))
        ids.append(known[name.casefold()])
    return tuple(dict.fromkeys(ids))


def _check_name(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > _LONGEST_NAME:
        raise Invalid("Give the person's name.", field="name", code="bad_name")
    return name


def _check_email(email: str) -> str:
    email = email.strip()
    before, _, behind = email.partition("@")
    is_plain = email.isprintable() and " " not in email and "@" not in behind
    if not (before and behind and is_plain) or len(email) > _LONGEST_EMAIL:
        raise Invalid("Give an e-mail address, such as ada@school.example.", field="email", code="bad_email")
    return email

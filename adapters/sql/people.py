"""Schools, people, classes and sign-in sessions."""

from typing import Any

from sqlalchemy import Row, delete, func, insert, select

from adapters.sql.schema import class_room, enrolment, person, school, sign_in
from adapters.sql.transaction import Transaction
from domain.errors import Conflict
from domain.ids import ClassId, PersonId, SchoolId
from domain.people import ClassRoom, Person, Role, School, SignIn


class SqlPeople:
    """A `domain.ports.PeopleRepository`."""

    def __init__(self, transaction: Transaction) -> None:
        """Work within this transaction."""
        self._transaction = transaction

    def save_school(self, value: School) -> None:
        """Add or replace a school."""
        self._transaction.put(school, {"id": value.id}, {"name": value.name})

    def find_school(self) -> School | None:
        """Give the first school, or None in an empty installation."""
        row = self._transaction.read(select(school).order_by(school.c.number).limit(1)).first()
        return None if row is None else School(row.id, row.name)

    def save_class(self, class_room_: ClassRoom) -> None:
        """Add or replace a class."""
        values = {"school_id": class_room_.school_id, "name": class_room_.name}
        self._transaction.put(class_room, {"id": class_room_.id}, values)

    def list_classes(self, school_id: SchoolId) -> list[ClassRoom]:
        """List the classes of a school by name."""
        query = select(class_room).where(class_room.c.school_id == school_id).order_by(class_room.c.name)
        return [_to_class(row) for row in self._transaction.read(query)]

    def find_class(self, class_id: ClassId) -> ClassRoom | None:
        """Give a class or None."""
        row = self._transaction.read(select(class_room).where(class_room.c.id == class_id)).first()
        return None if row is None else _to_class(row)

    def save_person(self, value: Person) -> None:
        """Add or replace a person. Raises Conflict when the e-mail address is another person's."""
        self._transaction.begin_write()
        other = self.find_by_email(value.email) if value.email else None
        if other is not None and other.id != value.id:
            raise Conflict("Somebody else already has this e-mail address.", code="email_taken")
        row = {
            "school_id": value.school_id,
            "name": value.name,
            "email": value.email,
            "email_key": _key(value.email) or None,
            "role": value.role.value,
            "password_hash": value.password_hash,
            "is_demo": value.is_demo,
        }
        self._transaction.put(person, {"id": value.id}, row)
        self._transaction.write(delete(enrolment).where(enrolment.c.person_id == value.id))
        places = [{"person_id": value.id, "class_id": one} for one in dict.fromkeys(value.class_ids)]
        if places:
            self._transaction.write(insert(enrolment), places)

    def find_person(self, person_id: PersonId) -> Person | None:
        """Give a person or None."""
        return self._find(person.c.id == person_id)

    def find_by_email(self, email: str) -> Person | None:
        """Give the person with the address, whatever its capitals, or None."""
        return self._find(person.c.email_key == _key(email))

    def list_people(self, school_id: SchoolId) -> list[Person]:
        """List the people of a school by name."""
        return self._list(person.c.school_id == school_id)

    def save_sign_in(self, value: SignIn) -> None:
        """Keep a session, and forget those of the person that had ended when it began."""
        ended = (sign_in.c.person_id == value.person_id) & (sign_in.c.expires_at <= value.created_at)
        self._transaction.write(delete(sign_in).where(ended))
        row = {
            "person_id": value.person_id,
            "created_at": value.created_at,
            "expires_at": value.expires_at,
            "form_token": value.form_token,
        }
        self._transaction.put(sign_in, {"token_hash": value.token_hash}, row)

    def find_sign_in(self, token_hash: str) -> SignIn | None:
        """Give the session or None."""
        row = self._transaction.read(select(sign_in).where(sign_in.c.token_hash == token_hash)).first()
        if row is None:
            return None
        return SignIn(row.token_hash, row.person_id, row.created_at, row.expires_at, row.form_token)

    def delete_sign_in(self, token_hash: str) -> None:
        """End a session; ending one that is gone does nothing."""
        self._transaction.write(delete(sign_in).where(sign_in.c.token_hash == token_hash))

    def _find(self, condition: Any) -> Person | None:
        return next(iter(self._list(condition)), None)

    def _list(self, condition: Any) -> list[Person]:
        rows = self._transaction.read(select(person).where(condition).order_by(func.lower(person.c.name))).all()
        places = (
            select(enrolment.c.person_id, enrolment.c.class_id)
            .join(person, person.c.id == enrolment.c.person_id)
            .join(class_room, class_room.c.id == enrolment.c.class_id)
            .where(condition)
            .order_by(class_room.c.name)
        )
        classes: dict[str, list[ClassId]] = {}
        for place in self._transaction.read(places):
            classes.setdefault(place.person_id, []).append(place.class_id)
        return [_to_person(row, tuple(classes.get(row.id, ()))) for row in rows]


def _key(email: str) -> str:
    return email.strip().casefold()


def _to_class(row: Row[Any]) -> ClassRoom:
    return ClassRoom(row.id, row.school_id, row.name)


def _to_person(row: Row[Any], class_ids: tuple[ClassId, ...]) -> Person:
    return Person(
        id=row.id,
        school_id=row.school_id,
        name=row.name,
        email=row.email,
        role=Role(row.role),
        class_ids=class_ids,
        password_hash=row.password_hash,
        is_demo=row.is_demo,
    )

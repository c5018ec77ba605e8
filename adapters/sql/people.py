"""Schools, people, classes and sign-in sessions."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, and_, delete, func, insert, or_, select

from adapters.sql.codec import from_rules, to_rules
from adapters.sql.people_bulk import find_elsewhere, save_all
from adapters.sql.people_search import is_asked_for, is_here
from adapters.sql.people_tables import class_room, enrolment, guardianship, invitation, person, school, sign_in
from adapters.sql.transaction import Transaction
from domain.errors import Conflict, NotFound
from domain.ids import ClassId, InvitationId, PersonId, SchoolId
from domain.people import ClassRoom, Invitation, Person, Role, School, SignIn
from domain.people_repositories import PeopleSearch

_CLASS = (
    "school_id",
    "name",
    "join_code",
    "join_until",
    "is_young",
    "sign_in_code",
    "ends_on",
    "external_id",
)
_PERSON = (
    "school_id",
    "name",
    "email",
    "role",
    "password_hash",
    "is_demo",
    "decides_from",
    "is_active",
    "external_id",
    "subject",
    "avatar",
    "picture_hash",
    "left_at",
)
_INVITATION = (
    "school_id",
    "role",
    "token_hash",
    "created_by",
    "created_at",
    "expires_at",
    "class_ids",
    "ward_ids",
    "person_id",
    "used_at",
)
"""Columns that hold the attribute of their name, most of them as it is."""


class SqlPeople:
    """A `domain.ports.PeopleRepository`."""

    def __init__(self, transaction: Transaction) -> None:
        """Work within this transaction."""
        self._transaction = transaction

    def save_school(self, value: School) -> None:
        """Add or replace a school."""
        row = {"name": value.name, "rules": from_rules(value.rules), "is_demo": value.is_demo}
        self._transaction.put(school, {"id": value.id}, row)

    def load_school(self, school_id: SchoolId) -> School:
        """Give a school. Raises NotFound."""
        row = self._transaction.read(select(school).where(school.c.id == school_id)).first()
        if row is None:
            raise NotFound("There is no such school.")
        return _to_school(row)

    def list_schools(self) -> list[School]:
        """List the schools, the first one made first."""
        return [_to_school(row) for row in self._transaction.read(select(school).order_by(school.c.number))]

    def save_class(self, class_room_: ClassRoom) -> None:
        """Add or replace a class."""
        row = {name: getattr(class_room_, name) for name in _CLASS}
        # a code that is not there is NULL, so that nobody finds a class by an empty code
        row |= {"join_code": class_room_.join_code or None, "sign_in_code": class_room_.sign_in_code or None}
        self._transaction.put(class_room, {"id": class_room_.id}, row)

    def list_classes(self, school_id: SchoolId) -> list[ClassRoom]:
        """List the classes of a school by name."""
        query = select(class_room).where(class_room.c.school_id == school_id).order_by(class_room.c.name)
        return [_to_class(row) for row in self._transaction.read(query)]

    def find_class(self, class_id: ClassId) -> ClassRoom | None:
        """Give a class or None."""
        row = self._transaction.read(select(class_room).where(class_room.c.id == class_id)).first()
        return None if row is None else _to_class(row)

    def find_class_by_code(self, code: str) -> ClassRoom | None:
        """Give the class whose join code or sign-in code this is, whatever its capitals, or None."""
        wanted = code.strip().upper()
        is_it = or_(class_room.c.join_code == wanted, class_room.c.sign_in_code == wanted)
        row = self._transaction.read(select(class_room).where(is_it)).first()
        return None if row is None else _to_class(row)

    def delete_class(self, class_id: ClassId) -> None:
        """Delete a class; its people and readings stay, without it."""
        self._transaction.write(delete(class_room).where(class_room.c.id == class_id))

    def save_person(self, value: Person) -> None:
        """Add or replace a person. Raises Conflict when the e-mail address is another person's."""
        self._transaction.begin_write()
        other = self.find_by_email(value.email) if value.email else None
        if other is not None and other.id != value.id:
            raise Conflict("Somebody else already has this e-mail address.", code="email_taken")
        row = _person_row(value)
        self._transaction.put(person, {"id": row.pop("id")}, row)
        self._transaction.write(delete(enrolment).where(enrolment.c.person_id == value.id))
        places = [{"person_id": value.id, "class_id": one} for one in dict.fromkeys(value.class_ids)]
        if places:
            self._transaction.write(insert(enrolment), places)
        self._transaction.write(delete(guardianship).where(guardianship.c.guardian_id == value.id))
        wards = [{"guardian_id": value.id, "child_id": one} for one in dict.fromkeys(value.ward_ids)]
        if wards:
            self._transaction.write(insert(guardianship), wards)

    def save_people(self, people: Sequence[Person]) -> list[Person]:
        """Add or replace people at once; give those left out because their e-mail address is another's."""
        self._transaction.begin_write()
        return save_all(self._transaction, [(_person_row(one), one) for one in people])

    def find_elsewhere(self, school_id: SchoolId, emails: Collection[str]) -> frozenset[str]:
        """Give those of the e-mail addresses, in small letters, that people of other schools have."""
        return find_elsewhere(self._transaction, school_id, {_key(one) for one in emails})

    def load_people(self, person_ids: Collection[PersonId]) -> list[Person]:
        """Give people by name, leaving out those who are not there."""
        return self._list(person.c.id.in_(person_ids))

    def name_people(self, person_ids: Collection[PersonId]) -> Mapping[PersonId, str]:
        """Give the names of these people, also of those of whom only a case is kept."""
        rows = self._transaction.read(select(person.c.id, person.c.name).where(person.c.id.in_(person_ids)))
        return {row.id: row.name for row in rows}

    def find_person(self, person_id: PersonId) -> Person | None:
        """Give a person or None."""
        return self._find(person.c.id == person_id)

    def find_by_email(self, email: str) -> Person | None:
        """Give the person with the address, whatever its capitals, or None."""
        return self._find(person.c.email_key == _key(email))

    def find_by_subject(self, subject: str) -> Person | None:
        """Give the person with this school account (issuer and subject), or None."""
        return self._find(person.c.subject == subject)

    def list_people(self, school_id: SchoolId) -> list[Person]:
        """List the people of a school by name."""
        return self._list(person.c.school_id == school_id)

    def search_people(self, school_id: SchoolId, search: PeopleSearch) -> tuple[list[Person], int]:
        """Give a page of the people of a school who were asked for, by name, and how many there are in all."""
        asked = is_asked_for(school_id, search)
        total = self._transaction.read(select(func.count()).select_from(person).where(asked)).scalar_one()
        page = select(person.c.id).where(asked).order_by(func.lower(person.c.name), person.c.id)
        ids = self._transaction.read(page.offset(search.offset).limit(search.limit)).scalars().all()
        return self._list(person.c.id.in_(ids)), total

    def count_people(self, school_id: SchoolId) -> Mapping[Role, int]:
        """Count the active people of a school by role."""
        query = select(person.c.role, func.count().label("number")).where(person.c.school_id == school_id)
        rows = self._transaction.read(query.where(person.c.is_active).group_by(person.c.role))
        return {Role(row.role): row.number for row in rows}

    def lock(self) -> None:
        """Take the write lock now, so that what is read from here on cannot change before it is written."""
        self._transaction.begin_write()

    def list_members(self, class_id: ClassId) -> list[Person]:
        """List the people of a class by name."""
        return self._list(person.c.id.in_(select(enrolment.c.person_id).where(enrolment.c.class_id == class_id)))

    def count_members(self, class_ids: Collection[ClassId]) -> Mapping[ClassId, Mapping[Role, int]]:
        """Count the people of each of these classes by role."""
        query = select(enrolment.c.class_id, person.c.role, func.count().label("number"))
        query = query.join(person, person.c.id == enrolment.c.person_id)
        query = query.where(is_here(), enrolment.c.class_id.in_(class_ids))
        counts: dict[ClassId, dict[Role, int]] = {one: {} for one in class_ids}
        for row in self._transaction.read(query.group_by(enrolment.c.class_id, person.c.role)):
            counts[row.class_id][Role(row.role)] = row.number
        return counts

    def list_guardians(self, person_id: PersonId) -> list[Person]:
        """List a child's guardians by name."""
        wards = select(guardianship.c.guardian_id).where(guardianship.c.child_id == person_id)
        return self._list(person.c.id.in_(wards))

    def save_invitation(self, value: Invitation) -> None:
        """Add or replace an invitation."""
        row = {name: getattr(value, name) for name in _INVITATION}
        row |= {"role": value.role.value, "class_ids": list(value.class_ids), "ward_ids": list(value.ward_ids)}
        self._transaction.put(invitation, {"id": value.id}, row)

    def find_invitation(self, token_hash: str) -> Invitation | None:
        """Give the invitation or None. Takes the write lock, so that of two who use it at once one finds it used."""
        self._transaction.begin_write()
        row = self._transaction.read(select(invitation).where(invitation.c.token_hash == token_hash)).first()
        return None if row is None else _to_invitation(row)

    def list_invitations(self, school_id: SchoolId) -> list[Invitation]:
        """List the school's invitations, newest first."""
        query = select(invitation).where(invitation.c.school_id == school_id)
        query = query.order_by(invitation.c.created_at.desc(), invitation.c.id)
        return [_to_invitation(row) for row in self._transaction.read(query)]

    def delete_invitation(self, invitation_id: InvitationId) -> None:
        """Take an invitation back."""
        self._transaction.write(delete(invitation).where(invitation.c.id == invitation_id))

    def save_sign_in(self, value: SignIn) -> None:
        """Keep a session, and forget those of the person that had ended when it began."""
        ended = (sign_in.c.person_id == value.person_id) & (sign_in.c.expires_at <= value.created_at)
        self._transaction.write(delete(sign_in).where(ended))
        row = {
            "person_id": value.person_id,
            "created_at": value.created_at,
            "expires_at": value.expires_at,
            "form_token": value.form_token,
            "device": value.device,
        }
        self._transaction.put(sign_in, {"token_hash": value.token_hash}, row)

    def find_sign_in(self, token_hash: str) -> SignIn | None:
        """Give the session or None."""
        row = self._transaction.read(select(sign_in).where(sign_in.c.token_hash == token_hash)).first()
        if row is None:
            return None
        return _to_sign_in(row)

    def delete_sign_in(self, token_hash: str) -> None:
        """End a session; ending one that is gone does nothing."""
        self._transaction.write(delete(sign_in).where(sign_in.c.token_hash == token_hash))

    def list_sign_ins(self, person_id: PersonId) -> list[SignIn]:
        """List a person's sessions, newest first."""
        query = select(sign_in).where(sign_in.c.person_id == person_id).order_by(sign_in.c.created_at.desc())
        return [_to_sign_in(row) for row in self._transaction.read(query)]

    def delete_sign_ins(self, person_id: PersonId) -> None:
        """End all of a person's sessions."""
        self._transaction.write(delete(sign_in).where(sign_in.c.person_id == person_id))

    def _find(self, condition: Any) -> Person | None:
        return next(iter(self._list(condition)), None)

    def _list(self, asked: Any) -> list[Person]:
        condition = and_(is_here(), asked)
        by_name = select(person).where(condition).order_by(func.lower(person.c.name), person.c.id)
        rows = self._transaction.read(by_name).all()
        places = (
            select(enrolment.c.person_id, enrolment.c.class_id)
            .join(person, person.c.id == enrolment.c.person_id)
            .join(class_room, class_room.c.id == enrolment.c.class_id)
            .where(condition)
            .order_by(class_room.c.name)
        )
        wards = (
            select(guardianship.c.guardian_id, guardianship.c.child_id)
            .join(person, person.c.id == guardianship.c.guardian_id)
            .where(condition)
            .order_by(guardianship.c.child_id)
        )
        classes: dict[str, list[ClassId]] = {}
        for place in self._transaction.read(places):
            classes.setdefault(place.person_id, []).append(place.class_id)
        children: dict[str, list[PersonId]] = {}
        for ward in self._transaction.read(wards):
            children.setdefault(ward.guardian_id, []).append(ward.child_id)
        return [_to_person(row, tuple(classes.get(row.id, ())), tuple(children.get(row.id, ()))) for row in rows]


def _person_row(value: Person) -> dict[str, Any]:
    row = {"id": value.id} | {name: getattr(value, name) for name in _PERSON}
    return row | {
        "role": value.role.value,
        "email_key": _key(value.email) or None,
        "subject": value.subject or None,
    }


def _key(email: str) -> str:
    return email.strip().casefold()


def _to_school(row: Row[Any]) -> School:
    return School(row.id, row.name, to_rules(row.rules), row.is_demo)


def _to_class(row: Row[Any]) -> ClassRoom:
    values = {name: getattr(row, name) for name in _CLASS}
    values |= {"join_code": row.join_code or "", "sign_in_code": row.sign_in_code or ""}
    return ClassRoom(id=row.id, **values)


def _to_person(row: Row[Any], class_ids: tuple[ClassId, ...], ward_ids: tuple[PersonId, ...]) -> Person:
    values = {name: getattr(row, name) for name in _PERSON}
    values |= {"role": Role(row.role), "subject": row.subject or ""}
    return Person(id=row.id, class_ids=class_ids, ward_ids=ward_ids, **values)


def _to_invitation(row: Row[Any]) -> Invitation:
    values = {name: getattr(row, name) for name in _INVITATION}
    values |= {"role": Role(row.role), "class_ids": tuple(row.class_ids), "ward_ids": tuple(row.ward_ids)}
    return Invitation(id=row.id, **values)


def _to_sign_in(row: Row[Any]) -> SignIn:
    return SignIn(row.token_hash, row.person_id, row.created_at, row.expires_at, row.form_token, row.device)

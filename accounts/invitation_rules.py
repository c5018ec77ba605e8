"""What invitations may say and who may make them, and the tokens that open them."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from accounts.policy import Action, allows
from domain.errors import Invalid
from domain.ids import PersonId, SchoolId
from domain.people import Invitation, Person, Role
from domain.ports import UnitOfWork

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
_GROUPS, _GROUP = 4, 6
_WITH_CLASSES = frozenset({Role.STUDENT, Role.TEACHER})


@dataclass(frozen=True, slots=True)
class Whom:
    """Whom a link is for: the name of who is here already (empty for new people), and the children of a guardian."""

    name: str
    children: tuple[str, ...]


def check_sense(invitation: Invitation) -> None:
    """Raise Invalid for links that nobody could make."""
    if invitation.class_ids and invitation.role not in _WITH_CLASSES:
        raise Invalid("Only students and teachers are in classes.", field="class_ids")
    if invitation.role is Role.GUARDIAN and invitation.person_id is None and not invitation.ward_ids:
        raise Invalid("Choose the child whose guardian is invited.", field="ward_ids")
    if invitation.ward_ids and invitation.role is not Role.GUARDIAN:
        raise Invalid("Only guardians have children here.", field="ward_ids")


def may_invite(work: UnitOfWork, by: Person, invitation: Invitation) -> bool:
    """Whether somebody may make this link, as things stand now: what it names is still there and still theirs."""
    known = work.people.find_person(invitation.person_id) if invitation.person_id else None
    if invitation.person_id and (known is None or not known.is_active or known.role is not invitation.role):
        return False
    people = [known] if known else []
    wards = [work.people.find_person(ward_id) for ward_id in invitation.ward_ids]
    if any(ward is None or ward.role is not Role.STUDENT or not ward.is_active for ward in wards):
        return False
    people += [ward for ward in wards if ward is not None]
    classes = [work.people.find_class(class_id) for class_id in invitation.class_ids]
    if any(one is None or not allows(by, Action.MANAGE_CLASS, one) for one in classes):
        return False
    if allows(by, Action.MANAGE_PEOPLE):
        return all(allows(by, Action.MANAGE_PEOPLE, person) for person in people)
    return _teacher_may(work, by, invitation, people)


def _teacher_may(work: UnitOfWork, by: Person, invitation: Invitation, people: Sequence[Person]) -> bool:
    """Whether a teacher may: students into own classes, and first links for own students.

    Families are for the office: a guardian decides about consent, and a teacher could use the link. So is a new way
    in for somebody who has one: it would let a teacher read a student's words.
    """
    if invitation.role is not Role.STUDENT or not allows(by, Action.MANAGE_CLASS):
        return False
    if not (invitation.class_ids or invitation.person_id):
        return False
    for person in people:
        classes = [work.people.find_class(class_id) for class_id in person.class_ids]
        if has_way_in(person) or not any(one is not None and allows(by, Action.MANAGE_CLASS, one) for one in classes):
            return False
    return True


def children_of(work: UnitOfWork, invitation: Invitation) -> list[Person]:
    """Give the students whose guardian an invitation is for."""
    found = [work.people.find_person(ward_id) for ward_id in invitation.ward_ids]
    return [one for one in found if one is not None and one.role is Role.STUDENT]


def whom_of(work: UnitOfWork, invitation: Invitation) -> Whom:
    """Say whom a link is for."""
    person = work.people.find_person(invitation.person_id) if invitation.person_id else None
    wards = person.ward_ids if person is not None else invitation.ward_ids
    children = [one for one in map(work.people.find_person, wards) if one is not None]
    return Whom(person.name if person is not None else "", tuple(one.name for one in children))


def is_waiting(person: Person) -> bool:
    """Whether somebody real has an account and cannot sign in to it."""
    return person.is_active and not person.is_demo and not has_way_in(person)


def forget_links(work: UnitOfWork, school_id: SchoolId, person_id: PersonId) -> None:
    """Delete the links that would let somebody choose a password."""
    for other in work.people.list_invitations(school_id):
        if other.person_id == person_id and other.used_at is None:
            work.people.delete_invitation(other.id)


def forget_families(work: UnitOfWork, school_id: SchoolId, child_id: PersonId) -> None:
    """Delete the links that would make somebody a child's guardian."""
    for other in work.people.list_invitations(school_id):
        if child_id in other.ward_ids and other.used_at is None:
            work.people.delete_invitation(other.id)


def has_way_in(person: Person) -> bool:
    """Whether somebody can sign in without a link."""
    return bool(person.password_hash or person.subject)


def new_token() -> str:
    """Make a token of 118 random bits: nobody guesses it, and it can still be typed from paper."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def plain_token(token: str) -> str:
    """Give a token as it was made, whatever its capitals, blanks and dashes."""
    return "".join(letter for letter in token[:100].lower() if letter.isalnum())

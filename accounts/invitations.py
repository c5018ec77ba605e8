"""One-time links by which people get their account: made by the office, or by teachers for their own classes.

A link is good for one person, for a time, and as long as whoever made it could still make it. One that is unknown,
used, withdrawn, over or void is met with the same words. Links are handed over by people: nothing is mailed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from accounts.invitation_rules import (
    Whom,
    check_sense,
    children_of,
    forget_links,
    has_way_in,
    is_waiting,
    may_invite,
    new_token,
    plain_token,
    whom_of,
)
from accounts.joining import Newcomer, checked
from accounts.logins import check_login, check_name
from accounts.membership import refused
from accounts.passwords import Passwords
from accounts.policy import Action, allows
from accounts.sessions import Session, begin, to_hash
from domain.audit import Entry
from domain.clock import Clock
from domain.errors import Invalid, NotAllowed, NotFound
from domain.ids import ClassId, InvitationId, PersonId, new_id
from domain.people import ClassRoom, Invitation, Person, Role
from domain.ports import Store, UnitOfWork
from domain.scope import EVERYTHING
from safety.access import Accesses
from safety.consent import Consents

LIFETIME = timedelta(days=14)
LIFETIME_OF_GUARDIANS = timedelta(days=30)
"""Families read their post later than schools do."""

GONE = "This link does not work, or no longer. Ask the school for a new one."

MOST_AT_ONCE = 60
"""Links made in one go."""

_FAMILIES = frozenset({Role.STUDENT, Role.GUARDIAN})


@dataclass(frozen=True, slots=True)
class Guest:
    """Who a link lets in: the invitation, and what its page says. `person` is who is on the roster already."""

    invitation: Invitation
    school_name: str
    person: Person | None
    classes: tuple[ClassRoom, ...]
    children: tuple[Person, ...]

    @property
    def is_birth_asked(self) -> bool:
        """Whether it is not yet known from when the student decides alone."""
        is_known = self.person is not None and self.person.decides_from is not None
        return self.invitation.role is Role.STUDENT and not is_known


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody gives to accept. `born` is any day of a student's month of birth, None for others.

    `device` is what the browser calls itself (its User-Agent).
    """

    name: str
    email: str
    password: str
    born: date | None = None
    device: str = ""


class Invitations:
    """What people do about invitations. Each method is one transaction."""

    def __init__(self, store: Store, clock: Clock, passwords: Passwords, accesses: Accesses) -> None:
        """Keep invitations in the store; note with `accesses` who could have come into whose account."""
        self._store = store
        self._clock = clock
        self._passwords = passwords
        self._accesses = accesses

    def invite(
        self,
        by: Person,
        role: Role,
        *,
        class_ids: Sequence[ClassId] = (),
        ward_ids: Sequence[PersonId] = (),
        person_id: PersonId | None = None,
    ) -> tuple[Invitation, str]:
        """Make a link and give it with its token, which is kept nowhere.

        With `person_id` it is a new way in for somebody who has an account; older links for that person end.
        Raises NotFound for what is not the inviter's, NotAllowed or Invalid for what no such person may ask.
        """
        now = self._clock.now()
        token = new_token()
        invitation = Invitation(
            id=InvitationId(new_id()),
            school_id=by.school_id,
            role=role,
            token_hash=to_hash(token.replace("-", "")),
            created_by=by.id,
            created_at=now,
            expires_at=now + (LIFETIME_OF_GUARDIANS if role is Role.GUARDIAN else LIFETIME),
            class_ids=tuple(dict.fromkeys(class_ids)),
            ward_ids=tuple(dict.fromkeys(ward_ids)),
            person_id=person_id,
        )
        with self._store(EVERYTHING) as work:
            work.people.lock()
            check_sense(invitation)
            if not may_invite(work, by, invitation):
                raise refused(by, "invite", person_id or next(iter([*ward_ids, *class_ids]), ""))
            if person_id is not None:
                forget_links(work, invitation.school_id, person_id)
                self._note(work, by, person_id)
            work.people.save_invitation(invitation)
            work.commit()
        return invitation, token

    def invite_again(self, by: Person, person_id: PersonId) -> tuple[Person, Invitation, str]:
        """Make a link for somebody who has an account, and end the sessions; the old password ends when it is used.

        Raises NotFound for people whom `by` cannot invite so.
        """
        with self._store(EVERYTHING) as work:
            person = work.people.find_person(person_id)
        if person is None:
            raise refused(by, "invite", person_id)
        made = self.invite(by, person.role, person_id=person.id)
        with self._store(EVERYTHING) as work:
            work.people.delete_sign_ins(person.id)
            work.commit()
        return person, *made

    def invite_guardian(self, by: Person, child_id: PersonId) -> tuple[Person, Invitation, str]:
        """Make a link for a guardian of a student. Raises NotFound."""
        made = self.invite(by, Role.GUARDIAN, ward_ids=[child_id])
        with self._store(EVERYTHING) as work:
            child = work.people.find_person(child_id)
        assert child is not None
        return child, *made

    def invite_members(self, by: Person, class_id: ClassId) -> list[tuple[Person, Invitation, str]]:
        """Make a link for all of a class who have no way in yet; its teachers too, for the office. Raises NotFound."""
        roles = {Role.STUDENT, Role.TEACHER} if allows(by, Action.MANAGE_PEOPLE) else {Role.STUDENT}
        waiting = [one for one in self._members(by, class_id) if one.role in roles and not has_way_in(one)]
        return [(one, *self.invite(by, one.role, person_id=one.id)) for one in waiting[:MOST_AT_ONCE]]

    def invite_families(self, by: Person, class_id: ClassId) -> list[tuple[Person, Invitation, str]]:
        """Make a link for a guardian of every student of a class who has none, and for guardians without a way in.

        Raises NotFound, or NotAllowed for teachers.
        """
        students = [one for one in self._members(by, class_id) if one.role is Role.STUDENT]
        if not allows(by, Action.MANAGE_PEOPLE):
            raise NotAllowed("Ask the school's office to invite families.")
        with self._store(EVERYTHING) as work:
            families = [(one, work.people.list_guardians(one.id)) for one in students]
        waiting = list({one.id: one for _, guardians in families for one in guardians if is_waiting(one)}.values())
        alone = [one for one, guardians in families if not guardians]
        made = [(one, *self.invite(by, Role.GUARDIAN, person_id=one.id)) for one in waiting[:MOST_AT_ONCE]]
        more = alone[: MOST_AT_ONCE - len(made)]
        return made + [(one, *self.invite(by, Role.GUARDIAN, ward_ids=[one.id])) for one in more]

    def invite_staff(self, by: Person) -> list[tuple[Person, Invitation, str]]:
        """Make a link for the school's staff who have no way in yet. Raises NotAllowed for all but the office."""
        if not allows(by, Action.MANAGE_PEOPLE):
            raise NotAllowed("Your account is not for this.")
        with self._store(EVERYTHING) as work:
            people = work.people.list_people(by.school_id)
        waiting = [one for one in people if one.role not in _FAMILIES and is_waiting(one)]
        return [(one, *self.invite(by, one.role, person_id=one.id)) for one in waiting[:MOST_AT_ONCE]]

    def whom(self, invitations: Sequence[Invitation]) -> list[Whom]:
        """Say whom links are for, in the same order."""
        with self._store(EVERYTHING) as work:
            return [whom_of(work, one) for one in invitations]

    def list_for(self, by: Person) -> list[Invitation]:
        """List the links that can still be used, newest first: the school's, or those a teacher made."""
        is_office = allows(by, Action.MANAGE_PEOPLE)
        if not is_office and not allows(by, Action.MANAGE_CLASS):
            raise NotAllowed("Your account is not for this.")
        with self._store(EVERYTHING) as work:
            found = work.people.list_invitations(by.school_id)
        return [one for one in found if self._is_open(one) and (is_office or one.created_by == by.id)]

    def withdraw(self, by: Person, invitation_id: InvitationId) -> None:
        """Take a link back. Raises NotFound."""
        if invitation_id not in {one.id for one in self.list_for(by)}:
            raise refused(by, "withdraw", invitation_id)
        with self._store(EVERYTHING) as work:
            work.people.delete_invitation(invitation_id)
            work.commit()

    def find(self, token: str) -> Invitation | None:
        """Give the invitation that a token opens now; None for unknown, used, withdrawn, over and void ones."""
        with self._store(EVERYTHING) as work:
            return self._find(work, token)

    def load(self, token: str) -> Guest:
        """Give what the page of a link shows. Raises NotFound."""
        with self._store(EVERYTHING) as work:
            invitation = self._find(work, token)
            if invitation is None:
                raise NotFound(GONE, code="bad_link")
            classes = [work.people.find_class(class_id) for class_id in invitation.class_ids]
            return Guest(
                invitation,
                work.people.load_school(invitation.school_id).name,
                person=work.people.find_person(invitation.person_id) if invitation.person_id else None,
                classes=tuple(one for one in classes if one is not None),
                children=tuple(children_of(work, invitation)),
            )

    def accept(self, token: str, reply: Reply) -> Session:
        """Use a link: make the account, or give it its password, and begin a session.

        Raises NotFound, Invalid for a field, Conflict when the e-mail address or user name is taken.
        """
        guest = self.load(token)
        reply = self._checked(guest, reply)
        password_hash = self._passwords.hash(reply.password)
        with self._store(EVERYTHING) as work:
            invitation = self._find(work, token)
            if invitation is None:
                raise NotFound(GONE, code="bad_link")
            person = self._person(work, invitation, replace(reply, password=password_hash))
            session, record = begin(person, self._clock.now(), device=reply.device)
            work.people.save_person(person)
            work.people.delete_sign_ins(person.id)
            work.people.save_sign_in(record)
            self._note_family(work, invitation, person)
            self._use_up(work, invitation)
            _note_joined(work, invitation, person)
            work.commit()
        return session

    def accept_as(self, person: Person, token: str) -> Person:
        """Use a link with the account one has: its children or classes are added to it.

        Raises NotFound, or NotAllowed when the link is not for people like this.
        """
        with self._store(EVERYTHING) as work:
            invitation = self._find(work, token)
            if invitation is None or invitation.school_id != person.school_id:
                raise NotFound(GONE, code="bad_link")
            known = work.people.find_person(person.id)
            if known is None or invitation.person_id is not None or known.role is not invitation.role:
                raise NotAllowed("This link is for somebody else. Sign out first to use it for a new account.")
            wards = dict.fromkeys([*known.ward_ids, *(child.id for child in children_of(work, invitation))])
            classes = dict.fromkeys([*known.class_ids, *invitation.class_ids])
            known = replace(known, ward_ids=tuple(wards), class_ids=tuple(classes))
            work.people.save_person(known)
            self._note_family(work, invitation, known)
            self._use_up(work, invitation)
            _note_joined(work, invitation, known)
            work.commit()
        return known

    def _find(self, work: UnitOfWork, token: str) -> Invitation | None:
        invitation = work.people.find_invitation(to_hash(plain_token(token)))
        if invitation is None or not self._is_open(invitation):
            return None
        inviter = work.people.find_person(invitation.created_by)
        if inviter is None or not inviter.is_active or not may_invite(work, inviter, invitation):
            return None
        return invitation

    def _is_open(self, invitation: Invitation) -> bool:
        return invitation.used_at is None and self._clock.now() < invitation.expires_at

    def _note(self, work: UnitOfWork, by: Person, person_id: PersonId) -> None:
        """Let people see that somebody made a link to what they have: whoever makes one could use it."""
        person = work.people.find_person(person_id)
        if person is not None and has_way_in(person):
            self._accesses.note(work, by, person_id, what="account", why="new_password_link")

    def _note_family(self, work: UnitOfWork, invitation: Invitation, guardian: Person) -> None:
        """Let children see by whose link they have a new guardian."""
        inviter = work.people.find_person(invitation.created_by)
        for child in children_of(work, invitation):
            if inviter is not None:
                self._accesses.note(
                    work, inviter, child.id, what="account", why="guardian_linked", thing_id=guardian.id
                )

    def _use_up(self, work: UnitOfWork, invitation: Invitation) -> None:
        if invitation.person_id is not None:
            forget_links(work, invitation.school_id, invitation.person_id)
        work.people.save_invitation(replace(invitation, used_at=self._clock.now()))

    def _checked(self, guest: Guest, reply: Reply) -> Reply:
        """Give what was typed, tidied. Raises Invalid, naming the field."""
        known = guest.person
        email = known.email if known is not None and known.email else reply.email
        name = check_name(known.name if known is not None else reply.name)
        if not guest.is_birth_asked:
            return replace(reply, name=name, email=check_login(email), born=None)
        if reply.born is None:
            raise Invalid("Choose the month and the year of your birth.", field="born", code="bad_birth")
        newcomer = checked(Newcomer(name, email, reply.password, reply.born), self._clock.now().date())
        return replace(reply, name=newcomer.name, email=newcomer.login)

    def _person(self, work: UnitOfWork, invitation: Invitation, reply: Reply) -> Person:
        """Give the person as it is once the link was used; `reply.password` is the hash here."""
        known = work.people.find_person(invitation.person_id) if invitation.person_id else None
        person = known or Person(
            id=PersonId(new_id()),
            school_id=invitation.school_id,
            name=reply.name,
            email=reply.email,
            role=invitation.role,
            class_ids=tuple(one for one in invitation.class_ids if work.people.find_class(one) is not None),
            ward_ids=tuple(child.id for child in children_of(work, invitation)),
        )
        if person.role is Role.STUDENT and person.decides_from is None and reply.born is not None:
            rules = work.people.load_school(person.school_id).rules
            person = replace(person, decides_from=Consents.decides_from(reply.born, rules))
        return replace(person, email=person.email or reply.email, password_hash=reply.password)

    def _members(self, by: Person, class_id: ClassId) -> list[Person]:
        with self._store(EVERYTHING) as work:
            class_room = work.people.find_class(class_id)
            if class_room is None or not allows(by, Action.MANAGE_CLASS, class_room):
                raise refused(by, "invite", class_id)
            members = work.people.list_members(class_id)
        return [one for one in members if one.is_active]


def _note_joined(work: UnitOfWork, invitation: Invitation, person: Person) -> None:
    """Record by whose link somebody has an account of this role."""
    entry = Entry(
        "person.joined", invitation.school_id, invitation.created_by, person.id, ref=f"role:{person.role.value}"
    )
    work.audit.append(entry)

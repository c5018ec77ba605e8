"""The on-call list: who is called when a student may be in danger, kept by counsellors and administrators."""

from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

import structlog

from domain.audit import Entry
from domain.clock import Clock
from domain.errors import Conflict, Invalid, NotAllowed, NotFound
from domain.ids import ContactId, PersonId, new_id
from domain.notices import Contact, Duty
from domain.people import Person, Role, SchoolHours
from domain.people_repositories import PeopleSearch
from domain.ports import Store, UnitOfWork
from domain.scope import scope_of
from safety import duty
from safety.recipients import STAFF, list_answering, list_counsellors

STEPS = range(1, 10)
"""The steps that a contact can be at."""

MOST_CONTACTS = 100
_LONGEST_NAME = 200
_LONGEST_ADDRESS = 254
"""Characters; RFC 5321 lets no path be longer."""


@dataclass(frozen=True, slots=True)
class ContactWish:
    """Who is to be called when: somebody with an account here (`person_id`), or a name and an e-mail address."""

    step: int
    duty: Duty
    person_id: PersonId | None = None
    name: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """The on-call list as it stands now.

    `silent` are the ids of contacts whose account is closed or no longer one of staff: they are never called.
    `outsiders` are those of others who cannot open cases, since they are no counsellors.
    `called_now` would be called if a case were opened now; `last` are the last responders.
    """

    contacts: tuple[Contact, ...]
    silent: frozenset[ContactId]
    called_now: tuple[Contact, ...]
    last: tuple[Contact, ...]
    hours: SchoolHours
    is_open: bool
    outsiders: frozenset[ContactId] = frozenset()
    has_counsellor: bool = False

    @property
    def zone(self) -> tzinfo:
        """The time zone of the school."""
        return duty.zone_of(self.hours)

    @property
    def is_nobody(self) -> bool:
        """Whether nobody at all is on call."""
        return not self.last

    @property
    def is_off_duty(self) -> bool:
        """Whether there are people on the list, but none whose duty it is now."""
        return bool(self.called_now) and not any(self._is_on_duty(one) for one in self.called_now)

    def _is_on_duty(self, contact: Contact) -> bool:
        return contact.duty is Duty.ALWAYS or (contact.duty is Duty.SCHOOL_HOURS) == self.is_open


class OnCall:
    """Keeps the list. Each method is one transaction; raises NotAllowed for those who do not keep it."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Keep the list in the store."""
        self._store = store
        self._clock = clock

    def standing(self, person: Person) -> Standing:
        """Say who is on the list, and who would be called now."""
        _check_keeper(person)
        with self._store(scope_of(person)) as work:
            hours = work.people.load_school(person.school_id).rules.hours
            contacts = work.notices.list_contacts(person.school_id)
            answering = list_answering(work, person.school_id)
            counsellors = {one.person_id for one in list_counsellors(work, person.school_id)}
        standing = _standing(contacts, answering, hours=hours, now=self._clock.now())
        outsiders = frozenset(one.id for one in answering if one.person_id not in counsellors)
        return replace(standing, outsiders=outsiders, has_counsellor=bool(counsellors))

    def list_staff(self, person: Person) -> list[Person]:
        """List the active staff of the school by name: who can be chosen with an account."""
        _check_keeper(person)
        with self._store(scope_of(person)) as work:
            people = [
                one
                for role in STAFF
                for one in work.people.search_people(
                    person.school_id, PeopleSearch(role=role, is_active=True, limit=1000)
                )[0]
            ]
        return sorted(people, key=lambda one: (one.name, one.id))

    def save(self, person: Person, wish: ContactWish, contact_id: ContactId | None = None) -> Contact:
        """Add somebody to the list, or change who is on it. Raises Invalid, naming the field, or NotFound."""
        _check_keeper(person)
        with self._store(scope_of(person)) as work:
            known = _find(work, person, contact_id) if contact_id else None
            if known is None and len(work.notices.list_contacts(person.school_id)) >= MOST_CONTACTS:
                raise Conflict(f"There can be {MOST_CONTACTS} people on the list. Take somebody off first.")
            contact = _checked(work, person, wish, known.id if known else ContactId(new_id()))
            work.notices.save_contact(contact)
            work.audit.append(_entry("contact.saved", person, contact))
            work.commit()
        return contact

    def delete(self, person: Person, contact_id: ContactId) -> None:
        """Take somebody off the list. Raises NotFound."""
        _check_keeper(person)
        with self._store(scope_of(person)) as work:
            contact = _find(work, person, contact_id)
            work.notices.delete_contact(contact.id)
            work.audit.append(_entry("contact.deleted", person, contact))
            work.commit()


def _standing(contacts: list[Contact], answering: list[Contact], *, hours: SchoolHours, now: datetime) -> Standing:
    names = {one.id: one for one in answering}
    last = max((one.step for one in answering), default=0)
    return Standing(
        contacts=tuple(names.get(one.id, one) for one in contacts),
        silent=frozenset(one.id for one in contacts if one.id not in names),
        called_now=tuple(duty.choose(answering, 1, hours=hours, now=now)),
        last=tuple(one for one in answering if one.step == last),
        hours=hours,
        is_open=duty.is_open(hours, now),
    )


def _checked(work: UnitOfWork, person: Person, wish: ContactWish, contact_id: ContactId) -> Contact:
    if wish.step not in STEPS:
        raise Invalid(f"Choose a step from {STEPS[0]} to {STEPS[-1]}.", field="step")
    name, email = " ".join(wish.name.split()), wish.email.strip()
    if wish.person_id:
        account = work.people.find_person(wish.person_id)
        if account is None or account.school_id != person.school_id or account.role not in STAFF:
            raise Invalid("Choose somebody of the school's staff.", field="person_id")
        if "@" not in account.email:
            raise Invalid("This account has no e-mail address. Give it one first.", field="person_id")
        name, email = account.name, account.email
    elif not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise Invalid("Choose an account, or give a name.", field="name")
    if not is_address(email):
        raise Invalid("Give an e-mail address, such as name@school.example.", field="email")
    return Contact(contact_id, person.school_id, name, email, wish.step, wish.duty, wish.person_id)


def is_address(text: str) -> bool:
    """Whether one box could be meant: something before and after an @, nothing that cannot be seen or parts boxes."""
    before, at, after = text.rpartition("@")
    is_whole = bool(before and at and after) and "@" not in before
    return is_whole and len(text) <= _LONGEST_ADDRESS and text.isprintable() and not set(" ,;<>") & set(text)


def _find(work: UnitOfWork, person: Person, contact_id: ContactId) -> Contact:
    found = next((one for one in work.notices.list_contacts(person.school_id) if one.id == contact_id), None)
    if found is None:
        structlog.get_logger(__name__).info("refused", action="contact", by=person.id, thing=contact_id[:64])
        raise NotFound("There is nothing at this address, or it is not yours to see.")
    return found


def _entry(action: str, person: Person, contact: Contact) -> Entry:
    return Entry(
        action,
        school_id=person.school_id,
        by_id=person.id,
        about_id=contact.person_id or "",
        ref=f"contact:{contact.id}",
    )


def _check_keeper(person: Person) -> None:
    if person.role not in {Role.COUNSELLOR, Role.ADMINISTRATOR}:
        raise NotAllowed("Only counsellors and administrators keep the on-call list.")

"""The repositories of people and of what they have a right to: a protocol for each kind of thing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.care import CaseStatus
from domain.consent import ConsentRecord, Purpose
from domain.ids import (
    CaseId,
    ClassId,
    DocumentId,
    HoldId,
    InvitationId,
    PersonId,
    SchoolId,
)
from domain.people import ClassRoom, Invitation, Person, Role, School, SignIn
from domain.rights import Access, Hold, Receipt


@dataclass(frozen=True, slots=True)
class PeopleSearch:
    """Which people of a school are asked for: all that are named must be true; `words` is part of a name or address.

    `offset` and `limit` cut a page out of the list.
    """

    words: str = ""
    role: Role | None = None
    class_id: ClassId | None = None
    is_active: bool | None = None
    offset: int = 0
    limit: int = 50


class PeopleRepository(Protocol):
    """Schools, people, classes, invitations and sign-in sessions.

    Of whom only a case is kept is not there: see `domain.people.LONG_GONE`.
    """

    def save_school(self, school: School) -> None:
        """Add or replace a school."""
        ...

    def load_school(self, school_id: SchoolId) -> School:
        """Give a school. Raises NotFound."""
        ...

    def list_schools(self) -> list[School]:
        """List the schools, the first one made first."""
        ...

    def save_class(self, class_room: ClassRoom) -> None:
        """Add or replace a class."""
        ...

    def list_classes(self, school_id: SchoolId) -> list[ClassRoom]:
        """List the classes of a school by name."""
        ...

    def find_class(self, class_id: ClassId) -> ClassRoom | None:
        """Give a class or None."""
        ...

    def find_class_by_code(self, code: str) -> ClassRoom | None:
        """Give the class whose join code or sign-in code this is, whatever its capitals, or None."""
        ...

    def delete_class(self, class_id: ClassId) -> None:
        """Delete a class; its people and readings stay, without it."""
        ...

    def save_person(self, person: Person) -> None:
        """Add or replace a person. Raises Conflict when the e-mail address is another person's."""
        ...

    def save_people(self, people: Sequence[Person]) -> list[Person]:
        """Add or replace people at once; give those left out because their e-mail address is another's."""
        ...

    def find_elsewhere(self, school_id: SchoolId, emails: Collection[str]) -> frozenset[str]:
        """Give those of the e-mail addresses, in small letters, that people of other schools have."""
        ...

    def load_people(self, person_ids: Collection[PersonId]) -> list[Person]:
        """Give people by name, leaving out those who are not there."""
        ...

    def name_people(self, person_ids: Collection[PersonId]) -> Mapping[PersonId, str]:
        """Give the names of these people, also of those of whom only a case is kept."""
        ...

    def find_person(self, person_id: PersonId) -> Person | None:
        """Give a person or None."""
        ...

    def find_by_email(self, email: str) -> Person | None:
        """Give the person with the address, whatever its capitals, or None."""
        ...

    def find_by_subject(self, subject: str) -> Person | None:
        """Give the person with this school account (issuer and subject), or None."""
        ...

    def list_people(self, school_id: SchoolId) -> list[Person]:
        """List the people of a school by name."""
        ...

    def search_people(self, school_id: SchoolId, search: PeopleSearch) -> tuple[list[Person], int]:
        """Give a page of the people of a school who were asked for, by name, and how many there are in all."""
        ...

    def count_people(self, school_id: SchoolId) -> Mapping[Role, int]:
        """Count the active people of a school by role."""
        ...

    def lock(self) -> None:
        """Take the write lock now, so that what is read from here on cannot change before it is written."""
        ...

    def list_members(self, class_id: ClassId) -> list[Person]:
        """List the people of a class by name."""
        ...

    def count_members(self, class_ids: Collection[ClassId]) -> Mapping[ClassId, Mapping[Role, int]]:
        """Count the people of each of these classes by role."""
        ...

    def list_guardians(self, person_id: PersonId) -> list[Person]:
        """List a child's guardians by name."""
        ...

    def save_invitation(self, value: Invitation) -> None:
        """Add or replace an invitation."""
        ...

    def find_invitation(self, token_hash: str) -> Invitation | None:
        """Give the invitation or None. Takes the write lock, so that of two who use it at once one finds it used."""
        ...

    def list_invitations(self, school_id: SchoolId) -> list[Invitation]:
        """List the school's invitations, newest first."""
        ...

    def delete_invitation(self, invitation_id: InvitationId) -> None:
        """Take an invitation back."""
        ...

    def save_sign_in(self, sign_in: SignIn) -> None:
        """Keep a session."""
        ...

    def find_sign_in(self, token_hash: str) -> SignIn | None:
        """Give the session or None."""
        ...

    def delete_sign_in(self, token_hash: str) -> None:
        """End a session; ending one that is gone does nothing."""
        ...

    def list_sign_ins(self, person_id: PersonId) -> list[SignIn]:
        """List a person's sessions, newest first."""
        ...

    def delete_sign_ins(self, person_id: PersonId) -> None:
        """End all of a person's sessions."""
        ...


class ConsentRepository(Protocol):
    """The append-only record of what people allow."""

    def add(self, record: ConsentRecord) -> None:
        """Keep a decision."""
        ...

    def list_for(self, person_id: PersonId) -> list[ConsentRecord]:
        """List all decisions about a person, oldest first."""
        ...

    def find_current(self, person_id: PersonId, purpose: Purpose) -> ConsentRecord | None:
        """Give the newest decision, or None when there was none."""
        ...

    def list_current(self, person_ids: Collection[PersonId], purpose: Purpose) -> list[ConsentRecord]:
        """List the newest decision about a purpose of each of these people who has one."""
        ...


class RightsRepository(Protocol):
    """Who looked, legal holds, receipts of erasure."""

    def add_access(self, value: Access) -> None:
        """Keep a look, unless one with its id is kept."""
        ...

    def list_accesses(self, person_id: PersonId) -> list[Access]:
        """List the looks at what is a person's, newest first, hidden ones included."""
        ...

    def save_hold(self, value: Hold) -> None:
        """Add or replace a legal hold."""
        ...

    def find_hold(self, hold_id: HoldId) -> Hold | None:
        """Give a hold or None."""
        ...

    def list_holds(self, school_id: SchoolId) -> list[Hold]:
        """List the school's holds, newest first, lifted ones included."""
        ...

    def save_receipt(self, value: Receipt) -> None:
        """Keep a receipt."""
        ...

    def list_receipts(self, school_id: SchoolId) -> list[Receipt]:
        """List the school's receipts, newest first."""
        ...


class RecordsRepository(Protocol):
    """Everything that is kept about people, table by table, as the tables themselves declare it."""

    def count(
        self, person_id: PersonId, *, told_cases: Collection[CaseId]
    ) -> Mapping[str, tuple[int, datetime | None]]:
        """Say how many rows of each table are about a person, and since when they are there, where they have a time.

        Study aids of a person's reading are counted with the reading alone. Cases show as in `collect`.
        """
        ...

    def collect(
        self, person_id: PersonId, *, told_cases: Collection[CaseId]
    ) -> Mapping[str, list[Mapping[str, object]]]:
        """Give every row about a person, opened and by table; keys, hashes and tokens are left out.

        So is whatever shows that there is a case, unless it is one of `told_cases`.
        """
        ...

    def erase(self, person_id: PersonId, *, kept: Collection[CaseStatus] = tuple(CaseStatus)) -> Mapping[str, int]:
        """Delete every row about a person; give how many of each table.

        While there is a case about the person whose status is among `kept`, the cases stay with the person's key and
        name; the person counts as deleted, and is nowhere to be found but by `PeopleRepository.name_people`.
        """
        ...

    def retire(self, kind: str, before: datetime, *, school_id: SchoolId, held: Collection[PersonId]) -> int:
        """Delete what of a kind is older than `before`, except what is about people under a hold; give how many."""
        ...

    def list_due(self, kind: str, before: datetime, *, school_id: SchoolId, held: Collection[PersonId]) -> list[str]:
        """List the ids of what `retire` would delete of a kind whose things are more than rows: files, vectors."""
        ...

    def list_files(self, person_id: PersonId) -> list[DocumentId]:
        """List the ids of the documents that a person owns, oldest first."""
        ...

    def is_bound(self, document_id: DocumentId, held: Collection[PersonId]) -> bool:
        """Whether something about one of these people would go with the document."""
        ...


class KeyRepository(Protocol):
    """Each person's own key, wrapped by a key of the ring. Deleting it makes what it sealed unreadable for good."""

    def count_old(self, key_id: str) -> int:
        """Say how many persons' keys are wrapped by another key of the ring than this one."""
        ...

    def rewrap(self, key_id: str, *, limit: int) -> int:
        """Wrap the keys of up to `limit` persons with this key of the ring; give how many were."""
        ...

    def count_by_key(self) -> Mapping[str, int]:
        """Say of each key of the ring that wraps something how many persons' keys it wraps."""
        ...

    def forget(self, key_ids: Collection[str]) -> None:
        """Delete keys of the ring. Raises Conflict when one is the newest or still wraps something."""
        ...

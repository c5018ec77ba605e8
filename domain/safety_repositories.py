"""The repositories of notices, the on-call list, concerns, surrogates, the audit chain and reviews."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from domain.audit import AuditRecord, Entry
from domain.care import Concern
from domain.ids import CaseId, ContactId, InteractionId, PersonId, SchoolId
from domain.notices import Channel, Contact, Notice
from domain.review import Criteria, Output, Reviewable, ReviewMark, Tally


class NoticeRepository(Protocol):
    """The on-call list, and the outbox of notices."""

    def save_contact(self, contact: Contact) -> None:
        """Add a contact, or replace the one with its id."""
        ...

    def delete_contact(self, contact_id: ContactId) -> None:
        """Take somebody off the list; taking off who is not there does nothing."""
        ...

    def list_contacts(self, school_id: SchoolId) -> list[Contact]:
        """List the on-call list by step, then name."""
        ...

    def add(self, notice: Notice) -> bool:
        """Put a notice into the outbox unless one with its key is there; say whether it was put."""
        ...

    def claim(self, channel: Channel, now: datetime, lease_until: datetime, *, limit: int) -> list[Notice]:
        """Take undelivered notices whose time has come, gravest and oldest first; nobody else gets them until then.

        A time more than `CLOCK_SLIP` away was set by a clock that was wrong, and has come. Those given up are left.
        """
        ...

    def save(self, notice: Notice) -> None:
        """Keep what became of a try, and let go of the claim. What was delivered meanwhile stays delivered."""
        ...

    def list_for(self, case_id: CaseId) -> list[Notice]:
        """List the notices about a case, oldest first."""
        ...

    def list_undelivered(self, school_id: SchoolId) -> list[Notice]:
        """List what has not been delivered, oldest first."""
        ...

    def oldest_undelivered(self) -> Notice | None:
        """Give the undelivered notice of any school whose case's deadline comes first, or None."""
        ...

    def list_steps_due(self, now: datetime) -> list[CaseId]:
        """Name the open cases of any school that nobody has taken on and whose next step is due."""
        ...


class ConcernRepository(Protocol):
    """What adds up over people's turns."""

    def find(self, person_id: PersonId) -> Concern | None:
        """Give the person's concern or None."""
        ...

    def save(self, concern: Concern) -> None:
        """Keep it in place of the one before."""
        ...

    def delete(self, person_id: PersonId) -> None:
        """Forget it."""
        ...


class SurrogateRepository(Protocol):
    """What stands for a person's words towards a model, conversation by conversation; sealed with the person's key."""

    def load(self, person_id: PersonId, conversation: str) -> Mapping[str, str]:
        """Give the words that each surrogate stands for."""
        ...

    def add(self, person_id: PersonId, conversation: str, originals: Mapping[str, str], at: datetime) -> None:
        """Keep new surrogates; those that are kept already stay as they are."""
        ...


class AuditRepository(Protocol):
    """The hash chain."""

    def append(self, entry: Entry) -> AuditRecord:
        """Add a record at the end of the chain, in the caller's transaction. One writer at a time, to the commit."""
        ...

    def head(self) -> AuditRecord | None:
        """Give the last record, or None."""
        ...

    def walk(self, after: int = 0) -> Iterator[AuditRecord]:
        """Yield the records after a place in order, as they are stored; nothing is checked."""
        ...

    def trim(self, until: int) -> int:
        """Delete the records up to and including a place, which a signed head must name; give how many."""
        ...

    def list_for(self, school_id: SchoolId, *, before: int | None = None, limit: int = 100) -> list[AuditRecord]:
        """List a school's records that the scope covers, newest first, from before a place on."""
        ...


class ReviewRepository(Protocol):
    """Outputs and the marks on them."""

    def add_output(self, output: Output) -> None:
        """Keep an output, sealed."""
        ...

    def find_output(self, output_id: InteractionId) -> Output | None:
        """Give an output or None."""
        ...

    def save_mark(self, mark: ReviewMark) -> None:
        """Keep a mark in place of the reviewer's earlier one."""
        ...

    def search(self, criteria: Criteria, *, limit: int, offset: int = 0) -> list[Reviewable]:
        """List exchanges, newest first; those that ended with words of support are never among them."""
        ...

    def tally(self) -> list[Tally]:
        """Sum up outputs and marks by what made them."""
        ...

    def list_marks(self, output_ids: Sequence[InteractionId]) -> list[ReviewMark]:
        """List the marks on these outputs, newest first."""
        ...

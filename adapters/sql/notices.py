"""The on-call list and the outbox of notices."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, case, delete, insert, or_, select, update

from adapters.sql.safety_tables import contact, notice
from adapters.sql.schema import care_case
from adapters.sql.transaction import Transaction
from domain.care import CaseStatus, Severity
from domain.ids import CaseId, ContactId, SchoolId
from domain.notices import CLOCK_SLIP, GIVEN_UP, WITHDRAWN, Channel, Contact, Duty, Notice, Occasion

_CONTACT = ("id", "school_id", "person_id", "name", "email", "step")
_NOTICE = (
    "id",
    "school_id",
    "case_id",
    "key",
    "address",
    "is_drill",
    "made_at",
    "due_at",
    "next_at",
    "attempts",
    "delivered_at",
    "failure",
)
"""Columns that hold the attribute of their name as it is."""

_RANKS = {severity.value: rank for rank, severity in enumerate(reversed(Severity))}


class SqlNotices:
    """A `domain.safety_repositories.NoticeRepository`."""

    def __init__(self, transaction: Transaction) -> None:
        """Work within this transaction."""
        self._transaction = transaction

    def save_contact(self, value: Contact) -> None:
        """Add a contact, or replace the one with its id."""
        row = {name: getattr(value, name) for name in _CONTACT} | {"duty": value.duty.value}
        self._transaction.put(contact, {"id": row.pop("id")}, row)

    def delete_contact(self, contact_id: ContactId) -> None:
        """Take somebody off the list; taking off who is not there does nothing."""
        self._transaction.write(delete(contact).where(contact.c.id == contact_id))

    def list_contacts(self, school_id: SchoolId) -> list[Contact]:
        """List the on-call list by step, then name."""
        query = select(contact).where(contact.c.school_id == school_id)
        rows = self._transaction.read(query.order_by(contact.c.step, contact.c.name, contact.c.id))
        return [Contact(duty=Duty(row.duty), **{name: getattr(row, name) for name in _CONTACT}) for row in rows]

    def add(self, value: Notice) -> bool:
        """Put a notice into the outbox unless one with its key is there; say whether it was put."""
        self._transaction.begin_write()
        if self._transaction.read(select(notice.c.id).where(notice.c.key == value.key)).first():
            return False
        self._transaction.write(insert(notice).values(_to_row(value)))
        return True

    def claim(self, channel: Channel, now: datetime, lease_until: datetime, *, limit: int) -> list[Notice]:
        """Take undelivered notices whose time has come, gravest and oldest first; nobody else gets them until then.

        A time more than `CLOCK_SLIP` away was set by a clock that was wrong, and has come. Those given up are left.
        """
        is_due = or_(notice.c.next_at <= now, notice.c.next_at > now + CLOCK_SLIP)
        query = _waiting().where(notice.c.channel == channel.value, notice.c.failure != GIVEN_UP, is_due)
        query = query.order_by(case(_RANKS, value=notice.c.severity), notice.c.number).limit(limit)
        if not self._transaction.read(query).first():
            return []  # most of the time, and then no writer has to wait
        self._transaction.begin_write()
        rows = self._transaction.read(query).all()
        taken = notice.c.id.in_([row.id for row in rows])
        self._transaction.write(update(notice).where(taken).values(next_at=lease_until))
        return [_to_notice(row) for row in rows]

    def save(self, value: Notice) -> None:
        """Keep what became of a try, and let go of the claim. What was delivered meanwhile stays delivered."""
        is_open = and_(notice.c.id == value.id, notice.c.delivered_at.is_(None))
        self._transaction.write(update(notice).where(is_open).values(_to_row(value)))

    def list_for(self, case_id: CaseId) -> list[Notice]:
        """List the notices about a case, oldest first."""
        return self._list(select(notice).where(notice.c.case_id == case_id).order_by(notice.c.number))

    def list_undelivered(self, school_id: SchoolId) -> list[Notice]:
        """List what has not been delivered, oldest first."""
        return self._list(_waiting().where(notice.c.school_id == school_id).order_by(notice.c.number))

    def oldest_undelivered(self) -> Notice | None:
        """Give the undelivered notice of any school whose case's deadline comes first, or None."""
        return next(iter(self._list(_waiting().order_by(notice.c.due_at, notice.c.number).limit(1))), None)

    def list_steps_due(self, now: datetime) -> list[CaseId]:
        """Name the open cases of any school that nobody has taken on and whose next step is due."""
        query = (
            select(care_case.c.id)
            .where(care_case.c.status == CaseStatus.OPEN.value, care_case.c.next_step_at <= now)
            .order_by(case(_RANKS, value=care_case.c.severity), care_case.c.next_step_at, care_case.c.id)
        )
        return [CaseId(row.id) for row in self._transaction.read(query)]

    def _list(self, query: Select[Any]) -> list[Notice]:
        return [_to_notice(row) for row in self._transaction.read(query)]


def _waiting() -> Select[Any]:
    return select(notice).where(notice.c.delivered_at.is_(None), notice.c.failure != WITHDRAWN)


def _to_row(value: Notice) -> dict[str, Any]:
    return {name: getattr(value, name) for name in _NOTICE} | {
        "channel": value.channel.value,
        "severity": value.severity.value,
        "occasion": value.occasion.value,
    }


def _to_notice(row: Row[Any]) -> Notice:
    return Notice(
        channel=Channel(row.channel),
        severity=Severity(row.severity),
        occasion=Occasion(row.occasion),
        **{name: getattr(row, name) for name in _NOTICE},
    )

"""Decisions about purposes."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Row, func, insert, select

from adapters.sql.people_tables import consent
from adapters.sql.transaction import Transaction
from domain.consent import ConsentRecord, Purpose
from domain.ids import PersonId

_PLAIN = ("id", "person_id", "is_given", "version", "by_id", "at", "is_on_paper")
"""Columns that hold the attribute of their name as it is."""


class SqlConsents:
    """A `domain.people_repositories.ConsentRepository`."""

    def __init__(self, transaction: Transaction) -> None:
        """Work within this transaction."""
        self._transaction = transaction

    def add(self, record: ConsentRecord) -> None:
        """Keep a decision."""
        row = {name: getattr(record, name) for name in _PLAIN}
        self._transaction.write(insert(consent).values(row | {"purpose": record.purpose.value}))

    def list_for(self, person_id: PersonId) -> list[ConsentRecord]:
        """List all decisions about a person, oldest first."""
        query = select(consent).where(consent.c.person_id == person_id).order_by(consent.c.number)
        return [_from_row(row) for row in self._transaction.read(query)]

    def find_current(self, person_id: PersonId, purpose: Purpose) -> ConsentRecord | None:
        """Give the newest decision, or None when there was none."""
        query = (
            select(consent)
            .where(consent.c.person_id == person_id, consent.c.purpose == purpose.value)
            .order_by(consent.c.number.desc())
            .limit(1)
        )
        row = self._transaction.read(query).first()
        return None if row is None else _from_row(row)

    def list_current(self, person_ids: Collection[PersonId], purpose: Purpose) -> list[ConsentRecord]:
        """List the newest decision about a purpose of each of these people who has one."""
        about = (consent.c.purpose == purpose.value, consent.c.person_id.in_(person_ids))
        newest = select(func.max(consent.c.number)).where(*about).group_by(consent.c.person_id)
        query = select(consent).where(*about, consent.c.number.in_(newest))
        return [_from_row(row) for row in self._transaction.read(query)]


def _from_row(row: Row[Any]) -> ConsentRecord:
    return ConsentRecord(purpose=Purpose(row.purpose), **{name: getattr(row, name) for name in _PLAIN})

"""Who looked at what, legal holds, and receipts of erasure."""

from sqlalchemy import insert, select

from adapters.sql.people_tables import access, hold, receipt
from adapters.sql.transaction import Transaction
from domain.ids import HoldId, PersonId, SchoolId
from domain.rights import Access, Hold, Receipt

_ACCESS = ("id", "school_id", "person_id", "by_id", "what", "why", "at", "thing_id", "is_hidden")
_HOLD = ("id", "school_id", "person_id", "reason", "placed_by", "placed_at", "lifted_at")
_RECEIPT = ("id", "school_id", "by_id", "at", "counts")


class SqlRights:
    """A `domain.people_repositories.RightsRepository`."""

    def __init__(self, transaction: Transaction) -> None:
        """Work within this transaction."""
        self._transaction = transaction

    def add_access(self, value: Access) -> None:
        """Keep a look, unless one with its id is kept."""
        row = {name: getattr(value, name) for name in _ACCESS}
        # whoever adds a look may not be allowed to read those there are
        if self._transaction.is_postgres:
            from sqlalchemy.dialects import postgresql

            self._transaction.write(postgresql.insert(access).values(row).inline().on_conflict_do_nothing())
        else:
            from sqlalchemy.dialects import sqlite

            self._transaction.write(sqlite.insert(access).values(row).inline().on_conflict_do_nothing())

    def list_accesses(self, person_id: PersonId) -> list[Access]:
        """List the looks at what is a person's, newest first, hidden ones included."""
        query = select(access).where(access.c.person_id == person_id).order_by(access.c.number.desc())
        return [Access(**{name: getattr(row, name) for name in _ACCESS}) for row in self._transaction.read(query)]

    def save_hold(self, value: Hold) -> None:
        """Add or replace a legal hold."""
        row = {name: getattr(value, name) for name in _HOLD}
        self._transaction.put(hold, {"id": row.pop("id")}, row)

    def find_hold(self, hold_id: HoldId) -> Hold | None:
        """Give a hold or None."""
        row = self._transaction.read(select(hold).where(hold.c.id == hold_id)).first()
        return None if row is None else Hold(**{name: getattr(row, name) for name in _HOLD})

    def list_holds(self, school_id: SchoolId) -> list[Hold]:
        """List the school's holds, newest first, lifted ones included."""
        query = select(hold).where(hold.c.school_id == school_id).order_by(hold.c.placed_at.desc(), hold.c.id)
        return [Hold(**{name: getattr(row, name) for name in _HOLD}) for row in self._transaction.read(query)]

    def save_receipt(self, value: Receipt) -> None:
        """Keep a receipt."""
        row = {name: getattr(value, name) for name in _RECEIPT}
        self._transaction.write(insert(receipt).values(row | {"counts": dict(value.counts)}))

    def list_receipts(self, school_id: SchoolId) -> list[Receipt]:
        """List the school's receipts, newest first."""
        query = select(receipt).where(receipt.c.school_id == school_id).order_by(receipt.c.at.desc(), receipt.c.id)
        return [Receipt(**{name: getattr(row, name) for name in _RECEIPT}) for row in self._transaction.read(query)]

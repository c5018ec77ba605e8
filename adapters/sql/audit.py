"""The audit chain in the store: appended to at its end, by one writer at a time."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Row, delete, insert, select

from adapters.sql.safety_tables import audit
from adapters.sql.transaction import Transaction
from domain.audit import FIRST, AuditRecord, Entry, chain_hash
from domain.clock import Clock
from domain.ids import SchoolId

_PAGE = 1000
_ENTRY = ("action", "school_id", "by_id", "about_id", "ref", "digest", "is_care")


class SqlAudit:
    """A `domain.safety_repositories.AuditRepository`.

    Anybody's acts are appended, whatever the scope; reading is held to it.
    """

    def __init__(self, transaction: Transaction, clock: Clock) -> None:
        """Work within this transaction."""
        self._transaction = transaction
        self._clock = clock

    def append(self, entry: Entry) -> AuditRecord:
        """Add a record at the end of the chain, in the caller's transaction. One writer at a time, to the commit."""
        with self._transaction.beyond_scope():
            last = self.head()
            seq, previous = (last.seq + 1, last.hash) if last else (1, FIRST)
            at = self._clock.now()
            record = AuditRecord(seq, at, entry, previous, chain_hash(seq, at, entry, previous))
            place = {"seq": seq, "at": at, "previous": previous, "hash": record.hash}
            self._transaction.write(insert(audit).values({name: getattr(entry, name) for name in _ENTRY} | place))
        return record

    def head(self) -> AuditRecord | None:
        """Give the last record, or None."""
        row = self._transaction.read(select(audit).order_by(audit.c.seq.desc()).limit(1)).first()
        return _to_record(row) if row else None

    def walk(self, after: int = 0) -> Iterator[AuditRecord]:
        """Yield the records after a place in order, as they are stored; nothing is checked."""
        while True:
            query = select(audit).where(audit.c.seq > after).order_by(audit.c.seq).limit(_PAGE)
            rows = self._transaction.read(query).all()
            for row in rows:
                yield _to_record(row)
            if len(rows) < _PAGE:
                return
            after = rows[-1].seq

    def trim(self, until: int) -> int:
        """Delete the records up to and including a place, which a signed head must name; give how many."""
        return self._transaction.write(delete(audit).where(audit.c.seq <= until)).rowcount

    def list_for(self, school_id: SchoolId, *, before: int | None = None, limit: int = 100) -> list[AuditRecord]:
        """List a school's records that the scope covers, newest first, from before a place on."""
        query = select(audit).where(audit.c.school_id == school_id)
        if before is not None:
            query = query.where(audit.c.seq < before)
        rows = self._transaction.read(query.order_by(audit.c.seq.desc()).limit(limit))
        return [_to_record(row) for row in rows]


def _to_record(row: Row[Any]) -> AuditRecord:
    entry = Entry(**{name: getattr(row, name) for name in _ENTRY})
    return AuditRecord(row.seq, row.at, entry, row.previous, row.hash)

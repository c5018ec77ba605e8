"""Persons' keys: which key of the ring wraps each, and wrapping them anew after a rotation."""

from collections.abc import Collection, Mapping

from sqlalchemy import func, select, update

from adapters.sql.people_tables import person_key
from adapters.sql.sealing import bound_to
from adapters.sql.transaction import Transaction
from domain.errors import Conflict
from domain.ports import KeyRing


class SqlKeys:
    """A `domain.people_repositories.KeyRepository`."""

    def __init__(self, transaction: Transaction, ring: KeyRing) -> None:
        """Work within this transaction, with this ring."""
        self._transaction = transaction
        self._ring = ring

    def count_old(self, key_id: str) -> int:
        """Say how many persons' keys are wrapped by another key of the ring than this one."""
        query = select(func.count()).select_from(person_key).where(person_key.c.key_id != key_id)
        return int(self._transaction.read(query).scalar_one())

    def rewrap(self, key_id: str, *, limit: int) -> int:
        """Wrap the keys of up to `limit` persons with this key of the ring; give how many were.

        Does nothing when the ring has a newer key by now: the rewrapping for that one does all.
        """
        self._transaction.begin_write()
        if self._ring.newest != key_id:
            return 0
        query = select(person_key).where(person_key.c.key_id != key_id).order_by(person_key.c.person_id).limit(limit)
        rows = self._transaction.read(query).all()
        for row in rows:
            about = bound_to(row.person_id)
            wrapped = self._ring.wrap(self._ring.unwrap(row.wrapped, about=about), about=about)
            values = {"key_id": wrapped.partition(".")[0], "wrapped": wrapped}
            self._transaction.write(update(person_key).where(person_key.c.person_id == row.person_id).values(values))
        return len(rows)

    def count_by_key(self) -> Mapping[str, int]:
        """Say of each key of the ring that wraps something how many persons' keys it wraps."""
        query = select(person_key.c.key_id, func.count().label("how_many")).group_by(person_key.c.key_id)
        return {row.key_id: row.how_many for row in self._transaction.read(query)}

    def forget(self, key_ids: Collection[str]) -> None:
        """Delete keys of the ring. Raises Conflict when one is the newest or still wraps something."""
        # whoever is about to wrap a key waits, or is seen here
        self._transaction.begin_write()
        used = sorted(set(key_ids) & self.count_by_key().keys())
        if used:
            raise Conflict(f"{', '.join(used)} still wraps persons' keys. Run `margent keys rotate` first.")
        self._ring.forget(sorted(key_ids))

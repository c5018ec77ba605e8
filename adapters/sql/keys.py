"""Persons' keys: which key of the ring wraps each, and wrapping them anew after a rotation."""

from collections.abc import Iterator

from sqlalchemy import func, select, update

from adapters.sql.people_tables import person_key
from adapters.sql.sealing import about
from adapters.sql.transaction import Transaction
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

        Does nothing when the ring has a newer key by now: its own rewrapping does all.
        """
        self._transaction.begin_write()
        if self._ring.newest != key_id:
            return 0
        query = select(person_key).where(person_key.c.key_id != key_id).order_by(person_key.c.person_id).limit(limit)
        rows = self._transaction.read(query).all()
        for row in rows:
            key = self._ring.unwrap(row.wrapped, about=about(row.person_id))
            wrapped = self._ring.wrap(key, about=about(row.person_id))
            values = {"key_id": wrapped.partition(".")[0], "wrapped": wrapped}
            self._transaction.write(update(person_key).where(person_key.c.person_id == row.person_id).values(values))
        return len(rows)

    def used_ids(self) -> Iterator[str]:
        """Yield the ids of the ring's keys that still wrap something."""
        query = select(person_key.c.key_id).distinct().order_by(person_key.c.key_id)
        yield from self._transaction.read(query).scalars()

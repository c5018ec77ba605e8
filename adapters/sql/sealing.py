"""Learner text at rest: sealed with the person's own key, which the key ring outside the database wraps.

What is sealed opens only as the field of the row that it was sealed for. Plain text is never taken for sealed.
"""

import os
from collections.abc import Collection

from sqlalchemy import insert, select

from adapters.keys.box import KEY_BYTES, Box, NotOpened
from adapters.sql.people_tables import person_key
from adapters.sql.transaction import Transaction
from domain.errors import KeyMissing
from domain.ports import KeyRing

_MARK = "v1."


def place_of(table: str, row_id: object, field: str) -> str:
    """Name the place that a text is sealed for."""
    return f"{table}:{row_id}:{field}"


def bound_to(person_id: str) -> str:
    """Name what a person's wrapped key is bound to."""
    return f"person_key:{person_id}"


class Sealer:
    """Seals and opens within one unit of work; persons' keys are kept no longer than until its next commit."""

    def __init__(self, transaction: Transaction, ring: KeyRing) -> None:
        """Find the wrapped keys in this transaction."""
        self._transaction = transaction
        self._ring = ring
        self._boxes: dict[str, Box | KeyMissing] = {}

    def seal(self, text: str, *, person_id: str, place: str) -> str:
        """Seal a text of a person for its place; the person's first text makes the person's key."""
        self.load([person_id])
        if person_id not in self._boxes:
            self._make(person_id)
        return _MARK + self._box_of(person_id).seal(text.encode(), place)

    def open(self, text: str, *, person_id: str, place: str) -> str:
        """Give what was sealed for this place. Raises KeyMissing; the error never holds any of the text."""
        self.load([person_id])
        box = self._box_of(person_id)
        try:
            return box.open(_unmarked(text), place).decode()
        except NotOpened:
            message = "What is kept here was changed since it was written, so it cannot be shown. Tell your school."
            raise KeyMissing(message, code="seal_broken") from None

    def opens(self, text: str, *, person_id: str, place: str) -> bool:
        """Whether a text is sealed for this place. Raises KeyMissing when the ring does not open the person's key."""
        self.load([person_id])
        if person_id not in self._boxes:
            return False
        box = self._box_of(person_id)
        try:
            box.open(_unmarked(text), place)
        except NotOpened:
            return False
        return True

    def load(self, person_ids: Collection[str]) -> None:
        """Get the keys of these persons, where they have one, with one query; faults are told when one is used."""
        missing = sorted(set(person_ids) - self._boxes.keys())
        if not missing:
            return
        query = select(person_key.c.person_id, person_key.c.wrapped).where(person_key.c.person_id.in_(missing))
        for row in self._transaction.read(query).all():
            self._boxes[row.person_id] = self._unwrap(row.wrapped, row.person_id)

    def forget(self) -> None:
        """Let go of the keys: another process may delete them once this transaction has ended."""
        self._boxes.clear()

    def _box_of(self, person_id: str) -> Box:
        box = self._boxes.get(person_id)
        if box is None:
            raise KeyMissing("The key to what this person wrote is not there, so it cannot be shown.")
        if isinstance(box, KeyMissing):
            raise box
        return box

    def _unwrap(self, wrapped: str, person_id: str) -> Box | KeyMissing:
        try:
            return Box(self._ring.unwrap(wrapped, about=bound_to(person_id)))
        except KeyMissing as error:
            # one person's fault must not keep others' words shut
            return error

    def _make(self, person_id: str) -> None:
        # of two who would make the key at once, one waits; so does whoever is about to forget a key of the ring
        self._transaction.begin_write()
        self.load([person_id])
        if person_id in self._boxes:
            return
        key = os.urandom(KEY_BYTES)
        wrapped = self._ring.wrap(key, about=bound_to(person_id))
        row = {"person_id": person_id, "key_id": wrapped.partition(".")[0], "wrapped": wrapped}
        self._transaction.write(insert(person_key).values(row))
        self._boxes[person_id] = Box(key)


def _unmarked(text: str) -> str:
    """Give what follows the mark, or nothing, which never opens."""
    return text[len(_MARK) :] if text.startswith(_MARK) else ""

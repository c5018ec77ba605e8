"""What adds up over people's turns, and what stands for their words towards a model."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, insert, select

from adapters.sql.safety_tables import concern, surrogate
from adapters.sql.sealing import Sealer, place_of
from adapters.sql.transaction import Transaction
from domain.care import Concern
from domain.ids import PersonId, stable_id


class SqlConcerns:
    """A `domain.safety_repositories.ConcernRepository`."""

    def __init__(self, transaction: Transaction) -> None:
        """Work within this transaction."""
        self._transaction = transaction

    def find(self, person_id: PersonId) -> Concern | None:
        """Give the person's concern or None."""
        row = self._transaction.read(select(concern).where(concern.c.person_id == person_id)).first()
        return None if row is None else Concern(row.person_id, row.state, row.at)

    def save(self, value: Concern) -> None:
        """Keep it in place of the one before."""
        self._transaction.put(concern, {"person_id": value.person_id}, {"state": dict(value.state), "at": value.at})

    def delete(self, person_id: PersonId) -> None:
        """Forget it."""
        self._transaction.write(delete(concern).where(concern.c.person_id == person_id))


class SqlSurrogates:
    """A `domain.safety_repositories.SurrogateRepository`."""

    def __init__(self, transaction: Transaction, sealer: Sealer) -> None:
        """Work within this transaction; what surrogates stand for is kept sealed."""
        self._transaction = transaction
        self._sealer = sealer

    def load(self, person_id: PersonId, conversation: str) -> Mapping[str, str]:
        """Give the words that each surrogate stands for, oldest first. Raises KeyMissing."""
        mine = (surrogate.c.person_id == person_id) & (surrogate.c.conversation == conversation)
        rows = self._transaction.read(select(surrogate).where(mine).order_by(surrogate.c.at, surrogate.c.id)).all()
        return {
            row.placeholder: self._sealer.open(row.original, person_id=person_id, place=_place(row.id)) for row in rows
        }

    def add(self, person_id: PersonId, conversation: str, originals: Mapping[str, str], at: datetime) -> None:
        """Keep new surrogates; those that are kept already stay as they are."""
        known = self.load(person_id, conversation)
        for placeholder, original in originals.items():
            if placeholder in known:
                continue
            row_id = stable_id("surrogate", person_id, conversation, placeholder)
            row = {
                "id": row_id,
                "person_id": person_id,
                "conversation": conversation,
                "placeholder": placeholder,
                "original": self._sealer.seal(original, person_id=person_id, place=_place(row_id)),
                "at": at,
            }
            self._transaction.write(insert(surrogate).values(row))


def _place(row_id: str) -> str:
    return place_of("surrogate", row_id, "original")

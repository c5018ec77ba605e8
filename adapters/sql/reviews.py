"""What writers made, sealed, and what reviewers said of it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, insert, select

from adapters.sql.safety_tables import output, review_mark
from adapters.sql.sealing import Sealer, place_of
from adapters.sql.transaction import Transaction
from domain.ids import InteractionId
from domain.review import Output, ReviewMark

_OUTPUT = ("id", "whose_id", "at", "digest", "withheld")
_MARK = ("output_id", "by_id", "is_good", "reason", "at")


class SqlReviews:
    """A `domain.safety_repositories.ReviewRepository`."""

    def __init__(self, transaction: Transaction, sealer: Sealer) -> None:
        """Work within this transaction."""
        self._transaction = transaction
        self._sealer = sealer

    def add_output(self, value: Output) -> None:
        """Keep an output, sealed."""
        sealed = self._sealer.seal(value.text, person_id=value.whose_id, place=_place(value.id))
        row = {name: getattr(value, name) for name in _OUTPUT} | {"text": sealed}
        self._transaction.write(insert(output).values(row))

    def find_output(self, output_id: InteractionId) -> Output | None:
        """Give an output or None. Raises KeyMissing when its text cannot be opened."""
        row = self._transaction.read(select(output).where(output.c.id == output_id)).first()
        return None if row is None else self._to_output(row)

    def save_mark(self, value: ReviewMark) -> None:
        """Keep a mark in place of the reviewer's earlier one."""
        row = {name: getattr(value, name) for name in _MARK}
        key = {name: row.pop(name) for name in ("output_id", "by_id")}
        self._transaction.put(review_mark, key, row)

    def list_marks(self, output_ids: Sequence[InteractionId]) -> list[ReviewMark]:
        """List the marks on these outputs, newest first."""
        query = select(review_mark).where(review_mark.c.output_id.in_(output_ids))
        rows = self._transaction.read(query.order_by(review_mark.c.at.desc(), review_mark.c.by_id))
        return [ReviewMark(**{name: getattr(row, name) for name in _MARK}) for row in rows]

    def _to_output(self, row: Row[Any]) -> Output:
        text = self._sealer.open(row.text, person_id=row.whose_id, place=_place(row.id))
        return Output(text=text, **{name: getattr(row, name) for name in _OUTPUT})


def _place(output_id: str) -> str:
    return place_of("output", output_id, "text")

"""The append-only record of exchanges with writers."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, insert, or_, select

from adapters.sql.aid_tables import kept_reply
from adapters.sql.codec import from_provenance, to_provenance
from adapters.sql.schema import document, interaction
from adapters.sql.transaction import Transaction
from domain.ids import ClassId, DocumentId, InteractionId, PersonId, SchoolId
from domain.interactions import Interaction, KeptReply, Usage
from domain.material import Kind
from domain.outcomes import Verdict

_PLAIN = (
    "id",
    "at",
    "outcome",
    "school_id",
    "person_id",
    "document_id",
    "section",
    "input_hash",
    "tokens_in",
    "tokens_out",
    "tokens_estimated",
    "failure",
    "cost",
)
"""Columns that hold the attribute of their name as it is."""


class SqlInteractions:
    """A `domain.ports.InteractionRepository`."""

    def __init__(self, transaction: Transaction) -> None:
        """Work within this transaction."""
        self._transaction = transaction

    def add(self, value: Interaction) -> None:
        """Keep an interaction."""
        row = {name: getattr(value, name) for name in _PLAIN}
        row["kind"] = value.kind.value
        row["provenance"] = from_provenance(value.provenance)
        row["verdicts"] = [verdict.value for verdict in value.verdicts]
        self._transaction.write(insert(interaction).values(row))

    def find(self, interaction_id: InteractionId) -> Interaction | None:
        """Give an interaction or None."""
        row = self._transaction.read(select(interaction).where(interaction.c.id == interaction_id)).first()
        return None if row is None else from_row(row)

    def list_for(self, document_id: DocumentId) -> list[Interaction]:
        """List the interactions about a document, oldest first."""
        query = (
            select(interaction)
            .where(interaction.c.document_id == document_id)
            .order_by(interaction.c.at, interaction.c.number)
        )
        return [from_row(row) for row in self._transaction.read(query)]

    def list_of(self, person_id: PersonId, since: datetime, until: datetime) -> list[Interaction]:
        """List a person's interactions from `since` to before `until`, oldest first."""
        query = (
            select(interaction)
            .where(interaction.c.person_id == person_id, interaction.c.at >= since, interaction.c.at < until)
            .order_by(interaction.c.at, interaction.c.number)
        )
        return [from_row(row) for row in self._transaction.read(query)]

    def tokens_since(self, person_id: PersonId | None, since: datetime, *, class_id: ClassId | None = None) -> int:
        """Sum the tokens, in and out, used since a time: by a person, on a class's readings, or by everybody."""
        tokens = interaction.c.tokens_in + interaction.c.tokens_out
        return self._sum(tokens, since, person_id=person_id, class_id=class_id)

    def cost_since(self, since: datetime, *, person_id: PersonId | None = None, class_id: ClassId | None = None) -> int:
        """Sum the cost since a time: a person's, that of a class's readings, or everybody's."""
        return self._sum(interaction.c.cost, since, person_id=person_id, class_id=class_id)

    def _sum(
        self, amount: ColumnElement[int], since: datetime, *, person_id: PersonId | None, class_id: ClassId | None
    ) -> int:
        query = select(func.coalesce(func.sum(amount), 0)).where(interaction.c.at >= since)
        if person_id is not None:
            query = query.where(interaction.c.person_id == person_id)
        if class_id is not None:
            query = query.join(document, document.c.id == interaction.c.document_id)
            query = query.where(document.c.class_id == class_id)
        return int(self._transaction.read(query).scalar_one())

    def list_usage(self, school_id: SchoolId, since: datetime, until: datetime) -> list[Usage]:
        """Sum by day, class and person what a school's people asked of the model."""
        columns = (interaction.c[name] for name in ("at", "person_id", "tokens_in", "tokens_out", "cost"))
        query = (
            select(*columns, document.c.class_id)
            .select_from(interaction)
            .outerjoin(document, document.c.id == interaction.c.document_id)
            .where(interaction.c.school_id == school_id, interaction.c.at >= since, interaction.c.at < until)
            .where(or_(interaction.c.tokens_in > 0, interaction.c.tokens_out > 0))
            .order_by(interaction.c.at, interaction.c.number)
        )
        sums: dict[tuple[date, ClassId | None, PersonId | None], list[int]] = {}
        for row in self._transaction.read(query):
            spent = sums.setdefault((row.at.date(), row.class_id, row.person_id), [0, 0, 0, 0])
            for place, amount in enumerate((1, row.tokens_in, row.tokens_out, row.cost)):
                spent[place] += amount
        return [Usage(*whose, *spent) for whose, spent in sums.items()]

    def find_reply(self, key: str) -> KeptReply | None:
        """Give the reply kept under a key, or None."""
        row = self._transaction.read(select(kept_reply).where(kept_reply.c.key == key)).first()
        return None if row is None else KeptReply(row.key, row.document_id, row.text, row.model, row.at)

    def keep_reply(self, reply: KeptReply) -> None:
        """Keep a reply in place of the one with its key."""
        row = {"document_id": reply.document_id, "text": reply.text, "model": reply.model, "at": reply.at}
        self._transaction.put(kept_reply, {"key": reply.key}, row)


def from_row(row: Row[Any]) -> Interaction:
    """Give the interaction that a row of its table, perhaps with more columns, is."""
    return Interaction(
        kind=Kind(row.kind),
        provenance=to_provenance(row.provenance),
        verdicts=tuple(Verdict(verdict) for verdict in row.verdicts),
        **{name: getattr(row, name) for name in _PLAIN},
    )

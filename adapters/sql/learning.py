"""Attempts and hint progress."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, or_, select

from adapters.sql.schema import attempt, hint_progress, question
from adapters.sql.sealing import Sealer, place_of
from adapters.sql.transaction import Transaction
from domain.ids import ArtifactId, PersonId, UnitId
from domain.learning import Attempt, HintProgress, Result


class SqlLearning:
    """A `domain.ports.LearningRepository`."""

    def __init__(self, transaction: Transaction, sealer: Sealer) -> None:
        """Work within this transaction; answers are kept sealed."""
        self._transaction = transaction
        self._sealer = sealer

    def add_attempt(self, value: Attempt) -> None:
        """Keep an attempt. Raises Conflict when it is already kept, or when its person or quiz is gone."""
        row = {
            "id": value.id,
            "person_id": value.person_id,
            "artifact_id": value.artifact_id,
            "question_id": value.question_id,
            "answer": self._sealer.seal(value.answer, person_id=value.person_id, place=_place(value.id)),
            "is_correct": value.is_correct,
            "at": value.at,
        }
        self._transaction.write(insert(attempt).values(row))

    def list_attempts(self, person_id: PersonId, artifact_id: ArtifactId) -> list[Attempt]:
        """List a person's attempts at the items of a quiz, oldest first.

        An item that stands in two quizzes (a section's and the whole reading's) was attempted in both.
        """
        items = select(question.c.id).where(question.c.artifact_id == artifact_id)
        query = (
            select(attempt)
            .where(attempt.c.person_id == person_id)
            .where(or_(attempt.c.artifact_id == artifact_id, attempt.c.question_id.in_(items)))
            .order_by(attempt.c.at, attempt.c.number)
        )
        return [self._to_attempt(row) for row in self._transaction.read(query).all()]

    def list_results(self, person_id: PersonId, since: datetime, until: datetime) -> list[Result]:
        """List how a person's attempts from `since` to before `until` went, oldest first; no answer is opened."""
        query = (
            select(attempt.c.artifact_id, attempt.c.question_id, attempt.c.is_correct, attempt.c.at)
            .where(attempt.c.person_id == person_id, attempt.c.at >= since, attempt.c.at < until)
            .order_by(attempt.c.at, attempt.c.number)
        )
        return [
            Result(row.artifact_id, row.question_id, row.is_correct, row.at) for row in self._transaction.read(query)
        ]

    def list_hint_progress(self, person_id: PersonId) -> list[HintProgress]:
        """List how far the person has climbed, for every question with a hint taken."""
        query = select(hint_progress).where(hint_progress.c.person_id == person_id)
        rows = self._transaction.read(query.order_by(hint_progress.c.question_id))
        return [HintProgress(row.person_id, row.question_id, row.rung, row.at) for row in rows]

    def load_hint_progress(self, person_id: PersonId, question_id: UnitId) -> HintProgress:
        """Give how far the person has climbed; rung -1 when not at all."""
        query = select(hint_progress).where(
            hint_progress.c.person_id == person_id, hint_progress.c.question_id == question_id
        )
        row = self._transaction.read(query).first()
        if row is None:
            return HintProgress(person_id, question_id)
        return HintProgress(row.person_id, row.question_id, row.rung, row.at)

    def save_hint_progress(self, progress: HintProgress) -> None:
        """Keep how far the person has climbed, and when."""
        key = {"person_id": progress.person_id, "question_id": progress.question_id}
        self._transaction.put(hint_progress, key, {"rung": progress.rung, "at": progress.at})

    def delete_of(self, person_id: PersonId) -> None:
        """Delete a person's attempts and hint progress."""
        for table in (attempt, hint_progress):
            self._transaction.write(delete(table).where(table.c.person_id == person_id))

    def _to_attempt(self, row: Row[Any]) -> Attempt:
        answer = self._sealer.open(row.answer, person_id=row.person_id, place=_place(row.id))
        return Attempt(row.id, row.person_id, row.artifact_id, row.question_id, answer, row.is_correct, row.at)


def _place(attempt_id: str) -> str:
    return place_of("attempt", attempt_id, "answer")

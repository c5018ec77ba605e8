"""Attempts and hint progress."""

from sqlalchemy import insert, or_, select

from adapters.sql.schema import attempt, hint_progress, question
from adapters.sql.transaction import Transaction
from domain.ids import ArtifactId, PersonId, UnitId
from domain.learning import Attempt, HintProgress


class SqlLearning:
    """A `domain.ports.LearningRepository`."""

    def __init__(self, transaction: Transaction) -> None:
        """Work within this transaction."""
        self._transaction = transaction

    def add_attempt(self, value: Attempt) -> None:
        """Keep an attempt. Raises Conflict when it is already kept, or when its person or quiz is gone."""
        row = {
            "id": value.id,
            "person_id": value.person_id,
            "artifact_id": value.artifact_id,
            "question_id": value.question_id,
            "answer": value.answer,
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
        return [
            Attempt(row.id, row.person_id, row.artifact_id, row.question_id, row.answer, row.is_correct, row.at)
            for row in self._transaction.read(query)
        ]

    def load_hint_progress(self, person_id: PersonId, question_id: UnitId) -> HintProgress:
        """Give how far the person has climbed; rung -1 when not at all."""
        query = select(hint_progress.c.rung).where(
            hint_progress.c.person_id == person_id, hint_progress.c.question_id == question_id
        )
        rung = self._transaction.read(query).scalar()
        return HintProgress(person_id, question_id, -1 if rung is None else rung)

    def save_hint_progress(self, progress: HintProgress) -> None:
        """Keep how far the person has climbed."""
        key = {"person_id": progress.person_id, "question_id": progress.question_id}
        self._transaction.put(hint_progress, key, {"rung": progress.rung})

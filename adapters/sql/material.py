"""Artifacts, and where each quiz question stands."""

from typing import Any

from sqlalchemy import Row, delete, insert, select

from adapters.sql.codec import from_hands, from_provenance, from_units, to_hands, to_provenance, to_units
from adapters.sql.schema import artifact, question
from adapters.sql.sealing import Sealer, place_of
from adapters.sql.transaction import Transaction
from domain.ids import ArtifactId, DocumentId, PersonId, UnitId
from domain.material import Artifact, ArtifactStatus, Kind
from domain.questions import Question


class SqlMaterial:
    """A `domain.ports.MaterialRepository`."""

    def __init__(self, transaction: Transaction, sealer: Sealer) -> None:
        """Work within this transaction; what belongs to one person is kept sealed."""
        self._transaction = transaction
        self._sealer = sealer

    def save(self, value: Artifact) -> None:
        """Add the artifact, or replace the one with its id."""
        original, variant = value.levels or (None, None)
        row = {
            "document_id": value.document_id,
            "section": value.section,
            "kind": value.kind.value,
            "title": self._seal(value, "title", value.title),
            "units": self._seal(value, "units", from_units(value.units)),
            "provenance": from_provenance(value.provenance),
            "status": value.status.value,
            "created_at": value.created_at,
            "dropped": value.dropped,
            "drawing": value.drawing,
            "level_original": original,
            "level_variant": variant,
            "owner_id": value.owner_id,
            "version": value.version,
            "evidence_hash": value.evidence_hash,
            "hands": from_hands(value.hands),
        }
        self._transaction.put(artifact, {"id": value.id}, row)
        self._transaction.write(delete(question).where(question.c.artifact_id == value.id))
        ids = dict.fromkeys(unit.id for unit in value.units if isinstance(unit, Question))
        if ids:
            self._transaction.write(insert(question), [{"id": one, "artifact_id": value.id} for one in ids])

    def find(self, artifact_id: ArtifactId) -> Artifact | None:
        """Give the artifact or None."""
        row = self._transaction.read(select(artifact).where(artifact.c.id == artifact_id)).first()
        return None if row is None else self._from_row(row)

    def find_for(self, document_id: DocumentId, section: int | None, kind: Kind) -> Artifact | None:
        """Give the newest shared artifact of a kind for a section or the whole reading."""
        query = (
            _shared(document_id)
            .where(artifact.c.section.is_not_distinct_from(section), artifact.c.kind == kind.value)
            .order_by(artifact.c.created_at.desc(), artifact.c.id)
            .limit(1)
        )
        row = self._transaction.read(query).first()
        return None if row is None else self._from_row(row)

    def list_for(self, document_id: DocumentId, *, kind: Kind | None = None) -> list[Artifact]:
        """List the shared artifacts of a document, by section (the whole reading first), then kind."""
        query = _shared(document_id).order_by(
            artifact.c.section.nulls_first(), artifact.c.kind, artifact.c.created_at, artifact.c.id
        )
        if kind is not None:
            query = query.where(artifact.c.kind == kind.value)
        return [self._from_row(row) for row in self._transaction.read(query).all()]

    def list_all(self, document_id: DocumentId) -> list[Artifact]:
        """List every artifact of a document, those of one person too, oldest first."""
        query = select(artifact).where(artifact.c.document_id == document_id)
        rows = self._transaction.read(query.order_by(artifact.c.created_at, artifact.c.id)).all()
        return [self._from_row(row) for row in rows]

    def delete(self, artifact_id: ArtifactId) -> None:
        """Delete an artifact and the attempts at it; deleting what is not there does nothing."""
        self._transaction.write(delete(artifact).where(artifact.c.id == artifact_id))

    def find_question(self, question_id: UnitId) -> tuple[Artifact, Question] | None:
        """Give a question with the quiz it stands in, or None. A section's quiz comes before the whole reading's."""
        query = (
            select(artifact)
            .join(question, question.c.artifact_id == artifact.c.id)
            .where(question.c.id == question_id)
            .order_by(artifact.c.section.nulls_last(), artifact.c.created_at.desc(), artifact.c.id)
            .limit(1)
        )
        row = self._transaction.read(query).first()
        if row is None:
            return None
        quiz = self._from_row(row)
        return quiz, next(unit for unit in quiz.units if isinstance(unit, Question) and unit.id == question_id)

    def delete_of(self, person_id: PersonId) -> None:
        """Delete what was made for one person alone."""
        self._transaction.write(delete(artifact).where(artifact.c.owner_id == person_id))

    def _seal(self, value: Artifact, field: str, text: str) -> str:
        if value.owner_id is None:
            return text
        return self._sealer.seal(text, person_id=value.owner_id, place=place_of("artifact", value.id, field))

    def _open(self, row: Row[Any], field: str, text: str) -> str:
        if row.owner_id is None:
            return text
        return self._sealer.open(text, person_id=row.owner_id, place=place_of("artifact", row.id, field))

    def _from_row(self, row: Row[Any]) -> Artifact:
        return Artifact(
            id=row.id,
            kind=Kind(row.kind),
            document_id=row.document_id,
            section=row.section,
            title=self._open(row, "title", row.title),
            units=to_units(self._open(row, "units", row.units)),
            provenance=to_provenance(row.provenance),
            status=ArtifactStatus(row.status),
            created_at=row.created_at,
            dropped=row.dropped,
            drawing=row.drawing,
            levels=None if row.level_original is None else (row.level_original, row.level_variant),
            owner_id=row.owner_id,
            version=row.version,
            evidence_hash=row.evidence_hash,
            hands=to_hands(row.hands),
        )


def _shared(document_id: DocumentId) -> Any:
    return select(artifact).where(artifact.c.document_id == document_id, artifact.c.owner_id.is_(None))

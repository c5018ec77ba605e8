"""What people did to study aids: versions, ratings, study sets."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Row, delete, insert, select

from adapters.sql.aid_tables import artifact_version, rating, study_set
from adapters.sql.codec import (
    from_cards,
    from_hands,
    from_provenance,
    from_units,
    to_cards,
    to_hands,
    to_provenance,
    to_units,
)
from adapters.sql.sealing import Sealer, place_of
from adapters.sql.transaction import Transaction
from domain.hands import Change, Rating, RatingReason, Source, StudySet, Version
from domain.ids import ArtifactId, DocumentId, PersonId, StudySetId, UnitId, stable_id
from domain.material import Kind


class SqlHands:
    """A `domain.repositories.HandsRepository`."""

    def __init__(self, transaction: Transaction, sealer: Sealer) -> None:
        """Work within this transaction; a person's own words are kept sealed."""
        self._transaction = transaction
        self._sealer = sealer

    def add_version(self, version: Version) -> None:
        """Keep a version. Raises Conflict when there is one with its number: somebody else was faster."""
        row = {
            "artifact_id": version.artifact_id,
            "number": version.number,
            "at": version.at,
            "by_id": version.by_id,
            "change": version.change.value,
            "units": from_units(version.units),
            "provenance": from_provenance(version.provenance),
            "hands": from_hands(version.hands),
        }
        self._transaction.write(insert(artifact_version).values(row))

    def list_versions(self, artifact_id: ArtifactId) -> list[Version]:
        """List the versions of a study aid, newest first."""
        query = select(artifact_version).where(artifact_version.c.artifact_id == artifact_id)
        rows = self._transaction.read(query.order_by(artifact_version.c.number.desc()))
        return [_to_version(row) for row in rows]

    def find_version(self, artifact_id: ArtifactId, number: int) -> Version | None:
        """Give a version of a study aid or None."""
        is_it = (artifact_version.c.artifact_id == artifact_id) & (artifact_version.c.number == number)
        row = self._transaction.read(select(artifact_version).where(is_it)).first()
        return None if row is None else _to_version(row)

    def save_rating(self, value: Rating) -> None:
        """Keep a rating in place of the person's earlier one of the unit."""
        row_id = _rating_id(value.artifact_id, value.unit_id, value.person_id)
        row = {
            "artifact_id": value.artifact_id,
            "person_id": value.person_id,
            "unit_id": value.unit_id,
            "at": value.at,
            "is_good": value.is_good,
            "reason": value.reason.value,
            "words": self._sealer.seal(
                value.words, person_id=value.person_id, place=place_of("rating", row_id, "words")
            ),
        }
        self._transaction.put(rating, {"id": row_id}, row)

    def list_ratings(self, artifact_id: ArtifactId) -> list[Rating]:
        """List the ratings of a study aid's units that the scope covers, newest first."""
        query = select(rating).where(rating.c.artifact_id == artifact_id).order_by(rating.c.at.desc(), rating.c.id)
        return [self._to_rating(row) for row in self._transaction.read(query).all()]

    def list_ratings_of(self, person_id: PersonId, artifact_ids: Collection[ArtifactId]) -> list[Rating]:
        """List a person's ratings of these study aids' units."""
        is_theirs = (rating.c.person_id == person_id) & rating.c.artifact_id.in_(artifact_ids)
        return [self._to_rating(row) for row in self._transaction.read(select(rating).where(is_theirs)).all()]

    def delete_rating(self, artifact_id: ArtifactId, unit_id: UnitId, person_id: PersonId) -> None:
        """Delete a person's rating of a unit; deleting what is not there does nothing."""
        row_id = _rating_id(artifact_id, unit_id, person_id)
        self._transaction.write(delete(rating).where(rating.c.id == row_id))

    def save_study_set(self, value: StudySet) -> None:
        """Add the study set, or replace the one with its id."""
        row = {
            "owner_id": value.owner_id,
            "kind": value.kind.value,
            "title": self._seal(value, "title", value.title),
            "sources": [[one.document_id, one.section] for one in value.sources],
            "cards": self._seal(value, "cards", from_cards(value.cards)),
            "created_at": value.created_at,
        }
        self._transaction.put(study_set, {"id": value.id}, row)

    def find_study_set(self, study_set_id: StudySetId) -> StudySet | None:
        """Give a study set or None."""
        row = self._transaction.read(select(study_set).where(study_set.c.id == study_set_id)).first()
        return None if row is None else self._to_study_set(row)

    def list_study_sets(self, owner_id: PersonId) -> list[StudySet]:
        """List a person's study sets, newest first."""
        query = select(study_set).where(study_set.c.owner_id == owner_id)
        rows = self._transaction.read(query.order_by(study_set.c.created_at.desc(), study_set.c.id)).all()
        return [self._to_study_set(row) for row in rows]

    def delete_study_set(self, study_set_id: StudySetId) -> None:
        """Delete a study set; deleting what is not there does nothing."""
        self._transaction.write(delete(study_set).where(study_set.c.id == study_set_id))

    def _to_rating(self, row: Row[Any]) -> Rating:
        words = self._sealer.open(row.words, person_id=row.person_id, place=place_of("rating", row.id, "words"))
        reason = RatingReason(row.reason)
        return Rating(row.artifact_id, row.unit_id, row.person_id, row.at, row.is_good, reason, words)

    def _to_study_set(self, row: Row[Any]) -> StudySet:
        return StudySet(
            id=row.id,
            owner_id=row.owner_id,
            title=self._open(row, "title", row.title),
            kind=Kind(row.kind),
            sources=tuple(Source(DocumentId(document_id), section) for document_id, section in row.sources),
            created_at=row.created_at,
            cards=to_cards(self._open(row, "cards", row.cards)),
        )

    def _seal(self, value: StudySet, field: str, text: str) -> str:
        return self._sealer.seal(text, person_id=value.owner_id, place=place_of("study_set", value.id, field))

    def _open(self, row: Row[Any], field: str, text: str) -> str:
        return self._sealer.open(text, person_id=PersonId(row.owner_id), place=place_of("study_set", row.id, field))


def _rating_id(artifact_id: ArtifactId, unit_id: UnitId, person_id: PersonId) -> str:
    return stable_id("rating", artifact_id, unit_id, person_id)


def _to_version(row: Row[Any]) -> Version:
    return Version(
        artifact_id=row.artifact_id,
        number=row.number,
        at=row.at,
        change=Change(row.change),
        units=to_units(row.units),
        provenance=to_provenance(row.provenance),
        hands=to_hands(row.hands),
        by_id=row.by_id,
    )

"""What people do to study aids: versions, ratings, and study sets of their own over several readings."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.documents import Citation
from domain.ids import ArtifactId, DocumentId, PersonId, StudySetId, UnitId
from domain.material import Artifact, Hand, Kind, Provenance, Unit


class Change(StrEnum):
    """What made a version of a study aid."""

    MADE = "made"
    REMADE = "remade"
    EDITED = "edited"
    PINNED = "pinned"
    UNPINNED = "unpinned"
    REMOVED = "removed"
    RESTORED = "restored"
    MOVED = "moved"
    """The reading was replaced; units whose words are gone are in the version before."""


@dataclass(frozen=True, slots=True)
class Version:
    """A study aid as it was. Numbers count from 1; `by_id` is None when the service itself did it, or somebody gone."""

    artifact_id: ArtifactId
    number: int
    at: datetime
    change: Change
    units: tuple[Unit, ...]
    provenance: Provenance
    hands: tuple[Hand, ...] = ()
    by_id: PersonId | None = None


class RatingReason(StrEnum):
    """Why somebody finds a unit good or bad."""

    HELPS = "helps"
    WRONG = "wrong"
    UNCLEAR = "unclear"
    TOO_EASY = "too_easy"
    TOO_HARD = "too_hard"
    GIVES_AWAY = "gives_away"
    NOT_IMPORTANT = "not_important"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Rating:
    """What a person thinks of a unit; a later one of the same person takes its place. `words` are sealed."""

    artifact_id: ArtifactId
    unit_id: UnitId
    person_id: PersonId
    at: datetime
    is_good: bool
    reason: RatingReason
    words: str = ""


@dataclass(frozen=True, slots=True)
class OwnCard:
    """A card that a person wrote or brought along. Without citations it was not found in a reading, and says so."""

    id: UnitId
    front: str
    back: str
    tags: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A part of a reading whose study aid a study set takes up; with `section` None, the whole reading."""

    document_id: DocumentId
    section: int | None = None


@dataclass(frozen=True, slots=True)
class StudySet:
    """One kind of study aid of several readings put together, with cards of one's own; private to its owner.

    The aids are joined whenever it is opened, so it shows what they are by now.
    """

    id: StudySetId
    owner_id: PersonId
    title: str
    kind: Kind
    sources: tuple[Source, ...]
    created_at: datetime
    cards: tuple[OwnCard, ...] = ()


def hand_on(artifact: Artifact, unit_id: UnitId) -> Hand:
    """Give what people did to a unit; nothing, where nobody did anything."""
    return next((hand for hand in artifact.hands if hand.unit_id == unit_id), Hand(unit_id))


def provenance_of(whole: Artifact | Version, unit_id: UnitId) -> Provenance:
    """Give what made a unit: what made the rest, where nothing else is known of it."""
    maker = next((hand.maker for hand in whole.hands if hand.unit_id == unit_id), None)
    return maker or whole.provenance


def count_others(artifact: Artifact) -> list[tuple[Provenance, int]]:
    """Count the units, by what made them, that something else made than the rest; a person's words are not counted."""
    here = {unit.id for unit in artifact.units if not unit.claim.by_person}
    makers = [hand.maker for hand in artifact.hands if hand.maker is not None and hand.unit_id in here]
    return list(Counter(makers).items())


def is_held(hand: Hand) -> bool:
    """Whether a unit stays when the rest is made anew."""
    return (hand.is_pinned or hand.is_edited) and not hand.is_removed


def list_lost(artifact: Artifact) -> tuple[UnitId, ...]:
    """Name the units that people wrote or kept, and whose words the reading no longer has: an earlier version does."""
    here = {unit.id for unit in artifact.units}
    return tuple(hand.unit_id for hand in artifact.hands if is_held(hand) and hand.unit_id not in here)


def list_removed(artifact: Artifact) -> tuple[UnitId, ...]:
    """Name the units that people took out."""
    return tuple(hand.unit_id for hand in artifact.hands if hand.is_removed)

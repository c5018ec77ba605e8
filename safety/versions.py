"""Versions of study aids: whatever changes one keeps what it was before."""

from dataclasses import dataclass, replace
from datetime import datetime

from domain.hands import Change, Version
from domain.ids import PersonId
from domain.material import Artifact
from domain.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class Act:
    """What made a version, when, and who did it: None for the service itself."""

    change: Change
    at: datetime
    by_id: PersonId | None = None


def keep(work: UnitOfWork, before: Artifact, after: Artifact, act: Act) -> Artifact:
    """Save a study aid as its next version, in the place of the one before, which is kept. Give it as it was saved.

    Raises Conflict when somebody else was faster.
    """
    keep_as_it_is(work, before)
    saved = numbered(after, before.version + 1)
    work.material.save(saved)
    work.hands.add_version(_version_of(saved, act))
    return saved


def keep_as_it_is(work: UnitOfWork, artifact: Artifact) -> None:
    """Keep the version that a study aid has now: the first one has no row of its own before it is changed."""
    if work.hands.find_version(artifact.id, artifact.version) is None:
        work.hands.add_version(_version_of(artifact, Act(Change.MADE, artifact.created_at)))


def as_version_of(artifact: Artifact, other: Artifact) -> Artifact:
    """Give a study aid with what another one held, whose versions go with it: so that nothing of it is lost."""
    return replace(artifact, units=other.units, hands=other.hands, provenance=other.provenance)


def numbered(artifact: Artifact, number: int) -> Artifact:
    """Give a study aid the number of a version."""
    return replace(artifact, version=number)


def _version_of(artifact: Artifact, act: Act) -> Version:
    return Version(
        artifact_id=artifact.id,
        number=artifact.version,
        at=act.at,
        change=act.change,
        units=artifact.units,
        provenance=artifact.provenance,
        hands=artifact.hands,
        by_id=act.by_id,
    )

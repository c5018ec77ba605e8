"""One act of a person on a study aid: who may do it, what they looked at, and the version that comes of it."""

from collections.abc import Callable
from dataclasses import dataclass

from domain.documents import Document
from domain.errors import Conflict, NotAllowed, NotFound
from domain.hands import Change, Version, hand_on
from domain.ids import ArtifactId, UnitId
from domain.material import Artifact, Kind, Unit
from domain.people import Person, Role
from domain.ports import UnitOfWork
from domain.scope import scope_of
from generators.finding import find_aid
from generators.tools import Tools
from safety.audit import note_act
from safety.versions import Act, keep

CHANGED = "Somebody else changed this meanwhile. Look at what it is now, and try again."

Changed = Callable[[Artifact], Artifact]
Plan = Callable[[UnitOfWork, Artifact], Changed]
"""Says what an act makes of a study aid, in the unit of work in which it is done; raises where it cannot be done."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A study aid, or with `unit_id` a part of it.

    `seen` is the version that the person looked at; None where whatever is there now is meant.
    """

    artifact_id: ArtifactId
    unit_id: UnitId | None = None
    seen: int | None = None


def find_to_change(work: UnitOfWork, person: Person, artifact_id: ArtifactId) -> tuple[Artifact, Document]:
    """Give a study aid that everybody who sees its reading shares, for somebody who may change it, with its reading.

    Raises NotFound for what the person does not see, and NotAllowed for what is not the person's to change.
    """
    artifact, document = find_aid(work, person, artifact_id)
    if artifact.owner_id is not None:
        raise NotFound("There is no such study aid.")
    if person.role is not Role.TEACHER and document.owner_id != person.id:
        raise NotAllowed("Only teachers, or whoever added the reading, can change this.")
    return artifact, document


def find_unit(artifact: Artifact, unit_id: UnitId | None) -> Unit:
    """Give a unit of a study aid. Raises NotFound."""
    found = next((unit for unit in artifact.units if unit.id == unit_id), None)
    if found is None:
        raise NotFound("There is no such part in this study aid.")
    return found


def find_section(work: UnitOfWork, artifact: Artifact, unit: Unit) -> int | None:
    """Give the section that a unit is made of: a deck of the whole reading joins the cards of its sections."""
    if artifact.kind is not Kind.FLASHCARDS or artifact.section is not None:
        return artifact.section
    decks = work.material.list_for(artifact.document_id, kind=artifact.kind)
    return next((deck.section for deck in decks if deck.section is not None and unit in deck.units), None)


def find_last(work: UnitOfWork, artifact: Artifact, unit_id: UnitId) -> Version | None:
    """Give the newest version that has a unit, or None."""
    versions = work.hands.list_versions(artifact.id)
    return next((one for one in versions if any(unit.id == unit_id for unit in one.units)), None)


def act_on(tools: Tools, person: Person, spot: Spot, change: Change, plan: Plan) -> Artifact:
    """Do one act: the study aid and its twins change together, each as its next version. Give the study aid.

    Raises what `find_to_change` and the plan raise, and Conflict when somebody else changed the same meanwhile.
    """
    with tools.store(scope_of(person)) as work:
        work.people.lock()
        artifact, _ = find_to_change(work, person, spot.artifact_id)
        _check_seen(work, artifact, spot)
        changed = plan(work, artifact)
        act = Act(change, tools.clock.now(), person.id)
        saved = _keep(work, artifact, changed(artifact), act)
        for twin in _twins(work, artifact, spot.unit_id):
            _keep(work, twin, changed(twin), act)
        if saved is not artifact:
            note_act(work, f"aid.{change.value}", person, ref=f"artifact:{artifact.id}")
            work.commit()
    return saved


def _keep(work: UnitOfWork, before: Artifact, after: Artifact, act: Act) -> Artifact:
    return before if after == before else keep(work, before, after, act)


def _twins(work: UnitOfWork, artifact: Artifact, unit_id: UnitId | None) -> list[Artifact]:
    """Give the other study aids that have the same part, or had it taken out: a section's and the whole reading's."""
    if unit_id is None:
        return []
    now = _standing(artifact, unit_id)
    others = work.material.list_for(artifact.document_id, kind=artifact.kind)
    return [other for other in others if other.id != artifact.id and _standing(other, unit_id) == now != (None, False)]


def _standing(artifact: Artifact, unit_id: UnitId) -> tuple[Unit | None, bool]:
    unit = next((one for one in artifact.units if one.id == unit_id), None)
    return unit, hand_on(artifact, unit_id).is_removed


def _check_seen(work: UnitOfWork, artifact: Artifact, spot: Spot) -> None:
    """Raise Conflict when what the person looked at is not what is there: the part, or all of it where all is meant."""
    if spot.seen is None or spot.seen == artifact.version:
        return
    then = work.hands.find_version(artifact.id, spot.seen)
    if then is None or spot.unit_id is None:
        raise Conflict(CHANGED)
    unit = next((one for one in then.units if one.id == spot.unit_id), None)
    hand = next((one for one in then.hands if one.unit_id == spot.unit_id), None)
    now = next((one for one in artifact.units if one.id == spot.unit_id), None)
    if (unit, hand) != (now, next((one for one in artifact.hands if one.unit_id == spot.unit_id), None)):
        raise Conflict(CHANGED)

"""Study aids go with their words when a file is replaced; what people did to them goes along, whatever becomes of it.

A section that is the same keeps its study aids, with their spans where the words stand now. Of aids for the whole
reading the units stay whose words are still there. Where people kept, wrote or took out something, that stays even
when the section changed: their units as far as their words still stand, what they took out stays out, and the rest is
made anew around it. Everything else goes, and is made anew.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from domain.hands import hand_on, is_held
from domain.ids import UnitId
from domain.material import Artifact, ArtifactStatus, Concept, Hand, Kind, Relation, Unit
from ingest.moving import Moves

_DRAWN = frozenset({Kind.CONCEPT_MAP})
"""Kinds that are kept whole or, unless people changed them, not at all: a drawing shows all of them."""

_NOT_REMADE = frozenset({Kind.LESSON_VARIANT})
"""Kinds that nobody makes anew but a teacher: students see what is left of one when a teacher has looked at it."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A study aid, and what it is in the next edition: None where it has to go.

    `taken_up` are others, of sections that are gone or now the same, whose people's hands went into this one.
    """

    before: Artifact
    after: Artifact | None
    taken_up: tuple[Artifact, ...] = ()


def move_artifacts(artifacts: Iterable[Artifact], moves: Moves) -> list[Moved]:
    """Move each study aid; no two shared ones of a kind come to one section, and nothing that people did is lost."""
    moved = [Moved(artifact, move_artifact(artifact, moves)) for artifact in artifacts]
    # what moved whole comes first
    moved.sort(key=lambda one: one.after is None or _is_partial(one.before, one.after))
    placed: dict[tuple[int | None, Kind], Moved] = {}
    gone: list[Moved] = []
    own: list[Moved] = []
    for one in moved:
        place = (one.after.section, one.after.kind) if one.after is not None else None
        if one.after is not None and one.after.owner_id is not None:
            own.append(one)
        elif place is None or place in placed:
            gone.append(Moved(one.before, None))
        else:
            placed[place] = one
    for one in gone:
        if is_touched(one.before):
            heir = _find_heir(one.before, placed, moves)
            placed[heir] = _taking_up(placed.get(heir), one.before, moves)
    kept = {one.before.id for one in placed.values()}
    return [*own, *placed.values(), *(one for one in gone if one.before.id not in kept)]


def move_artifact(artifact: Artifact, moves: Moves) -> Artifact | None:
    """Give an artifact as it is in the next edition, or None where it has to go."""
    if artifact.owner_id is None and is_touched(artifact):
        return _move_touched(artifact, moves)
    units = tuple(moved for unit in artifact.units if (moved := moves.move(unit)) is not None)
    is_whole = len(units) == len(artifact.units)
    if not units or (artifact.kind in _DRAWN and not is_whole):
        return None
    if artifact.section is None:
        return replace(artifact, units=units) if artifact.owner_id is None or is_whole else None
    found = moves.find_section(artifact.section)
    if found is not None and is_whole:
        before, after = found
        title = after.title if artifact.title == before.title else artifact.title
        return replace(artifact, section=after.ordinal, title=title, units=units)
    if artifact.owner_id is not None and is_whole:
        return replace(artifact, section=moves.find_section_of(artifact.units), units=units)
    return None


def is_touched(artifact: Artifact) -> bool:
    """Whether people kept, wrote or took out something of a study aid that everybody shares."""
    return artifact.owner_id is None and (bool(artifact.hands) or any(unit.claim.by_person for unit in artifact.units))


def _move_touched(artifact: Artifact, moves: Moves) -> Artifact | None:
    """Give what is left of a study aid that people changed, to be made anew around it where that is not all."""
    held = {unit.id for unit in artifact.units if _is_held(artifact, unit)}
    moved = (moves.move(unit, is_sought=unit.id in held) for unit in artifact.units)
    units = _with_both_ends([unit for unit in moved if unit is not None])
    hands = _hands_of(artifact)
    if artifact.section is None:
        changed = replace(artifact, units=units, hands=hands)
    else:
        found = moves.find_section(artifact.section)
        section = _find_place(artifact, moves)
        if section is None:
            return None
        title = moves.title_after(artifact.section, artifact.title, section)
        changed = replace(artifact, section=section, title=title, units=units, hands=hands)
        if found is not None and len(units) == len(artifact.units):
            return changed
    return changed if len(units) == len(artifact.units) and artifact.section is None else _unfinished(changed)


def _unfinished(artifact: Artifact) -> Artifact:
    """Say that the rest of a study aid is to be made anew."""
    status = ArtifactStatus.DRAFT if artifact.kind in _NOT_REMADE else artifact.status
    return replace(artifact, status=status, evidence_hash="", drawing="")


def _is_held(artifact: Artifact, unit: Unit) -> bool:
    """Whether a unit is a person's: easier versions were edited before hands were written down."""
    return is_held(hand_on(artifact, unit.id)) or unit.claim.by_person


def _hands_of(artifact: Artifact) -> tuple[Hand, ...]:
    """Give people's hands, those on words from before hands were written down among them."""
    known = {hand.unit_id for hand in artifact.hands}
    words = [unit.id for unit in artifact.units if unit.claim.by_person and unit.id not in known]
    return (*artifact.hands, *(Hand(unit_id, is_edited=True) for unit_id in words))


def _with_both_ends(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """Leave out the links of a map whose concepts are gone."""
    labels = {unit.label.casefold() for unit in units if isinstance(unit, Concept)}
    return tuple(
        unit
        for unit in units
        if not isinstance(unit, Relation) or {unit.source.casefold(), unit.target.casefold()} <= labels
    )


def _is_partial(before: Artifact, after: Artifact) -> bool:
    return after.status is not before.status or len(after.units) != len(before.units)


def _find_heir(
    artifact: Artifact, placed: dict[tuple[int | None, Kind], Moved], moves: Moves
) -> tuple[int | None, Kind]:
    """Name the place whose study aid takes up what people did: where the section went, else the whole reading."""
    place = (_find_place(artifact, moves), artifact.kind)
    return place if place in placed else (None, artifact.kind)


def _find_place(artifact: Artifact, moves: Moves) -> int | None:
    """Give the section that a section's study aid goes to: its own, or where most of what people wrote stands now."""
    if artifact.section is None:
        return None
    if successor := moves.find_successor(artifact.section):
        return successor.ordinal
    moved = (moves.move(unit, is_sought=True) for unit in artifact.units if _is_held(artifact, unit))
    return moves.find_section_at(unit for unit in moved if unit is not None)


def _taking_up(heir: Moved | None, other: Artifact, moves: Moves) -> Moved:
    """Put what people did to a study aid that is gone into another, or keep it for the whole reading without one."""
    if heir is None or heir.after is None:
        empty = replace(other, section=None, units=(), hands=_hands_of(other))
        return Moved(other, _unfinished(empty))
    held = [unit for unit in other.units if _is_held(other, unit)]
    here: set[UnitId] = {unit.id for unit in heir.after.units}
    moved = (moves.move(unit, is_sought=True) for unit in held if unit.id not in here)
    units = _with_both_ends([*heir.after.units, *(unit for unit in moved if unit is not None)])
    known = {hand.unit_id for hand in heir.after.hands}
    hands = (*heir.after.hands, *(hand for hand in _hands_of(other) if hand.unit_id not in known))
    after = _unfinished(replace(heir.after, units=units, hands=hands))
    return Moved(heir.before, after, (*heir.taken_up, other))

"""The versions of a study aid: what each changed, part by part, and bringing one back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from domain.errors import Conflict, NotFound
from domain.hands import Change, Version, list_lost, list_removed
from domain.ids import PersonId, UnitId
from domain.material import Artifact, Hand, Unit
from domain.people import Person, Role
from domain.ports import UnitOfWork
from domain.questions import Question
from domain.scope import scope_of
from generators.hands.changing import Changed, Spot, act_on, find_to_change
from generators.hands.merging import sound_map
from generators.hands.settling import Settling
from generators.hands.unit_fields import fields_of, read_field
from generators.shelf import find_units, with_units
from generators.tools import Tools


class Difference(StrEnum):
    """What became of a part from one version to the next."""

    ADDED = "added"
    GONE = "gone"
    REWORDED = "reworded"
    PINNED = "pinned"
    UNPINNED = "unpinned"


@dataclass(frozen=True, slots=True)
class UnitChange:
    """What became of a part; `before` and `after` are what people read of it, by the names of its fields."""

    difference: Difference
    unit: Unit
    before: Mapping[str, str]
    after: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Step:
    """A version with what it changed. `who` is the name of who did it, empty where that is nobody to be named."""

    version: Version
    changes: tuple[UnitChange, ...]
    who: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """A study aid's versions, newest first, and the parts that were taken out of it or lost their words."""

    artifact: Artifact
    steps: tuple[Step, ...]
    removed: tuple[Unit, ...]
    lost: tuple[Unit, ...]


class Histories:
    """Versions of study aids, for those who may change them."""

    def __init__(self, tools: Tools) -> None:
        """Use the pipeline's tools."""
        self._tools = tools

    def load(self, person: Person, spot: Spot) -> History:
        """Give a study aid's history. Raises NotFound, or NotAllowed for what is another's to change."""
        with self._tools.store(scope_of(person)) as work:
            artifact, _ = find_to_change(work, person, spot.artifact_id)
            versions = work.hands.list_versions(artifact.id) or [_first_of(artifact)]
            names = work.people.name_people({one.by_id for one in versions if one.by_id is not None})
            removed = find_units(work, artifact, list_removed(artifact))
            lost = find_units(work, artifact, list_lost(artifact))
        before = [*versions[1:], None]
        steps = (_step(one, earlier, names, person) for one, earlier in zip(versions, before, strict=True))
        return History(artifact, tuple(steps), tuple(removed), tuple(lost))

    def bring_back(self, person: Person, spot: Spot, number: int) -> Artifact:
        """Make a version the newest one, as far as its words stand in the reading; what there is now is kept as well.

        Raises NotFound for no version, and Conflict when none of its words stand there any more.
        """

        def plan(work: UnitOfWork, artifact: Artifact) -> Changed:
            version = work.hands.find_version(artifact.id, number)
            if version is None:
                raise NotFound("There is no such version.")
            settled = Settling(work, artifact).settle_all(version.units)
            units = sound_map(settled, {unit.id for unit in settled})
            if version.units and not units:
                raise Conflict("The reading no longer has the words of that version, so it cannot be shown.")
            hands = _hands_after(artifact, version, units)
            return lambda aid: with_units(aid, units, hands, version.provenance)

        return act_on(self._tools, person, replace(spot, unit_id=None), Change.RESTORED, plan)


def compare(before: Version | None, after: Version) -> tuple[UnitChange, ...]:
    """Say what became of each part, in the order of the later version; those that are gone come last."""
    if before is None:
        return ()
    old = {unit.id: unit for unit in before.units}
    new = {unit.id for unit in after.units}
    found = [change for unit in after.units for change in _changes(old.get(unit.id), unit, before, after)]
    gone = [UnitChange(Difference.GONE, unit, read_unit(unit), {}) for unit in before.units if unit.id not in new]
    return (*found, *gone)


def read_unit(unit: Unit) -> dict[str, str]:
    """Give what people read of a unit, by the names of its fields."""
    words = {field.label: read_field(unit, field.name) for field in fields_of(unit)}
    return {label: text for label, text in words.items() if text} or {"": unit.claim.text}


def read_for(person: Person, unit: Unit) -> dict[str, str]:
    """Give what a person may read of a unit where nobody knows what was tried: students no answer to a question."""
    return _asked(unit) if isinstance(unit, Question) and person.role is Role.STUDENT else read_unit(unit)


def _asked(question: Question) -> dict[str, str]:
    words = read_unit(question)
    asked = fields_of(question)[0].label
    return {asked: words[asked]}


def _changes(old: Unit | None, unit: Unit, before: Version, after: Version) -> list[UnitChange]:
    if old is None:
        return [UnitChange(Difference.ADDED, unit, {}, read_unit(unit))]
    changes = []
    was, now = read_unit(old), read_unit(unit)
    if was != now:
        told = {label for label in {**was, **now} if was.get(label) != now.get(label)}
        pair = ({label: text for label, text in words.items() if label in told} for words in (was, now))
        changes.append(UnitChange(Difference.REWORDED, unit, *pair))
    if _is_pinned(before, unit.id) != _is_pinned(after, unit.id):
        difference = Difference.PINNED if _is_pinned(after, unit.id) else Difference.UNPINNED
        changes.append(UnitChange(difference, unit, {}, now))
    return changes


def _is_pinned(version: Version, unit_id: UnitId) -> bool:
    return any(hand.unit_id == unit_id and hand.is_pinned for hand in version.hands)


def _hands_after(artifact: Artifact, version: Version, units: tuple[Unit, ...]) -> tuple[Hand, ...]:
    """Give people's hands as they were then; what was taken out since and is not back stays out."""
    back = {unit.id for unit in units}
    known = {hand.unit_id for hand in version.hands}
    since = (hand for hand in artifact.hands if hand.unit_id not in known and hand.unit_id not in back)
    return (*version.hands, *(hand for hand in since if hand.is_removed))


def _step(version: Version, before: Version | None, names: Mapping[PersonId, str], person: Person) -> Step:
    who = names.get(version.by_id, "") if version.by_id is not None else ""
    changes = compare(before, version)
    if person.role is Role.STUDENT:
        changes = tuple(_without_answers(change) for change in changes)
    return Step(version, changes, who)


def _without_answers(change: UnitChange) -> UnitChange:
    if not isinstance(change.unit, Question):
        return change
    asked = _asked(change.unit)
    before, after = (
        {name: words.get(name, text) for name, text in asked.items()} if words else {}
        for words in (change.before, change.after)
    )
    return replace(change, before=before, after=after)


def _first_of(artifact: Artifact) -> Version:
    """Give the one version of a study aid that nobody has changed."""
    return Version(
        artifact.id,
        artifact.version,
        artifact.created_at,
        Change.MADE,
        artifact.units,
        artifact.provenance,
        artifact.hands,
    )

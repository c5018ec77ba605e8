"""What a person's act on one unit makes of a study aid's units and of what is known of people's hands on them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from domain.hands import Version, hand_on, provenance_of
from domain.ids import UnitId
from domain.material import Artifact, Concept, Hand, Relation, SummarySentence, Unit
from generators.compose.reading.mentions import name_of
from generators.hands.merging import put_in, sound_map
from generators.hands.unit_fields import reworded
from generators.shelf import with_makers, with_units


def with_hand(artifact: Artifact, hand: Hand) -> Artifact:
    """Give a study aid with what is known of a unit by now."""
    return with_units(artifact, artifact.units, _with_hands(artifact, [hand]))


def with_words(artifact: Artifact, edited: Unit, *, is_borne_out: bool | None) -> Artifact:
    """Give a study aid with a person's words in a unit's place; the links of a concept follow its name."""
    before = next(unit for unit in artifact.units if unit.id == edited.id)
    units = {edited.id: edited}
    if isinstance(before, Concept) and isinstance(edited, Concept) and before.label != edited.label:
        links = (unit for unit in artifact.units if isinstance(unit, Relation))
        units |= {link.id: _renamed(link, before, edited) for link in links_of(before, links)}
    hands = [replace(hand_on(artifact, unit_id), is_edited=True, is_removed=False) for unit_id in units]
    hands[0] = replace(hands[0], is_borne_out=is_borne_out)
    put = [units.get(unit.id, unit) for unit in artifact.units]
    return with_units(artifact, put, _with_hands(artifact, hands))


def without(artifact: Artifact, unit_ids: Iterable[UnitId]) -> Artifact:
    """Give a study aid without these units, which do not come back by themselves; concepts take their links along."""
    out = set(unit_ids)
    concepts = [unit for unit in artifact.units if isinstance(unit, Concept) and unit.id in out]
    links = [unit for unit in artifact.units if isinstance(unit, Relation)]
    out |= {link.id for concept in concepts for link in links_of(concept, links)}
    hands = [replace(hand_on(artifact, unit_id), is_removed=True) for unit_id in sorted(out)]
    kept = [unit for unit in artifact.units if unit.id not in out]
    return with_units(artifact, kept, _with_hands(artifact, hands))


def with_units_back(artifact: Artifact, back: Sequence[Unit], version: Version) -> Artifact:
    """Give a study aid with units put back as a version has them, each after what stood before it."""
    order = [unit.id for unit in version.units]
    units = list(artifact.units)
    for unit in back:
        before = set(order[: order.index(unit.id)])
        places = [place for place, other in enumerate(units) if other.id in before]
        units.insert(places[-1] + 1 if places else 0, unit)
    hands = [replace(hand_on(artifact, unit.id), is_removed=False) for unit in back]
    makers = {unit.id: provenance_of(version, unit.id) for unit in back}
    return with_units(artifact, units, with_makers(_with_hands(artifact, hands), makers, artifact.provenance))


def with_another(artifact: Artifact, unit: Unit, another: Unit, made: Artifact) -> Artifact:
    """Give a study aid with another unit in one's place, which is taken out; a concept comes with links of its own.

    `made` is what the other one was made with: whoever made that made these, and nothing else.
    """
    place = next(number for number, one in enumerate(artifact.units) if one.id == unit.id)
    rest = without(artifact, [unit.id])
    if isinstance(unit, SummarySentence) and isinstance(another, SummarySentence):
        another = replace(another, is_key_point=unit.is_key_point)
    units = list(put_in(rest.units, [(place, another)], artifact.kind))
    if isinstance(another, Concept):
        known = {one.id for one in units}
        links = links_of(another, (one for one in made.units if isinstance(one, Relation)))
        units += [link for link in links if link.id not in known]
        units = list(sound_map(units, known))
    new = {one.id for one in units} - {one.id for one in rest.units}
    makers = {one.id: made.provenance for one in units if one.id in new}
    return with_units(rest, units, with_makers(rest.hands, makers, artifact.provenance))


def links_of(concept: Concept, links: Iterable[Relation]) -> list[Relation]:
    """Give the links that begin or end at a concept."""
    name = name_of(concept.label)
    return [link for link in links if name in {name_of(link.source), name_of(link.target)}]


def _renamed(link: Relation, before: Concept, after: Concept) -> Relation:
    name = name_of(before.label)
    ends = {end: after.label for end in ("source", "target") if name_of(getattr(link, end)) == name}
    renamed = reworded(link, ends)
    assert isinstance(renamed, Relation)
    return renamed


def _with_hands(artifact: Artifact, hands: Sequence[Hand]) -> tuple[Hand, ...]:
    new = {hand.unit_id: hand for hand in hands}
    kept = tuple(hand for hand in artifact.hands if hand.unit_id not in new)
    return (*kept, *new.values())

"""Puts what was made anew around what people keep: their units stay in their places, and nothing is said twice."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.guides import ExampleStep, ExplanationSentence, FaqEntry, GuideEntry
from domain.hands import hand_on, is_held, list_removed
from domain.ids import UnitId
from domain.material import (
    Artifact,
    CardForm,
    Concept,
    Flashcard,
    Gap,
    Kind,
    Relation,
    RelationType,
    SummarySentence,
    Unit,
    VariantSentence,
)
from domain.questions import Question, QuestionForm
from domain.words import fold
from generators.compose.maps.concept_map import acyclic
from generators.compose.reading.mentions import name_of
from safety.release import words_of

_IN_ORDER = frozenset({Kind.SUMMARY, Kind.LESSON_VARIANT, Kind.WORKED_EXAMPLES})
"""Kinds whose units stand in the order of the reading; of others a unit's place is a number."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What stays when the rest is made anew: units with their places, and units that must not come back."""

    places: tuple[tuple[int, Unit], ...]
    removed: tuple[Unit, ...] = ()
    removed_ids: frozenset[UnitId] = frozenset()

    @property
    def units(self) -> tuple[Unit, ...]:
        """The units that stay."""
        return tuple(unit for _, unit in self.places)


def keys_of(unit: Unit) -> frozenset[tuple[object, ...]]:
    """Give what a unit is about: two units of a study aid that share one of these say the same thing twice."""
    return frozenset(_KEYS[type(unit)](unit)) if type(unit) in _KEYS else frozenset({("id", unit.id)})


def _of_card(card: Flashcard) -> Iterator[tuple[object, ...]]:
    yield "front", fold(card.front)
    yield "back", fold(card.back)
    if card.form is CardForm.DEFINITION:
        yield "term", fold(card.term)


def _of_question(question: Question) -> Iterator[tuple[object, ...]]:
    yield "stem", fold(question.stem)
    if question.form is not QuestionForm.TRUE_FALSE:
        yield "answer", fold(question.answer)


def _of_sentence(unit: SummarySentence | ExampleStep | ExplanationSentence) -> Iterator[tuple[object, ...]]:
    yield "text", fold(unit.claim.text)
    yield "cited", tuple(citation.span for citation in unit.claim.citations)


_KEYS: Mapping[type[Unit], Callable[[Any], Iterable[tuple[object, ...]]]] = {
    Flashcard: _of_card,
    Question: _of_question,
    SummarySentence: _of_sentence,
    ExampleStep: _of_sentence,
    ExplanationSentence: _of_sentence,
    Concept: lambda unit: [("concept", name_of(unit.label))],
    Relation: lambda unit: [("relation", name_of(unit.source), name_of(unit.target))],
    Gap: lambda unit: [("gap", name_of(unit.term))],
    VariantSentence: lambda unit: [("original", fold(unit.original))],
    GuideEntry: lambda unit: [(unit.part, fold(unit.label))],
    FaqEntry: lambda unit: [("question", fold(unit.question))],
}


def kept_of(artifact: Artifact, removed: Sequence[Unit]) -> Kept:
    """Give what stays of a study aid; `removed` are the units that people took out, where they are still known.

    A link of a map that stays keeps the concepts at its ends.
    """
    # easier versions were edited before hands were written down
    held = {unit.id for unit in artifact.units if is_held(hand_on(artifact, unit.id)) or unit.claim.by_person}
    ends = {name for unit in artifact.units if unit.id in held for name in _ends(unit)}
    stays = [unit.id in held or (isinstance(unit, Concept) and name_of(unit.label) in ends) for unit in artifact.units]
    places = tuple((place, unit) for place, unit in enumerate(artifact.units) if stays[place])
    return Kept(places, tuple(removed), frozenset(list_removed(artifact)))


def merged(kept: Kept, new: Sequence[Unit], kind: Kind) -> tuple[Unit, ...]:
    """Put the new units around those that stay, leaving out those that say the same and those that were taken out."""
    fresh = without_repeats(new, [*kept.units, *kept.removed], kept.removed_ids)
    units = put_in(fresh, kept.places, kind)
    return sound_map(units, {unit.id for unit in kept.units}) if kind is Kind.CONCEPT_MAP else units


def put_in(units: Sequence[Unit], places: Sequence[tuple[int, Unit]], kind: Kind) -> tuple[Unit, ...]:
    """Put units among others: in the order of the reading where the kind stands so, else at their places."""
    return _by_reading(places, units) if kind in _IN_ORDER else _by_number(places, units)


def without_repeats(new: Iterable[Unit], known: Iterable[Unit], known_ids: Iterable[UnitId] = ()) -> list[Unit]:
    """Leave out the units that share an id, or what they are about, with a known one."""
    known = list(known)
    ids = {unit.id for unit in known} | set(known_ids)
    keys = {key for unit in known for key in keys_of(unit)}
    return [unit for unit in new if unit.id not in ids and not keys_of(unit) & keys]


def choose_another(unit: Unit, artifact: Artifact, removed: Sequence[Unit], new: Sequence[Unit]) -> Unit | None:
    """Choose what may take a unit's place among new ones: the like of it before others, None where all is there.

    A link's place may be taken by one between concepts that are on the map and that no link joins.
    """
    others = [other for other in artifact.units if other.id != unit.id]
    fresh = without_repeats(new, [*others, *removed], [unit.id, *list_removed(artifact)])
    ids = {other.id for other in others}
    same = [one for one in fresh if type(one) is type(unit) and words_of(one) != words_of(unit)]
    if isinstance(unit, Relation):
        joined = {frozenset(_ends(one)) for one in (unit, *others, *removed)}
        same = [one for one in same if frozenset(_ends(one)) not in joined and one in sound_map([*others, one], ids)]
    form, keys = getattr(unit, "form", None), keys_of(unit)
    return min(same, key=lambda one: (getattr(one, "form", None) != form, not keys_of(one) & keys), default=None)


def sound_map(units: Sequence[Unit], held: Collection[UnitId]) -> tuple[Unit, ...]:
    """Leave out links without their ends, and those that would close a circle with the `held` ones."""
    names = {name_of(unit.label) for unit in units if isinstance(unit, Concept)}
    links = [unit for unit in units if isinstance(unit, Relation) and set(_ends(unit)) <= names]
    kept = [link for link in links if link.type is not RelationType.NEEDS or link.id in held]
    for link in links:
        if link not in kept and len(acyclic([*kept, link])) == len(kept) + 1:
            kept.append(link)
    ids = {link.id for link in kept}
    return tuple(unit for unit in units if not isinstance(unit, Relation) or unit.id in ids)


def _by_number(places: Sequence[tuple[int, Unit]], fresh: Sequence[Unit]) -> tuple[Unit, ...]:
    units = list(fresh)
    for place, unit in places:
        units.insert(min(place, len(units)), unit)
    return tuple(units)


def _by_reading(places: Sequence[tuple[int, Unit]], fresh: Sequence[Unit]) -> tuple[Unit, ...]:
    units = list(fresh)
    for _, unit in places:
        before = [number for number, other in enumerate(units) if _stands_at(other) <= _stands_at(unit)]
        units.insert(before[-1] + 1 if before else 0, unit)
    return tuple(units)


def _stands_at(unit: Unit) -> tuple[int, int]:
    span = unit.claim.citations[0].span
    return span.page, span.start


def _ends(unit: Unit) -> tuple[object, ...]:
    return (name_of(unit.source), name_of(unit.target)) if isinstance(unit, Relation) else ()

"""Study sets: one kind of study aid of several readings put together, with cards of one's own; private to its owner.

What readings bring is joined whenever a set is opened, so it is what the aids are by now, and only what its owner may
see. Cards of one's own are looked for in these readings; those whose words stand nowhere there say so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.clock import Clock
from domain.consent import Purpose
from domain.errors import Invalid, NotFound
from domain.hands import OwnCard, Source, StudySet
from domain.ids import StudySetId, UnitId, new_id
from domain.material import Artifact, ArtifactStatus, Kind, Unit
from domain.outcomes import Escalated
from domain.people import Person, sees
from domain.ports import Store
from domain.scope import scope_of
from generators.kinds.contract import Request
from generators.kinds.registry import KINDS
from generators.own_cards import Grounder
from safety.consent import Consents
from safety.gate import Gate

JOINED = (Kind.FLASHCARDS, Kind.SUMMARY, Kind.CONCEPT_MAP, Kind.QUIZ, Kind.STUDY_GUIDE, Kind.FAQ)
"""Kinds that can be put together."""

MOST_CARDS = 5_000
MOST_SOURCES = 100
LONGEST_SIDE = 2_000
"""Characters on a side of a card of one's own."""

_LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class Taken:
    """A source of a set: the names of its reading and section; `artifact` is None where there is no such aid now."""

    source: Source
    reading: str
    section: str
    artifact: Artifact | None


@dataclass(frozen=True, slots=True)
class Opened:
    """A set with what its readings bring by now. `gone` counts sources that its owner can see no more."""

    study_set: StudySet
    taken: tuple[Taken, ...]
    joined: Artifact | None
    gone: int


@dataclass(frozen=True, slots=True)
class StudySets:
    """The study sets of people. Every method takes the person first; what is not the person's is NotFound."""

    store: Store
    gate: Gate
    consents: Consents
    clock: Clock
    grounder: Grounder

    def list_of(self, person: Person) -> list[StudySet]:
        """List the person's sets, newest first."""
        with self.store(scope_of(person)) as work:
            return work.hands.list_study_sets(person.id)

    def create(self, person: Person, title: str, kind: Kind, sources: Sequence[Source]) -> StudySet | Escalated:
        """Make a set. Raises ConsentMissing, Invalid for its words, NotFound for a reading that is not to be seen."""
        if escalated := self.gate.stop(person, title, entry="study_set"):
            return escalated
        self.consents.check(person, Purpose.STUDY)
        if kind not in JOINED:
            raise Invalid("This kind of study aid cannot be put together.", field="kind")
        made = StudySet(StudySetId(new_id()), person.id, _titled(title), kind, (), self.clock.now())
        return self._save(person, replace(made, sources=self._checked(person, sources)))

    def add_source(self, person: Person, study_set_id: StudySetId, source: Source) -> StudySet:
        """Take up another part of a reading; one that is there already changes nothing."""
        found = self.load(person, study_set_id)
        sources = tuple(dict.fromkeys((*found.sources, *self._checked(person, [source]))))
        if len(sources) > MOST_SOURCES:
            raise Invalid(f"A study set takes up to {MOST_SOURCES} parts of readings.", field="source")
        return self._save(person, replace(found, sources=sources))

    def drop_source(self, person: Person, study_set_id: StudySetId, source: Source) -> StudySet:
        """Leave a part of a reading out again."""
        found = self.load(person, study_set_id)
        return self._save(person, replace(found, sources=tuple(one for one in found.sources if one != source)))

    def add_card(self, person: Person, study_set_id: StudySetId, front: str, back: str) -> StudySet | Escalated:
        """Add a card of one's own, looked for in the set's readings."""
        if escalated := self.gate.stop(person, f"{front}\n{back}", entry="own_card"):
            return escalated
        return self.add_cards(person, study_set_id, [OwnCard(UnitId(new_id()), front, back)])

    def add_cards(self, person: Person, study_set_id: StudySetId, cards: Sequence[OwnCard]) -> StudySet:
        """Add cards that were brought along; those that are there with the same words are not added again."""
        found = self.load(person, study_set_id)
        self.consents.check(person, Purpose.STUDY)
        known = {(card.front, card.back) for card in found.cards}
        new = []
        for card in map(_tidied, cards):
            if (card.front, card.back) not in known:
                known.add((card.front, card.back))
                new.append(card)
        if len(found.cards) + len(new) > MOST_CARDS:
            raise Invalid(f"A study set holds up to {MOST_CARDS} cards of your own.", field="cards")
        grounded = self.grounder.ground(person, new, found.sources)
        return self._save(person, replace(found, cards=(*found.cards, *grounded)))

    def drop_card(self, person: Person, study_set_id: StudySetId, card_id: UnitId) -> StudySet:
        """Take a card of one's own out."""
        found = self.load(person, study_set_id)
        kept = tuple(card for card in found.cards if card.id != card_id)
        if len(kept) == len(found.cards):
            raise NotFound("There is no such card in this study set.")
        return self._save(person, replace(found, cards=kept))

    def delete(self, person: Person, study_set_id: StudySetId) -> None:
        """Delete a set with its own cards; the readings keep their study aids."""
        found = self.load(person, study_set_id)
        with self.store(scope_of(person)) as work:
            work.hands.delete_study_set(found.id)
            work.commit()

    def load(self, person: Person, study_set_id: StudySetId) -> StudySet:
        """Give a set. Raises NotFound."""
        with self.store(scope_of(person)) as work:
            found = work.hands.find_study_set(study_set_id)
        if found is None or found.owner_id != person.id:
            raise NotFound("There is no such study set.")
        return found

    def open(self, person: Person, study_set_id: StudySetId) -> Opened:
        """Give a set with what its readings bring by now."""
        found = self.load(person, study_set_id)
        taken = [one for source in found.sources if (one := self._take(person, source, found.kind)) is not None]
        return Opened(found, tuple(taken), self._join(person, found, taken), len(found.sources) - len(taken))

    def _join(self, person: Person, found: StudySet, taken: Sequence[Taken]) -> Artifact | None:
        """Put the aids together; every unit of them was verified when it was made."""
        parts = [one.artifact for one in taken if one.artifact is not None]
        if not parts:
            return None
        with self.store(scope_of(person)) as work:
            document = work.documents.find(parts[0].document_id)
        if document is None:
            return None
        draft = KINDS[found.kind].combine(parts, Request(found.kind, document, None))
        whole = replace(parts[0], section=None, title=found.title, units=draft.units, hands=(), levels=None)
        return replace(whole, drawing=_drawing(found.kind, draft.units, found.title), status=ArtifactStatus.PUBLISHED)

    def _take(self, person: Person, source: Source, kind: Kind) -> Taken | None:
        with self.store(scope_of(person)) as work:
            document = work.documents.find(source.document_id)
            if document is None or not sees(person, document):
                return None
            sections = {one.ordinal: one.title for one in work.readings.list_sections(document.id)}
            artifact = work.material.find_for(document.id, source.section, kind)
        name = "The whole reading" if source.section is None else sections.get(source.section, "")
        return Taken(source, document.title, name, artifact) if name else None

    def _checked(self, person: Person, sources: Sequence[Source]) -> tuple[Source, ...]:
        """Give the sources, each once. Raises NotFound for one that is not there for the person."""
        for source in sources:
            if self._take(person, source, Kind.SUMMARY) is None:
                raise NotFound("There is no such reading, or no such part of it.")
        return tuple(dict.fromkeys(sources))

    def _save(self, person: Person, study_set: StudySet) -> StudySet:
        with self.store(scope_of(person)) as work:
            work.hands.save_study_set(study_set)
            work.commit()
        return study_set


def _titled(title: str) -> str:
    words = " ".join(title.split())
    if not words or len(words) > _LONGEST_TITLE:
        raise Invalid(f"Give it a name of 1 to {_LONGEST_TITLE} characters.", field="title")
    return words


def _tidied(card: OwnCard) -> OwnCard:
    """Give a card without stray blanks. Raises Invalid for an empty or endless side."""
    front, back = (side.strip() for side in (card.front, card.back))
    for field, side in (("front", front), ("back", back)):
        if not side or len(side) > LONGEST_SIDE:
            raise Invalid(f"Each side of a card needs 1 to {LONGEST_SIDE} characters.", field=field)
    return replace(card, front=front, back=back)


def _drawing(kind: Kind, units: tuple[Unit, ...], title: str) -> str:
    if kind is not Kind.CONCEPT_MAP:
        return ""
    from generators.concept_graph import draw

    return draw(units, title)

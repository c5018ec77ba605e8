"""Study sets: one kind of study aid of several readings put together, with cards of one's own; private to its owner.

What readings bring is joined whenever a set is opened, so it is what the aids are by now, and only what its owner may
see. Cards of one's own are looked for in these readings; those whose words stand nowhere there say so.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from domain.clock import Clock
from domain.consent import Purpose
from domain.errors import Invalid, NotAllowed, NotFound
from domain.hands import OwnCard, Source, StudySet
from domain.ids import StudySetId, UnitId, new_id
from domain.material import Artifact, Kind
from domain.outcomes import Escalated
from domain.people import Person, Role, sees
from domain.ports import Store, UnitOfWork
from domain.scope import scope_of
from generators.exports.formats import FORMATS, list_files
from generators.exports.origin import Origin
from generators.exports.pictures import Pictures, drawn_for
from generators.imports.cards import read_cards, words_of
from generators.kinds.contract import Request
from generators.kinds.registry import KINDS
from generators.own_cards import Grounder
from generators.service import Export, slug
from generators.study_set_files import Joined, joined, with_cards
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
class Part:
    """A source of a set: the names of its reading and section; `artifact` is None where there is no such aid now.

    `is_class` tells whether the reading is a class's, so that whoever changed its aids was a teacher.
    """

    source: Source
    reading: str
    section: str
    artifact: Artifact | None
    is_class: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of cards that were brought along: how many are new, how many stand in the set's readings."""

    added: int
    found: int
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """A set with what its readings bring by now. `gone` counts sources that its owner can see no more."""

    study_set: StudySet
    parts: tuple[Part, ...]
    joined: Joined | None
    gone: int


@dataclass(frozen=True, slots=True)
class StudySets:
    """The study sets of people. Every method takes the person first; what is not the person's is NotFound."""

    store: Store
    gate: Gate
    consents: Consents
    clock: Clock
    grounder: Grounder
    pictures: Pictures | None = None

    def list_of(self, person: Person) -> list[StudySet]:
        """List the person's sets, newest first."""
        with self.store(scope_of(person)) as work:
            return work.hands.list_study_sets(person.id)

    def create(self, person: Person, title: str, kind: Kind, sources: Sequence[Source]) -> StudySet:
        """Make a set. Raises ConsentMissing, Invalid for its words, NotFound for a reading that is not to be seen."""
        self.consents.check(person, Purpose.STUDY)
        if kind not in JOINED:
            raise Invalid("This kind of study aid cannot be put together.", field="kind")
        made = StudySet(StudySetId(new_id()), person.id, _titled(title), kind, (), self.clock.now())
        return self._save(person, replace(made, sources=self._checked(person, sources)))

    def add_source(self, person: Person, study_set_id: StudySetId, source: Source) -> StudySet:
        """Take up another part of a reading; one that is there already changes nothing."""
        wanted = self._checked(person, [source])

        def change(found: StudySet) -> StudySet:
            sources = tuple(dict.fromkeys((*found.sources, *wanted)))
            if len(sources) > MOST_SOURCES:
                raise Invalid(f"A study set takes up to {MOST_SOURCES} parts of readings.", field="source")
            return replace(found, sources=sources)

        return self._change(person, study_set_id, change)

    def drop_source(self, person: Person, study_set_id: StudySetId, source: Source) -> StudySet:
        """Leave a part of a reading out again."""

        def change(found: StudySet) -> StudySet:
            return replace(found, sources=tuple(one for one in found.sources if one != source))

        return self._change(person, study_set_id, change)

    def add_card(self, person: Person, study_set_id: StudySetId, front: str, back: str) -> StudySet:
        """Add a card of one's own, looked for in the set's readings. Raises Invalid where a set takes no cards."""
        grown, _ = self._add(
            person, self._load_for_cards(person, study_set_id), [OwnCard(UnitId(new_id()), front, back)]
        )
        return grown

    def bring(self, person: Person, study_set_id: StudySetId, filename: str, content: bytes) -> Taken | Escalated:
        """Add the cards of an Anki package or a table; a card that is there with the same words is not added again.

        All that is written in the file is heard first, like anything that a person writes, whatever is wrong with it.
        Raises Invalid for a file with no cards, or a set that takes none.
        """
        if escalated := self.gate.stop_file(person, words_of(filename, content), entry="own_card"):
            return escalated
        found = self._load_for_cards(person, study_set_id)
        brought = read_cards(filename, content)
        _, new = self._add(person, found, brought.cards)
        return Taken(len(new), sum(bool(card.citations) for card in new), brought.problems)

    def _load_for_cards(self, person: Person, study_set_id: StudySetId) -> StudySet:
        found = self.load(person, study_set_id)
        if found.kind is not Kind.FLASHCARDS:
            raise Invalid("Cards of your own go into a study set of cards. Make one first.", field="cards")
        return found

    def _add(self, person: Person, found: StudySet, cards: Sequence[OwnCard]) -> tuple[StudySet, tuple[OwnCard, ...]]:
        """Add what the set does not hold by the time it is saved; give it and what is new in it."""
        self.consents.check(person, Purpose.STUDY)
        wanted = _without(found.cards, [_tidied(card) for card in cards])
        _check_count(found.cards, wanted)
        grounded = self.grounder.ground(person, wanted, found.sources)
        added: list[OwnCard] = []

        def change(now: StudySet) -> StudySet:
            added[:] = _without(now.cards, grounded)
            _check_count(now.cards, added)
            return replace(now, cards=(*now.cards, *added))

        return self._change(person, found.id, change), tuple(added)

    def drop_card(self, person: Person, study_set_id: StudySetId, card_id: UnitId) -> StudySet:
        """Take a card of one's own out."""

        def change(found: StudySet) -> StudySet:
            kept = tuple(card for card in found.cards if card.id != card_id)
            if len(kept) == len(found.cards):
                raise NotFound("There is no such card in this study set.")
            return replace(found, cards=kept)

        return self._change(person, study_set_id, change)

    def delete(self, person: Person, study_set_id: StudySetId) -> None:
        """Delete a set with its own cards; the readings keep their study aids."""
        with self.store(scope_of(person)) as work:
            work.people.lock()
            work.hands.delete_study_set(_find(work, person, study_set_id).id)
            work.commit()

    def load(self, person: Person, study_set_id: StudySetId) -> StudySet:
        """Give a set. Raises NotFound."""
        with self.store(scope_of(person)) as work:
            return _find(work, person, study_set_id)

    def open(self, person: Person, study_set_id: StudySetId) -> Opened:
        """Give a set with what its readings bring by now."""
        found = self.load(person, study_set_id)
        parts = [one for source in found.sources if (one := self._take(person, source, found.kind)) is not None]
        return Opened(found, tuple(parts), self._join(person, found, parts), len(found.sources) - len(parts))

    def list_files(self, person: Person, found: StudySet) -> list[tuple[str, str]]:
        """List the files that a set can be taken as: names and labels."""
        return list_files(found.kind, has_answers=person.role is Role.TEACHER)

    def export(self, person: Person, study_set_id: StudySetId, name: str) -> Export:
        """Write a set as a file, the cards of one's own at its end. Raises NotFound or NotAllowed."""
        found = self.load(person, study_set_id)
        wanted = FORMATS.get(name)
        if wanted is None or wanted.kind is not found.kind:
            raise NotFound("There is no such file of this study set.")
        if wanted.holds_answers and person.role is not Role.TEACHER:
            raise NotAllowed("This file holds the answers, so only teachers can take it.")
        opened = self.open(person, study_set_id)
        whole = with_cards(found, opened.joined)
        if not whole.units:
            raise NotFound("There is nothing in this study set yet.")
        titles = {one.source.document_id: one.reading for one in opened.parts}
        with self.store(scope_of(person)) as work:
            readings = [one for document_id in titles if (one := work.documents.find(document_id)) is not None]
        origin = Origin(found.title, "", drawn_for(self.pictures, person, readings), titles)
        return Export(f"{slug(found.title)}-{name}", wanted.media_type, wanted.write(whole, origin))

    def _join(self, person: Person, found: StudySet, parts: Sequence[Part]) -> Joined | None:
        """Put the aids together; every unit of them was verified when it was made."""
        aids = [one.artifact for one in parts if one.artifact is not None]
        if not aids:
            return None
        with self.store(scope_of(person)) as work:
            document = work.documents.find(aids[0].document_id)
            newest = (work.hands.find_version(aid.id, aid.version) for aid in aids)
            changes = [version.at for version in newest if version is not None]
        if document is None:
            return None
        units = KINDS[found.kind].combine(aids, Request(found.kind, document, None)).units
        return joined(found, units, max([*changes, *(aid.created_at for aid in aids)]))

    def _take(self, person: Person, source: Source, kind: Kind) -> Part | None:
        with self.store(scope_of(person)) as work:
            document = work.documents.find(source.document_id)
            if document is None or not sees(person, document):
                return None
            sections = {one.ordinal: one.title for one in work.readings.list_sections(document.id)}
            artifact = work.material.find_for(document.id, source.section, kind)
        name = "The whole reading" if source.section is None else sections.get(source.section, "")
        is_class = document.class_id is not None or person.role is Role.TEACHER
        return Part(source, document.title, name, artifact, is_class=is_class) if name else None

    def _checked(self, person: Person, sources: Sequence[Source]) -> tuple[Source, ...]:
        """Give the sources, each once. Raises NotFound for one that is not there for the person."""
        for source in sources:
            if self._take(person, source, Kind.SUMMARY) is None:
                raise NotFound("There is no such reading, or no such part of it.")
        return tuple(dict.fromkeys(sources))

    def _change(self, person: Person, study_set_id: StudySetId, change: Callable[[StudySet], StudySet]) -> StudySet:
        """Change a set as it is by now, so that what is done to it meanwhile is not lost. Raises NotFound."""
        with self.store(scope_of(person)) as work:
            work.people.lock()
            changed = change(_find(work, person, study_set_id))
            work.hands.save_study_set(changed)
            work.commit()
        return changed

    def _save(self, person: Person, study_set: StudySet) -> StudySet:
        with self.store(scope_of(person)) as work:
            work.hands.save_study_set(study_set)
            work.commit()
        return study_set


def _find(work: UnitOfWork, person: Person, study_set_id: StudySetId) -> StudySet:
    found = work.hands.find_study_set(study_set_id)
    if found is None or found.owner_id != person.id:
        raise NotFound("There is no such study set.")
    return found


def _without(held: Sequence[OwnCard], cards: Sequence[OwnCard]) -> tuple[OwnCard, ...]:
    """Give the cards whose words are not there, each once."""
    known = {(card.front, card.back) for card in held}
    new: dict[tuple[str, str], OwnCard] = {}
    for card in cards:
        if (card.front, card.back) not in known:
            new.setdefault((card.front, card.back), card)
    return tuple(new.values())


def _check_count(held: Sequence[OwnCard], new: Sequence[OwnCard]) -> None:
    if len(held) + len(new) > MOST_CARDS:
        raise Invalid(f"A study set holds up to {MOST_CARDS} cards of your own.", field="cards")


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

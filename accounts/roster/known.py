"""Who is known at a school while a roster is compared with it: found by number, address, and name in a class."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace

from accounts.roster.entries import ClassName, Entry
from domain.ids import ClassId, PersonId, SchoolId, new_id
from domain.people import ClassRoom, Person

_LONGEST_CLASS = 100


class Known:
    """People and classes of a school, changed as the rows are gone through. Nothing is written."""

    def __init__(
        self, school_id: SchoolId, people: Iterable[Person], classes: Iterable[ClassRoom], foreign: Collection[str]
    ) -> None:
        """Begin with who is here; `foreign` are the addresses (in small letters) of other schools' accounts."""
        self.school_id = school_id
        self.foreign = frozenset(foreign)
        self.people: dict[PersonId, Person] = {}
        self.new_classes: dict[ClassId, ClassRoom] = {}
        self._by_external: dict[str, PersonId] = {}
        self._by_email: dict[str, PersonId] = {}
        self._by_name: dict[str, set[PersonId]] = defaultdict(set)
        self._classes: dict[ClassId, ClassRoom] = {}
        self._class_by_name: dict[str, ClassId] = {}
        self._class_by_external: dict[str, ClassId] = {}
        for class_room in classes:
            self._put_class(class_room)
        for person in people:
            self.put(person)

    def put(self, person: Person) -> None:
        """Add or replace a person."""
        old = self.people.get(person.id)
        if old is not None and old.email:
            del self._by_email[old.email.casefold()]
        self.people[person.id] = person
        self._by_name[person.name.casefold()].add(person.id)
        if person.external_id:
            self._by_external[person.external_id] = person.id
        if person.email:
            self._by_email[person.email.casefold()] = person.id

    def by_external(self, external_id: str) -> Person | None:
        """Find somebody by the roster's number."""
        found = self._by_external.get(external_id)
        return self.people[found] if found else None

    def by_email(self, email: str) -> Person | None:
        """Find somebody by e-mail address or user name, whatever its capitals."""
        found = self._by_email.get(email.casefold())
        return self.people[found] if found else None

    def namesakes(self, entry: Entry, class_ids: Collection[ClassId], *, is_everywhere: bool) -> list[Person]:
        """List who has the row's name and role and is in one of the classes.

        `is_everywhere` adds whoever is in no class, and without classes everybody of the name.
        """
        name, classes = entry.name.casefold(), set(class_ids)
        people = [self.people[one] for one in sorted(self._by_name.get(name, ()))]
        return [
            person
            for person in people
            if person.role is entry.role
            and person.name.casefold() == name
            and (classes & set(person.class_ids) or (is_everywhere and not (classes and person.class_ids)))
        ]

    def name_of(self, class_id: ClassId) -> str:
        """Give a class's name."""
        return self._classes[class_id].name

    def find_class(self, wanted: ClassName) -> ClassId | None:
        """Find a class by the roster's number for it, or by its name, whatever its capitals."""
        found = self._class_by_external.get(wanted.external_id) if wanted.external_id else None
        return found or self._class_by_name.get(wanted.name.casefold())

    def ensure_class(self, wanted: ClassName) -> ClassId | None:
        """Find a class or note that it has to be made; None when its name is missing or too long."""
        found = self.find_class(wanted)
        if found is not None:
            known = self._classes[found]
            if wanted.external_id and not known.external_id:
                self._note(replace(known, external_id=wanted.external_id))
            return found
        name = wanted.name or wanted.external_id
        if not name or len(name) > _LONGEST_CLASS:
            return None
        class_room = ClassRoom(ClassId(new_id()), self.school_id, name, external_id=wanted.external_id)
        self._note(class_room)
        return class_room.id

    def _note(self, class_room: ClassRoom) -> None:
        self.new_classes[class_room.id] = class_room
        self._put_class(class_room)

    def _put_class(self, class_room: ClassRoom) -> None:
        self._classes[class_room.id] = class_room
        self._class_by_name.setdefault(class_room.name.casefold(), class_room.id)
        if class_room.external_id:
            self._class_by_external[class_room.external_id] = class_room.id

"""What a roster would change: row by row, without writing anything.

The same plan is shown before and carried out after. A second time it finds nothing to change. Somebody is known by the
roster's number, else by e-mail address or user name, else by name within the class. What a roster does not name stays
as it is: nobody is taken out of a class, no account is ended, no role is changed, and no administrator is made.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from accounts.logins import is_email
from accounts.roster.changes import WORDS, Change, Plan, Terms, with_fields
from accounts.roster.entries import Entry, Guardian
from accounts.roster.known import Known
from accounts.roster.report import Outcome, RowReport
from domain.ids import ClassId, PersonId, new_id
from domain.people import Person, Role

_WITH_CLASSES = frozenset({Role.STUDENT, Role.TEACHER})


class _Refusal(Exception):
    """The row is not taken, and why; never leaves this module."""


@dataclass(slots=True)
class _Row:
    """A row at work: what was done for it, and what has to be said."""

    entry: Entry
    said: list[str] = field(default_factory=list)
    is_new: bool = False
    is_changed: bool = False


def make_plan(entries: Sequence[Entry], known: Known, terms: Terms) -> Plan:
    """Go through the rows: guardians after everybody else, so that their children are known."""
    planner = _Planner(known, terms)
    ordered = sorted(entries, key=lambda entry: entry.role is Role.GUARDIAN)
    rows = sorted((planner.take(entry) for entry in ordered), key=lambda row: row.line)
    return Plan(tuple(known.new_classes.values()), planner.changes(), tuple(rows))


class _Planner:
    def __init__(self, known: Known, terms: Terms) -> None:
        self._known = known
        self._terms = terms
        self._before: dict[PersonId, tuple[int, Person | None]] = {}
        self._seen: dict[PersonId, Entry] = {}
        self._claims: dict[tuple[str, str], Entry] = {}

    def changes(self) -> tuple[Change, ...]:
        found = [Change(line, self._known.people[one], before) for one, (line, before) in self._before.items()]
        return tuple(sorted(found, key=lambda change: change.person.role is Role.GUARDIAN))

    def take(self, entry: Entry) -> RowReport:
        row = _Row(entry, list(entry.notes))
        try:
            person = self._take(row)
        except _Refusal as refusal:
            return RowReport(entry.line, entry.name, Outcome.REFUSED, str(refusal))
        outcome = Outcome.ADDED if row.is_new else Outcome.UPDATED if row.is_changed else Outcome.UNCHANGED
        if outcome is Outcome.UNCHANGED and not row.said:
            row.said.append("Nothing new.")
        return RowReport(entry.line, entry.name or person.name, outcome, " ".join(row.said))

    def _take(self, row: _Row) -> Person:
        entry = row.entry
        if entry.problem:
            raise _Refusal(entry.problem)
        self._check_role(entry.role)
        class_ids = self._classes_of(entry)
        self._claim(entry)
        person = self._find(entry, class_ids)
        if person is None:
            person = self._add(row, class_ids)
        else:
            self._check_known(entry, person)
            self._check_repeated(row, person)
            person = self._update(row, person, class_ids)
        self._seen.setdefault(person.id, entry)
        if entry.guardians and not self._terms.is_office:
            row.said.append("The school's office adds guardians.")
        for guardian in entry.guardians if person.role is Role.STUDENT and self._terms.is_office else ():
            self._link(row, guardian, person)
        return self._with_wards(row, person)

    def _check_role(self, role: Role | None) -> None:
        if role is Role.ADMINISTRATOR:
            raise _Refusal("A roster makes no administrators. Invite this person instead.")
        if not self._terms.is_office and role not in {Role.STUDENT, None}:
            raise _Refusal("The roster of a class holds students only. The school's office adds others.")

    def _claim(self, entry: Entry) -> None:
        """Let the first row with a number or address say whose it is, even when that row is not taken."""
        for key in (("number", entry.external_id), ("login", entry.login.casefold())):
            first = self._claims.setdefault(key, entry) if key[1] and entry.name else entry
            if first.name.casefold() != entry.name.casefold():
                raise _Refusal(f"Line {first.line} has the same number or address with another name.")

    def _classes_of(self, entry: Entry) -> tuple[ClassId, ...]:
        """Give the row's classes, making those that the office's roster names anew."""
        if entry.role not in {*_WITH_CLASSES, None}:
            return ()
        own = self._terms.class_id
        if own is None:
            found = [self._known.ensure_class(one) for one in entry.classes]
            if None in found:
                raise _Refusal("The name of a class is missing or too long.")
            return tuple(dict.fromkeys(one for one in found if one is not None))
        named = [self._known.find_class(one) for one in entry.classes]
        # a class with the name left out says nothing against this one
        if entry.classes and own not in named and any(one.name for one in entry.classes):
            raise _Refusal(f"This row is for “{entry.classes[0].name[:60]}”, not for this class.")
        return (own,)

    def _find(self, entry: Entry, class_ids: Sequence[ClassId]) -> Person | None:
        """Find whom a row is about. Refuses what fits two people."""
        by_number = self._known.by_external(entry.external_id) if entry.external_id else None
        by_login = self._known.by_email(entry.login) if entry.login else None
        if entry.role is None:
            if by_number is None:
                raise _Refusal(f"Nobody here has the number “{entry.external_id[:60]}”. Bring users.csv too.")
            return by_number
        if entry.login and entry.login.casefold() in self._known.foreign:
            raise _Refusal("This e-mail address or user name is in use and cannot be used here.")
        if by_number is not None:
            if by_login is not None and by_login.id != by_number.id:
                raise _Refusal("This e-mail address or user name is somebody else's.")
            return by_number
        if by_login is not None:
            if entry.external_id and by_login.external_id:
                raise _Refusal("This e-mail address or user name belongs to somebody with another number.")
            return by_login
        return self._find_by_name(entry, class_ids)

    def _find_by_name(self, entry: Entry, class_ids: Sequence[ClassId]) -> Person | None:
        """Find a namesake in the class who could be meant: whose number and address the row does not contradict."""
        if entry.role is Role.GUARDIAN and not entry.login:
            raise _Refusal("A guardian needs an e-mail address.")
        is_named_alone = not (entry.external_id or entry.login)
        people = [
            person
            for person in self._known.namesakes(entry, class_ids, is_everywhere=self._terms.is_office)
            if not (entry.external_id and person.external_id) and not (entry.login and person.email)
        ]
        bare = [person for person in people if not (person.external_id or person.email)]
        # of several, a row with a name alone means whoever came by name alone
        people = bare if is_named_alone and bare else people
        lines = [self._seen[person.id].line for person in people if person.id in self._seen]
        if lines and is_named_alone:
            raise _Refusal(f"The same name stands in line {min(lines)}. Give both a number or an e-mail address.")
        if lines:
            return None
        if len(people) > 1:
            raise _Refusal("Several people here have this name. Give a number or an e-mail address.")
        return people[0] if people else None

    def _check_known(self, entry: Entry, person: Person) -> None:
        if person.role is Role.ADMINISTRATOR:
            raise _Refusal("This is an administrator's account, which no roster changes.")
        if entry.role not in {person.role, None}:
            raise _Refusal(f"This person is a {person.role.value} here. A role is changed on the person's page.")
        if not person.is_active:
            raise _Refusal("This account was ended. Open it again on the person's page first.")
        is_own = person.id in self._before or set(person.class_ids) & set(self._terms.own_class_ids)
        # a teacher's file must not bring in students whom the teacher has nothing to do with
        if not self._terms.is_office and person.role is Role.STUDENT and not is_own:
            raise _Refusal("This person has an account already. Let them join with the class's code.")

    def _check_repeated(self, row: _Row, person: Person) -> None:
        earlier, entry = self._seen.get(person.id), row.entry
        if earlier is None:
            return
        if entry.login and person.email and entry.login.casefold() != person.email.casefold():
            raise _Refusal(f"Line {earlier.line} has the same number with another e-mail address or user name.")
        row.said.append(f"The same person as in line {earlier.line}.")

    def _add(self, row: _Row, class_ids: tuple[ClassId, ...]) -> Person:
        entry = row.entry
        assert entry.role is not None
        person = Person(
            id=PersonId(new_id()),
            school_id=self._known.school_id,
            name=entry.name,
            email=entry.login,
            role=entry.role,
            class_ids=class_ids,
            external_id=entry.external_id,
            decides_from=self._decides_from(entry),
        )
        row.is_new = True
        row.said.insert(0, "New account.")
        self._put(row, person, None)
        return person

    def _update(self, row: _Row, person: Person, class_ids: Sequence[ClassId]) -> Person:
        fields = self._fields(row.entry, person)
        fresh = [one for one in class_ids if one not in person.class_ids]
        words = [WORDS[name] for name in fields]
        words += [f"class {self._known.name_of(one)}" for one in fresh]
        if not words:
            return person
        updated = replace(with_fields(person, fields), class_ids=(*person.class_ids, *fresh))
        row.said.insert(0, f"Changed: {', '.join(words)}.")
        self._put(row, updated, person)
        return updated

    def _fields(self, entry: Entry, person: Person) -> dict[str, Any]:
        """Give what a row changes about somebody: for the office what differs, for a teacher what was not known.

        A teacher's file gives an address only to whoever has no way in: nobody's account is taken over.
        """
        is_office, is_first = self._terms.is_office, person.id not in self._seen
        has_way_in = bool(person.password_hash or person.subject)
        wanted = {
            "name": entry.name if is_office and is_first else "",
            "email": entry.login if is_office or not (person.email or has_way_in) else "",
            "external_id": entry.external_id if not person.external_id and (is_office or not has_way_in) else "",
            "decides_from": self._decides_from(entry) if person.decides_from is None or is_first else None,
        }
        return {name: value for name, value in wanted.items() if value and not _is_same(value, getattr(person, name))}

    def _link(self, row: _Row, guardian: Guardian, child: Person) -> None:
        found = self._known.by_email(guardian.email)
        if not is_email(guardian.email):
            row.said.append(f"“{guardian.email[:60]}” is no e-mail address, so no guardian was linked.")
        elif guardian.email.casefold() in self._known.foreign or (found and found.role is not Role.GUARDIAN):
            row.said.append("A guardian's e-mail address is in use otherwise, so no guardian was linked.")
        elif found is None:
            name = guardian.name or guardian.email
            person = Person(
                PersonId(new_id()), child.school_id, name, guardian.email, Role.GUARDIAN, ward_ids=(child.id,)
            )
            row.said.append("A guardian was added.")
            self._put(row, person, None)
        elif child.id not in found.ward_ids:
            row.said.append("A guardian was linked.")
            self._put(row, replace(found, ward_ids=(*found.ward_ids, child.id)), found)

    def _with_wards(self, row: _Row, person: Person) -> Person:
        """Link a guardian with the children that the office's roster names."""
        if not self._terms.is_office:
            return person
        children = [self._known.by_external(one) for one in row.entry.ward_ids]
        fresh = [
            child.id
            for child in children
            if child is not None and child.role is Role.STUDENT and child.id not in person.ward_ids
        ]
        if not fresh or person.role is not Role.GUARDIAN:
            return person
        linked = replace(person, ward_ids=(*person.ward_ids, *fresh))
        row.said.append(f"Linked with {len(fresh)} {'child' if len(fresh) == 1 else 'children'}.")
        self._put(row, linked, person)
        return linked

    def _decides_from(self, entry: Entry) -> date | None:
        """Give the day of deciding alone, for the office: no teacher says who asks no guardian any more."""
        if not self._terms.is_office or entry.born is None or entry.role is not Role.STUDENT:
            return None
        return self._terms.decides_from(entry.born)

    def _put(self, row: _Row, person: Person, before: Person | None) -> None:
        row.is_changed = True
        self._before.setdefault(person.id, (row.entry.line, before))
        self._known.put(person)


def _is_same(value: object, known: object) -> bool:
    """Whether nothing has to be changed; addresses are the same whatever their capitals."""
    if isinstance(value, str) and isinstance(known, str) and "@" in value:
        return value.casefold() == known.casefold()
    return value == known

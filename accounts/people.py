"""The school's office: who is here, as what, in which classes, whose child, and whether the account is open.

It shows and changes accounts, never what people read, write or do. What it may not know of is NotFound, with the
same words whether it is another school's or nobody's. No change leaves a school without an active administrator.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from accounts.ages import move_ages
from accounts.invitation_rules import forget_families
from accounts.logins import check_login, check_name
from accounts.membership import check_may_leave, refused
from accounts.policy import Action, allows
from accounts.school_rules import check_rules, check_school_name
from domain.clock import Clock
from domain.errors import Conflict, Invalid, NotAllowed
from domain.ids import ClassId, PersonId
from domain.people import ClassRoom, Person, Role, School, SchoolRules, SignIn
from domain.people_repositories import PeopleSearch
from domain.ports import Store, UnitOfWork
from domain.scope import EVERYTHING, scope_of
from safety.access import Accesses
from safety.audit import note_act

PAGE = 50
"""People on a page."""

_WITH_CLASSES = frozenset({Role.STUDENT, Role.TEACHER})


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """A page of people, and how many there are in all."""

    people: tuple[Person, ...]
    total: int
    number: int

    @property
    def last(self) -> int:
        """The number of the last page; the first is 1."""
        return max(1, -(-self.total // PAGE))


@dataclass(frozen=True, slots=True)
class Account:
    """A person's account as the office sees it."""

    person: Person
    classes: tuple[ClassRoom, ...]
    guardians: tuple[Person, ...]
    children: tuple[Person, ...]
    sessions: tuple[SignIn, ...]

    @property
    def has_way_in(self) -> bool:
        """Whether the person has chosen a password, or comes in by a school account or pictures."""
        person = self.person
        return bool(person.password_hash or person.subject or person.picture_hash)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many people of each role and classes there are, and who may still be missing."""

    people: Mapping[Role, int]
    classes: int
    school: School


class Office:
    """What administrators do about people. Each method is one transaction."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Keep people in the store."""
        self._store = store
        self._clock = clock
        self._accesses = Accesses(store, clock)

    def list_people(
        self,
        by: Person,
        *,
        words: str = "",
        role: Role | None = None,
        class_id: ClassId | None = None,
        number: int = 1,
    ) -> PeoplePage:
        """Give a page of the school's people by name; `number` counts from 1, and a page past the last is empty."""
        _check(by, Action.MANAGE_PEOPLE)
        search = PeopleSearch(
            words=words[:200], role=role, class_id=class_id, offset=(max(number, 1) - 1) * PAGE, limit=PAGE
        )
        with self._store(scope_of(by)) as work:
            people, total = work.people.search_people(by.school_id, search)
        return PeoplePage(tuple(people), total, max(number, 1))

    def tally(self, by: Person) -> Tally:
        """Count people and classes."""
        _check(by, Action.MANAGE_PEOPLE)
        with self._store(scope_of(by)) as work:
            people = work.people.count_people(by.school_id)
            classes = len(work.people.list_classes(by.school_id))
            school = work.people.load_school(by.school_id)
        return Tally({role: people.get(role, 0) for role in Role}, classes, school)

    def list_classes(self, by: Person) -> list[ClassRoom]:
        """List the school's classes by name."""
        _check(by, Action.MANAGE_PEOPLE)
        with self._store(scope_of(by)) as work:
            return work.people.list_classes(by.school_id)

    def load_person(self, by: Person, person_id: PersonId) -> Person:
        """Give somebody of the school. Raises NotFound."""
        with self._store(scope_of(by)) as work:
            return _member(work, by, person_id)

    def load_account(self, by: Person, person_id: PersonId) -> Account:
        """Give somebody of the school with classes, family and running sessions. Raises NotFound."""
        now = self._clock.now()
        with self._store(scope_of(by)) as work:
            person = _member(work, by, person_id)
            classes = [one for one in work.people.list_classes(by.school_id) if one.id in person.class_ids]
            found = [work.people.find_person(child_id) for child_id in person.ward_ids]
            return Account(
                person=person,
                classes=tuple(classes),
                guardians=tuple(work.people.list_guardians(person.id)),
                children=tuple(child for child in found if child is not None),
                sessions=tuple(one for one in work.people.list_sign_ins(person.id) if one.expires_at > now),
            )

    def change(self, by: Person, person_id: PersonId, *, name: str, email: str) -> Person:
        """Give somebody another name and e-mail address or user name. Raises NotFound, Invalid or Conflict.

        Only who never had an address may go without.
        """
        name = check_name(name)

        def named(person: Person, _work: UnitOfWork) -> Person:
            may_be_empty = not person.email and not email.strip()
            return replace(person, name=name, email="" if may_be_empty else check_login(email))

        return self._change(by, person_id, named)

    def change_role(self, by: Person, person_id: PersonId, role: Role) -> Person:
        """Give somebody another role; the sessions end, so that none has more rights than it began with.

        Classes go with roles that have none, children with guardians. Raises NotFound or Conflict.
        """

        def cast(person: Person, work: UnitOfWork) -> Person:
            if person.role is role:
                return person
            work.people.delete_sign_ins(person.id)
            for guardian in work.people.list_guardians(person.id):
                work.people.save_person(_without_ward(guardian, person.id))
            return replace(
                person,
                role=role,
                class_ids=person.class_ids if role in _WITH_CLASSES else (),
                ward_ids=(),
                decides_from=person.decides_from if role is Role.STUDENT else None,
            )

        return self._change(by, person_id, cast, "person.role_changed")

    def set_active(self, by: Person, person_id: PersonId, *, is_active: bool) -> Person:
        """Close or open an account; closing ends the sessions at once. Raises NotFound or Conflict."""

        def opened(person: Person, work: UnitOfWork) -> Person:
            if person.is_active is is_active:
                return person
            work.people.delete_sign_ins(person.id)
            return replace(person, is_active=is_active, left_at=None if is_active else self._clock.now())

        return self._change(by, person_id, opened, "person.account_opened" if is_active else "person.account_closed")

    def set_classes(self, by: Person, person_id: PersonId, class_ids: Sequence[ClassId]) -> Person:
        """Put a student or teacher into these classes of the school and no others. Raises NotFound or Invalid."""

        def placed(person: Person, work: UnitOfWork) -> Person:
            if class_ids and person.role not in _WITH_CLASSES:
                raise Invalid("Only students and teachers are in classes.", field="class_ids")
            known = {one.id for one in work.people.list_classes(by.school_id)}
            for class_id in class_ids:
                if class_id not in known:
                    raise refused(by, "set_classes", class_id)
            return replace(person, class_ids=tuple(dict.fromkeys(class_ids)))

        return self._change(by, person_id, placed)

    def link_guardian(self, by: Person, guardian_id: PersonId, child_id: PersonId) -> Person:
        """Say that somebody is a student's guardian. Raises NotFound, or Invalid for other roles."""

        def linked(guardian: Person, work: UnitOfWork) -> Person:
            child = _member(work, by, child_id)
            if guardian.role is not Role.GUARDIAN or child.role is not Role.STUDENT:
                raise Invalid("Choose a guardian and a student.", field="guardian_id", code="bad_link")
            self._accesses.note(work, by, child.id, what="account", why="guardian_linked", thing_id=guardian.id)
            return replace(guardian, ward_ids=tuple(dict.fromkeys([*guardian.ward_ids, child.id])))

        return self._change(by, guardian_id, linked, "guardian.linked")

    def unlink_guardian(self, by: Person, guardian_id: PersonId, child_id: PersonId) -> Person:
        """Say that somebody is a student's guardian no longer; open links to become one end too. Raises NotFound."""

        def unlinked(guardian: Person, work: UnitOfWork) -> Person:
            if child_id in guardian.ward_ids:
                forget_families(work, guardian.school_id, child_id)
            return _without_ward(guardian, child_id)

        return self._change(by, guardian_id, unlinked, "guardian.unlinked")

    def end_sessions(self, by: Person, person_id: PersonId) -> None:
        """End all of somebody's sessions. Raises NotFound."""
        with self._store(scope_of(by)) as work:
            person = _member(work, by, person_id)
            work.people.delete_sign_ins(person.id)
            work.commit()

    def load_school(self, person: Person) -> School:
        """Give the person's own school."""
        with self._store(EVERYTHING) as work:
            return work.people.load_school(person.school_id)

    def set_rules(self, by: Person, rules: SchoolRules, *, name: str | None = None) -> School:
        """Set what the school decides for itself, and its name. Raises Invalid, naming the field.

        With the age of deciding alone, by the country's law or the school's wish, every student's day of it moves. How
        long things are kept stays as it is: that is decided on a page of its own.
        """
        checked = check_rules(rules)
        with self._store(scope_of(by)) as work:
            work.people.lock()
            school = work.people.load_school(by.school_id)
            _check(by, Action.MANAGE_SCHOOL, school)
            move_ages(work, school.id, school.rules, checked)
            school = replace(
                school,
                name=school.name if name is None else check_school_name(name),
                rules=_keep(school.rules, checked),
            )
            work.people.save_school(school)
            note_act(work, "rules.changed", by)
            work.commit()
        return school

    def check_helplines(self, by: Person) -> None:
        """Note that the school has called the numbers of its country's helplines today."""
        with self._store(scope_of(by)) as work:
            work.people.lock()
            school = work.people.load_school(by.school_id)
            _check(by, Action.MANAGE_SCHOOL, school)
            rules = replace(school.rules, helplines_checked_on=self._clock.now().date())
            work.people.save_school(replace(school, rules=rules))
            work.commit()

    def _change(
        self, by: Person, person_id: PersonId, change: Callable[[Person, UnitOfWork], Person], act: str = ""
    ) -> Person:
        # addresses are unique among all schools, so the change must see them all; who is changed is asked of `by`
        with self._store(EVERYTHING) as work:
            work.people.lock()
            person = _member(work, by, person_id)
            changed = change(person, work)
            if set(person.class_ids) - set(changed.class_ids):
                check_may_leave(work, person.school_id, [person.id])
            work.people.save_person(changed)
            check_governed(work, person, changed)
            if act and changed != person:
                note_act(work, act, by, about_id=person.id, ref=f"role:{changed.role.value}")
            work.commit()
        return changed


def check_governed(work: UnitOfWork, before: Person, after: Person | None) -> None:
    """Raise Conflict when a person was the last administrator who can sign in, and is no longer (None: is gone).

    To be asked after the change and before the commit, in a unit of work that holds the write lock.
    """
    if not _governs(before) or (after is not None and _governs(after)):
        return
    administrators, _ = work.people.search_people(before.school_id, PeopleSearch(role=Role.ADMINISTRATOR, limit=1000))
    if not any(_governs(one) for one in administrators if one.id != before.id):
        message = "This is the last administrator. Make somebody else an administrator first, who can sign in."
        raise Conflict(message, code="last_administrator")


def _keep(before: SchoolRules, rules: SchoolRules) -> SchoolRules:
    """Give new rules with what other pages decide; another country has other numbers, which nobody has called."""
    checked_on = before.helplines_checked_on if before.country == rules.country else None
    return replace(rules, keep_days=before.keep_days, helplines_checked_on=checked_on)


def _governs(person: Person) -> bool:
    return person.role is Role.ADMINISTRATOR and person.is_active and bool(person.password_hash or person.subject)


def _member(work: UnitOfWork, by: Person, person_id: PersonId) -> Person:
    person = work.people.find_person(person_id)
    if person is None or not allows(by, Action.MANAGE_PEOPLE, person):
        raise refused(by, Action.MANAGE_PEOPLE.value, person_id)
    return person


def _check(by: Person, action: Action, thing: School | None = None) -> None:
    if not allows(by, action, thing):
        raise NotAllowed("Your account is not for this.")


def _without_ward(guardian: Person, child_id: PersonId) -> Person:
    return replace(guardian, ward_ids=tuple(one for one in guardian.ward_ids if one != child_id))

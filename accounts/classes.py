"""Classes: made by teachers or the school's office, opened for joining by a code for a time, and looked after.

A teacher has to do with own classes alone. A class that is another's, or that nothing has the id of, is NotFound with
the same words.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from accounts import joining
from accounts.codes import new_code, to_shown
from accounts.invitation_rules import is_waiting
from accounts.joining import Newcomer
from accounts.logins import LONGEST_NAME, check_name
from accounts.membership import check_may_leave, forget_pictures, own_class, refused
from accounts.passwords import Passwords
from accounts.policy import Action, allows
from accounts.sessions import Session
from accounts.tries import Kind, Tries
from domain.clock import Clock
from domain.errors import Invalid, NotAllowed
from domain.ids import ClassId, PersonId, new_id
from domain.people import ClassRoom, Person, Role
from domain.ports import Store, UnitOfWork
from domain.scope import EVERYTHING, scope_of

JOINING_DAYS = 14
"""How long a class stands open for joining, unless said otherwise."""

_LONGEST_OPEN = timedelta(days=366)
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class in a list, with how many people of each sort are in it."""

    class_room: ClassRoom
    students: int
    teachers: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a class; `guardians` counts a student's guardians, `waiting` those who cannot sign in yet.

    `has_way_in` is false until one can sign in.
    """

    person: Person
    guardians: int
    has_way_in: bool
    waiting: int = 0


class Classes:
    """What people do about classes. Each method is one transaction."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        passwords: Passwords,
        tries: Tries,
        *,
        make_code: Callable[[], str] = new_code,
    ) -> None:
        """Keep classes in the store; codes are made at random."""
        self._store = store
        self._clock = clock
        self._passwords = passwords
        self._tries = tries
        self._make_code = make_code

    def make(self, by: Person, name: str, *, is_young: bool = False, ends_on: date | None = None) -> ClassRoom:
        """Make a class; a teacher who makes it is in it. Raises Invalid, or NotAllowed for other roles."""
        if not allows(by, Action.MAKE_CLASSES):
            raise NotAllowed("Your account is not for this.")
        class_room = ClassRoom(ClassId(new_id()), by.school_id, _check_name(name), ends_on=self._check_end(ends_on))
        with self._store(EVERYTHING) as work:
            work.people.lock()
            maker = _as_stored(work, by)
            if is_young:
                class_room = replace(class_room, is_young=True, sign_in_code=self._free_code(work))
            work.people.save_class(class_room)
            if by.role is Role.TEACHER:
                work.people.save_person(replace(maker, class_ids=(*maker.class_ids, class_room.id)))
            work.commit()
        return class_room

    def load(self, by: Person, class_id: ClassId) -> ClassRoom:
        """Give a class that the person looks after. Raises NotFound."""
        with self._store(scope_of(by)) as work:
            return own_class(work, by, class_id)

    def list_for(self, person: Person) -> list[ClassRoom]:
        """List the person's classes by name; for an administrator all of the school."""
        with self._store(scope_of(person)) as work:
            classes = work.people.list_classes(person.school_id)
        return [one for one in classes if person.role is Role.ADMINISTRATOR or one.id in person.class_ids]

    def list_lines(self, by: Person) -> list[ClassLine]:
        """List the classes that the person looks after, with counts."""
        classes = [one for one in self.list_for(by) if allows(by, Action.MANAGE_CLASS, one)]
        with self._store(scope_of(by)) as work:
            counts = work.people.count_members([one.id for one in classes])
        return [
            ClassLine(
                one,
                students=counts[one.id].get(Role.STUDENT, 0),
                teachers=counts[one.id].get(Role.TEACHER, 0),
                is_open=self.is_open(one),
            )
            for one in classes
        ]

    def members(self, by: Person, class_id: ClassId) -> list[Member]:
        """List the people of a class by name, teachers first. Raises NotFound."""
        with self._store(EVERYTHING) as work:
            class_room = own_class(work, by, class_id)
            people = work.people.list_members(class_id)
            families = {one.id: work.people.list_guardians(one.id) for one in people if one.role is Role.STUDENT}
            found = [
                Member(
                    person,
                    guardians=len(families.get(person.id, ())),
                    waiting=sum(is_waiting(one) for one in families.get(person.id, ())),
                    has_way_in=bool(person.password_hash or person.subject or person.is_demo)
                    or (class_room.is_young and bool(person.picture_hash)),
                )
                for person in people
            ]
        return sorted(found, key=lambda member: member.person.role is Role.STUDENT)

    def is_open(self, class_room: ClassRoom) -> bool:
        """Whether one can join by its code now."""
        return joining.is_open(class_room, self._clock.now())

    def change(self, by: Person, class_id: ClassId, *, name: str, ends_on: date | None) -> ClassRoom:
        """Give a class another name and last day (None: no last day). Raises NotFound or Invalid."""

        def renamed(class_room: ClassRoom, _work: UnitOfWork) -> ClassRoom:
            last_day = ends_on if ends_on == class_room.ends_on else self._check_end(ends_on)
            return replace(class_room, name=_check_name(name), ends_on=last_day)

        return self._change(by, class_id, renamed)

    def open_for_joining(self, by: Person, class_id: ClassId, until: datetime | None = None) -> str:
        """Open a class under a new code until a time (in 14 days), and give the code; an older code ends.

        Raises NotFound, or Invalid for a time that is over or more than a year away.
        """
        now = self._clock.now()
        until = until or now + timedelta(days=JOINING_DAYS)
        if not now < until <= now + _LONGEST_OPEN:
            raise Invalid("Choose a day from today on, at most a year away.", field="until")

        def opened(class_room: ClassRoom, work: UnitOfWork) -> ClassRoom:
            return replace(class_room, join_code=self._free_code(work), join_until=until)

        return to_shown(self._change(by, class_id, opened).join_code)

    def close(self, by: Person, class_id: ClassId) -> None:
        """Let nobody join any more; the code is gone. Raises NotFound."""
        self._change(by, class_id, lambda class_room, _: replace(class_room, join_code="", join_until=None))

    def set_young(self, by: Person, class_id: ClassId, *, is_young: bool) -> ClassRoom:
        """Let children sign in by class code and pictures, or no longer: then their pictures and sessions end.

        Raises NotFound.
        """

        def aged(class_room: ClassRoom, work: UnitOfWork) -> ClassRoom:
            if not is_young:
                for person in work.people.list_members(class_id):
                    forget_pictures(work, person, class_id)
                return replace(class_room, is_young=False, sign_in_code="")
            return replace(class_room, is_young=True, sign_in_code=class_room.sign_in_code or self._free_code(work))

        return self._change(by, class_id, aged)

    def add_child(self, by: Person, class_id: ClassId, name: str) -> Person:
        """Add a student to a young class by name alone; the way in are pictures, dealt later.

        Raises NotFound, or Invalid for a name that is none, a class that is not young, or one that is full.
        """
        with self._store(EVERYTHING) as work:
            class_room = own_class(work, by, class_id)
            if not class_room.is_young:
                raise Invalid("In this class people sign in with their passwords.", code="not_young")
            if not name.strip() or len(name) > LONGEST_NAME:
                raise Invalid("Give the child's name.", field="child", code="bad_name")
            child = Person(
                PersonId(new_id()),
                class_room.school_id,
                check_name(name),
                email="",
                role=Role.STUDENT,
                class_ids=(class_id,),
            )
            work.people.save_person(child)
            work.commit()
        return child

    def renew_sign_in_code(self, by: Person, class_id: ClassId) -> ClassRoom:
        """Give a young class another sign-in code. Raises NotFound, or Invalid when the class is not young."""

        def renewed(class_room: ClassRoom, work: UnitOfWork) -> ClassRoom:
            if not class_room.is_young:
                raise Invalid("In this class people sign in with their passwords.", code="not_young")
            return replace(class_room, sign_in_code=self._free_code(work))

        return self._change(by, class_id, renewed)

    def remove_member(self, by: Person, class_id: ClassId, person_id: PersonId) -> None:
        """Take somebody out of a class; the account stays. Teachers take out students alone.

        Raises NotFound, NotAllowed when a teacher would take out staff, or Conflict under a legal hold.
        """
        with self._store(EVERYTHING) as work:
            work.people.lock()
            own_class(work, by, class_id)
            person = work.people.find_person(person_id)
            if person is None or class_id not in person.class_ids:
                raise refused(by, "remove_member", person_id)
            if by.role is Role.TEACHER and person.role is not Role.STUDENT:
                raise NotAllowed("Ask the school's office to take a teacher out of a class.")
            check_may_leave(work, person.school_id, [person.id])
            person = forget_pictures(work, person, class_id)
            kept = tuple(one for one in person.class_ids if one != class_id)
            work.people.save_person(replace(person, class_ids=kept))
            work.commit()

    def delete(self, by: Person, class_id: ClassId) -> None:
        """Delete a class; its people and their readings stay. Raises NotFound, or Conflict under a legal hold."""
        with self._store(EVERYTHING) as work:
            work.people.lock()
            class_room = own_class(work, by, class_id)
            members = work.people.list_members(class_id)
            check_may_leave(work, class_room.school_id, [person.id for person in members])
            for person in members:
                forget_pictures(work, person, class_id)
            work.people.delete_class(class_id)
            work.commit()

    def find_open(self, code: str, *, address: str) -> ClassRoom:
        """Give the class that stands open under a code.

        Raises NotFound, with the same words for unknown, closed and expired codes, or TooManyTries.
        """
        with self._tries.trying(Kind.CODE, "join", address), self._store(EVERYTHING) as work:
            return joining.find_open(work, code, self._clock.now())

    def school_name(self, class_room: ClassRoom) -> str:
        """Give the name of a class's school."""
        with self._store(EVERYTHING) as work:
            return work.people.load_school(class_room.school_id).name

    def join(self, code: str, newcomer: Newcomer, *, address: str) -> Session:
        """Make an account for a student who has a class's code, and begin a session.

        Raises NotFound or TooManyTries as `find_open` does, Invalid, or Conflict when the e-mail address or user
        name is taken.
        """
        self.find_open(code, address=address)
        newcomer = joining.checked(newcomer, self._clock.now().date())
        password_hash = self._passwords.hash(newcomer.password)
        with self._store(EVERYTHING) as work:
            work.people.lock()
            session = joining.join(work, code, newcomer, password_hash, now=self._clock.now())
            work.commit()
        return session

    def join_as(self, person: Person, code: str, *, address: str) -> ClassRoom:
        """Let a student of the school who is signed in join. Raises NotFound, TooManyTries or NotAllowed."""
        if person.role is not Role.STUDENT:
            raise NotAllowed("Only students join by a code. Ask the school's office to put you into a class.")
        class_room = self.find_open(code, address=address)
        if class_room.school_id != person.school_id:
            raise refused(person, "join", class_room.id, words=joining.UNKNOWN)
        with self._store(EVERYTHING) as work:
            work.people.lock()
            joining.find_open(work, code, self._clock.now())
            known = _as_stored(work, person)
            if class_room.id not in known.class_ids:
                work.people.save_person(replace(known, class_ids=(*known.class_ids, class_room.id)))
                work.commit()
        return class_room

    def _change(self, by: Person, class_id: ClassId, change: Callable[[ClassRoom, UnitOfWork], ClassRoom]) -> ClassRoom:
        with self._store(EVERYTHING) as work:
            work.people.lock()
            class_room = change(own_class(work, by, class_id), work)
            work.people.save_class(class_room)
            work.commit()
        return class_room

    def _free_code(self, work: UnitOfWork) -> str:
        code = self._make_code()
        while work.people.find_class_by_code(code) is not None:
            code = self._make_code()
        return code

    def _check_end(self, ends_on: date | None) -> date | None:
        today = self._clock.now().date()
        # a class in the far future is a slip of the keyboard: nothing would ever be deleted after it
        if ends_on is not None and not today <= ends_on <= today + timedelta(days=3653):
            raise Invalid("Choose a last day from today on, within ten years.", field="ends_on")
        return ends_on


def _as_stored(work: UnitOfWork, person: Person) -> Person:
    """Give somebody as things stand now. Raises NotFound when the account was closed or changed its role meanwhile."""
    known = work.people.find_person(person.id)
    if known is None or not known.is_active or known.role is not person.role:
        raise refused(person, "act", person.id)
    return known


def _check_name(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > _LONGEST_NAME:
        raise Invalid(f"Give the class a name of at most {_LONGEST_NAME} characters.", field="name", code="bad_name")
    return name

"""What people have a right to: to know what is held about them, to take a copy, to be erased; and legal holds.

An order to erase is carried out at once, unless a legal hold keeps something, whose reason the administrator is told.
A case that a counsellor has to keep stays, with the name, for the counsellor alone: to everybody else the person is
gone. So nobody can tell from an order, a list or a receipt that there is a case; the counsellor finds the order in it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from accounts.copy import Export, build_copy, for_guardian, for_self
from accounts.holdings import Held, counted_names, to_held
from accounts.policy import Action, allows
from domain.audit import Entry
from domain.care import UNDER_WAY, CaseEvent
from domain.clock import Clock
from domain.errors import Conflict, Invalid, NotAllowed, NotFound, Transient
from domain.ids import CaseId, HoldId, PersonId, ReceiptId, new_id
from domain.people import Person, Role
from domain.ports import FileStore, Store, UnitOfWork
from domain.rights import Access, Hold, Receipt
from domain.scope import EVERYTHING
from safety.access import Accesses
from safety.audit import note_act
from safety.erasure import Eraser, hand_over, list_owned
from safety.retention import active_holds, check_days

_LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Look:
    """That somebody else looked: who, at what, why. The name is empty when the looker is gone."""

    access: Access
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Holdings:
    """What is held about a person; `held_since` says since when a legal hold keeps all of it."""

    person: Person
    groups: tuple[Held, ...]
    looks: tuple[Look, ...]
    held_since: datetime | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What erasing somebody would delete, by table.

    So many readings are `shared` with classes, and `successors` could take them; the counts are for when nobody does.
    `holds` are in force and keep it all; `left_alone` are guardians who would have no child here any more.
    What readings these are is nothing for an administrator to see.
    """

    person: Person
    counts: Mapping[str, int]
    shared: int
    successors: tuple[Person, ...]
    holds: tuple[Hold, ...] = ()
    left_alone: tuple[Person, ...] = ()


class Rights:
    """What is done for people about their data. Each method is one transaction."""

    def __init__(self, store: Store, files: FileStore, eraser: Eraser, accesses: Accesses, *, clock: Clock) -> None:
        """Work on this store; `eraser` knows what else belongs to a person."""
        self._store = store
        self._files = files
        self._eraser = eraser
        self._accesses = accesses
        self._clock = clock

    def held(self, person: Person) -> Holdings:
        """Say what is held about a person. A case shows only where the counsellor lets the person know of it."""
        with self._store(EVERYTHING) as work:
            counts = work.records.count(person.id, told_cases=_told_cases(work, person.id))
            rules = work.people.load_school(person.school_id).rules
            holds = _holds_on(work, person)
            looks = tuple(_to_look(work, access) for access in self._accesses.list_for(person))
        since = min((hold.placed_at for hold in holds), default=None)
        return Holdings(person, to_held(counts, rules), looks, since)

    def copy(self, person: Person, *, by: Person | None = None) -> Export:
        """Give a copy of everything about a person, to take away; the caller closes it.

        With `by`, a guardian asks for a child's: then it holds no words of the child and nothing of any case, and the
        child sees that it was taken. Raises NotFound for somebody else's child.
        """
        is_for_guardian = by is not None and by.id != person.id
        if is_for_guardian and (by is None or not allows(by, Action.SEE_CHILD, person)):
            raise _nothing()
        with self._store(EVERYTHING) as work:
            told = [] if is_for_guardian else _told_cases(work, person.id)
            if by is not None and is_for_guardian:
                self._accesses.note(work, by, person.id, what="copy", why=by.role.value)
            rows = work.records.collect(person.id, told_cases=told)
            rules = work.people.load_school(person.school_id).rules
            counts = work.records.count(person.id, told_cases=told)
            documents = [] if is_for_guardian else list_owned(work, person.id)
            work.commit()
        held = to_held(counts, rules)
        return build_copy(
            for_guardian(rows) if is_for_guardian else for_self(rows),
            [one for one in held if one.group.for_guardians] if is_for_guardian else held,
            made_at=self._clock.now(),
            files=documents,
            store=self._files,
        )

    def plan(self, by: Person, person_id: PersonId) -> Plan:
        """Say what erasing somebody would delete. Raises NotFound for people of other schools."""
        with self._store(EVERYTHING) as work:
            person = _load_member(work, by, person_id)
            shared = sum(one.class_id is not None for one in list_owned(work, person.id))
            successors = tuple(one for one in work.people.list_people(person.school_id) if _can_follow(one, person))
            files = {content_hash for one in list_owned(work, person.id) for content_hash in one.content_hashes}
            holds = tuple(_holds_on(work, person))
            left_alone = tuple(one for one in work.people.list_guardians(person.id) if one.ward_ids == (person.id,))
            # erased and not committed: nothing else knows exactly what would go
            counts = dict(work.records.erase(person.id, kept=UNDER_WAY))
            counts["file"] = sum(not work.documents.is_used(one) for one in files)
        return Plan(
            person=person,
            counts={name: count for name, count in counts.items() if name in counted_names()},
            shared=shared,
            successors=successors if shared else (),
            holds=holds,
            left_alone=left_alone,
        )

    def erase(self, by: Person | None, person_id: PersonId, *, successor_id: PersonId | None = None) -> Receipt:
        """Delete everything about a person for good, and give the receipt. `by` is None at the machine itself.

        What the person shared with classes passes to the successor, a teacher, or goes along. Raises NotFound for
        people of other schools, Invalid for a successor who cannot be one, and Conflict under a legal hold.
        """
        with self._store(EVERYTHING) as work:
            work.people.lock()
            person = _load_member(work, by, person_id)
            _check_may_go(work, person)
            self._tell_counsellor(work, by, person)
            passed_on = _pass_on(work, person, successor_id)
            counts = self._eraser.erase_person(work, person.id, kept=UNDER_WAY)
            told = {name: count for name, count in counts.items() if name in counted_names()}
            receipt = Receipt(
                id=ReceiptId(new_id()),
                school_id=person.school_id,
                by_id=None if by is None or by.id == person.id else by.id,
                at=self._clock.now(),
                counts=told | ({"passed_on": passed_on} if passed_on else {}),
            )
            work.rights.save_receipt(receipt)
            work.audit.append(Entry("person.erased", person.school_id, by.id if by else "", person.id))
            work.commit()
        self._scrub()
        return receipt

    def place_hold(self, by: Person, person_id: PersonId | None, reason: str) -> Hold:
        """Keep everything about a person, or with None about anybody in the school, until the hold is lifted."""
        reason = " ".join(reason.split())
        if not reason or len(reason) > _LONGEST_REASON:
            raise Invalid(f"Give a reason in at most {_LONGEST_REASON} characters.", field="reason")
        with self._store(EVERYTHING) as work:
            _check_keeps_school(work, by)
            if person_id is not None:
                _load_member(work, by, person_id)
            hold = Hold(HoldId(new_id()), by.school_id, person_id, reason, by.id, self._clock.now())
            work.rights.save_hold(hold)
            note_act(work, "hold.placed", by, about_id=person_id or "", ref=f"hold:{hold.id}")
            work.commit()
        return hold

    def lift_hold(self, by: Person, hold_id: HoldId) -> None:
        """End a hold; ending it twice changes nothing. Raises NotFound."""
        with self._store(EVERYTHING) as work:
            _check_keeps_school(work, by)
            hold = work.rights.find_hold(hold_id)
            if hold is None or hold.school_id != by.school_id:
                raise _nothing()
            if hold.lifted_at is None:
                work.rights.save_hold(replace(hold, lifted_at=self._clock.now()))
                note_act(work, "hold.lifted", by, about_id=hold.person_id or "", ref=f"hold:{hold.id}")
                work.commit()

    def list_holds(self, by: Person) -> list[tuple[Hold, Person | None]]:
        """List the school's holds with the people they are about, newest first."""
        with self._store(EVERYTHING) as work:
            _check_keeps_school(work, by)
            return [
                (hold, work.people.find_person(hold.person_id) if hold.person_id else None)
                for hold in work.rights.list_holds(by.school_id)
            ]

    def list_receipts(self, by: Person) -> list[Receipt]:
        """List the receipts of erasures in the school, newest first."""
        with self._store(EVERYTHING) as work:
            _check_keeps_school(work, by)
            return work.rights.list_receipts(by.school_id)

    def set_keep_days(self, by: Person, days: Mapping[str, int]) -> None:
        """Set how many days kinds of things are kept. Raises Invalid, naming the kind, when one is out of its range."""
        check_days(days)
        with self._store(EVERYTHING) as work:
            _check_keeps_school(work, by)
            work.people.lock()
            school = work.people.load_school(by.school_id)
            rules = replace(school.rules, keep_days={**school.rules.keep_days, **days})
            work.people.save_school(replace(school, rules=rules))
            note_act(work, "keeping.changed", by)
            work.commit()

    def _tell_counsellor(self, work: UnitOfWork, by: Person | None, person: Person) -> None:
        case = work.care.find_open(person.id)
        if case is not None:
            event = CaseEvent(self._clock.now(), "erasure asked", by.id if by else None)
            work.care.save(replace(case, events=(*case.events, event)))

    def _scrub(self) -> None:
        try:
            self._eraser.scrub()
        except Transient as error:
            # the rows are gone; the bytes they stood in are overwritten with what is due tonight
            structlog.get_logger().warning("scrub.later", code=error.code)


def _to_look(work: UnitOfWork, access: Access) -> Look:
    by = work.people.find_person(access.by_id) if access.by_id else None
    return Look(access, by.name, by.role.value) if by else Look(access, "", "")


def _told_cases(work: UnitOfWork, person_id: PersonId) -> list[CaseId]:
    return [case.id for case in work.care.list_about(person_id) if case.is_told]


def _holds_on(work: UnitOfWork, person: Person) -> list[Hold]:
    """Give the holds in force that keep what is about the person, the newest first."""
    holds = active_holds(work.rights.list_holds(person.school_id))
    return [hold for hold in holds if hold.person_id in {None, person.id}]


def _check_may_go(work: UnitOfWork, person: Person) -> None:
    holds = _holds_on(work, person) or _holds_within(work, person)
    if holds:
        message = f"A legal hold keeps this for now: “{holds[0].reason}”. Lift the hold first."
        raise Conflict(message, code="on_hold")
    if person.role is Role.ADMINISTRATOR and _is_last(work, person):
        message = "This is the school's last administrator. Make somebody else one first."
        raise Conflict(message, code="last_administrator")


def _holds_within(work: UnitOfWork, person: Person) -> list[Hold]:
    """Give the holds on others whose work in the person's readings must not go with these."""
    holds = active_holds(work.rights.list_holds(person.school_id))
    owned = list_owned(work, person.id)
    return [
        hold
        for hold in holds
        if hold.person_id and any(work.records.is_bound(one.id, [hold.person_id]) for one in owned)
    ]


def _is_last(work: UnitOfWork, person: Person) -> bool:
    people: Collection[Person] = work.people.list_people(person.school_id)
    return not any(one.role is Role.ADMINISTRATOR and one.is_active and one.id != person.id for one in people)


def _can_follow(one: Person, person: Person) -> bool:
    return one.role is Role.TEACHER and one.is_active and one.id != person.id and one.school_id == person.school_id


def _pass_on(work: UnitOfWork, person: Person, successor_id: PersonId | None) -> int:
    if successor_id is None:
        return 0
    successor = work.people.find_person(successor_id)
    if successor is None or not _can_follow(successor, person):
        raise Invalid("Choose another teacher of the school, whose account is open.", field="successor_id")
    return hand_over(work, person.id, successor.id)


def _load_member(work: UnitOfWork, by: Person | None, person_id: PersonId) -> Person:
    person = work.people.find_person(person_id)
    if person is None or (by is not None and not allows(by, Action.MANAGE_PEOPLE, person)):
        raise _nothing()
    return person


def _check_keeps_school(work: UnitOfWork, by: Person) -> None:
    if not allows(by, Action.MANAGE_SCHOOL, work.people.load_school(by.school_id)):
        raise NotAllowed("Only the school's administrators can do that.")


def _nothing() -> NotFound:
    return NotFound("There is nothing at this address, or it is not yours to see.")

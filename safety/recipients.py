"""Who may be told what of a case, and who is called now.

The rules are data in `texts/recipients.yaml`, by what a case is about. A case about abuse never reaches a guardian
of the student, in whatever other part the guardian is on the on-call list.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from domain.care import Case
from domain.ids import ContactId, PersonId, SchoolId
from domain.notices import Channel, Contact, Duty, Notice
from domain.people import Person, Role, SchoolHours
from domain.people_repositories import PeopleSearch
from domain.ports import UnitOfWork
from safety import duty

_TEXTS = Path(__file__).parent / "texts" / "recipients.yaml"
STAFF = frozenset({Role.COUNSELLOR, Role.ADMINISTRATOR, Role.TEACHER})
_NEVER = "never"

HANDED_OVER = "handed over"
"""The event after which whoever holds the case is called alone."""


class Recipient(StrEnum):
    """Who might be told something."""

    COUNSELLORS = "counsellors"
    ON_CALL = "on_call"
    CLASS_TEACHERS = "class_teachers"
    GUARDIANS = "guardians"


@dataclass(frozen=True, slots=True)
class Rule:
    """What people read about one subject: its name, and what each recipient is told."""

    subject: str
    told: tuple[tuple[str, str], ...]


def may_be_called(contact: Contact, case: Case, guardians: Sequence[Person]) -> bool:
    """Whether a contact may be called about a case, whose student has these guardians.

    Nobody is called about themselves, but in a drill.
    """
    if case.is_drill:
        return True
    if contact.person_id == case.person_id:
        return False
    if _level(case, Recipient.GUARDIANS) != _NEVER:
        return True
    addresses = {one.email.casefold() for one in guardians if one.email}
    is_guardian = contact.person_id is not None and contact.person_id in {one.id for one in guardians}
    return not is_guardian and contact.email.strip().casefold() not in addresses


def is_barred(work: UnitOfWork, notice: Notice) -> bool:
    """Whether an e-mail that waits would by now reach somebody who may not be called: more has joined the case."""
    case = work.care.find(notice.case_id) if notice.channel is Channel.EMAIL else None
    if case is None:
        return False
    reader = Contact(ContactId(""), notice.school_id, "", notice.address, step=1, duty=Duty.ALWAYS)
    return not may_be_called(reader, case, work.people.list_guardians(case.person_id))


def tells_teachers(case: Case) -> bool:
    """Whether teachers of the student's classes may see that there is support, where the school so decides."""
    return _level(case, Recipient.CLASS_TEACHERS) == "support"


def list_rules() -> list[Rule]:
    """Give the rules in plain words, subject by subject."""
    read = _read()
    return [
        Rule(words["name"], tuple((read["recipients"][to], read["levels"][words["rules"][to]]) for to in Recipient))
        for words in read["subjects"].values()
    ]


def list_answering(work: UnitOfWork, school_id: SchoolId) -> list[Contact]:
    """List the on-call list as it can be called: accounts by their own name and address, closed ones left out."""
    contacts = work.notices.list_contacts(school_id)
    accounts = _accounts_of(work, [one.person_id for one in contacts if one.person_id])
    by_id = {one.person_id: one for one in accounts if one.person_id}
    return [found for contact in contacts if (found := _answering(contact, by_id)) is not None]


def list_counsellors(work: UnitOfWork, school_id: SchoolId) -> list[Contact]:
    """List those who can open cases, as contacts who always answer."""
    return _staff(work, school_id, Role.COUNSELLOR)


def name_counsellors(work: UnitOfWork, case: Case) -> dict[str, str]:
    """Name the counsellors who may be called about a case by their addresses in small letters, those on call first."""
    guardians = work.people.list_guardians(case.person_id)
    counsellors = [one for one in list_counsellors(work, case.school_id) if may_be_called(one, case, guardians)]
    on_call = {one.person_id for one in list_answering(work, case.school_id)}
    in_order = sorted(counsellors, key=lambda one: one.person_id not in on_call)
    return {one.email.strip().casefold(): one.name for one in in_order}


def who_is_called(work: UnitOfWork, case: Case, *, now: datetime, hours: SchoolHours, alarm: str = "") -> list[Contact]:
    """Say to whom is written at the case's step: those who answer then and have an address (`safety.duty.choose`).

    Who holds the case is written to at the first step, and alone right after it was handed over. Where the
    on-call list has nobody to write to it is the counsellors. Where no counsellor can be written to, nobody can open
    the case: the administrators and the address for alarms are called as well, who can find one. Within a unit of
    work that sees the whole school.
    """
    guardians = work.people.list_guardians(case.person_id)

    def reachable(contacts: Iterable[Contact]) -> list[Contact]:
        return [one for one in contacts if "@" in one.email and may_be_called(one, case, guardians)]

    holder = reachable(_accounts_of(work, [case.holder_id])) if case.holder_id and case.step == 1 else []
    if holder and case.events[-1].what == HANDED_OVER:
        return holder
    counsellors = reachable(list_counsellors(work, case.school_id))
    allowed = reachable(list_answering(work, case.school_id)) or counsellors
    called = holder + duty.choose(allowed, case.step, hours=hours, now=now)
    if counsellors:
        return called
    watcher = Contact(ContactId(""), case.school_id, "", alarm, step=1, duty=Duty.ALWAYS)
    return called + reachable([*_staff(work, case.school_id, Role.ADMINISTRATOR), watcher])


def subjects_of(case: Case) -> tuple[str, ...]:
    """Name what a case is about, each subject once: its own first, then by how severe their gravest signs are."""
    order = {severity: rank for rank, severity in enumerate(reversed(type(case.severity)))}
    gravest = sorted(case.flags, key=lambda flag: order[flag.worry.severity])
    return tuple(dict.fromkeys((case.subject, *(flag.worry.subject for flag in gravest))))


def _answering(contact: Contact, accounts: Mapping[PersonId, Contact]) -> Contact | None:
    if contact.person_id is None:
        return contact
    account = accounts.get(contact.person_id)
    return replace(contact, name=account.name, email=account.email) if account else None


def _staff(work: UnitOfWork, school_id: SchoolId, role: Role) -> list[Contact]:
    found, _ = work.people.search_people(school_id, PeopleSearch(role=role, is_active=True, limit=500))
    return _accounts_of(work, [one.id for one in found])


def _accounts_of(work: UnitOfWork, person_ids: Collection[PersonId]) -> list[Contact]:
    """Give staff as contacts who always answer; who left, became something else or plays a part in a demo does not."""
    return [
        Contact(ContactId(""), one.school_id, one.name, one.email, step=1, duty=Duty.ALWAYS, person_id=one.id)
        for one in work.people.load_people(person_ids)
        if one.is_active and one.role in STAFF and not one.is_demo
    ]


def _level(case: Case, recipient: Recipient) -> str:
    """Give what a recipient is told of a case: the strictest that holds for anything it is about."""
    read = _read()
    levels = list(read["levels"])
    known = [read["subjects"].get(subject) for subject in subjects_of(case)]
    told = [words["rules"][recipient] if words else _NEVER for words in known]
    return max(told, key=levels.index)


@cache
def _read() -> dict[str, Any]:
    import yaml

    content: dict[str, Any] = yaml.load(_TEXTS.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return content

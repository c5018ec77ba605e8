"""Notices that are never lost: what calls people to a case, written in the transaction of what it is about."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from domain.care import Case
from domain.ids import NoticeId, new_id, stable_id
from domain.notices import Channel, Notice, Occasion
from domain.people import Role, SchoolRules
from domain.people_repositories import PeopleSearch
from domain.ports import UnitOfWork
from safety import duty


@dataclass(frozen=True, slots=True)
class Channels:
    """Which ways out of the house are set up here."""

    email: bool = False
    webhook: bool = False


DESK_ALONE = Channels()


# a case, why, when, and the two things that say whom to call
def call(  # noqa: PLR0913
    work: UnitOfWork, case: Case, occasion: Occasion, *, now: datetime, school_rules: SchoolRules, has: Channels
) -> None:
    """Put the notices of the case's current step into the outbox, in the caller's transaction (scope EVERYTHING).

    One is for the desk, delivered by being written; one for each contact on duty, by e-mail; one for the webhook.
    Call it after the event that it is about was added to `case.events`: the same events give the same keys, and a
    notice whose key is there already is not put twice. A new event calls people again, at whatever step.
    """
    first = _first(case, occasion, now)
    work.notices.add(replace(first, delivered_at=now))
    if has.email:
        for address in dict.fromkeys(_addresses(work, case, now, school_rules)):
            work.notices.add(_to(first, Channel.EMAIL, address))
    if has.webhook:
        work.notices.add(_to(first, Channel.WEBHOOK, ""))


def _first(case: Case, occasion: Occasion, now: datetime) -> Notice:
    """Make the notice for the desk; those by other channels differ in their key and address alone."""
    made = Notice(
        id=NoticeId(""),
        school_id=case.school_id,
        case_id=case.id,
        key=stable_id("notice", case.id, occasion.value, case.step, len(case.events)),
        channel=Channel.DESK,
        address="",
        severity=case.severity,
        occasion=occasion,
        is_drill=case.is_drill,
        made_at=now,
        due_at=case.due_at,
        next_at=now,
    )
    return _to(made, Channel.DESK, "")


def _to(notice: Notice, channel: Channel, address: str) -> Notice:
    key = stable_id(notice.key, channel.value, address)
    return replace(notice, id=NoticeId(new_id()), key=key, channel=channel, address=address)


def _addresses(work: UnitOfWork, case: Case, now: datetime, rules: SchoolRules) -> Iterator[str]:
    """Name the addresses to write to: the contacts of the step, or the counsellors where there is no list."""
    contacts = [one for one in work.notices.list_contacts(case.school_id) if one.email]
    chosen = duty.choose(contacts, case.step, hours=rules.hours, now=now)
    yield from (one.email for one in chosen)
    if not chosen:
        search = PeopleSearch(role=Role.COUNSELLOR, is_active=True)
        people, _ = work.people.search_people(case.school_id, search)
        yield from (one.email for one in people if one.email and not one.is_demo)

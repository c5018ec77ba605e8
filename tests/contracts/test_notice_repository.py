"""What every store does with the on-call list and the outbox of notices."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from adapters.sql.store import SqlStore
from domain.care import Case, CaseStatus, Severity
from domain.ids import CaseId, ContactId, NoticeId, new_id
from domain.notices import CLOCK_SLIP, GIVEN_UP, WITHDRAWN, Channel, Contact, Duty, Notice, Occasion
from domain.scope import EVERYTHING, scope_of
from tests.builders import NOW, SCHOOL, a_person

CASE = CaseId("ca5e" + "0" * 28)
LEASE = NOW + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _case(store: SqlStore) -> None:
    with store(EVERYTHING) as work:
        work.care.save(Case(CASE, SCHOOL, a_person().id, Severity.HIGH, "suicide", CaseStatus.OPEN, NOW, NOW))
        work.commit()


def a_notice(**changes: Any) -> Notice:
    """A notice for the webhook that is due now."""
    notice = Notice(
        id=NoticeId(new_id()),
        school_id=SCHOOL,
        case_id=CASE,
        key=new_id(),
        channel=Channel.WEBHOOK,
        address="",
        severity=Severity.HIGH,
        occasion=Occasion.OPENED,
        is_drill=False,
        made_at=NOW,
        due_at=NOW + timedelta(minutes=15),
        next_at=NOW,
    )
    return replace(notice, **changes)


def put(store: SqlStore, *notices: Notice) -> None:
    with store(EVERYTHING) as work:
        for notice in notices:
            assert work.notices.add(notice)
        work.commit()


def take(store: SqlStore, *, after: timedelta = timedelta(), limit: int = 10) -> list[NoticeId]:
    """Claim what is due for the webhook for a minute."""
    now = NOW + after
    with store(EVERYTHING) as work:
        claimed = work.notices.claim(Channel.WEBHOOK, now, now + timedelta(minutes=1), limit=limit)
        work.commit()
    return [one.id for one in claimed]


def test_a_notice_is_put_once(store: SqlStore) -> None:
    """A second notice with the same key is not put, and says so."""
    first = a_notice()
    put(store, first)

    with store(EVERYTHING) as work:
        is_put = work.notices.add(replace(first, id=NoticeId(new_id())))
        work.commit()
        kept = work.notices.list_for(CASE)

    assert not is_put
    assert kept == [first]


def test_the_gravest_and_oldest_are_taken_first(store: SqlStore) -> None:
    """Claims go by severity, then by age, and no further than asked."""
    low, high, imminent = (a_notice(severity=one) for one in (Severity.LOW, Severity.HIGH, Severity.IMMINENT))
    later = a_notice(severity=Severity.IMMINENT)
    put(store, low, high, imminent, later)

    assert take(store, limit=3) == [imminent.id, later.id, high.id]
    assert take(store) == [low.id]


def test_a_claim_holds_for_its_time(store: SqlStore) -> None:
    """Nobody gets what another has claimed until the claim is over: so a sender that died loses nothing."""
    notice = a_notice()
    put(store, notice)

    assert take(store) == [notice.id]
    assert take(store, after=timedelta(seconds=59)) == []
    assert take(store, after=timedelta(seconds=60)) == [notice.id]


@pytest.mark.parametrize(
    "changes",
    [
        {"channel": Channel.EMAIL},
        {"delivered_at": NOW},
        {"failure": GIVEN_UP},
        {"failure": WITHDRAWN},
        {"next_at": NOW + timedelta(seconds=1)},
        {"next_at": NOW + CLOCK_SLIP},
    ],
)
def test_what_is_not_due_stays(store: SqlStore, changes: dict[str, Any]) -> None:
    """Another channel's, delivered, given up, withdrawn or put off: it is not claimed."""
    put(store, a_notice(**changes))

    assert take(store) == []


def test_a_clock_that_was_wrong_puts_nothing_off(store: SqlStore) -> None:
    """No pause is longer than an hour: a time beyond it was set by a wrong clock, and has come."""
    notice = a_notice(next_at=NOW + timedelta(days=400))
    put(store, notice)

    assert take(store) == [notice.id]


def test_what_was_delivered_stays_delivered(store: SqlStore) -> None:
    """A sender whose claim was over, and that failed, takes back nothing of what another has delivered meanwhile."""
    notice = a_notice()
    put(store, notice)
    delivered = replace(notice, delivered_at=LEASE, attempts=1)
    failed = replace(notice, attempts=1, failure="webhook_down", next_at=LEASE)

    for tried in (delivered, failed):
        with store(EVERYTHING) as work:
            work.notices.save(tried)
            work.commit()

    with store(EVERYTHING) as work:
        assert work.notices.list_for(CASE) == [delivered]
        assert work.notices.list_undelivered(SCHOOL) == []


def test_a_failed_try_is_kept(store: SqlStore) -> None:
    """What became of a try is there for the next, and lets go of the claim."""
    notice = a_notice()
    put(store, notice)
    take(store)
    failed = replace(notice, attempts=1, failure="webhook_down", next_at=NOW + timedelta(seconds=2))

    with store(EVERYTHING) as work:
        work.notices.save(failed)
        work.commit()

    assert take(store, after=timedelta(seconds=2)) == [notice.id]


def test_the_undelivered_are_listed(store: SqlStore) -> None:
    """They are listed oldest first, those given up too, none withdrawn; the earliest deadline is named."""
    late = a_notice(due_at=NOW + timedelta(hours=4))
    soon = a_notice(failure=GIVEN_UP)
    put(store, late, soon, a_notice(delivered_at=NOW, due_at=NOW), a_notice(failure=WITHDRAWN, due_at=NOW))

    with store(scope_of(a_person())) as work:
        assert work.notices.list_undelivered(SCHOOL) == []
    with store(EVERYTHING) as work:
        assert work.notices.list_undelivered(SCHOOL) == [late, soon]
        oldest = work.notices.oldest_undelivered()

    assert oldest == soon


def test_nothing_undelivered_is_nothing(store: SqlStore) -> None:
    """An empty outbox has no oldest notice."""
    with store(EVERYTHING) as work:
        assert work.notices.oldest_undelivered() is None


def test_the_on_call_list_is_kept(store: SqlStore) -> None:
    """Contacts are listed by step, then name; saving one again replaces it, and one can be taken off."""
    second = Contact(ContactId(new_id()), SCHOOL, "Ana", "ana@school.example", 2, Duty.ALWAYS)
    first = Contact(ContactId(new_id()), SCHOOL, "Zoe", "zoe@school.example", 1, Duty.SCHOOL_HOURS)
    gone = Contact(ContactId(new_id()), SCHOOL, "Bo", "bo@school.example", 1, Duty.OUT_OF_HOURS)
    moved = replace(second, email="ana@home.example")

    with store(EVERYTHING) as work:
        for one in (second, first, gone, moved):
            work.notices.save_contact(one)
        work.notices.delete_contact(gone.id)
        work.commit()

    with store(EVERYTHING) as work:
        assert work.notices.list_contacts(SCHOOL) == [first, moved]

"""Notices that are never lost: what calls people to a case, written in the transaction of what it is about.

Whatever is delivered is delivered at least once, always with the same key; nothing that is grave is ever given up.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from secrets import SystemRandom
from threading import Thread

import structlog

from domain.audit import Entry
from domain.care import Case, Severity
from domain.errors import MargentError, NotAllowed, Transient
from domain.ids import NoticeId, new_id, stable_id
from domain.notices import CLOCK_SLIP, GIVEN_UP, WITHDRAWN, Channel, Letter, Notice, Occasion
from domain.people import Person, Role, SchoolRules
from domain.ports import Courier, Store, UnitOfWork
from domain.scope import EVERYTHING, scope_of
from safety import recipients
from safety.alarms import Alarms, Errand
from safety.caught import Caught
from safety.notice_words import Stationery
from safety.sending import FAULTS, Lanes, Pace, wait_for

_LATE = timedelta(minutes=1)
"""How long a notice may wait before it counts as stuck, even where its case's deadline was over when it was made."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Channels:
    """Which ways out of the house are set up here; `alarm` is who is mailed where nobody can open a case."""

    email: bool = False
    webhook: bool = False
    alarm: str = ""


DESK_ALONE = Channels()


# a case, why, when, and the two things that say whom to call
def call(  # noqa: PLR0913
    work: UnitOfWork, case: Case, occasion: Occasion, *, now: datetime, school_rules: SchoolRules, has: Channels
) -> None:
    """Put the notices of the case's current step into the outbox, in the caller's transaction (scope EVERYTHING).

    One is for the desk, delivered by being written; one for each contact on duty, by e-mail; one for the webhook.
    Call it after the event that it is about was added to `case.events`: the same events give the same keys, and a
    notice whose key is there already is not put twice. A new event calls people again, at whatever step; but a
    deadline that is over calls nobody to whom a notice about the case is still on its way.
    """
    first = _first(case, occasion, now)
    work.notices.add(replace(first, delivered_at=now))
    addresses = dict.fromkeys(_addresses(work, case, now, school_rules, has.alarm)) if has.email else {}
    outward = [_to(first, Channel.EMAIL, address) for address in addresses]
    outward += [_to(first, Channel.WEBHOOK, "")] if has.webhook else []
    waiting = _still_waiting(work, case) if occasion is Occasion.OVERDUE else frozenset()
    for notice in outward:
        if (notice.channel, notice.address) not in waiting:
            work.notices.add(notice)


class Notices:
    """Sends what is in the outbox, and cries out where nothing can be saved. Several processes may do so at once."""

    def __init__(
        self,
        store: Store,
        couriers: Mapping[Channel, Courier],
        stationery: Stationery,
        alarms: Alarms,
        *,
        pace: Pace | None = None,
    ) -> None:
        """Send by these couriers; notices of other channels wait until there is one."""
        self._store = store
        self._couriers = couriers
        self._stationery = stationery
        self._alarms = alarms
        self._pace = pace or Pace()
        self._lanes = Lanes(couriers, self._pace.width)
        self._alarm_lanes = Lanes(couriers, self._pace.width)
        self._luck = SystemRandom().random
        self._wake: Callable[[], None] = _nobody
        self._next_look: datetime | None = None

    @property
    def channels(self) -> Channels:
        """Which ways out there are."""
        return Channels(
            email=Channel.EMAIL in self._couriers,
            webhook=Channel.WEBHOOK in self._couriers,
            alarm=self._alarms.address_of(Channel.EMAIL),
        )

    def on_alarm(self, wake: Callable[[], None]) -> None:
        """Call this after each alarm: the `wake` of what calls `run`."""
        self._wake = wake

    def cry_out(self, severity: Severity, now: datetime) -> None:
        """Tell somebody that a sign of danger could not be saved, as soon as can be, without the store."""
        self._alarms.add(severity, now)
        self._wake()

    def run(self, now: datetime) -> int:
        """Begin what is due and wait a moment for it; give how many were delivered meanwhile.

        What takes longer goes on in the background. Raises StoreBusy when the store does not answer; alarms have
        been begun by then.
        """
        delivered: list[str] = []
        begun = [one for channel in self._couriers for one in self._begin_alarms(channel, now, delivered)]
        for channel in self._couriers:
            begun += self._begin_notices(channel, now, delivered)
        wait_for(begun, self._pace.patience)
        self._look_for_stuck(now)
        return len(delivered)

    def list_undelivered(self, person: Person) -> list[Notice]:
        """List the school's notices that were not delivered, oldest first. Raises NotAllowed but for a counsellor."""
        if person.role is not Role.COUNSELLOR:
            raise NotAllowed("Only the school's counsellors see what was sent about cases.")
        with self._store(scope_of(person)) as work:
            return work.notices.list_undelivered(person.school_id)

    def ping(self, now: datetime) -> None:
        """Raise Transient when something is late. Anybody may read what it says, so it does not say what."""
        if self.describe_trouble(now):
            raise Transient("Something was not sent in time. Run `margent doctor`.", code="late")

    def describe_trouble(self, now: datetime) -> str:
        """Say for whoever runs Margent what is late: an alarm that reached nobody, a notice. Empty when all is well.

        Raises StoreBusy.
        """
        if waiting := self._alarms.count(now):
            return f"nobody was told of signs of danger that could not be saved ({waiting})"
        oldest = self.find_stuck(now)
        return f"a notice that was due by {oldest.due_at:%Y-%m-%d %H:%M} UTC has not been delivered" if oldest else ""

    def find_stuck(self, now: datetime) -> Notice | None:
        """Give the undelivered notice with the earliest deadline, if that is over. Raises StoreBusy."""
        with self._store(EVERYTHING) as work:
            oldest = work.notices.oldest_undelivered()
        return oldest if oldest and max(oldest.due_at, oldest.made_at + _LATE) < now else None

    def _look_for_stuck(self, now: datetime) -> None:
        """Write into the log, once a minute, that a notice is stuck."""
        if self._next_look and now < self._next_look < now + CLOCK_SLIP:
            return
        self._next_look = now + _LATE
        if stuck := self.find_stuck(now):
            _log.error("notices.stuck", notice_id=stuck.id, channel=stuck.channel.value, failure=stuck.failure)

    def _begin_alarms(self, channel: Channel, now: datetime, delivered: list[str]) -> Iterator[Thread]:
        free = self._alarm_lanes.count_free(channel)
        for errand in self._alarms.take(channel, now, timedelta(seconds=self._pace.lease), limit=free):
            yield self._alarm_lanes.begin(channel, partial(self._tell, errand, now, delivered))

    def _tell(self, errand: Errand, now: datetime, delivered: list[str]) -> None:
        began = time.monotonic()
        failure = self._try(errand.channel, partial(self._stationery.write_alarm, errand.alarm, errand.address))
        if failure:
            at = now + timedelta(seconds=time.monotonic() - began)
            self._alarms.put_off(errand, at + self._pace.pause(errand.attempts + 1, self._luck()))
            return
        self._alarms.finish(errand)
        delivered.append(errand.alarm.key)

    def _begin_notices(self, channel: Channel, now: datetime, delivered: list[str]) -> Iterator[Thread]:
        free = self._lanes.count_free(channel)
        if not free:
            return
        with self._store(EVERYTHING) as work:
            claimed = work.notices.claim(channel, now, now + timedelta(seconds=self._pace.lease), limit=free)
            rules = {one: work.people.load_school(one).rules for one in {notice.school_id for notice in claimed}}
            found = [self._look_up(work, notice) for notice in claimed]
            work.commit()
        for notice, (is_barred, counsellors) in zip(claimed, found, strict=True):
            if is_barred:
                self._keep(replace(notice, failure=WITHDRAWN))
                continue
            write = partial(self._stationery.write, notice, rules[notice.school_id], counsellors)
            yield self._lanes.begin(channel, partial(self._send, notice, write, now, delivered))

    def _look_up(self, work: UnitOfWork, notice: Notice) -> tuple[bool, Mapping[str, str] | None]:
        """Say whether a notice must not go out any more, and who can open its case.

        A case that cannot be read keeps no letter back: its addresses were allowed when they were called.
        """
        with Caught() as caught:
            case = work.care.find(notice.case_id)
            counsellors = recipients.name_counsellors(work, case) if case else None
            return recipients.is_barred(work, notice), counsellors
        _log.error("notice.counsellors_unknown", notice_id=notice.id, fault=caught.fault)
        return False, None

    def _send(self, notice: Notice, write: Callable[[], Letter], now: datetime, delivered: list[str]) -> None:
        began = time.monotonic()
        failure = self._try(notice.channel, write)
        at = now + timedelta(seconds=time.monotonic() - began)
        tried = replace(notice, attempts=notice.attempts + 1, failure=failure)
        if not failure:
            tried = replace(tried, delivered_at=at)
            delivered.append(notice.key)
        elif self._pace.is_over(tried, at):
            tried = replace(tried, failure=GIVEN_UP)
        tried = replace(tried, next_at=at + self._pace.pause(tried.attempts, self._luck()))
        self._keep(tried)

    def _try(self, channel: Channel, write: Callable[[], Letter]) -> str:
        """Hand a letter over; give "", or the code of what went wrong."""
        try:
            self._couriers[channel].deliver(write())
        except MargentError as error:
            return error.code
        except FAULTS as error:
            _log.error("notice.fault", channel=channel.value, error=type(error).__name__)
            return "fault"
        return ""

    def _keep(self, tried: Notice) -> None:
        """Keep what became of a try, with a record of it; without one rather than not at all.

        What cannot be kept is sent again when its claim is over, with the same key.
        """
        for entries in (_entries(tried), ()):
            try:
                with self._store(EVERYTHING) as work:
                    work.notices.save(tried)
                    for entry in entries:
                        work.audit.append(entry)
                    work.commit()
            except MargentError as error:
                _log.error("audit.missed" if entries else "notice.not_kept", notice_id=tried.id, code=error.code)
            else:
                return


def _entries(tried: Notice) -> tuple[Entry, ...]:
    """Give what is recorded of a try: that it arrived, that the first was in vain, the last or withdrawn."""
    if tried.failure == WITHDRAWN:
        return (Entry("notice.withdrawn", school_id=tried.school_id, ref=f"notice:{tried.id}", is_care=True),)
    if tried.failure and tried.attempts > 1 and tried.failure != GIVEN_UP:
        return ()
    done = "failed" if tried.failure else "delivered"
    action = f"drill.notice_{done}" if tried.is_drill else f"notice.{done}"
    return (Entry(action, school_id=tried.school_id, ref=f"notice:{tried.id}", is_care=True),)


def _nobody() -> None:
    """Nobody waits for alarms: they are told when `run` is called."""


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


def _still_waiting(work: UnitOfWork, case: Case) -> frozenset[tuple[Channel, str]]:
    """Say where a notice about the case as it stands is still on its way: a second one would say nothing more."""
    return frozenset(
        (one.channel, one.address)
        for one in work.notices.list_for(case.id)
        if one.delivered_at is None and one.severity is case.severity and one.failure not in {GIVEN_UP, WITHDRAWN}
    )


def _addresses(work: UnitOfWork, case: Case, now: datetime, rules: SchoolRules, alarm: str) -> Iterator[str]:
    """Name the addresses to write to."""
    yield from (one.email for one in recipients.who_is_called(work, case, now=now, hours=rules.hours, alarm=alarm))

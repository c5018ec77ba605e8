"""Notices are written with the case, sent until they arrive, and never hold a word of anybody."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from adapters.sql.store import SqlStore
from domain.care import Case, CaseEvent, Severity, Worry
from domain.errors import NotAllowed, StoreBusy, Transient
from domain.ids import ContactId, PersonId, new_id
from domain.notices import CLOCK_SLIP, GIVEN_UP, WITHDRAWN, Alarm, Channel, Contact, Duty, Letter, Notice, Occasion
from domain.people import ClassRoom, Person, Role, SchoolRules
from domain.ports import Courier, Store, UnitOfWork
from domain.scope import EVERYTHING, Scope
from safety.alarms import Alarms
from safety.cases import Cases
from safety.notice_words import Stationery
from safety.notices import DESK_ALONE, Channels, Notices, call
from safety.sending import Lanes, Pace
from tests.builders import SCHOOL, a_person
from tests.conftest import FixedClock
from tests.raw import connect
from tests.silent_book import SilentBook

BOTH = Channels(email=True, webhook=True)
STUDENT = a_person(Role.STUDENT)
COUNSELLOR = a_person(Role.COUNSELLOR)
WORDS = "nobody would miss me"
PATIENT = Pace(patience=20.0)


class Recorder:
    """A courier that writes down what it is given, and fails as it is told."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        self.letters: list[Letter] = []
        self.fault: Exception | None = None

    def deliver(self, letter: Letter) -> None:
        if self.fault is not None:
            raise self.fault
        self.letters.append(letter)

    def ping(self) -> None:
        """Be there."""


@pytest.fixture
def mail() -> Recorder:
    return Recorder(Channel.EMAIL)


@pytest.fixture
def hook() -> Recorder:
    return Recorder(Channel.WEBHOOK)


def a_sender(store: Store, *couriers: Courier, pace: Pace = PATIENT, alarms: Alarms | None = None) -> Notices:
    stationery = Stationery("https://margent.school.example/")
    by_channel = {courier.channel: courier for courier in couriers}
    return Notices(store, by_channel, stationery, alarms or Alarms(SilentBook(), {}), pace=pace)


def a_case(store: SqlStore, clock: FixedClock, *, has: Channels = BOTH, severity: Severity = Severity.HIGH) -> Case:
    """Let a student be flagged."""
    return Cases(store, clock, has=has).raise_flag(STUDENT, WORDS, Worry(severity, "suicide", "en.x"), entry="ask")


def notices_of(store: SqlStore, case: Case) -> list[Notice]:
    with store(EVERYTHING) as work:
        return work.notices.list_for(case.id)


def save_contact(store: SqlStore, email: str, *, step: int = 1, person_id: PersonId | None = None) -> None:
    with store(EVERYTHING) as work:
        contact = Contact(ContactId(new_id()), SCHOOL, "Dana Duty", email, step, Duty.ALWAYS, person_id)
        work.notices.save_contact(contact)
        work.commit()


def call_again(store: SqlStore, case: Case, occasion: Occasion, clock: FixedClock) -> None:
    """Call people about something that happened to the case just now."""
    with store(EVERYTHING) as work:
        call(work, case, occasion, now=clock.now(), school_rules=SchoolRules(), has=BOTH)
        work.commit()


def with_event(case: Case, clock: FixedClock) -> Case:
    return replace(case, events=(*case.events, CaseEvent(clock.now(), "overdue")))


def test_a_case_comes_with_its_notices(store: SqlStore, clock: FixedClock) -> None:
    """One for the desk, delivered by being written, one for each contact of the step, one for the webhook."""
    save_contact(store, "dana@school.example")
    save_contact(store, "last@school.example", step=2)

    case = a_case(store, clock)

    made = notices_of(store, case)
    assert [(one.channel, one.address, one.delivered_at) for one in made] == [
        (Channel.DESK, "", clock.now()),
        (Channel.EMAIL, "dana@school.example", None),
        (Channel.WEBHOOK, "", None),
    ]
    assert {(one.severity, one.occasion, one.due_at, one.is_drill) for one in made} == {
        (Severity.HIGH, Occasion.OPENED, case.due_at, False)
    }
    assert len({one.key for one in made}) == 3


def test_without_ways_out_there_is_the_desk(store: SqlStore, clock: FixedClock) -> None:
    """Where neither mail nor a webhook is set, nothing waits for ever."""
    case = a_case(store, clock, has=DESK_ALONE)

    assert [one.channel for one in notices_of(store, case)] == [Channel.DESK]


def test_without_a_list_the_counsellors_are_written_to(store: SqlStore, clock: FixedClock) -> None:
    """Where nobody is on the list the school's counsellors are called, but for those of the demo."""
    with store(EVERYTHING) as work:
        demo = a_person(Role.COUNSELLOR, id=PersonId(new_id()), email="demo@school.example", is_demo=True)
        work.people.save_person(demo)
        work.commit()

    case = a_case(store, clock)

    mails = [one.address for one in notices_of(store, case) if one.channel is Channel.EMAIL]
    assert mails == [COUNSELLOR.email]


def test_nobody_is_called_who_must_not_be(store: SqlStore, clock: FixedClock) -> None:
    """A case about abuse never reaches a guardian of the student, whatever part the guardian has on the list."""
    guardian = a_person(Role.GUARDIAN, ward_ids=(STUDENT.id,), email="home@school.example")
    with store(EVERYTHING) as work:
        work.people.save_person(guardian)
        work.commit()
    save_contact(store, "HOME@school.example")

    case = Cases(store, clock, has=BOTH).raise_flag(STUDENT, WORDS, Worry(Severity.HIGH, "abuse", "en.x"), entry="ask")

    assert "home@school.example" not in [one.address.lower() for one in notices_of(store, case)]


def test_what_waits_is_taken_back_when_abuse_joins(store: SqlStore, clock: FixedClock, mail: Recorder) -> None:
    """A mail to a parent on the list that could not be delivered yet is never sent once the case is about abuse."""
    guardian = a_person(Role.GUARDIAN, ward_ids=(STUDENT.id,), email="home@school.example")
    with store(EVERYTHING) as work:
        work.people.save_person(guardian)
        work.commit()
    save_contact(store, "HOME@school.example")
    save_contact(store, "dana@school.example")
    has = Channels(email=True)
    case = a_case(store, clock, has=has)
    mail.fault = Transient("No.", code="mail_down")
    sender = a_sender(store, mail)
    sender.run(clock.now())
    waiting = sender.list_undelivered(COUNSELLOR)

    Cases(store, clock).raise_flag(STUDENT, WORDS, Worry(Severity.HIGH, "abuse", "en.x"), entry="ask")
    mail.fault = None
    clock.move(timedelta(seconds=5))
    delivered = sender.run(clock.now())

    assert {one.address for one in waiting} == {"HOME@school.example", "dana@school.example"}
    assert (delivered, [one.address for one in mail.letters]) == (1, ["dana@school.example"])
    taken_back = next(one for one in notices_of(store, case) if one.address.startswith("HOME"))
    assert (taken_back.failure, taken_back.delivered_at, taken_back.attempts) == (WITHDRAWN, None, 1)
    assert sender.list_undelivered(COUNSELLOR) == []
    assert sender.find_stuck(clock.now() + timedelta(days=1)) is None
    assert sender.run(clock.now() + timedelta(days=1)) == 0
    with store(EVERYTHING) as work:
        assert [one.entry.ref for one in work.audit.walk() if one.entry.action == "notice.withdrawn"] == [
            f"notice:{taken_back.id}"
        ]


def test_the_same_event_calls_nobody_twice(store: SqlStore, clock: FixedClock) -> None:
    """Two processes that see the same event write each notice once; the next event calls again."""
    case = a_case(store, clock)
    before = len(notices_of(store, case))
    next_case = with_event(case, clock)
    for seen in (next_case, next_case):
        call_again(store, seen, Occasion.GRAVER, clock)

    made = notices_of(store, case)
    assert len(made) == 2 * before


def test_a_missed_deadline_adds_nothing_to_what_is_on_its_way(
    store: SqlStore, clock: FixedClock, mail: Recorder, hook: Recorder
) -> None:
    """While a notice could not be delivered a second one says nothing more; once it was, people are called again."""
    case = a_case(store, clock)
    late = with_event(case, clock)
    call_again(store, late, Occasion.OVERDUE, clock)
    waiting = len([one for one in notices_of(store, case) if one.channel is not Channel.DESK])
    a_sender(store, mail, hook).run(clock.now())
    call_again(store, with_event(late, clock), Occasion.OVERDUE, clock)

    assert waiting == 2
    assert len([one for one in notices_of(store, case) if one.channel is not Channel.DESK]) == 4


def test_what_is_delivered_is_kept_and_recorded(
    store: SqlStore, clock: FixedClock, mail: Recorder, hook: Recorder
) -> None:
    """Each letter goes out once, with the key of its notice and a link; a record says so, for counsellors' eyes."""
    case = a_case(store, clock)
    sender = a_sender(store, mail, hook)

    assert sender.run(clock.now()) == 2
    assert sender.run(clock.now() + timedelta(hours=1)) == 0

    made = notices_of(store, case)
    assert all(one.delivered_at is not None and one.failure == "" for one in made)
    assert {one.key for one in (*mail.letters, *hook.letters)} == {one.key for one in made[1:]}
    assert mail.letters[0].link == f"https://margent.school.example/cases/{case.id}"
    with store(EVERYTHING) as work:
        records = [one.entry for one in work.audit.walk() if one.entry.action == "notice.delivered"]
    assert {one.ref for one in records} == {f"notice:{one.id}" for one in made[1:]}
    assert all(one.is_care for one in records)


def test_letters_hold_nothing_private(store: SqlStore, clock: FixedClock, mail: Recorder, hook: Recorder) -> None:
    """No name, class, school or word of the student is in any letter."""
    with store(EVERYTHING) as work:
        class_room = work.people.find_class(STUDENT.class_ids[0])
        work.commit()
    a_case(store, clock)

    a_sender(store, mail, hook).run(clock.now())

    assert isinstance(class_room, ClassRoom)
    for letter in (*mail.letters, *hook.letters):
        said = repr(letter)
        assert not [one for one in (WORDS, STUDENT.name, STUDENT.id, class_room.name, "The School") if one in said]


def test_what_fails_is_tried_again_later_and_later(store: SqlStore, clock: FixedClock, hook: Recorder) -> None:
    """Pauses double from two seconds to a quarter of an hour, less up to a half; the failure's code is kept."""
    case = a_case(store, clock, has=Channels(webhook=True))
    hook.fault = Transient("No.", code="webhook_503")
    sender = a_sender(store, hook)
    pauses = []
    for _ in range(14):
        sender.run(clock.now())
        next_at = notices_of(store, case)[1].next_at
        pauses.append((next_at - clock.now()).total_seconds())
        clock.time = next_at

    waiting = notices_of(store, case)[1]
    assert (waiting.attempts, waiting.failure, waiting.delivered_at) == (14, "webhook_503", None)
    for attempt, pause in enumerate(pauses):
        longest = min(2 * 2**attempt, 900)
        assert max(longest / 2, 2) - 0.01 <= pause <= longest + 1
    with store(EVERYTHING) as work:
        failures = [one for one in work.audit.walk() if one.entry.action == "notice.failed"]
    assert len(failures) == 1


@pytest.mark.parametrize(("severity", "is_over"), [(Severity.MODERATE, True), (Severity.HIGH, False)])
def test_only_what_is_not_grave_is_ever_given_up(
    store: SqlStore, clock: FixedClock, hook: Recorder, severity: Severity, *, is_over: bool
) -> None:
    """After three days of tries a moderate case's notice rests, undelivered; a grave one's is tried for ever."""
    case = a_case(store, clock, has=Channels(webhook=True), severity=severity)
    hook.fault = Transient("No.", code="webhook_503")
    sender = a_sender(store, hook, pace=replace(PATIENT, least_tries=3))
    for _ in range(3):
        clock.move(timedelta(days=2))
        sender.run(clock.now())
    hook.fault = None
    clock.move(timedelta(hours=1))
    sender.run(clock.now())

    kept = notices_of(store, case)[1]
    assert (kept.failure == GIVEN_UP, kept.delivered_at is None) == (is_over, is_over)
    undelivered = sender.list_undelivered(COUNSELLOR)
    assert undelivered == ([kept] if is_over else [])


def test_a_clock_that_jumps_gives_nothing_up(store: SqlStore, clock: FixedClock, hook: Recorder) -> None:
    """A notice that was tried a few times is not given up because it is suddenly years old."""
    case = a_case(store, clock, has=Channels(webhook=True), severity=Severity.LOW)
    hook.fault = Transient("No.")
    clock.move(timedelta(days=4000))

    a_sender(store, hook).run(clock.now())

    assert notices_of(store, case)[1].failure == "try_again"


def test_a_mistake_of_ours_is_a_failure_like_any_other(store: SqlStore, clock: FixedClock, hook: Recorder) -> None:
    """A courier that breaks keeps its notice waiting, and the log says of what kind the mistake was."""
    case = a_case(store, clock, has=Channels(webhook=True))
    hook.fault = ZeroDivisionError("private words")

    with capture_logs() as logs:
        a_sender(store, hook).run(clock.now())

    assert notices_of(store, case)[1].failure == "fault"
    assert [(one["event"], one["error"]) for one in logs] == [("notice.fault", "ZeroDivisionError")]


def test_a_channel_that_hangs_holds_up_no_other(store: SqlStore, clock: FixedClock, hook: Recorder) -> None:
    """While mail hangs the webhook gets its letters; no more mails hang at once than the channel is wide."""
    go_on = threading.Event()
    hanging = Hanging(go_on)
    for number in range(4):
        save_contact(store, f"{number}@school.example")
    a_case(store, clock)
    sender = a_sender(store, hanging, hook, pace=Pace(patience=0.2, width=2))

    first = sender.run(clock.now())
    second = sender.run(clock.now())

    assert (first, second, len(hook.letters)) == (1, 0, 1)
    assert hanging.entered == 2
    go_on.set()


class Hanging(Recorder):
    """A courier whose other end says nothing until it is let go."""

    def __init__(self, go_on: threading.Event) -> None:
        super().__init__(Channel.EMAIL)
        self.entered = 0
        self._go_on = go_on

    def deliver(self, letter: Letter) -> None:
        self.entered += 1
        self._go_on.wait(20)
        super().deliver(letter)


def test_a_sender_that_died_is_followed_by_another(store: SqlStore, clock: FixedClock, hook: Recorder) -> None:
    """What one sender has claimed and not delivered is delivered by another when the claim is over."""
    a_case(store, clock, has=Channels(webhook=True))
    with store(EVERYTHING) as work:
        work.notices.claim(Channel.WEBHOOK, clock.now(), clock.now() + timedelta(minutes=1), limit=9)
        work.commit()
    other = a_sender(store, hook)

    assert other.run(clock.now()) == 0
    assert other.run(clock.now() + timedelta(minutes=1)) == 1


class Flaky:
    """A store whose writes fail as often as is told, of kinds that are named."""

    def __init__(self, store: SqlStore, faults: Mapping[str, int]) -> None:
        self._store = store
        self.faults = dict(faults)

    def __call__(self, scope: Scope) -> UnitOfWork:
        work = self._store(scope)
        real: Callable[..., Any] = getattr(work.audit, "append")  # noqa: B009 - put in its place below

        def append(entry: Any) -> Any:
            if self.faults.get("audit", 0) > 0:
                self.faults["audit"] -= 1
                raise StoreBusy("Busy.")
            return real(entry)

        work.audit.append = append  # type: ignore[method-assign]
        real_save = work.notices.save

        def save(notice: Notice) -> None:
            if self.faults.get("save", 0) > 0:
                self.faults["save"] -= 1
                raise StoreBusy("Busy.")
            real_save(notice)

        work.notices.save = save  # type: ignore[method-assign]
        return work

    def scrub(self) -> None:
        """Do nothing."""

    def ping(self) -> None:
        """Be there."""


@pytest.mark.parametrize(
    ("faults", "said"),
    [({"audit": 1}, ["audit.missed"]), ({"save": 2}, ["audit.missed", "notice.not_kept"])],
)
def test_a_delivery_is_kept_without_its_record_rather_than_not_at_all(
    store: SqlStore, clock: FixedClock, hook: Recorder, faults: dict[str, int], said: list[str]
) -> None:
    """A record that cannot be written stops nothing; what cannot be kept at all is sent again, with the same key."""
    case = a_case(store, clock, has=Channels(webhook=True))
    sender = a_sender(Flaky(store, faults), hook)

    with capture_logs() as logs:
        sender.run(clock.now())
    is_kept = notices_of(store, case)[1].delivered_at is not None
    sender.run(clock.now() + timedelta(minutes=1))

    assert is_kept == ("audit" in faults)
    assert [one["event"] for one in logs] == said
    assert len(hook.letters) == (1 if is_kept else 2)
    assert len({one.key for one in hook.letters}) == 1
    assert notices_of(store, case)[1].delivered_at is not None


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COUNSELLOR])
def test_only_counsellors_see_what_was_not_delivered(store: SqlStore, role: Role) -> None:
    """That there is a case is itself private."""
    person: Person = a_person(role)

    with pytest.raises(NotAllowed):
        a_sender(store).list_undelivered(person)


def test_a_stuck_notice_is_said_aloud(store: SqlStore, clock: FixedClock, hook: Recorder) -> None:
    """Past its deadline an undelivered notice is an alarm that tells strangers nothing; the log has it each minute."""
    a_case(store, clock, has=Channels(webhook=True))
    hook.fault = Transient("No.", code="webhook_503")
    sender = a_sender(store, hook)
    sender.run(clock.now())
    sender.ping(clock.now())
    clock.move(timedelta(minutes=16))

    with capture_logs() as logs:
        for _ in range(3):
            sender.run(clock.now())

    assert [(one["event"], one["failure"]) for one in logs] == [("notices.stuck", "webhook_503")]
    assert "due by 2026-09-01 08:15 UTC" in sender.describe_trouble(clock.now())
    with pytest.raises(Transient) as caught:
        sender.ping(clock.now())
    assert "notice" not in caught.value.message


def test_a_notice_that_was_just_made_is_not_stuck(store: SqlStore, clock: FixedClock, hook: Recorder) -> None:
    """A notice about a deadline that is over has a minute to arrive."""
    case = a_case(store, clock, has=DESK_ALONE)
    clock.move(timedelta(hours=1))
    call_again(store, with_event(case, clock), Occasion.OVERDUE, clock)

    assert a_sender(store, hook).find_stuck(clock.now()) is None
    assert a_sender(store, hook).find_stuck(clock.now() + timedelta(minutes=2)) is not None


def test_what_cannot_be_saved_is_told_directly(
    store: SqlStore, clock: FixedClock, mail: Recorder, hook: Recorder
) -> None:
    """An alarm goes out by every way there is, without the store, and wakes whoever sends."""
    woken: list[int] = []
    book = SilentBook()
    alarms = Alarms(book, {Channel.EMAIL: "office@school.example", Channel.WEBHOOK: ""})
    sender = a_sender(store, mail, hook, alarms=alarms)
    sender.on_alarm(lambda: woken.append(1))

    sender.cry_out(Severity.IMMINENT, clock.now())
    trouble = sender.describe_trouble(clock.now())
    delivered = sender.run(clock.now())

    (letter,) = mail.letters
    assert (woken, delivered, book.alarms) == ([1], 2, {})
    assert (letter.address, letter.occasion, letter.severity) == (
        "office@school.example",
        Occasion.UNSAVED,
        Severity.IMMINENT,
    )
    assert letter.key == hook.letters[0].key
    assert "could not be saved (1)" in trouble
    sender.ping(clock.now())


def test_an_alarm_is_told_until_somebody_heard(store: SqlStore, clock: FixedClock, hook: Recorder) -> None:
    """It is tried again with pauses, has the same key each time, and outlives the process in its book."""
    book = SilentBook()
    hook.fault = Transient("No.")
    sender = a_sender(store, hook, alarms=Alarms(book, {Channel.WEBHOOK: ""}))
    sender.cry_out(Severity.HIGH, clock.now())
    sender.run(clock.now())
    sender.run(clock.now())
    (key,) = book.alarms

    hook.fault = None
    clock.move(timedelta(seconds=5))
    after = a_sender(store, hook, alarms=Alarms(book, {Channel.WEBHOOK: ""}))
    first, second = after.run(clock.now()), after.run(clock.now())

    assert (first, second, [one.key for one in hook.letters]) == (1, 0, [key])
    assert sender.channels == Channels(webhook=True)


def test_alarms_go_out_though_the_store_does_not_answer(clock: FixedClock, hook: Recorder) -> None:
    """A store that is down stops notices, and no alarm."""

    def down(_scope: Scope) -> UnitOfWork:
        raise StoreBusy("Down.")

    store: Any = down
    heard = threading.Event()
    real = hook.deliver

    def deliver(letter: Letter) -> None:
        real(letter)
        heard.set()

    hook.deliver = deliver  # type: ignore[method-assign]
    sender = a_sender(store, hook, alarms=Alarms(SilentBook(), {Channel.WEBHOOK: ""}))
    sender.cry_out(Severity.HIGH, clock.now())

    with pytest.raises(StoreBusy):
        sender.run(clock.now())

    assert heard.wait(20)


def test_an_alarm_that_no_book_takes_is_told_all_the_same(store: SqlStore, clock: FixedClock, hook: Recorder) -> None:
    """Where even the book cannot be written, the alarm is kept in memory, counted and told; the log says so."""
    alarms = Alarms(ClosedBook(), {Channel.WEBHOOK: ""})
    sender = a_sender(store, hook, alarms=alarms)

    with capture_logs() as logs:
        sender.cry_out(Severity.HIGH, clock.now())
    waiting = alarms.count(clock.now())

    assert [one["event"] for one in logs] == ["alarm.in_memory_alone"]
    assert (waiting, sender.run(clock.now()), alarms.count(clock.now())) == (1, 1, 0)


class ClosedBook(SilentBook):
    """A book that takes nothing."""

    def write(self, _alarm: Alarm) -> bool:
        return False


def test_a_mistake_in_a_thread_is_written_down() -> None:
    """A delivery that breaks ends neither in silence nor with words of anybody in the log."""

    def breaks() -> None:
        raise KeyError("private words")

    with capture_logs() as logs:
        Lanes([Channel.EMAIL], 1).begin(Channel.EMAIL, breaks).join(20)

    assert [(one["event"], one["error"]) for one in logs] == [("notice.fault", "KeyError")]
    assert "private words" not in repr(logs)


def test_no_pause_outlasts_a_deadline_or_the_clock() -> None:
    """A dead sender's claims are over well before the shortest deadline; no pause looks like a wrong clock."""
    pace = Pace()

    assert timedelta(seconds=2 * pace.lease) < timedelta(minutes=5)
    assert pace.pause(10_000, 0.0) < CLOCK_SLIP
    assert pace.pause(1, 1.0) >= timedelta(seconds=2)


def test_who_reads_a_letter_decides_what_it_asks(store: SqlStore, mail: Recorder, clock: FixedClock) -> None:
    """A counsellor opens the case; anybody else reaches a counsellor, by name."""
    counsellor = a_person(Role.COUNSELLOR)
    save_contact(store, "dana@school.example")
    save_contact(store, counsellor.email, person_id=counsellor.id)
    case = a_case(store, clock)

    a_sender(store, mail).run(clock.now())

    texts = {letter.address: letter.text for letter in mail.letters}
    assert f"/cases/{case.id}" in texts[counsellor.email]
    assert f"/cases/{case.id}" not in texts["dana@school.example"]
    assert counsellor.name in texts["dana@school.example"]


def test_a_case_that_cannot_be_read_keeps_no_letter_back(store: SqlStore, mail: Recorder, clock: FixedClock) -> None:
    """Where nobody can say who may open it, the letter links to the case, and the log says so."""
    save_contact(store, "dana@school.example")
    case = a_case(store, clock)
    with connect(store) as connection:
        connection.execute(text("UPDATE care_case SET status = 'nonsense'"))
        connection.commit()

    with capture_logs() as logs:
        a_sender(store, mail).run(clock.now())

    assert [entry["event"] for entry in logs] == ["notice.counsellors_unknown"]
    assert f"/cases/{case.id}" in mail.letters[0].text


def test_what_is_sent_in_a_drill_is_recorded_as_such(store: SqlStore, mail: Recorder, clock: FixedClock) -> None:
    """Whoever reads the audit log can tell a drill from a case."""
    save_contact(store, "dana@school.example")
    Cases(store, clock, has=BOTH).drill(a_person(Role.COUNSELLOR))

    a_sender(store, mail).run(clock.now())

    with store(EVERYTHING) as work:
        assert [one.entry.action for one in work.audit.walk()] == ["drill.begun", "drill.notice_delivered"]

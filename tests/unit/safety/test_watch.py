"""A case that nobody takes on in time is passed on, step by step, whatever the clock does."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from structlog.testing import capture_logs

from adapters.sql.store import SqlStore
from domain.care import Case, CaseStatus, Ending, Severity, Worry
from domain.errors import StoreBusy
from domain.ports import UnitOfWork
from domain.scope import EVERYTHING, Scope
from safety.cases import Cases
from safety.desk import CareDesk
from safety.watch import Watch
from tests.builders import NOW, SCHOOL
from tests.care import (
    ABUSE,
    COUNSELLOR,
    GUARDIAN,
    HIGH,
    IMMINENT,
    LOW,
    MAIL,
    MODERATE,
    STUDENT,
    a_contact,
    add_people,
    break_table,
    called,
    list_audit,
    put_on_call,
)
from tests.conftest import FixedClock

Run = Callable[[timedelta], int]


@pytest.fixture
def cases(store: SqlStore, clock: FixedClock) -> Cases:
    put_on_call(store, a_contact("Nurse"), a_contact("Head", 2), a_contact("Last", 3))
    return Cases(store, clock, has=MAIL)


@pytest.fixture
def run(store: SqlStore, clock: FixedClock) -> Run:
    """Deliver what waits, move the clock and let the watch look."""
    watch = Watch(store, has=MAIL)

    def move(by: timedelta) -> int:
        deliver(store, clock.now())
        clock.move(by)
        return watch.run(clock.now())

    return move


def deliver(store: SqlStore, now: datetime) -> None:
    with store(EVERYTHING) as work:
        for notice in work.notices.list_undelivered(SCHOOL):
            work.notices.save(replace(notice, delivered_at=now))
        work.commit()


def find(store: SqlStore, case: Case) -> Case:
    with store(EVERYTHING) as work:
        found = work.care.find(case.id)
    assert found is not None
    return found


def first_letters(store: SqlStore, case: Case) -> str:
    return "".join(address[0] for address in called(store, case.id))


@pytest.mark.parametrize(
    ("worry", "times"),
    [
        (IMMINENT, (timedelta(minutes=5), timedelta(minutes=5))),
        (HIGH, (timedelta(minutes=15), timedelta(minutes=15))),
        (MODERATE, (timedelta(hours=4), timedelta(hours=1))),
        (LOW, (timedelta(days=1, hours=8), timedelta(days=1))),
    ],
)
def test_steps_are_called_up_to_the_last_again_and_again(
    cases: Cases, store: SqlStore, run: Run, worry: Worry, times: tuple[timedelta, timedelta]
) -> None:
    """Nobody before the deadline; then each step at its pace, then everybody until somebody takes it on."""
    case = cases.raise_flag(STUDENT, "my words", worry, entry="ask")
    (deadline, pace), moment = times, timedelta(seconds=1)

    assert run(deadline - moment) == 0
    assert [run(by) for by in (moment, pace - moment, moment, pace, pace)] == [1, 0, 1, 1, 1]

    found = find(store, case)
    assert first_letters(store, case) == "nhlnhlnhl"
    assert [event.what for event in found.events] == ["opened", *["overdue"] * 4]
    assert found.step == 4
    assert [record.entry.action for record in list_audit(store)] == ["case.opened", *["case.overdue"] * 4]


def test_taking_a_case_on_stops_the_calls(cases: Cases, store: SqlStore, run: Run, clock: FixedClock) -> None:
    """From then on nobody is called about it."""
    case = cases.raise_flag(STUDENT, "my words", HIGH, entry="ask")
    run(timedelta(minutes=15))
    CareDesk(store, clock).acknowledge(COUNSELLOR, case.id)

    assert run(timedelta(days=3)) == 0
    assert first_letters(store, case) == "nh"


def test_a_worse_sign_begins_the_steps_again(cases: Cases, store: SqlStore, run: Run) -> None:
    """Those of the first step are told that it got graver, and the next are called at the graver pace."""
    case = cases.raise_flag(STUDENT, "one", MODERATE, entry="ask")
    run(timedelta(hours=4))
    cases.raise_flag(STUDENT, "two", IMMINENT, entry="ask")

    assert run(timedelta(minutes=5)) == 1
    assert first_letters(store, case) == "nhnh"


def test_abuse_passes_a_guardian_over_at_every_step(cases: Cases, store: SqlStore, run: Run) -> None:
    """A contact with a guardian's address is never called, not even as the last responder."""
    add_people(store, GUARDIAN)
    put_on_call(store, *(a_contact("Zoe", step, account=GUARDIAN) for step in (1, 2, 3)))
    case = cases.raise_flag(STUDENT, "my words", ABUSE, entry="ask")

    for _ in range(5):
        run(timedelta(minutes=15))

    assert GUARDIAN.email not in called(store, case.id)
    assert first_letters(store, case) == "nhl" + "nhl" * 3


def test_a_clock_that_jumps_ahead_loses_nothing(cases: Cases, store: SqlStore, run: Run) -> None:
    """A year later the deadline is missed once, and the steps go on from there."""
    case = cases.raise_flag(STUDENT, "my words", HIGH, entry="ask")

    assert [run(by) for by in (timedelta(days=365), timedelta(0), timedelta(minutes=15))] == [1, 0, 1]
    assert first_letters(store, case) == "nhl"


@pytest.mark.parametrize("is_restarted", [False, True])
def test_a_clock_that_jumps_back_loses_nothing(
    cases: Cases, store: SqlStore, run: Run, clock: FixedClock, *, is_restarted: bool
) -> None:
    """The next step is called as soon as if it had been set just then, also when the service was started meanwhile."""
    case = cases.raise_flag(STUDENT, "my words", HIGH, entry="ask")
    run(timedelta(0))
    back = -timedelta(days=3650)
    if is_restarted:
        clock.move(back)
        fresh = Watch(store, has=MAIL)
        assert fresh.run(clock.now()) == 0
        clock.move(timedelta(minutes=15))
        assert fresh.run(clock.now()) == 1
    else:
        assert run(back) == 0
        assert run(timedelta(minutes=15)) == 1

    found = find(store, case)
    assert first_letters(store, case) == "nh"
    assert found.due_at < NOW


def test_two_watches_call_once(cases: Cases, store: SqlStore, clock: FixedClock) -> None:
    """What one has passed on is not due for the other."""
    case = cases.raise_flag(STUDENT, "my words", HIGH, entry="ask")
    clock.move(timedelta(minutes=15))
    watches = [Watch(store, has=MAIL) for _ in range(2)]

    assert [watch.run(clock.now()) for watch in watches] == [1, 0]
    assert first_letters(store, case) == "nh"


class LateStore:
    """A store in which somebody takes the case on between listing what is due and passing it on."""

    def __init__(self, store: SqlStore, between: Callable[[], object]) -> None:
        self._store = store
        self._between = between
        self.units = 0

    def __call__(self, scope: Scope) -> UnitOfWork:
        self.units += 1
        if self.units == 2:
            self._between()
        return self._store(scope)

    def ping(self) -> None:
        """Do nothing."""

    def scrub(self) -> None:
        """Do nothing."""


def test_a_case_taken_on_meanwhile_is_left_alone(cases: Cases, store: SqlStore, clock: FixedClock) -> None:
    """What was due when it was listed is looked at again before anybody is called; so is what is there no more."""
    case = cases.raise_flag(STUDENT, "my words", HIGH, entry="ask")
    clock.move(timedelta(minutes=15))
    desk = CareDesk(store, clock)

    def take() -> None:
        desk.acknowledge(COUNSELLOR, case.id)

    def erase() -> None:
        with store(EVERYTHING) as work:
            work.records.erase(STUDENT.id, kept=())
            work.commit()

    watch = Watch(store, has=MAIL)
    watch.run(NOW)
    watch._store = LateStore(store, take)

    assert watch.run(clock.now()) == 0

    desk.hand_over(COUNSELLOR, case.id, COUNSELLOR.id)
    cases.raise_flag(STUDENT, "two", HIGH, entry="ask")
    assert Watch(LateStore(store, erase), has=MAIL).run(clock.now()) == 0


def test_a_case_without_its_record_is_passed_on_all_the_same(cases: Cases, store: SqlStore, run: Run) -> None:
    """Calling people is an escalation: nothing may stop it."""
    case = cases.raise_flag(STUDENT, "my words", HIGH, entry="ask")
    break_table(store, "audit")

    with capture_logs() as logs:
        assert run(timedelta(minutes=15)) == 1

    assert [entry["event"] for entry in logs] == ["audit.missed"]
    assert first_letters(store, case) == "nh"


def test_what_fails_about_one_case_is_tried_again(cases: Cases, store: SqlStore, run: Run) -> None:
    """Without a notice the case is not passed on, stays due, and the log says so."""
    case = cases.raise_flag(STUDENT, "my words", HIGH, entry="ask")
    break_table(store, "notice")

    with capture_logs() as logs:
        assert run(timedelta(minutes=15)) == 0

    assert [(entry["event"], entry["case_id"]) for entry in logs] == [("watch.missed", case.id)]
    assert find(store, case).step == 1


def test_a_store_that_does_not_answer_says_so(clock: FixedClock) -> None:
    """Whoever runs the watch hears of it, and runs it again."""

    def busy(_scope: Scope) -> UnitOfWork:
        raise StoreBusy("The store is busy.")

    with pytest.raises(StoreBusy):
        Watch(busy).run(clock.now())  # type: ignore[arg-type]


def test_a_drill_that_nobody_takes_on_ends_by_itself(cases: Cases, store: SqlStore, run: Run) -> None:
    """For an hour it calls people as a real case does, then no more."""
    drill = cases.drill(COUNSELLOR)

    for _ in range(20):
        run(timedelta(minutes=5))

    found = find(store, drill)
    assert (found.status, found.ending, found.severity) == (CaseStatus.CLOSED, Ending.UNANSWERED, Severity.IMMINENT)
    assert first_letters(store, drill) == "nhl" * 10
    assert [record.entry.about_id for record in list_audit(store)] == [""] * 13
    assert list_audit(store)[-1].entry.action == "drill.unanswered"


def test_whoever_is_put_on_the_list_meanwhile_is_called(cases: Cases, store: SqlStore, run: Run) -> None:
    """Also at a step that was called before: once the last step was called, everybody is."""
    case = cases.raise_flag(STUDENT, "my words", HIGH, entry="ask")
    for _ in range(2):
        run(timedelta(minutes=15))
    put_on_call(store, a_contact("Fresh"))

    run(timedelta(minutes=15))

    assert "fresh@call.example" in called(store, case.id)

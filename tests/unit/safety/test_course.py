"""The course of a case: what each happening makes of it, whatever the order."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.care import Case, CaseStatus, Ending, Severity, Worry
from domain.errors import Conflict, Invalid
from domain.notices import Occasion
from domain.people import SchoolHours
from safety import course
from safety.deadlines import due_at
from tests.builders import NOW, SCHOOL
from tests.care import COLLEAGUE, COUNSELLOR, DRILLED, HIGH, LOW, MODERATE, a_flag

HOURS = SchoolHours()
LATER = NOW + timedelta(hours=1)


def a_case(worry: Worry = HIGH, *, is_drill: bool = False) -> Case:
    return course.opened(a_flag(worry), SCHOOL, HOURS, is_drill=is_drill)


def closed(case: Case) -> Case:
    return course.ended(case, COUNSELLOR.id, Ending.RESOLVED, "Talked.", now=NOW)


def test_a_graver_flag_begins_the_chain_again() -> None:
    """It raises the case, is due from its own moment, and calls from the first step on; a milder one does not."""
    case = course.overdue(course.overdue(a_case(MODERATE), 3, NOW), 3, NOW)

    graver, why = course.joined(case, a_flag(HIGH, LATER), HOURS)
    milder, silent = course.joined(graver, a_flag(LOW, LATER), HOURS)

    assert (case.step, graver.step, why) == (3, 1, Occasion.GRAVER)
    assert (graver.severity, graver.subject) == (Severity.HIGH, "suicide")
    assert graver.next_step_at == LATER + timedelta(minutes=15)
    assert graver.due_at == LATER + timedelta(minutes=15) < case.due_at
    assert silent is None
    assert (milder.severity, milder.step, milder.next_step_at) == (Severity.HIGH, 1, graver.next_step_at)
    assert len(milder.flags) == 3


def test_a_flag_opens_a_case_again_that_somebody_took_on() -> None:
    """What was taken on was not all: it is open and due from now, people are called, and the holder is still known."""
    case = course.acknowledged(a_case(), COUNSELLOR.id, NOW)

    again, why = course.joined(case, a_flag(MODERATE, LATER), HOURS)

    assert (case.status, case.next_step_at) == (CaseStatus.ACKNOWLEDGED, None)
    assert (again.status, again.holder_id, why) == (CaseStatus.OPEN, COUNSELLOR.id, Occasion.FLAGGED)
    assert again.events[-1].what == course.FLAGGED_ANEW
    assert not course.has_seen(again, COUNSELLOR.id)
    assert again.due_at == again.next_step_at == LATER + timedelta(hours=4)


def test_handing_over_opens_the_case_for_somebody_else() -> None:
    """The next holder has a new deadline; to oneself it is taking over; to whoever waits for it already, nothing."""
    case = course.acknowledged(a_case(), COUNSELLOR.id, NOW)

    handed = course.handed_over(case, COUNSELLOR.id, COLLEAGUE.id, now=LATER, hours=HOURS)
    back = course.handed_over(handed, COUNSELLOR.id, COUNSELLOR.id, now=LATER, hours=HOURS)

    assert (handed.status, handed.holder_id) == (CaseStatus.OPEN, COLLEAGUE.id)
    assert handed.due_at == handed.next_step_at == LATER + timedelta(minutes=15)
    assert course.handed_over(handed, COUNSELLOR.id, COLLEAGUE.id, now=LATER, hours=HOURS) == handed
    assert (back.status, back.holder_id, back.next_step_at) == (CaseStatus.ACKNOWLEDGED, COUNSELLOR.id, None)
    assert course.handed_over(back, COUNSELLOR.id, COUNSELLOR.id, now=LATER, hours=HOURS) == back
    with pytest.raises(Conflict):
        course.handed_over(closed(case), COUNSELLOR.id, COLLEAGUE.id, now=NOW, hours=HOURS)


def test_what_was_handed_over_and_taken_over_is_acknowledged_by_the_holder() -> None:
    """Handing a case that one waits for to oneself takes it on."""
    case = course.handed_over(a_case(), COUNSELLOR.id, COLLEAGUE.id, now=NOW, hours=HOURS)

    taken = course.handed_over(case, COLLEAGUE.id, COLLEAGUE.id, now=LATER, hours=HOURS)

    assert (taken.status, taken.holder_id) == (CaseStatus.ACKNOWLEDGED, COLLEAGUE.id)


def test_a_case_is_opened_again_with_nobody_looking_after_it() -> None:
    """It is due from now, and is no longer ended; what is open, and drills, are not opened again."""
    case = closed(course.acknowledged(a_case(), COUNSELLOR.id, NOW))

    again = course.reopened(case, COLLEAGUE.id, "It was not over.", now=LATER, hours=HOURS)

    assert (case.ending, again.ending, again.holder_id) == (Ending.RESOLVED, None, None)
    assert (again.status, again.next_step_at) == (CaseStatus.OPEN, LATER + timedelta(minutes=15))
    assert (again.events[-1].what, again.events[-1].note) == ("reopened", "It was not over.")
    with pytest.raises(Conflict):
        course.reopened(again, COLLEAGUE.id, "Why not.", now=LATER, hours=HOURS)
    with pytest.raises(Conflict):
        course.reopened(closed(a_case(is_drill=True)), COLLEAGUE.id, "Why not.", now=LATER, hours=HOURS)
    with pytest.raises(Invalid):
        course.reopened(case, COLLEAGUE.id, " ", now=LATER, hours=HOURS)


@pytest.mark.parametrize("note", ["", "  \n ", "x" * 2001])
def test_a_note_says_something_and_ends(note: str) -> None:
    """Nothing, blanks alone and endless notes are refused; a drill may be closed without one."""
    with pytest.raises(Invalid):
        course.ended(a_case(), COUNSELLOR.id, Ending.RESOLVED, note, now=NOW)
    assert course.ended(a_case(is_drill=True), None, Ending.RESOLVED, "", now=NOW).status is CaseStatus.CLOSED


def test_nobody_is_told_of_a_drill() -> None:
    """A drill is about nobody."""
    with pytest.raises(Conflict):
        course.told(a_case(DRILLED, is_drill=True), COUNSELLOR.id, is_told=True, now=NOW)


def test_past_the_last_step_it_stays_so() -> None:
    """Steps go up to one past the last, which means everybody; a shorter list does not bring them down."""
    case = a_case()

    steps = []
    for _ in range(4):
        case = course.overdue(case, 3, LATER)
        steps.append(case.step)

    assert steps == [2, 3, 4, 4]
    assert course.overdue(case, 1, LATER).step == 4
    assert case.next_step_at == LATER + timedelta(minutes=15)


@given(
    severity=st.sampled_from(Severity),
    back=st.timedeltas(timedelta(0), timedelta(days=4000)),
    was_missed=st.booleans(),
)
def test_a_clock_put_back_puts_off_no_deadline(severity: Severity, back: timedelta, *, was_missed: bool) -> None:
    """However far it goes back, the next step is no later than if it had been set just now."""
    case = a_case(Worry(severity, "suicide", "en.x"))
    if was_missed:
        case = course.overdue(case, 2, NOW)
    now = NOW - back

    pulled = course.pulled_in(case, now, HOURS)

    assert pulled.next_step_at is not None
    assert pulled.next_step_at <= max(due_at(severity, now, HOURS), now + timedelta(days=1))
    assert pulled.due_at <= case.due_at
    assert course.pulled_in(pulled, now, HOURS) == pulled


def test_a_case_that_somebody_took_on_has_no_deadline_to_bring_nearer() -> None:
    """Nothing about it changes."""
    case = course.acknowledged(a_case(), COUNSELLOR.id, NOW)

    assert course.pulled_in(case, datetime(2000, 1, 1, tzinfo=UTC), HOURS) == case


@given(worries=st.lists(st.sampled_from([LOW, MODERATE, HIGH]), min_size=1, max_size=6))
def test_flags_only_raise(worries: list[Worry]) -> None:
    """In whatever order flags come, the gravest counts, none is lost, and deadlines only come nearer."""
    case = a_case(worries[0])
    for minute, worry in enumerate(worries[1:]):
        before = case
        case, _ = course.joined(case, a_flag(worry, NOW + timedelta(minutes=minute)), HOURS)
        assert case.due_at <= before.due_at

    order = list(Severity)
    assert case.severity is max((worry.severity for worry in worries), key=order.index)
    assert [flag.worry for flag in case.flags] == worries

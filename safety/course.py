"""The course of a case, as pure functions: what each happening makes of it. Nothing here reads or writes a store."""

from dataclasses import replace
from datetime import datetime

from domain.care import Case, CaseEvent, CaseStatus, Ending, Flag, Severity
from domain.errors import Conflict, Invalid
from domain.ids import CaseId, PersonId, SchoolId, new_id
from domain.notices import Occasion
from domain.people import SchoolHours
from safety.deadlines import due_at, pace_of
from safety.recipients import HANDED_OVER

LONGEST_NOTE = 2000
"""Characters."""

_ORDER = tuple(Severity)
FLAGGED_ANEW = "flagged anew"
"""The event of a sign that opens a case again which somebody had taken on."""

_TAKEN = frozenset({"acknowledged", "taken over"})
_NEW = frozenset({"opened", "flagged", FLAGGED_ANEW, "reopened"})
"""Events that there is something to look at after."""


def opened(flag: Flag, school_id: SchoolId, hours: SchoolHours, *, is_drill: bool = False) -> Case:
    """Open a case with its first flag."""
    due = due_at(flag.worry.severity, flag.raised_at, hours)
    return Case(
        id=CaseId(new_id()),
        school_id=school_id,
        person_id=flag.person_id,
        severity=flag.worry.severity,
        subject=flag.worry.subject,
        status=CaseStatus.OPEN,
        opened_at=flag.raised_at,
        due_at=due,
        flags=(flag,),
        events=(CaseEvent(flag.raised_at, "opened"),),
        is_drill=is_drill,
        next_step_at=due,
    )


def joined(case: Case, flag: Flag, hours: SchoolHours) -> tuple[Case, Occasion | None]:
    """Add a flag to a case under way, which can only make it graver; say why people are called, if they are.

    A case that somebody took on opens again: what was taken on was not all. People are called from the first step
    on when it got graver or opened again.
    """
    due = due_at(flag.worry.severity, flag.raised_at, hours)
    what = "flagged" if case.status is CaseStatus.OPEN else FLAGGED_ANEW
    is_graver = _ORDER.index(flag.worry.severity) > _ORDER.index(case.severity)
    is_open = case.status is CaseStatus.OPEN
    begins_anew = is_graver or not is_open
    case = replace(
        noted(case, CaseEvent(flag.raised_at, what)),
        flags=(*case.flags, flag),
        severity=flag.worry.severity if is_graver else case.severity,
        subject=flag.worry.subject if is_graver else case.subject,
        due_at=min(case.due_at, due) if is_open else due,
        status=CaseStatus.OPEN,
        step=1 if begins_anew else case.step,
        next_step_at=due if begins_anew else case.next_step_at,
    )
    if is_graver:
        return case, Occasion.GRAVER
    return case, None if is_open else Occasion.FLAGGED


def acknowledged(case: Case, by: PersonId, now: datetime) -> Case:
    """Let somebody take the case on; a second time changes nothing, whoever asks. Raises Conflict when closed."""
    _check_under_way(case)
    if case.status is CaseStatus.ACKNOWLEDGED:
        return case
    event = CaseEvent(now, "acknowledged", by)
    return replace(noted(case, event), status=CaseStatus.ACKNOWLEDGED, holder_id=by, next_step_at=None)


def handed_over(case: Case, by: PersonId, to: PersonId, *, now: datetime, hours: SchoolHours) -> Case:
    """Hand the case to somebody else, who has to take it on by a new deadline; to oneself is taking it on.

    Raises Conflict when it is closed. Handing it to whoever looks after it changes nothing.
    """
    _check_under_way(case)
    if to == case.holder_id and (to != by or case.status is CaseStatus.ACKNOWLEDGED):
        return case
    if to == by:
        event = CaseEvent(now, "taken over", by)
        return replace(noted(case, event), status=CaseStatus.ACKNOWLEDGED, holder_id=by, next_step_at=None)
    case = replace(noted(case, CaseEvent(now, HANDED_OVER, by)), holder_id=to)
    return _called_anew(case, now, hours)


def ended(case: Case, by: PersonId | None, ending: Ending, note: str, *, now: datetime) -> Case:
    """Close the case. Raises Invalid without a note, but for a drill, and Conflict when it is closed."""
    _check_under_way(case)
    event = CaseEvent(now, ending.value, by, note if case.is_drill and not note.strip() else checked_note(note))
    return replace(noted(case, event), status=CaseStatus.CLOSED, ending=ending, next_step_at=None)


def drill_ended(case: Case, by: PersonId | None, now: datetime) -> Case:
    """End a drill: it has failed where nobody took it on. Raises Conflict when it is closed."""
    was_taken = any(event.what in _TAKEN for event in case.events)
    return ended(case, by, Ending.RESOLVED if was_taken else Ending.UNANSWERED, "", now=now)


def name_act(act: str, *, is_drill: bool) -> str:
    """Name something that was done about a case, or in a drill, for the audit log."""
    return f"{'drill' if is_drill else 'case'}.{act}"


def reopened(case: Case, by: PersonId, note: str, *, now: datetime, hours: SchoolHours) -> Case:
    """Open a closed case again, due from now. Raises Invalid without a note; Conflict for a drill or when not closed.

    Nobody looks after it until somebody takes it on.
    """
    if case.status is not CaseStatus.CLOSED:
        raise Conflict("This case is open already.")
    if case.is_drill:
        raise Conflict("A drill is not opened again. Begin a new one on the on-call page.")
    event = CaseEvent(now, "reopened", by, checked_note(note))
    case = replace(noted(case, event), ending=None, holder_id=None)
    return _called_anew(case, now, hours)


def told(case: Case, by: PersonId, *, is_told: bool, now: datetime) -> Case:
    """Say whether the student may see that there is a case. Raises Conflict for a drill."""
    if case.is_drill:
        raise Conflict("A drill is about nobody, so nobody is told of it.")
    if case.is_told == is_told:
        return case
    return replace(noted(case, CaseEvent(now, "told" if is_told else "untold", by)), is_told=is_told)


def overdue(case: Case, last_step: int, now: datetime) -> Case:
    """Go on to the next step of the on-call list; past its `last_step` everybody is called, again and again."""
    return replace(
        noted(case, CaseEvent(now, "overdue")),
        step=max(case.step, min(case.step, last_step) + 1),
        next_step_at=now + pace_of(case.severity),
    )


def pulled_in(case: Case, now: datetime, hours: SchoolHours) -> Case:
    """Bring a deadline nearer that is farther off than any can be: the clock was put back after it was set."""
    latest = max(due_at(case.severity, now, hours), now + pace_of(case.severity))
    if case.next_step_at is None or case.next_step_at <= latest:
        return case
    return replace(case, next_step_at=latest, due_at=min(case.due_at, latest))


def has_seen(case: Case, person_id: PersonId) -> bool:
    """Whether the person has looked at the case since there was last something new."""
    last = max(at for at, event in enumerate(case.events) if event.what in _NEW)
    return any(event.what == "seen" and event.by == person_id for event in case.events[last:])


def noted(case: Case, event: CaseEvent) -> Case:
    """Add an event."""
    return replace(case, events=(*case.events, event))


def checked_note(note: str) -> str:
    """Give a note without blanks around it. Raises Invalid for an empty or endless one."""
    note = note.strip()
    if not note:
        raise Invalid("Write a note on what was done, and why.", field="note")
    if len(note) > LONGEST_NOTE:
        raise Invalid(f"Write at most {LONGEST_NOTE:,} characters.", field="note")
    return note


def _called_anew(case: Case, now: datetime, hours: SchoolHours) -> Case:
    due = due_at(case.severity, now, hours)
    return replace(case, status=CaseStatus.OPEN, step=1, due_at=due, next_step_at=due)


def _check_under_way(case: Case) -> None:
    if case.status is CaseStatus.CLOSED:
        raise Conflict("This case is already closed.")

"""Flags and cases: what a counsellor works on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.ids import CaseId, FlagId, PersonId, SchoolId


class Severity(StrEnum):
    """How urgent, by the levels of the C-SSRS screener: low 1, moderate 2-3, high 4-5, imminent under way."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"
    IMMINENT = "imminent"


class Who(StrEnum):
    """Who seems to be in danger: whoever wrote, or somebody near them."""

    SELF = "self"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Worry:
    """What screening found in a text: how severe, about what (`self_harm`, `abuse`, ...), by which rule, of whom."""

    severity: Severity
    subject: str
    rule: str
    who: Who = Who.SELF


@dataclass(frozen=True, slots=True)
class Flag:
    """One sign of possible harm. `text` is the person's own words, for the counsellor alone."""

    id: FlagId
    person_id: PersonId
    worry: Worry
    text: str
    entry: str
    raised_at: datetime


class CaseStatus(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    CLOSED = "closed"


class Ending(StrEnum):
    """How a case was closed: looked after, handed to somebody outside the school, or a false alarm.

    A drill that nobody took on ends unanswered.
    """

    RESOLVED = "resolved"
    REFERRED = "referred"
    FALSE_ALARM = "false_alarm"
    UNANSWERED = "unanswered"


UNAVAILABLE = "unavailable"
"""The subject of a case that was opened because a text could not be screened."""

UNDER_WAY = frozenset({CaseStatus.OPEN, CaseStatus.ACKNOWLEDGED})
"""Of a case that stands so, an erasure takes nothing: somebody is looking after the person."""

NOT_OPENED = "These words cannot be opened. Ask whoever runs Margent here to run `margent doctor`."
"""What stands in place of words in a case that were changed since, or whose key is gone."""

NOT_KEPT = (
    "A note was written here and could not be kept, because the key to it is damaged. Write it down elsewhere, and ask "
    "whoever runs Margent here to run `margent doctor`."
)
"""What stands in place of a note that could not be sealed."""


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """Something that happened to a case: opened, flagged, seen, acknowledged, closed, overdue, ..."""

    at: datetime
    what: str
    by: PersonId | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One student's flags and what was done about them. A student has one open case at a time.

    `is_told` says that the counsellor lets the student know on the student's own page that there is a case.
    `holder_id` is the counsellor who took it on, `ending` how it was closed. `step` is how far along the on-call
    list people were called (1 is the first), `next_step_at` when the next are unless somebody takes it on.
    A drill (`is_drill`) is about whoever ordered it, and is counted nowhere.
    """

    id: CaseId
    school_id: SchoolId
    person_id: PersonId
    severity: Severity
    subject: str
    status: CaseStatus
    opened_at: datetime
    due_at: datetime
    flags: tuple[Flag, ...] = ()
    events: tuple[CaseEvent, ...] = ()
    is_told: bool = False
    holder_id: PersonId | None = None
    ending: Ending | None = None
    is_drill: bool = False
    step: int = 1
    next_step_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Concern:
    """What adds up over a person's turns, as numbers and names of slots; never text (`safety.conversation`)."""

    person_id: PersonId
    state: Mapping[str, object]
    at: datetime

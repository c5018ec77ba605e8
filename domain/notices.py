"""Who is called when a student may be in danger, and what was sent to them. Notices hold no word of any student."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.care import Severity
from domain.ids import CaseId, ContactId, NoticeId, PersonId, SchoolId


class Duty(StrEnum):
    """When a contact is called."""

    SCHOOL_HOURS = "school_hours"
    OUT_OF_HOURS = "out_of_hours"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody on the on-call list. Those of step 1 are called first; those of the highest are the last responders.

    `person_id` is set for somebody with an account here, whose name and address it then is.
    """

    id: ContactId
    school_id: SchoolId
    name: str
    email: str
    step: int
    duty: Duty
    person_id: PersonId | None = None


class Channel(StrEnum):
    """How a notice travels. On the desk it arrives by being written."""

    DESK = "desk"
    EMAIL = "email"
    WEBHOOK = "webhook"


class Occasion(StrEnum):
    """Why a notice is sent."""

    OPENED = "opened"
    GRAVER = "graver"
    FLAGGED = "flagged"
    """Something more was written in a case that somebody had taken on."""
    OVERDUE = "overdue"
    HANDED_OVER = "handed_over"
    REOPENED = "reopened"
    UNSAVED = "unsaved"
    """A sign of danger could not be saved: no case says who it was."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One message to one recipient about a case, until it is delivered.

    `key` is the idempotency key: the same event of a case, channel and address always give the same one, and every
    try carries it. `address` is an e-mail address, or empty for the webhook and the desk. Times are aware;
    `failure` is a code, never what the other end said.
    """

    id: NoticeId
    school_id: SchoolId
    case_id: CaseId
    key: str
    channel: Channel
    address: str
    severity: Severity
    occasion: Occasion
    is_drill: bool
    made_at: datetime
    due_at: datetime
    next_at: datetime
    attempts: int = 0
    delivered_at: datetime | None = None
    failure: str = ""


GIVEN_UP = "given_up"
"""The failure of a notice that is tried no more. It counts as undelivered for ever."""

WITHDRAWN = "withdrawn"
"""The failure of a notice whose reader must not be told any more. It counts as done, and was not delivered."""

CLOCK_SLIP = timedelta(hours=1)
"""No try is ever put off for longer: a time beyond it was set by a clock that was wrong, and counts as come."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What leaves the house: how urgent, why, by when, and a link to the case. No name, no word of a student.

    `subject` and `text` say the same for people to read.
    """

    key: str
    address: str
    severity: Severity
    occasion: Occasion
    is_drill: bool
    link: str
    at: datetime
    due_at: datetime
    subject: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Alarm:
    """A sign of danger that could not be saved: how urgent and when, not whose. `key` is its idempotency key."""

    key: str
    severity: Severity
    at: datetime

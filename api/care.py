"""Bodies of cases and of the on-call list: what is sent, and what is answered."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from api.aids import Body
from domain.care import CaseStatus, Ending, Severity, Who
from domain.notices import Channel, Duty, Occasion

_ID = Annotated[str, Field(min_length=1, max_length=64)]
_Note = Annotated[str, Field(min_length=1, max_length=2000)]


class _Wish(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class NoteWish(_Wish):
    """What was done about a case, or found out."""

    note: _Note


class CloseWish(NoteWish):
    """What was done about a case, and how it ended."""

    ending: Ending = Ending.RESOLVED


class HandOverWish(_Wish):
    """The counsellor who is to look after a case."""

    to_id: _ID


class TellWish(_Wish):
    """Whether the student may see that there is a case."""

    is_told: bool


class ContactWishBody(_Wish):
    """Who is to be called: an account of the school's staff (`person_id`), or a name and an e-mail address."""

    step: Annotated[int, Field(ge=1, le=9, description="1 is called first, the highest are the last responders.")]
    duty: Duty
    person_id: Annotated[_ID | None, Field()] = None
    name: Annotated[str, Field(max_length=200)] = ""
    email: Annotated[str, Field(max_length=254)] = ""


class FlagBody(Body):
    """What raised a case: the student's own words, where they were written, who seems to be in danger, which rule."""

    severity: Severity
    subject: str
    who: Who
    rule: str
    text: str
    entry: str
    raised_at: datetime


class CaseEventBody(Body):
    """Something that happened to a case."""

    at: datetime
    what: str
    by: str | None
    note: str


class CaseLineBody(Body):
    """A case in the counsellor's list, without anybody's words."""

    id: str
    person_id: str
    severity: Severity
    subject: str
    status: CaseStatus
    opened_at: datetime
    due_at: datetime
    is_told: bool = Field(description="Whether the student may see that there is a case.")
    holder_id: str | None = Field(description="The counsellor who looks after it.")
    ending: Ending | None = Field(description="How it was closed.")
    is_drill: bool = Field(description="A test about whoever ordered it, and about nobody in danger.")


class CaseBody(CaseLineBody):
    """A case with what the student wrote and what was done."""

    flags: list[FlagBody]
    events: list[CaseEventBody]


class NoticeBody(Body):
    """Something that was sent about a case. `failure` is a code; empty when nothing went wrong."""

    id: str
    case_id: str
    channel: Channel
    address: str
    severity: Severity
    occasion: Occasion
    is_drill: bool
    made_at: datetime
    due_at: datetime
    next_at: datetime
    attempts: int
    delivered_at: datetime | None
    failure: str


class VerdictBody(Body):
    """How cases were closed that a rule had a part in."""

    rule: str
    cases: int = Field(description="How often a case with a sign that this rule found was closed.")
    false_alarms: int


class ContactBody(Body):
    """Somebody on the on-call list."""

    id: str
    name: str
    email: str
    step: int
    duty: Duty
    person_id: str | None


class StandingBody(Body):
    """The on-call list, and whom a case that is opened now would call."""

    contacts: list[ContactBody]
    called_now: list[ContactBody]
    last: list[ContactBody] = Field(description="The last responders.")
    is_open: bool = Field(description="Whether these are school hours.")

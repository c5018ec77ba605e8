"""Bodies of classes and rosters: what is sent, and what is answered."""

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from accounts.roster.report import Outcome
from api.aids import Body
from domain.people import Role


class ClassWish(BaseModel):
    """A class to be made. In a young one children sign in with pictures."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=100)]
    is_young: bool = False
    ends_on: date | None = None


class JoiningWish(BaseModel):
    """Until when a class stands open for joining; null is 14 days."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    until: datetime | None = Field(default=None, description="With an offset from UTC.")


class ClassBody(Body):
    """A class. Its codes are empty while it is closed, or not young."""

    id: str
    name: str
    is_young: bool
    join_code: str
    join_until: datetime | None
    sign_in_code: str
    ends_on: date | None
    external_id: str


class ClassLineBody(Body):
    """A class in a list, with how many people are in it."""

    class_room: ClassBody
    students: int
    teachers: int
    is_open: bool


class ClassPersonBody(Body):
    """Somebody in a class."""

    id: str
    name: str
    role: Role


class ClassMemberBody(Body):
    """Somebody in a class, with how many guardians, and whether one can sign in yet."""

    person: ClassPersonBody
    guardians: int
    has_way_in: bool


class JoiningBody(Body):
    """The code by which students join, as they type it."""

    code: str


class RowReportBody(Body):
    """What became of a row of a roster."""

    line: int
    name: str
    outcome: Outcome
    sentence: str


class ReportBody(Body):
    """What became of a roster, or (as a trial) what would."""

    is_trial: bool
    counts: dict[Outcome, int]
    rows: list[RowReportBody]

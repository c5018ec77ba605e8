"""What is sent and answered about people, invitations, sessions and the school."""

from datetime import date, datetime, time
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from api.aids import Body
from domain.people import Role

_ID = Annotated[str, Field(min_length=1, max_length=64)]
_Name = Annotated[str, Field(min_length=1, max_length=200)]
_Login = Annotated[str, Field(max_length=254, description="E-mail address or user name.")]
_Password = Annotated[str, Field(min_length=1, max_length=1000)]


class _Wish(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class MemberBody(Body):
    """Somebody of the school, as the office sees people."""

    id: str
    name: str
    email: str
    role: Role
    class_ids: list[str]
    ward_ids: list[str] = Field(description="The children of a guardian.")
    is_active: bool


class PeoplePageBody(Body):
    """A page of people by name; `total` counts all that were asked for."""

    people: list[MemberBody]
    total: int
    number: int
    last: int


class AccountBody(Body):
    """An account: the person, the guardians of a student, on how many devices somebody is signed in."""

    person: MemberBody
    guardians: list[MemberBody]
    has_way_in: bool
    devices: int


class NameWish(_Wish):
    """Another name and sign-in name."""

    name: _Name
    email: _Login


class RoleWish(_Wish):
    """Another role."""

    role: Role


class ClassesWish(_Wish):
    """The classes that somebody is to be in, and no others."""

    class_ids: Annotated[list[_ID], Field(max_length=200)]


class StandingWish(_Wish):
    """Whether the account is open."""

    is_active: bool


class TermBody(Body):
    """A term, both days included."""

    name: Annotated[str, Field(min_length=1, max_length=60)]
    first_day: date
    last_day: date


class HoursBody(Body):
    """When somebody is at the school: ISO weekdays (1 is Monday), and times of its time zone."""

    zone: Annotated[str, Field(max_length=64, description="An IANA name, such as Europe/Vienna.")]
    days: Annotated[list[Annotated[int, Field(ge=1, le=7)]], Field(min_length=1, max_length=7)]
    opens: time
    closes: time


class RulesBody(Body):
    """What a school decides for itself. `consent_age` is in years; 0 leaves it to the country's law."""

    country: Annotated[str, Field(max_length=2, description="Two letters, or empty.")]
    consent_age: Annotated[int, Field(ge=0, le=18)]
    language: Annotated[str, Field(min_length=2, max_length=8)]
    terms: Annotated[list[TermBody], Field(max_length=12)]
    tells_teachers_of_support: bool
    hours: HoursBody | None = Field(default=None, description="Left out, they stay as they are.")


class SchoolBody(Body):
    """The school."""

    name: _Name
    rules: RulesBody


class InvitationBody(Body):
    """An invitation that nobody has used yet."""

    id: str
    role: Role
    class_ids: list[str]
    ward_ids: list[str]
    person_id: str | None
    created_at: datetime
    expires_at: datetime


class NewInvitationBody(Body):
    """A new invitation with its token, which nobody can look up again; its page is `/invitations/{token}`."""

    invitation: InvitationBody
    token: str


class InvitationWish(_Wish):
    """Whom to invite: somebody new, a guardian of `ward_ids`, or (`person_id`) somebody who has an account."""

    role: Role
    class_ids: Annotated[list[_ID], Field(max_length=50)] = []
    ward_ids: Annotated[list[_ID], Field(max_length=50)] = []
    person_id: Annotated[_ID | None, Field()] = None


class AcceptanceWish(_Wish):
    """What somebody gives to use an invitation. Month and year of birth are asked of students alone."""

    token: Annotated[str, Field(min_length=1, max_length=100)]
    name: Annotated[str, Field(max_length=200)] = ""
    email: _Login = ""
    password: _Password
    born_month: Annotated[int | None, Field(ge=1, le=12)] = None
    born_year: Annotated[int | None, Field(ge=1900, le=9999)] = None


class OwnSessionBody(Body):
    """A session of one's own; `name` is what it is ended by."""

    name: str
    device: str
    created_at: datetime
    expires_at: datetime
    is_this: bool


class PasswordWish(_Wish):
    """The old password, and the one to have instead."""

    old: _Password
    new: _Password

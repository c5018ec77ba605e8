"""Bodies of what guardians are told, as facts without words."""

from datetime import date

from pydantic import Field

from accounts.family_report import Decider, Held, KeptFrom, Place
from api.aids import Body
from domain.consent import Purpose
from domain.people import Role


class ChildBody(Body):
    """One of a guardian's children. Nothing of the account is told beyond the name."""

    id: str
    name: str


class ChildLineBody(Body):
    """A child with what is new and what waits."""

    child: ChildBody
    classes: list[str]
    is_recorded: bool = Field(description="Whether answers are kept; without it there is no progress to see.")
    may_decide: bool = Field(description="Whether the guardian decides on consent now.")
    questions: int = Field(description="Different quiz questions answered in the last seven days.")
    undecided: int = Field(description="Purposes that wait for a decision.")


class TallyBody(Body):
    """Different questions answered, those right at the last try, hints taken, and the day of the last of these."""

    questions: int
    right: int
    hints: int
    last_on: date | None


class PartBody(Body):
    """A section; with an empty title, the whole reading."""

    title: str
    tally: TallyBody


class ReadingWorkBody(Body):
    """Work on a reading. Only a reading that somebody else shared has a title here."""

    title: str
    place: Place
    tally: TallyBody
    parts: list[PartBody]


class HeldBody(Body):
    """How many things of a kind are held, and for how many days from when on."""

    kind: Held
    count: int
    days: int
    kept_from: KeptFrom


class ChoiceLineBody(Body):
    """How a purpose stands; `by` is null while nobody has decided."""

    purpose: Purpose
    is_allowed: bool
    by: Decider | None
    since: date | None


class LookBody(Body):
    """Somebody who looked at the child's progress: on how many days, and when last."""

    name: str
    role: Role | None
    is_you: bool
    days: int
    last_on: date


class ContactBody(Body):
    """Somebody at the school whom a family can ask."""

    name: str
    role: Role
    email: str


class PeriodBody(Body):
    """The days that a report covers, both included."""

    name: str
    first_day: date
    last_day: date


class FamilyReportBody(Body):
    """What a guardian is told about a child; `period` is null for everything that is kept."""

    child: ChildBody
    school: str
    classes: list[str]
    language: str
    made_on: date
    period: PeriodBody | None
    is_recorded: bool
    may_decide: bool
    undecided: int
    work: list[ReadingWorkBody]
    held: list[HeldBody]
    private_days: int = Field(description="Days for which questions in own words are kept; they are not counted.")
    choices: list[ChoiceLineBody]
    model_uses: int = Field(description="Times a language model was asked for the child.")
    looks: list[LookBody]
    contacts: list[ContactBody]

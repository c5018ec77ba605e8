"""What a family is told about a child, as facts without words. Rendering (page, print, JSON) is done elsewhere.

Nothing here knows of flags, cases, conversations, own questions or the texts of answers: there is no field for them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.consent import Purpose
from domain.people import Person, Role, SchoolRules, Term

DAYS_WITHOUT_TERMS = 120
"""Days that a report covers where the school has set no terms."""


class Place(StrEnum):
    """What is said of a reading instead of its title, for none of these has one that a family is told."""

    TITLED = "titled"
    OWN = "own"
    """The child added it: its title is the child's own words."""

    GONE = "gone"
    """The child does not see it any more."""


class Decider(StrEnum):
    """Who decided on a purpose."""

    YOU = "you"
    GUARDIAN = "guardian"
    CHILD = "child"
    PAPER = "paper"
    """The school wrote down what was signed on paper."""

    GONE = "gone"
    """Somebody whose account is gone."""


class Held(StrEnum):
    """The kinds of things held about a child that a family is told of."""

    ACCOUNT = "account"
    ANSWERS = "answers"
    HINTS = "hints"
    READINGS = "readings"
    DECISIONS = "decisions"
    LOOKS = "looks"


class KeptFrom(StrEnum):
    """What the days are counted from for which something is kept."""

    EACH = "each"
    """The day of each single thing."""

    CLASS = "class"
    """The last day of the class."""

    LEAVING = "leaving"
    """The day on which the child leaves the school."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of different questions: answered, right at the last try; hints taken; the day of the last answer."""

    questions: int = 0
    right: int = 0
    hints: int = 0
    last_on: date | None = None


@dataclass(frozen=True, slots=True)
class PartWork:
    """What a child did in a section; with an empty title, in the whole reading."""

    title: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class ReadingWork:
    """What a child did in a reading, part by part. `title` is empty but for `Place.TITLED`."""

    title: str
    place: Place
    tally: Tally
    parts: tuple[PartWork, ...] = ()


@dataclass(frozen=True, slots=True)
class HeldLine:
    """How many things of a kind are held, and for how many days from when on. Then they are deleted."""

    kind: Held
    count: int
    days: int
    kept_from: KeptFrom


@dataclass(frozen=True, slots=True)
class ChoiceLine:
    """How a purpose stands. Nobody decided while `by` is None, or decided on words that no longer hold."""

    purpose: Purpose
    is_allowed: bool
    by: Decider | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class LookLine:
    """Somebody who looked at what is the child's: on how many days, and when last.

    Other guardians are not named to each other; of an account that is gone there is neither name nor role.
    """

    name: str
    role: Role | None
    is_you: bool
    days: int
    last_on: date


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody at the school whom a family can ask."""

    name: str
    role: Role
    email: str


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a report covers, both included. Without a school's term, `name` is empty."""

    name: str
    first_day: date
    last_day: date

    @property
    def key(self) -> str:
        """What names it in an address."""
        return self.first_day.isoformat()


@dataclass(frozen=True, slots=True)
class FamilyReport:
    """Everything that a guardian is told about one child in one stretch of time.

    `period` is None for all that is kept. `is_recorded` says whether answers may be kept at all: without it there is
    no work to show. `private_days` is how long questions in own words are kept, which nobody counts here.
    `model_uses` counts the times a language model was asked for the child.
    """

    child: Person
    school: str
    classes: tuple[str, ...]
    language: str
    made_on: date
    period: Period | None
    is_recorded: bool
    may_decide: bool
    work: tuple[ReadingWork, ...]
    held: tuple[HeldLine, ...]
    private_days: int
    choices: tuple[ChoiceLine, ...]
    model_uses: int
    looks: tuple[LookLine, ...]
    contacts: tuple[Contact, ...]

    @property
    def undecided(self) -> int:
        """How many purposes wait for a decision."""
        return sum(choice.by is None for choice in self.choices)


@dataclass(frozen=True, slots=True)
class ChildCard:
    """One child in a guardian's list. `questions` were answered in the last seven days; `undecided` purposes wait."""

    child: Person
    classes: tuple[str, ...]
    is_recorded: bool
    may_decide: bool
    questions: int
    undecided: int


def periods_of(rules: SchoolRules, today: date) -> tuple[Period, ...]:
    """List the terms that have begun, the newest first; where there is none, the last 120 days."""
    begun = sorted((term for term in rules.terms if term.first_day <= today), key=_first_day, reverse=True)
    if not begun:
        return (Period("", today - timedelta(days=DAYS_WITHOUT_TERMS - 1), today),)
    return tuple(Period(term.name, term.first_day, term.last_day) for term in begun)


def add(tallies: Sequence[Tally]) -> Tally:
    """Add the tallies of different readings."""
    return Tally(
        questions=sum(tally.questions for tally in tallies),
        right=sum(tally.right for tally in tallies),
        hints=sum(tally.hints for tally in tallies),
        last_on=max((tally.last_on for tally in tallies if tally.last_on), default=None),
    )


def shorten(work: Sequence[ReadingWork], most: int) -> tuple[Sequence[ReadingWork], Tally | None]:
    """Give the first `most` readings, and the sum of the others (None when there are none)."""
    rest = [one.tally for one in work[most:]]
    return work[:most], add(rest) if rest else None


def _first_day(term: Term) -> date:
    return term.first_day

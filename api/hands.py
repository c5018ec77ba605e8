"""What people did to study aids, as JSON."""

from datetime import datetime

from pydantic import Field

from api.aids import Body, HandBody, UnitBody
from domain.hands import Change, RatingReason
from generators.hands.history import Difference


class UnitChangeBody(Body):
    """What became of a part from one version to the next, in the words that people read of it."""

    unit_id: str
    difference: Difference
    before: dict[str, str]
    after: dict[str, str]


class VersionBody(Body):
    """A version of a study aid. `who` is empty where the service did it, or somebody who is gone."""

    number: int
    at: datetime
    change: Change
    who: str
    writer: str
    prompt: str = Field(description="The prompt and its version, where a model wrote it.")
    model: str
    changes: list[UnitChangeBody]


class HistoryBody(Body):
    """The versions of a study aid, newest first, and the parts that could be brought back."""

    version: int
    hands: list[HandBody]
    versions: list[VersionBody]
    removed: list[UnitBody]
    lost: list[UnitBody]


class RatingBody(Body):
    """What the person said of a part of a study aid."""

    unit_id: str
    is_good: bool
    why: RatingReason
    reason: str


class VerdictsBody(Body):
    """What readers said of a part of a study aid; nobody is named."""

    unit_id: str
    good: int
    bad: int
    why: dict[RatingReason, int]
    reasons: list[str]

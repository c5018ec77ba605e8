"""What people send, checked at the edge."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from domain.hands import RatingReason

MOST = 1_000_000_000
"""The largest number that a request may name: no reading has more pages, sections or characters."""


LONGEST_QUESTION = 1000
"""Characters of a question to a reading, as `generators.service` has it."""

Own = Annotated[str, Field(min_length=1)]
"""A student's own words: no limit but the body's, since they are screened before anybody counts them."""


Version = Annotated[int | None, Field(ge=1, le=MOST)]
Words = Annotated[str | None, Field(max_length=2000)]


class _Wish(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SignInWish(_Wish):
    """Who wants to sign in."""

    email: Annotated[str, Field(min_length=3, max_length=320)]
    password: Annotated[str, Field(min_length=1, max_length=1000)]


class MakeWish(_Wish):
    """Which study aid to make, for a section or (with null) for the whole reading."""

    kind: Literal["summary", "flashcards", "concept_map", "quiz", "study_guide", "faq", "worked_examples"]
    section: Annotated[int | None, Field(ge=0, le=MOST)] = None


class AskWish(_Wish):
    """A question about the reading."""

    question: Own


class ExplainWish(_Wish):
    """What of the reading to explain differently."""

    subject: Own


class HintWish(_Wish):
    """What the person tried so far, where there is something."""

    text: str = ""


class AnswerWish(_Wish):
    """An answer to a quiz item."""

    answer: Own


class VariantWish(_Wish):
    """The section to write an easier version of."""

    section: Annotated[int, Field(ge=0, le=MOST)]


class NotesWish(_Wish):
    """Text to keep as a reading. How long it may be is said when it was heard."""

    title: Own
    notes: Own
    class_id: Annotated[str | None, Field(description="Share with this class.")] = None


class WebPageWish(_Wish):
    """The address of a page of the public web."""

    url: Own
    class_id: Annotated[str | None, Field(description="Share with this class.")] = None


class EditWish(_Wish):
    """A person's words for fields of a part of a study aid; lists are written one thing a line.

    Which fields a part has stands in `generators/hands/unit_fields.py`. `seen` is the version that the person saw.
    """

    seen: Version = None
    text: Words = None
    front: Words = None
    back: Words = None
    label: Words = None
    source: Words = None
    target: Words = None
    type: Words = None
    phrase: Words = None
    stem: Words = None
    answer: Words = None
    options: Words = None
    accepted: Words = None
    key_points: Words = None
    sequence: Words = None
    pairs: Words = None
    question: Words = None
    title: Words = None
    comparison: Words = None

    def words(self) -> dict[str, str]:
        """Give what was written, by field."""
        return self.model_dump(exclude_none=True, exclude={"seen"})


class ActWish(_Wish):
    """What to do with a part of a study aid. `seen` is the version that the person looked at."""

    act: Literal["pin", "unpin", "remove", "restore", "remake"]
    seen: Version = None


class SeenWish(_Wish):
    """What to do is said by the address. `seen` is the version that the person looked at."""

    seen: Version = None


class RateWish(_Wish):
    """What the person thinks of a part of a study aid, why, and in words of the person's own."""

    is_good: bool
    why: RatingReason
    reason: str = ""

"""What people send, checked at the edge."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

MOST = 1_000_000_000
"""The largest number that a request may name: no reading has more pages, sections or characters."""

Text = Annotated[str, Field(min_length=1, max_length=2000)]


LONGEST_QUESTION = 1000
"""Characters of a question to a reading, as `generators.service` has it."""

Own = Annotated[str, Field(min_length=1)]
"""A student's own words: no limit but the body's, since they are screened before anybody counts them."""


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
    """The teacher's words for a sentence."""

    text: Text

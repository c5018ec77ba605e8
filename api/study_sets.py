"""Study sets as JSON."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from api.aids import Body, CitationBody, UnitBody
from api.wishes import MOST, Own
from domain.material import Kind, Unit


class OwnCardBody(Body):
    """A card of one's own; without citations it was not found in the set's readings."""

    id: str
    front: str
    back: str
    tags: list[str]
    citations: list[CitationBody]


class SourceBody(Body):
    """A part of a reading; without a section the whole."""

    document_id: str
    section: int | None


class StudySetBody(Body):
    """A study set."""

    id: str
    title: str
    kind: Kind
    sources: list[SourceBody]
    cards: list[OwnCardBody]
    created_at: datetime


class PartBody(Body):
    """A part of a reading in a set, with its names, and whether there is such a study aid now."""

    document_id: str
    section: int | None
    reading: str
    title: str
    is_there: bool


class OpenedBody(Body):
    """A set with the units that its readings bring by now. `gone` counts parts that are not to be seen any more."""

    study_set: StudySetBody
    parts: list[PartBody]
    joined: list[UnitBody]
    gone: int


class BroughtBody(Body):
    """How many cards were added, how many of them stand in the set's readings, and what could not be read."""

    outcome: Literal["added"] = "added"
    added: int
    found: int
    problems: list[str]


class EscalatedCards(Body):
    """Words of support instead of cards; a counsellor has been told."""

    outcome: Literal["escalated"] = "escalated"
    message: str


class _Wish(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SourceWish(_Wish):
    """A part of a reading; without a section the whole."""

    document_id: Annotated[str, Field(max_length=64)]
    section: Annotated[int | None, Field(ge=0, le=MOST)] = None


class StudySetWish(_Wish):
    """What to put together, and under which name."""

    title: Own
    kind: Literal["flashcards", "summary", "concept_map", "quiz", "study_guide", "faq"]
    sources: Annotated[list[SourceWish], Field(max_length=100)] = []


class CardWish(_Wish):
    """A card of one's own."""

    front: Own
    back: Own


def units_of(units: Sequence[Unit]) -> list[UnitBody]:
    """Show units; quiz items come without their answers."""
    return TypeAdapter(list[UnitBody]).validate_python(list(units), from_attributes=True)

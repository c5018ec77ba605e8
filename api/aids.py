"""Study aids as JSON. What a student may not know yet (a quiz's answers) has no field here."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from domain.guides import GuidePart, StepRole, Way
from domain.material import ArtifactStatus, CardForm, Kind, RelationType, Writer
from domain.outcomes import Reason
from domain.questions import Bloom, QuestionForm


class Body(BaseModel):
    """An answer's body, read off a domain value."""

    model_config = ConfigDict(from_attributes=True, frozen=True)


class SpanBody(Body):
    """Characters `start` to `end` (exclusive) of a page's text."""

    document_id: str
    page: int
    start: int
    end: int


class CitationBody(Body):
    """Where a statement comes from, with the words that stand there."""

    span: SpanBody
    quote: str


class ClaimBody(Body):
    """A statement and its sources."""

    text: str
    citations: list[CitationBody]
    by_person: bool


class SummarySentenceBody(Body):
    """A sentence of a summary. `objective` is the learning objective of the reading's own that it answers."""

    unit: Literal["summary_sentence"]
    id: str
    claim: ClaimBody
    is_key_point: bool
    is_gist: bool
    objective: str


class BoxBody(Body):
    """A place on a picture, in fractions of its width and height."""

    left: float
    top: float
    right: float
    bottom: float


class OcclusionBody(Body):
    """A figure (its page, and its place among the parts of it) with a label covered."""

    page: int
    part: int
    hidden: BoxBody | None


class FlashcardBody(Body):
    """A card. One of the form "image" shows a figure."""

    unit: Literal["flashcard"]
    id: str
    claim: ClaimBody
    form: CardForm
    front: str
    back: str
    term: str
    picture: OcclusionBody | None


class ConceptBody(Body):
    """A concept of the map."""

    unit: Literal["concept"]
    id: str
    claim: ClaimBody
    label: str
    weight: float


class RelationBody(Body):
    """A relation between two concepts of the map."""

    unit: Literal["relation"]
    id: str
    claim: ClaimBody
    source: str
    target: str
    type: RelationType
    phrase: str


class GapBody(Body):
    """A term that is used before it is explained; `parts` holds the sentence that explains it later."""

    unit: Literal["gap"]
    id: str
    claim: ClaimBody
    term: str
    explained_in: int | None
    parts: list[ClaimBody]


class GuideEntryBody(Body):
    """An entry of a study guide. Years before Christ are below 0."""

    unit: Literal["guide_entry"]
    id: str
    claim: ClaimBody
    part: GuidePart
    label: str
    year: int | None


class FaqEntryBody(Body):
    """A question with its answer: the claim, then `parts`."""

    unit: Literal["faq_entry"]
    id: str
    claim: ClaimBody
    question: str
    parts: list[ClaimBody]


class ExampleStepBody(Body):
    """A step of a worked example; those of one share the number `example`."""

    unit: Literal["example_step"]
    id: str
    claim: ClaimBody
    example: int
    title: str
    role: StepRole


class ExplanationSentenceBody(Body):
    """A sentence that explains in another way. A `comparison` is the writer's own and not from the reading."""

    unit: Literal["explanation_sentence"]
    id: str
    claim: ClaimBody
    way: Way
    comparison: str


class QuestionBody(Body):
    """A quiz item as it is asked: its answer and its source open after an attempt.

    To answer, send an option's text; of an order its options, one a line, in the right order; of a matching an option
    for each of the `terms`, one a line, in their order; else words of your own.
    """

    unit: Literal["question"]
    id: str
    form: QuestionForm
    stem: str
    options: list[str]
    terms: list[str]
    bloom: Bloom | None


class HintRungBody(Body):
    """A hint."""

    unit: Literal["hint_rung"]
    id: str
    claim: ClaimBody
    rung: int
    text: str


class GlossBody(Body):
    """A short meaning of a hard term."""

    term: str
    meaning: str


class VariantSentenceBody(Body):
    """A sentence of the easier version beside the reading's own words."""

    unit: Literal["variant_sentence"]
    id: str
    claim: ClaimBody
    original: str
    glosses: list[GlossBody]


class AnswerSentenceBody(Body):
    """A cited sentence of an answer."""

    unit: Literal["answer_sentence"]
    id: str
    claim: ClaimBody


UnitBody = Annotated[
    SummarySentenceBody
    | FlashcardBody
    | ConceptBody
    | RelationBody
    | GapBody
    | QuestionBody
    | HintRungBody
    | VariantSentenceBody
    | GuideEntryBody
    | FaqEntryBody
    | ExampleStepBody
    | AnswerSentenceBody
    | ExplanationSentenceBody,
    Field(discriminator="unit"),
]


class ProvenanceBody(Body):
    """What made a study aid. `note` says why the built-in writer took over, where it did."""

    writer: Writer
    prompt: str
    prompt_version: int
    model: str
    note: str


class HandBody(Body):
    """What people did to a part of a study aid."""

    unit_id: str
    is_pinned: bool
    is_edited: bool
    is_removed: bool
    is_borne_out: bool | None = Field(description="Whether the reading says what a person wrote; null if unasked.")
    maker: ProvenanceBody | None = Field(description="What made the part, where that is not what made the rest.")


class ArtifactBody(Body):
    """A study aid. `dropped` counts the sentences that were left out because the reading does not support them."""

    id: str
    kind: Kind
    document_id: str
    section: int | None
    title: str
    status: ArtifactStatus
    units: list[UnitBody]
    provenance: ProvenanceBody
    hands: list[HandBody]
    dropped: int
    levels: tuple[float, float] | None = Field(description="School grades of the original and the easier version.")
    created_at: datetime
    version: int = Field(description="Counts from 1; to be sent back as `seen` with a change.")


class ServedBody(Body):
    """A study aid was made."""

    outcome: Literal["served"] = "served"
    artifact: ArtifactBody


class RefusedBody(Body):
    """Nothing honest can be given; the message says why."""

    outcome: Literal["refused"] = "refused"
    reason: Reason
    message: str


class EscalatedBody(Body):
    """Words of support instead of an answer; a counsellor has been told."""

    outcome: Literal["escalated"] = "escalated"
    message: str


OutcomeBody = Annotated[ServedBody | RefusedBody | EscalatedBody, Field(discriminator="outcome")]

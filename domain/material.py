"""Study material: what is made from a reading, unit by unit, each with the claim it rests on.

A Draft is unverified. Only `safety.release` turns it into a Served artifact (`domain.outcomes`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Literal

from domain.claims import Claim
from domain.documents import Box
from domain.guides import ExampleStep, ExplanationSentence, FaqEntry, GuideEntry
from domain.ids import ArtifactId, DocumentId, PersonId, UnitId
from domain.questions import Question


class Kind(StrEnum):
    """The kinds of artifact."""

    SUMMARY = "summary"
    FLASHCARDS = "flashcards"
    CONCEPT_MAP = "concept_map"
    QUIZ = "quiz"
    HINTS = "hints"
    LESSON_VARIANT = "lesson_variant"
    STUDY_GUIDE = "study_guide"
    FAQ = "faq"
    WORKED_EXAMPLES = "worked_examples"
    ANSWER = "answer"
    EXPLANATION = "explanation"


@dataclass(frozen=True, slots=True)
class SummarySentence:
    """A sentence of a summary, in reading order; key points are shown first.

    One of a summary is its gist: it says by itself what the part is about. `objective` is the learning objective of
    the reading's own that the sentence answers, empty where there is none.
    """

    id: UnitId
    claim: Claim
    is_key_point: bool = False
    is_gist: bool = False
    objective: str = ""
    unit: Literal["summary_sentence"] = "summary_sentence"


class CardForm(StrEnum):
    """What a card asks."""

    DEFINITION = "definition"
    FACT = "fact"
    CLOZE = "cloze"
    IMAGE = "image"


@dataclass(frozen=True, slots=True)
class Occlusion:
    """A figure of the reading with a label covered.

    `part` is the figure's place among the parts of its page, from 0. `hidden` is where the label stands, in fractions
    of the figure's own picture; None where only the caption is asked for.
    """

    page: int
    part: int
    hidden: Box | None = None


@dataclass(frozen=True, slots=True)
class Flashcard:
    """A card: one fact, a front that does not give the back away. The claim says both together.

    A card of the form IMAGE shows a picture; its claim is the figure's caption, or the label that it covers.
    """

    id: UnitId
    claim: Claim
    form: CardForm
    front: str
    back: str
    term: str
    picture: Occlusion | None = None
    unit: Literal["flashcard"] = "flashcard"


@dataclass(frozen=True, slots=True)
class Concept:
    """A node of the concept map; the claim is the sentence that introduces or defines it."""

    id: UnitId
    claim: Claim
    label: str
    weight: float = 1.0
    unit: Literal["concept"] = "concept"


class RelationType(StrEnum):
    """How two concepts hang together. `NEEDS` is the prerequisite: the source must be known first for the target."""

    IS_A = "is a"
    PART_OF = "part of"
    CAUSES = "causes"
    NEEDS = "is needed for"
    CONTRASTS = "contrasts with"
    EXAMPLE_OF = "example of"
    RELATED = "related to"

    @property
    def label(self) -> str:
        """How people read it: a prerequisite is needed to understand the other, not for it to be there."""
        return "helps to understand" if self is RelationType.NEEDS else self.value


@dataclass(frozen=True, slots=True)
class Relation:
    """An edge of the concept map between two labels; the claim's sentence names both ends."""

    id: UnitId
    claim: Claim
    source: str
    target: str
    type: RelationType
    phrase: str = ""
    unit: Literal["relation"] = "relation"


@dataclass(frozen=True, slots=True)
class Gap:
    """A term that the reading uses before it explains it, or without.

    The claim is the sentence that uses it first, `parts` the one that explains it later, in section `explained_in`.
    """

    id: UnitId
    claim: Claim
    term: str
    explained_in: int | None = None
    parts: tuple[Claim, ...] = ()
    unit: Literal["gap"] = "gap"


@dataclass(frozen=True, slots=True)
class HintRung:
    """One step of the hint ladder, from 0. The text never holds the answer; the claim says where to look."""

    id: UnitId
    claim: Claim
    rung: int
    text: str
    unit: Literal["hint_rung"] = "hint_rung"


@dataclass(frozen=True, slots=True)
class Gloss:
    """A short meaning put beside a hard term, from the reading itself."""

    term: str
    meaning: str


@dataclass(frozen=True, slots=True)
class VariantSentence:
    """A sentence of a lesson variant beside the words of the reading it stands for."""

    id: UnitId
    claim: Claim
    original: str
    glosses: tuple[Gloss, ...] = ()
    unit: Literal["variant_sentence"] = "variant_sentence"


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """A cited sentence of an answer to a question about the reading."""

    id: UnitId
    claim: Claim
    unit: Literal["answer_sentence"] = "answer_sentence"


Unit = (
    SummarySentence
    | Flashcard
    | Concept
    | Relation
    | Gap
    | Question
    | HintRung
    | VariantSentence
    | GuideEntry
    | FaqEntry
    | ExampleStep
    | AnswerSentence
    | ExplanationSentence
)


def claims_of(unit: Unit) -> tuple[Claim, ...]:
    """Give every claim that a unit rests on: each must have support, or the unit is not shown."""
    parts = unit.parts if isinstance(unit, Gap | Question | FaqEntry) else ()
    return unit.claim, *parts


def with_claims(unit: Unit, claims: Sequence[Claim]) -> Unit:
    """Give the unit with other claims, in the order of `claims_of`."""
    first, *rest = claims
    if isinstance(unit, Gap | Question | FaqEntry):
        return replace(unit, claim=first, parts=tuple(rest))
    return replace(unit, claim=first)


class Writer(StrEnum):
    """Who wrote the words."""

    BUILT_IN = "built-in"
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made an artifact. `note` is a sentence for people, such as why the built-in writer took over."""

    writer: Writer = Writer.BUILT_IN
    prompt: str = ""
    prompt_version: int = 0
    prompt_checksum: str = ""
    model: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """Unverified material of one kind."""

    kind: Kind
    units: tuple[Unit, ...]
    provenance: Provenance = field(default_factory=Provenance)
    levels: tuple[float, float] | None = None


class ArtifactStatus(StrEnum):
    """Whether students see it. Lesson variants start as drafts; everything else is published as it is served."""

    DRAFT = "draft"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Hand:
    """What people did to a unit: kept it for good, put their own words in it, or took it out.

    Pinned and edited units stay when the rest is made anew; what was taken out does not come back. `maker` is what made
    the unit where that is not what made the rest. `is_borne_out` says whether the reading says what they wrote, None
    where nobody asked.
    """

    unit_id: UnitId
    is_pinned: bool = False
    is_edited: bool = False
    is_removed: bool = False
    maker: Provenance | None = None
    is_borne_out: bool | None = None


@dataclass(frozen=True, slots=True)
class Artifact:
    """Verified material about a section (by ordinal) or, with `section` None, about the whole reading.

    `dropped` counts the units that had no support. `drawing` is an SVG made when the artifact was written.
    `levels` are the measured school grades of the original and of the variant. `version` counts from 1; earlier ones
    are kept (`domain.hands.Version`). `evidence_hash` is of the words it was made from and of what made it: for the
    same one nothing is made again.
    """

    id: ArtifactId
    kind: Kind
    document_id: DocumentId
    section: int | None
    title: str
    units: tuple[Unit, ...]
    provenance: Provenance
    status: ArtifactStatus
    created_at: datetime
    dropped: int = 0
    drawing: str = ""
    levels: tuple[float, float] | None = None
    owner_id: PersonId | None = None
    version: int = 1
    evidence_hash: str = ""
    hands: tuple[Hand, ...] = ()

"""Study material: what is made from a reading, unit by unit, each with the claim it rests on.

A Draft is unverified. Only `safety.release` turns it into a Served artifact (`domain.outcomes`).
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal

from domain.documents import Citation
from domain.ids import ArtifactId, DocumentId, PersonId, UnitId


class Kind(StrEnum):
    """The kinds of artifact."""

    SUMMARY = "summary"
    FLASHCARDS = "flashcards"
    CONCEPT_MAP = "concept_map"
    QUIZ = "quiz"
    HINTS = "hints"
    LESSON_VARIANT = "lesson_variant"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Claim:
    """One checkable statement and where it comes from.

    `text` is the statement alone, understandable without what stands around it. `by_person` marks words
    that a teacher wrote over the machine's: people see whose words they are.
    """

    text: str
    citations: tuple[Citation, ...]
    by_person: bool = False


@dataclass(frozen=True, slots=True)
class SummarySentence:
    """A sentence of a summary, in reading order; key points are shown first."""

    id: UnitId
    claim: Claim
    is_key_point: bool = False
    unit: Literal["summary_sentence"] = "summary_sentence"


class CardForm(StrEnum):
    """What a card asks."""

    DEFINITION = "definition"
    FACT = "fact"
    CLOZE = "cloze"


@dataclass(frozen=True, slots=True)
class Flashcard:
    """A card: one fact, a front that does not give the back away. The claim says both together."""

    id: UnitId
    claim: Claim
    form: CardForm
    front: str
    back: str
    term: str
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


class QuestionForm(StrEnum):
    """How a question is answered."""

    CHOICE = "choice"
    CLOZE = "cloze"
    SHORT = "short"


@dataclass(frozen=True, slots=True)
class Question:
    """A quiz item. The claim is the cited statement that makes the answer right, shown after the attempt.

    For a choice, `options` holds two to five different texts and `answer` is one of them.
    `accepted` lists other wordings that count as right.
    """

    id: UnitId
    claim: Claim
    form: QuestionForm
    stem: str
    answer: str
    options: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    unit: Literal["question"] = "question"


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


Unit = SummarySentence | Flashcard | Concept | Relation | Question | HintRung | VariantSentence | AnswerSentence


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
class Artifact:
    """Verified material about a section (by ordinal) or, with `section` None, about the whole reading.

    `dropped` counts the claims that had no support. `drawing` is an SVG made when the artifact was written.
    `levels` are the measured school grades of the original and of the variant.
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

"""Bodies of answers that routes share: readings, attempts, people, cases."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from api.aids import Body, CitationBody, ClaimBody, EscalatedBody, OutcomeBody, ProvenanceBody, SpanBody
from domain.documents import DocumentStatus
from domain.jobs import JobStatus
from domain.material import Kind
from domain.people import Role


class ProgressBody(Body):
    """How far a job is: `done` of `total` of `stage`."""

    stage: str
    done: int
    total: int


class JobBody(Body):
    """A job that a reading waits for."""

    status: JobStatus
    progress: ProgressBody
    error_code: str
    error: str


class PageProblemBody(Body):
    """Why a page gave no text, or not all of it."""

    page: int
    code: str
    message: str


class DocumentBody(Body):
    """A reading."""

    id: str
    title: str
    filename: str
    media_type: str
    size: int
    status: DocumentStatus
    language: str
    page_count: int
    problem_code: str
    problem: str
    page_problems: list[PageProblemBody]
    aids_ready: bool
    created_at: datetime
    source_url: str = Field(description="The web page that it was taken from.")
    like_id: str | None = Field(description="An older reading that is nearly the same.")


class DocumentViewBody(Body):
    """A reading and the jobs that work on it."""

    document: DocumentBody
    ingest_job: JobBody | None
    aids_job: JobBody | None


class UploadBody(Body):
    """What became of one uploaded file: the reading, or the problem in a sentence."""

    filename: str
    document: DocumentBody | None = None
    is_known: bool = Field(default=False, description="The same file was there already; `document` is that reading.")
    code: str = ""
    problem: str = ""


class RangeBody(Body):
    """Characters `start` to `end` (exclusive) of the page's text."""

    start: int
    end: int


class HeadingBody(Body):
    """A heading on a page; level 1 is the highest."""

    level: int
    title: str
    at: RangeBody


class PageBody(Body):
    """A page's text with its headings and emphasis."""

    number: int
    text: str
    headings: list[HeadingBody]
    emphasis: list[RangeBody]


class PositionBody(Body):
    """A place in a reading."""

    page: int
    offset: int


class SectionBody(Body):
    """A section; it covers the sections `ordinal + 1` to `last`."""

    ordinal: int
    last: int
    level: int
    title: str
    path: list[str]
    start: PositionBody
    end: PositionBody
    is_unit: bool = Field(description="Whether study aids are made of its own text.")


class PassageBody(Body):
    """A piece of a reading that a search found."""

    document_id: str
    title: str
    section: int
    section_title: str
    span: SpanBody
    text: str
    score: float


class AnswerBody(Body):
    """An answer of cited sentences, and the passages it rests on."""

    outcome: OutcomeBody
    passages: list[PassageBody]


class FoundBody(Body):
    """What a search found; with `escalated`, words of support and nothing else."""

    passages: list[PassageBody]
    has_more: bool = Field(default=False, description="There are more than were asked for.")
    escalated: EscalatedBody | None = None


class HintBody(Body):
    """The next hint; with an outcome, nothing was given. `question_id` is what to ask the next hint for."""

    question_id: str
    rung: int
    of: int
    text: str
    citations: list[CitationBody]
    is_last: bool
    outcome: OutcomeBody | None


class AttemptBody(Body):
    """One answer, graded."""

    id: str
    question_id: str
    answer: str
    is_correct: bool
    at: datetime


class GradedBody(Body):
    """A graded answer with the statements that make the right answer right.

    `marks` says of an answer with parts which are right: the items of an order as sent, the terms of a matching, the
    `key_points`. `mistake` is what somebody may believe who answers so, where the reading shows it.
    """

    outcome: Literal["graded"] = "graded"
    attempt: AttemptBody
    answer: str
    claim: ClaimBody
    parts: list[ClaimBody]
    marks: list[bool]
    key_points: list[str]
    sequence: list[str]
    mistake: str


GradedOutcomeBody = Annotated[GradedBody | EscalatedBody, Field(discriminator="outcome")]


class PersonBody(Body):
    """Who is signed in."""

    id: str
    name: str
    role: Role
    is_demo: bool


class SessionBody(Body):
    """A session. Send the token as `Authorization: Bearer ...` where cookies do not suit."""

    person: PersonBody
    token: str


class InteractionBody(Body):
    """One exchange with a writer: what it cost and how it ended, without anybody's words."""

    id: str
    at: datetime
    kind: Kind
    section: int | None
    provenance: ProvenanceBody
    verdicts: list[str]
    outcome: str
    tokens_in: int
    tokens_out: int
    tokens_estimated: bool
    failure: str


class HealthBody(Body):
    """How the parts of the service are. `alarm` is late notices alone: everything answers, and somebody has to look."""

    status: Literal["ok", "down", "alarm"]
    parts: dict[str, str] = Field(default_factory=dict)

"""Readings and the places in them: Document, Page, Section, Span, Chunk, Citation, Evidence.

All offsets count characters of `Page.text`, from 0, end exclusive. Pages count from 1.
Parsed values pass through ingest one way: ParsedDocument -> RedactedDocument -> Chunk -> EmbeddedChunk.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.ids import ChunkId, ClassId, DocumentId, PersonId, SchoolId

Vector = Sequence[float]

MOST_LEFT_OUT = 20_000
"""Characters kept of all that was left out of a reading under one code."""


@dataclass(frozen=True, slots=True, order=True)
class Range:
    """Characters `start` to `end` (exclusive) of some text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters of one page of one document."""

    document_id: DocumentId
    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Citation:
    """A claim's pointer to a span, with the words that stand there."""

    span: Span
    quote: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as it stands on its page; level 1 is the highest."""

    level: int
    title: str
    at: Range


@dataclass(frozen=True, slots=True)
class Box:
    """A place on the picture of a page, in fractions of its width and height (0 to 1) from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class WordBox:
    """Where a word of a page's text stands on the picture of the page."""

    at: Range
    box: Box


@dataclass(frozen=True, slots=True)
class Label:
    """Words that stand in a figure, and where: in fractions of the figure's own picture."""

    text: str
    box: Box


class PartKind(StrEnum):
    """What a stretch of a page is, where it is more than running text."""

    TABLE = "table"
    LIST = "list"
    FIGURE = "figure"
    FOOTNOTE = "footnote"
    FORMULA = "formula"
    CODE = "code"
    NOTES = "notes"
    SPEECH = "speech"


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a page that is more than running text; every range counts characters of the page's text.

    - TABLE: `rows` holds the ranges of its cells (an empty cell is an empty range), the first `heads` rows are its
      head. In the text the cells of a row are joined by " | ", rows by a line feed.
    - LIST: `rows` holds one range for each item, without its mark. In the text each item is a line with its mark.
    - FIGURE: `at` is its caption (or what the file says the picture shows); `source` names the picture within the
      file, or `box` says where it is on the picture of the page. `labels` are the words in it, where they are known.
    - FOOTNOTE: `at` stands at the end of the page's text, `label` is its mark.
    - FORMULA: `at` is LaTeX between `$` or `$$`, dollar signs included.
    - CODE: `at` is set line by line. NOTES: what a speaker noted under a slide.
    - SPEECH: what was said from second `seconds[0]` to `seconds[1]` of a recording; `label` is who said it, if told.
    """

    kind: PartKind
    at: Range
    rows: tuple[tuple[Range, ...], ...] = ()
    heads: int = 0
    label: str = ""
    source: str = ""
    box: Box | None = None
    seconds: tuple[float, float] | None = None
    labels: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class Dropped:
    """What stands in a file and not in its text: a code such as running_line, how often, and an example.

    `text` is all of it, up to 20,000 characters: for the screening of what students upload, and shown to nobody.
    """

    code: str
    count: int
    example: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class PageProblem:
    """Why a page gave no text, or not all of it, in a sentence for the person."""

    page: int
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its text as a reader would read it, and what the typesetting says about it.

    `hidden` is what a machine would read there and no person sees; it is in no text. `has_orders` says that words of
    the page, or hidden ones, read like orders to a machine. `parts` are in the order of the text. A page whose text
    was recognised from a picture has a `confidence` (0 to 1) and the places of its words in `boxes`. `label` is what
    people call the page where that is not its number: "iv", "Slide 3", a chapter's file.
    """

    number: int
    text: str
    headings: tuple[Heading, ...] = ()
    emphasis: tuple[Range, ...] = ()
    hidden: tuple[str, ...] = ()
    has_orders: bool = False
    parts: tuple[Part, ...] = ()
    boxes: tuple[WordBox, ...] = ()
    confidence: float | None = None
    label: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a document."""

    page: int
    offset: int


@dataclass(frozen=True, slots=True)
class Section:
    """A node of the section tree, numbered in reading order from 0.

    It covers its subsections: those are the sections `ordinal + 1` to `last`, and `end` is where they end.
    `is_unit` marks the sections that study aids are made for: neither a few lines nor half a book. `language` is
    empty where it is the document's.
    """

    document_id: DocumentId
    ordinal: int
    last: int
    level: int
    title: str
    path: tuple[str, ...]
    start: Position
    end: Position
    is_unit: bool
    language: str = ""


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """What a parser read. Section spans are filled in by `ingest.sections`."""

    document_id: DocumentId
    title: str
    language: str
    pages: tuple[Page, ...]
    sections: tuple[Section, ...]
    problems: tuple[PageProblem, ...] = ()
    dropped: tuple[Dropped, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """Personal data found at a place of a page; the text itself stays as it is."""

    page: int
    at: Range
    kind: str


@dataclass(frozen=True, slots=True)
class RedactedDocument:
    """A parsed document whose personal data is marked. Made by `safety.personal_data.redact` alone."""

    parsed: ParsedDocument
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A retrievable piece of a document; `text` is the page's text at `span`.

    `gap` is what stands between the chunk before and this one when they are read on: a blank within a
    paragraph that a page break cuts, an empty line between paragraphs. `emphasis` counts from the chunk's start.
    """

    id: ChunkId
    document_id: DocumentId
    ordinal: int
    section: int
    span: Span
    text: str
    gap: str = "\n\n"
    emphasis: tuple[Range, ...] = ()
    marks: tuple[Range, ...] = ()


@dataclass(frozen=True, slots=True)
class EmbeddedChunk:
    """A chunk with the vector of its text."""

    chunk: Chunk
    vector: Vector


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk that a search found; higher scores are better, and only comparable within one search."""

    chunk_id: ChunkId
    score: float


class DocumentStatus(StrEnum):
    """How far a document has come. Searchable means by words; ready means with vectors too."""

    QUEUED = "queued"
    READING = "reading"
    SEARCHABLE = "searchable"
    READY = "ready"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class SpareFile:
    """A file of a document beside its own: one that will take its place, or (`is_old`) had it and is to be deleted."""

    filename: str
    media_type: str
    content_hash: str
    size: int
    is_old: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A reading that somebody uploaded. Without a class only its owner sees it.

    What a student added `is_screened` for signs of danger before any model may see it; what staff added need not be.
    `source_url` is the web page it was taken from. `version` counts the files it has had: 2 after it was replaced
    once. `sketch` is a MinHash of its words, and `like_id` an older reading that is nearly the same. `reading_level`
    is a school grade (Flesch-Kincaid), for English readings alone. `spare` is a second file while one takes the other's
    place. `file_title` is what the file calls itself, and `reader` the version of the code that read it, 0 before
    it is read: with both, the same file need not be read twice.
    """

    id: DocumentId
    school_id: SchoolId
    owner_id: PersonId
    class_id: ClassId | None
    title: str
    filename: str
    media_type: str
    content_hash: str
    size: int
    status: DocumentStatus
    created_at: datetime
    language: str = "en"
    page_count: int = 0
    problem_code: str = ""
    problem: str = ""
    page_problems: tuple[PageProblem, ...] = ()
    aids_ready: bool = False
    stage_seconds: Mapping[str, float] = field(default_factory=dict)
    is_screened: bool = False
    source_url: str = ""
    version: int = 1
    dropped: tuple[Dropped, ...] = ()
    reading_level: float | None = None
    sketch: tuple[int, ...] = ()
    like_id: DocumentId | None = None
    spare: SpareFile | None = None
    file_title: str = ""
    reader: int = 0

    @property
    def is_readable(self) -> bool:
        """Whether its pages can be opened and searched."""
        return self.status in {DocumentStatus.SEARCHABLE, DocumentStatus.READY}

    @property
    def content_hashes(self) -> tuple[str, ...]:
        """The hashes of its file, and of the second one while one takes the other's place."""
        return (self.content_hash, *((self.spare.content_hash,) if self.spare else ()))

    @property
    def edition(self) -> tuple[str, tuple[PageProblem, ...]]:
        """What changes with its text: another file, or pages of it recognised."""
        return self.content_hash, self.page_problems

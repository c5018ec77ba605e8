"""Where a search may look, and where what it found stands in its reading."""

from dataclasses import dataclass

from domain.ids import ChunkId, DocumentId


@dataclass(frozen=True, slots=True)
class Part:
    """The sections `first` to `last` of a document, both included: a section with its subsections."""

    document_id: DocumentId
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Place:
    """A chunk's place in its document.

    `unit` is the section that study aids are made for and that it stands in, or else its own; `chapter` is the
    section around that one, or None when only the document is.
    """

    chunk_id: ChunkId
    document_id: DocumentId
    ordinal: int
    unit: int
    chapter: int | None

"""A redacted reading to chunks: whole sentences, about 1,000 characters, never over a page, a heading or a silence.

A chunk's id comes from its words, not from its place: when a file is replaced, what did not change keeps its chunks.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from domain.documents import Chunk, Page, ParsedDocument, Range, RedactedDocument, Section, Span
from domain.ids import ChunkId, DocumentId, stable_id
from ingest.cutting import ends_sentence, pieces

_SHORT = 200
"""Characters of a chunk whose words may well stand in many places: its neighbours say which one it is."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A chunk before it has an id."""

    page: Page
    at: Range
    section: int

    @property
    def text(self) -> str:
        return self.page.text[self.at.start : self.at.end]


def split(redacted: RedactedDocument) -> list[Chunk]:
    """Cut a document into chunks, in reading order, each with the deepest section it stands in."""
    parsed = redacted.parsed
    marks: dict[int, list[Range]] = defaultdict(list)
    for mark in redacted.marks:
        marks[mark.page].append(mark.at)
    found = list(_pieces(parsed))
    ids = _identify(parsed.document_id, found, parsed.sections)
    return [
        Chunk(
            id=chunk_id,
            document_id=parsed.document_id,
            ordinal=ordinal,
            section=piece.section,
            span=Span(parsed.document_id, piece.page.number, piece.at.start, piece.at.end),
            text=piece.text,
            gap=_gap(found[ordinal - 1] if ordinal else None, piece),
            emphasis=_inside(piece.page.emphasis, piece.at),
            marks=_inside(marks.get(piece.page.number, ()), piece.at),
        )
        for ordinal, (piece, chunk_id) in enumerate(zip(found, ids, strict=True))
    ]


def _pieces(parsed: ParsedDocument) -> Iterator[_Piece]:
    starts = [(section.start.page, section.start.offset) for section in parsed.sections]
    cuts: dict[int, list[int]] = defaultdict(list)
    for page_number, offset in starts:
        cuts[page_number].append(offset)
    for page in parsed.pages:
        for at in pieces(page, cuts.get(page.number, ()), language=parsed.language):
            yield _Piece(page, at, max(bisect_right(starts, (page.number, at.start)) - 1, 0))


def _identify(document_id: DocumentId, found: Sequence[_Piece], sections: Sequence[Section]) -> Iterator[ChunkId]:
    """Give each piece an id that its words decide, a short one's neighbours in its section too; doubles are counted."""
    seen: Counter[str] = Counter()
    for index, piece in enumerate(found):
        own = piece.text
        around: tuple[str, ...] = ()
        if len(own) < _SHORT:
            near = [found[one] for one in (index - 1, index + 1) if 0 <= one < len(found)]
            title = sections[piece.section].title if sections else ""
            around = (title, *(one.text for one in near if one.section == piece.section))
        identity = stable_id(document_id, own, *around)
        yield ChunkId(stable_id(identity, seen[identity]) if seen[identity] else identity)
        seen[identity] += 1


def _gap(before: _Piece | None, piece: _Piece) -> str:
    """Give what stands between the chunk before and this one when they are read on."""
    if before is None:
        return "\n\n"
    page, at = piece.page, piece.at
    if before.page.number == page.number:
        between = page.text[before.at.end : at.start]
        return "\n\n" if between.strip() or "\n\n" in between else between
    is_cut = not ends_sentence(before.text) and page.text[at.start].islower()
    return " " if is_cut else "\n\n"


def _inside(ranges: Iterable[Range], at: Range) -> tuple[Range, ...]:
    """Give the parts of ranges inside another, counted from its start."""
    parts = (Range(max(item.start, at.start) - at.start, min(item.end, at.end) - at.start) for item in ranges)
    return tuple(part for part in parts if part.start < part.end)

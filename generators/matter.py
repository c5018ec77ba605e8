"""What study aids are made of: the running text of a part, without what is none and without orders to a machine.

Sentences that read like orders stay in the reading, where people see them; they become no aid and no answer. Ingest
marks the pages that hold some; while it has not looked at a reading yet, the same is asked of each page here.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from domain.documents import Chunk, Document, DocumentStatus, Page, PartKind, Range
from domain.repositories import ReadingRepository
from generators.no_prose import find_no_prose
from safety.injection_signs import InjectionSigns

NO_MATTER = frozenset({PartKind.NOTES, PartKind.FOOTNOTE, PartKind.CODE})
"""What no study aid is made of: what speakers note for themselves, footnotes, and code, which is no sentence."""

_SENTENCE = re.compile(r"[^\s.!?。！？؟।][^.!?。！？؟।]*[.!?。！？؟।]+")
_FEWEST_WORDS = 6
_FEWEST_CHARACTERS = 12
_REPEATED = 4
"""Times that a sentence stands in a part from which it is said once: sentences of examples may come twice."""


def matter_of(
    readings: ReadingRepository, document: Document, chunks: Sequence[Chunk], signs: InjectionSigns
) -> list[Chunk]:
    """Leave out what is no matter for study aids; a chunk with some of it falls into the pieces around."""
    kept: list[Chunk] = []
    number, out = 0, list[Range]()
    for chunk in chunks:
        if number != chunk.span.page:
            number = chunk.span.page
            page = readings.find_page(chunk.document_id, number)
            out = _no_matter(page) if page else []
        kept += _pieces(chunk, out)
    return _once(without_orders(readings, document, kept, signs))


def without_orders(
    readings: ReadingRepository, document: Document, chunks: Sequence[Chunk], signs: InjectionSigns
) -> list[Chunk]:
    """Leave out the sentences that read like orders to a machine."""
    marked = _marked(readings, document, chunks, signs)
    return [
        piece
        for chunk in chunks
        for piece in (_without(chunk, signs.list_orders(chunk.text)) if chunk.span.page in marked else (chunk,))
    ]


def _marked(
    readings: ReadingRepository, document: Document, chunks: Sequence[Chunk], signs: InjectionSigns
) -> frozenset[int]:
    """Give the pages of the chunks that hold words that read like orders."""
    if document.status is DocumentStatus.READY:
        return frozenset(page.number for page in readings.list_odd_pages(document.id) if page.has_orders)
    numbers = dict.fromkeys(chunk.span.page for chunk in chunks)
    pages = (readings.find_page(document.id, number) for number in numbers)
    return frozenset(page.number for page in pages if page and signs.is_marked(page))


def _no_matter(page: Page) -> list[Range]:
    """List the stretches of a page that are no running text; what the file says of itself counts first."""
    parts = [part.at for part in page.parts if part.kind in NO_MATTER]
    tables = [part.at for part in page.parts if part.kind is PartKind.TABLE]
    shaped = [at for at, _ in find_no_prose(page.text) if not any(_touch(at, table) for table in tables)]
    return [*parts, *shaped]


def _once(chunks: Sequence[Chunk]) -> list[Chunk]:
    """Keep the first of sentences that stand in a part again and again."""
    counts = Counter(said for chunk in chunks for _, said in _sentences(chunk))
    often = {said for said, count in counts.items() if count >= _REPEATED}
    if not often:
        return list(chunks)
    seen: set[str] = set()
    kept: list[Chunk] = []
    for chunk in chunks:
        out = []
        for at, said in _sentences(chunk):
            if said in seen:
                out.append(at)
            elif said in often:
                seen.add(said)
        kept += _without(chunk, out)
    return kept


def _sentences(chunk: Chunk) -> Iterator[tuple[Range, str]]:
    for found in _SENTENCE.finditer(chunk.text):
        words = found[0].split()
        if len(words) >= _FEWEST_WORDS or (not found[0].isascii() and len(found[0]) >= _FEWEST_CHARACTERS):
            yield Range(*found.span()), " ".join(words)


def _without(chunk: Chunk, inside: Iterable[Range]) -> Iterator[Chunk]:
    """Yield a chunk without ranges of its own text."""
    start = chunk.span.start
    return _pieces(chunk, [Range(at.start + start, at.end + start) for at in inside])


def _pieces(chunk: Chunk, out: Sequence[Range]) -> Iterator[Chunk]:
    """Yield a chunk without ranges of its page."""
    touching = [one for one in out if one.start < chunk.span.end and chunk.span.start < one.end]
    if not touching:
        yield chunk
        return
    start = chunk.span.start
    for one in [*sorted(touching), Range(chunk.span.end, chunk.span.end)]:
        if chunk.text[start - chunk.span.start : max(one.start - chunk.span.start, 0)].strip():
            yield _piece(chunk, Range(start - chunk.span.start, one.start - chunk.span.start))
        start = max(start, one.end)


def _piece(chunk: Chunk, at: Range) -> Chunk:
    """Give characters of a chunk as one; with the chunk's own place in the reading."""
    return replace(
        chunk,
        span=replace(chunk.span, start=chunk.span.start + at.start, end=chunk.span.start + at.end),
        text=chunk.text[at.start : at.end],
        emphasis=_inside(chunk.emphasis, at),
        marks=_inside(chunk.marks, at),
    )


def _touch(one: Range, other: Range) -> bool:
    return one.start < other.end and other.start < one.end


def _inside(ranges: Sequence[Range], at: Range) -> tuple[Range, ...]:
    parts = (Range(max(one.start, at.start) - at.start, min(one.end, at.end) - at.start) for one in ranges)
    return tuple(part for part in parts if part.start < part.end)

"""What a request may be answered from: the chunks of a section, those found for a question, or parts already made."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from domain.documents import Chunk, Citation, Page, PartKind, Range, Section
from domain.errors import NotFound
from domain.evidence import Evidence, gather
from domain.material import Artifact, Kind, claims_of
from domain.ports import Store
from domain.repositories import ReadingRepository
from generators.figures import with_figures
from generators.kinds.contract import Request
from generators.retrieval import Retriever

WRITER = 1
"""The version of the built-in writer. Raise it when what it makes of the same evidence changes: all is made anew."""

_PASSAGES = 8
"""Chunks that a question is answered from."""

_READ_ON = frozenset({Kind.CONCEPT_MAP})
"""Kinds that read all words of the parts again when they are put together."""

_NO_MATTER = frozenset({PartKind.NOTES, PartKind.FOOTNOTE, PartKind.CODE})
"""What no study aid is made of: what speakers note for themselves, footnotes, and code, which is no sentence."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Evidence for a draft. `parts` are verified study aids of smaller sections, to be combined."""

    title: str
    evidence: Evidence
    parts: tuple[Artifact, ...] = ()


def evidence_hash(ground: Ground, kind: Kind, writer: str) -> str:
    """Give the SHA-256 of what an aid of a kind is made from, and by whom: for the same one nothing is made again.

    `writer` names the writer and the version of it (`generators.current.writer_of`).
    """
    evidence = ground.evidence
    made_from = [
        [*_place(chunk), chunk.text, [[mark.start, mark.end] for mark in (*chunk.emphasis, *chunk.marks)]]
        for chunk in evidence.chunks
    ]
    parts = [
        [
            part.section,
            part.evidence_hash,
            [[unit.id, *(claim.text for claim in claims_of(unit))] for unit in part.units],
        ]
        for part in ground.parts
    ]
    figures = repr(evidence.figures)
    whole = [kind.value, writer, ground.title, evidence.language, made_from, figures, parts]
    return hashlib.sha256(json.dumps(whole, ensure_ascii=False).encode()).hexdigest()


def _place(chunk: Chunk) -> list[object]:
    span = chunk.span
    return [span.document_id, span.page, span.start, span.end, chunk.gap]


def gather_for(request: Request, store: Store, retriever: Retriever) -> Ground:
    """Collect the ground for a request. Raises NotFound for a section that the reading does not have."""
    if request.kind in {Kind.ANSWER, Kind.EXPLANATION} or (request.kind is Kind.HINTS and request.question is None):
        return _found(request, retriever)
    with store(request.scope) as work:
        sections = work.readings.list_sections(request.document.id)
        section = _section(request, sections)
        inner = [one for one in sections if one.is_unit and _is_inside(one, section)]
        if section is not None and (section.is_unit or not inner):
            chunks = work.readings.list_chunks(request.document.id, (section.ordinal, section.last))
            return _of_section(request, section, work.readings, _matter(work.readings, chunks))
        chunks = work.readings.list_chunks(request.document.id, (section.ordinal, section.last) if section else None)
        title = section.title if section else request.document.title
        if request.question is not None:
            around = _around(chunks, request.question.claim.citations)
            return _ground(request, title, _matter(work.readings, around))
        if not inner:
            ground = _ground(request, title, _matter(work.readings, chunks))
            return replace(ground, evidence=with_figures(ground.evidence, work.readings))
        found = [work.material.find_for(request.document.id, one.ordinal, request.kind) for one in inner]
        parts = tuple(part for part in found if part is not None)
        if request.kind in _READ_ON:
            within = [chunk for chunk in chunks if any(one.ordinal <= chunk.section <= one.last for one in inner)]
            return replace(_ground(request, title, _matter(work.readings, within)), parts=parts)
    claims = [claim for part in parts for unit in part.units for claim in claims_of(unit)]
    cited = [citation for claim in claims for citation in claim.citations]
    return replace(_ground(request, title, _touched(chunks, cited)), parts=parts)


def _found(request: Request, retriever: Retriever) -> Ground:
    passages = retriever.search(request.text, [request.document], scope=request.scope, limit=_PASSAGES)
    return _ground(request, request.document.title, [passage.chunk for passage in passages])


def _ground(request: Request, title: str, chunks: list[Chunk]) -> Ground:
    return Ground(title, gather(chunks, title=title, language=request.document.language))


def _of_section(request: Request, section: Section, readings: ReadingRepository, chunks: list[Chunk]) -> Ground:
    """Give a section's own matter, in its own language, with its figures."""
    evidence = gather(chunks, title=section.title, language=section.language or request.document.language)
    return Ground(section.title, with_figures(evidence, readings))


def _section(request: Request, sections: list[Section]) -> Section | None:
    if request.section is None:
        return None
    for section in sections:
        if section.ordinal == request.section:
            return section
    raise NotFound("There is no such part in this reading.")


def _is_inside(inner: Section, outer: Section | None) -> bool:
    return outer is None or outer.ordinal <= inner.ordinal <= outer.last


def _around(chunks: list[Chunk], cited: Sequence[Citation]) -> list[Chunk]:
    """Keep the chunks of the sections that hold a cited place: hints need no more of a whole book."""
    sections = {chunk.section for chunk in _touched(chunks, cited)}
    return [chunk for chunk in chunks if chunk.section in sections]


def _touched(chunks: list[Chunk], cited: Sequence[Citation]) -> list[Chunk]:
    """Keep the chunks that hold a cited place, in reading order."""
    starts: dict[int, list[int]] = {}
    for citation in cited:
        starts.setdefault(citation.span.page, []).append(citation.span.start)
    return [
        chunk
        for chunk in chunks
        if any(chunk.span.start <= start < chunk.span.end for start in starts.get(chunk.span.page, ()))
    ]


def _matter(readings: ReadingRepository, chunks: list[Chunk]) -> list[Chunk]:
    """Leave out what is no matter for study aids; a chunk with some of it falls into the pieces around."""
    kept: list[Chunk] = []
    page: Page | None = None
    for chunk in chunks:
        if page is None or page.number != chunk.span.page:
            page = readings.find_page(chunk.document_id, chunk.span.page)
        out = [part.at for part in page.parts if part.kind in _NO_MATTER] if page else []
        kept += _pieces(chunk, out)
    return kept


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


def _inside(ranges: Sequence[Range], at: Range) -> tuple[Range, ...]:
    parts = (Range(max(one.start, at.start) - at.start, min(one.end, at.end) - at.start) for one in ranges)
    return tuple(part for part in parts if part.start < part.end)

"""What a request may be answered from: the chunks of a section, those found for a question, or parts already made."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from domain.documents import Chunk, Citation, Document, Section
from domain.errors import NotFound
from domain.evidence import Evidence, gather
from domain.material import Artifact, Kind, claims_of
from domain.ports import Store
from generators.figures import with_figures
from generators.kinds.contract import Request
from generators.matter import matter_of, without_orders
from generators.retrieval import Retriever
from safety.injection_signs import InjectionSigns

WRITER = 3
"""The version of the built-in writer. Raise it when what it makes of the same evidence changes: all is made anew."""

_PASSAGES = 8
"""Chunks that a question is answered from."""

_READ_ON = frozenset({Kind.CONCEPT_MAP})
"""Kinds that read all words of the parts again when they are put together."""


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


def gather_for(request: Request, store: Store, retriever: Retriever, *, signs: InjectionSigns | None = None) -> Ground:
    """Collect the ground for a request. Raises NotFound for a section that the reading does not have.

    `signs` finds orders to a machine, which are left out; it is read in only where a page may hold some.
    """
    signs = signs or InjectionSigns()
    if request.kind in {Kind.ANSWER, Kind.EXPLANATION} or (request.kind is Kind.HINTS and request.question is None):
        return _found(request, store, retriever, signs)
    with store(request.scope) as work:
        readings, document = work.readings, request.document
        sections = readings.list_sections(document.id)
        section = _section(request, sections)
        inner = [one for one in sections if one.is_unit and _is_inside(one, section)]
        chunks = readings.list_chunks(document.id, (section.ordinal, section.last) if section else None)
        title = section.title if section else document.title
        if section is not None and (section.is_unit or not inner):
            evidence = _evidence(request, title, matter_of(readings, document, chunks, signs), sections)
            return Ground(title, with_figures(evidence, readings))
        if request.question is not None:
            around = _around(chunks, request.question.claim.citations)
            return Ground(title, _evidence(request, title, matter_of(readings, document, around, signs), sections))
        if not inner:
            evidence = _evidence(request, title, matter_of(readings, document, chunks, signs), sections)
            return Ground(title, with_figures(evidence, readings))
        found = [work.material.find_for(document.id, one.ordinal, request.kind) for one in inner]
        parts = tuple(part for part in found if part is not None)
        if request.kind in _READ_ON:
            chunks = [chunk for chunk in chunks if any(one.ordinal <= chunk.section <= one.last for one in inner)]
            chunks = matter_of(readings, document, chunks, signs)
        else:
            claims = [claim for part in parts for unit in part.units for claim in claims_of(unit)]
            cited = [citation for claim in claims for citation in claim.citations]
            chunks = without_orders(readings, document, _touched(chunks, cited), signs)
    return Ground(title, _evidence(request, title, chunks, sections), parts)


def _found(request: Request, store: Store, retriever: Retriever, signs: InjectionSigns) -> Ground:
    document = request.document
    passages = retriever.search(request.text, [document], scope=request.scope, limit=_PASSAGES)
    with store(request.scope) as work:
        chunks = without_orders(work.readings, document, [passage.chunk for passage in passages], signs)
        sections = work.readings.list_sections(document.id)
    return Ground(document.title, _evidence(request, document.title, chunks, sections))


def _evidence(request: Request, title: str, chunks: Sequence[Chunk], sections: Sequence[Section]) -> Evidence:
    return gather(chunks, title=title, language=_language(request.document, chunks, sections))


def _language(document: Document, chunks: Sequence[Chunk], sections: Sequence[Section]) -> str:
    """Give the language that most of the words are in, as their sections say; the reading's own when it is a tie."""
    own = {section.ordinal: section.language for section in sections}
    sizes = Counter({document.language: 0})
    for chunk in chunks:
        sizes[own.get(chunk.section, "") or document.language] += len(chunk.text)
    return max(sizes, key=lambda language: sizes[language])


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

"""What a request may be answered from: the chunks of a section, those found for a question, or parts already made."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.documents import Chunk, Citation, Evidence, Section, gather
from domain.errors import NotFound
from domain.material import Artifact, Kind
from domain.ports import Store
from generators.kinds.contract import Request
from generators.retrieval import Retriever

_PASSAGES = 8
"""Chunks that a question is answered from."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Evidence for a draft. `parts` are verified study aids of smaller sections, to be combined."""

    title: str
    evidence: Evidence
    parts: tuple[Artifact, ...] = ()


def gather_for(request: Request, store: Store, retriever: Retriever) -> Ground:
    """Collect the ground for a request. Raises NotFound for a section that the reading does not have."""
    if request.kind is Kind.ANSWER or (request.kind is Kind.HINTS and request.question is None):
        return _found(request, retriever)
    with store(request.scope) as work:
        sections = work.readings.list_sections(request.document.id)
        section = _section(request, sections)
        inner = [one for one in sections if one.is_unit and _is_inside(one, section)]
        if section is not None and (section.is_unit or not inner):
            chunks = work.readings.list_chunks(request.document.id, (section.ordinal, section.last))
            return _ground(request, section.title, chunks)
        chunks = work.readings.list_chunks(request.document.id, (section.ordinal, section.last) if section else None)
        title = section.title if section else request.document.title
        if request.question is not None:
            return _ground(request, title, _around(chunks, request.question.claim.citations))
        if not inner:
            return _ground(request, title, chunks)
        found = [work.material.find_for(request.document.id, one.ordinal, request.kind) for one in inner]
    parts = tuple(part for part in found if part is not None)
    cited = [citation for part in parts for unit in part.units for citation in unit.claim.citations]
    return Ground(title, _ground(request, title, _touched(chunks, cited)).evidence, parts)


def _found(request: Request, retriever: Retriever) -> Ground:
    passages = retriever.search(request.text, [request.document], scope=request.scope, limit=_PASSAGES)
    return _ground(request, request.document.title, [passage.chunk for passage in passages])


def _ground(request: Request, title: str, chunks: list[Chunk]) -> Ground:
    return Ground(title, gather(chunks, title=title, language=request.document.language))


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

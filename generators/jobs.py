"""The background job that makes every kind of study aid for every section of a reading, its chapters and the whole."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial

from domain.documents import Document, Section
from domain.evidence import Evidence
from domain.jobs import GenerateAids, JobContext, Progress
from domain.material import Kind
from domain.outcomes import Reason
from domain.ports import Store, UnitOfWork
from domain.scope import EVERYTHING
from generators.compose.reading.parse import ParsedSection
from generators.current import hash_of, is_current
from generators.evidence import Ground
from generators.kinds.contract import Request
from generators.pipeline import Gathers, Parses, Tools
from generators.retrieval import Retriever
from generators.shelf import make

AIDS = (
    Kind.SUMMARY,
    Kind.FLASHCARDS,
    Kind.CONCEPT_MAP,
    Kind.QUIZ,
    Kind.STUDY_GUIDE,
    Kind.FAQ,
    Kind.WORKED_EXAMPLES,
)
"""The kinds made without being asked for. Hints and answers need a question, a variant needs a teacher."""

_STAGE = "study aids"
_NOTHING = frozenset({Reason.NOTHING_FOUND.value, Reason.NOTHING_SUPPORTED.value})


def handle(job: GenerateAids, tools: Tools, context: JobContext) -> None:
    """Make what is missing: section by section, then chapters, then the whole. Raises Cancelled between them.

    What was made stays, and what could not be made of the same evidence is not tried again.
    """
    with tools.store(EVERYTHING) as work:
        document = work.documents.find(job.document_id)
        if document is None:
            return
        sections = work.readings.list_sections(document.id)
        tried = _list_tried(work, document)
    units = {one.ordinal for one in sections if one.is_unit}
    tools = replace(tools, parser=_LastParse(tools.parser), gather=_LastGround(tools.gather, units))
    parts = list_parts(sections)
    for done, section in enumerate(parts):
        progress = Progress(_STAGE, done, len(parts))
        context.report(progress)
        made = _made(document, tools, section)
        if made is None:
            return
        for kind in AIDS:
            request = Request(kind, document, section)
            if kind not in made and not _is_in_vain(request, tried, tools):
                make(request, _stoppable(tools, context, progress))
    _mark_ready(document, tools)
    context.report(Progress(_STAGE, len(parts), len(parts)))


def list_parts(sections: Sequence[Section]) -> list[int | None]:
    """List the places that get study aids: sections, then what puts several but not all of them together, the whole."""
    units = [one.ordinal for one in sections if one.is_unit]
    inner = {one.ordinal: [unit for unit in units if one.ordinal < unit <= one.last] for one in sections}
    return [*units, *(ordinal for ordinal, held in inner.items() if 1 < len(held) < len(units)), None]


def _stoppable(tools: Tools, context: JobContext, progress: Progress) -> Tools:
    """Let whoever asks a model hear, before each question, whether the job goes on."""
    return replace(tools, asking=replace(tools.asking, go_on=partial(context.report, progress)))


_Tried = frozenset[tuple[Kind, int | None, str]]
"""Kinds and sections of which nothing came, with the hash of what they were to be made from."""


def _list_tried(work: UnitOfWork, document: Document) -> _Tried:
    return frozenset(
        (one.kind, one.section, one.input_hash)
        for one in work.interactions.list_for(document.id)
        if one.outcome in _NOTHING and one.input_hash
    )


def _is_in_vain(request: Request, tried: _Tried, tools: Tools) -> bool:
    """Whether the same writer found nothing in the same evidence before."""
    if not any((kind, section) == (request.kind, request.section) for kind, section, _ in tried):
        return False
    return (request.kind, request.section, hash_of(request, tools)) in tried


def _made(document: Document, tools: Tools, section: int | None) -> set[Kind] | None:
    """Give the kinds that are there as they would be made now, None when the reading is gone.

    Others are made anew: of other words by now, by an older writer, or by the built-in one while the model was busy.
    """
    with tools.store(EVERYTHING) as work:
        if work.documents.find(document.id) is None:
            return None
        kept = work.material.list_for(document.id)
    here = [artifact for artifact in kept if artifact.section == section and artifact.kind in AIDS]
    return {one.kind for one in here if is_current(one, Request(one.kind, document, section), tools)}


def _mark_ready(document: Document, tools: Tools) -> None:
    """Say that the aids are there, on the document as it is by now: ingest may have moved it on."""
    with tools.store(EVERYTHING) as work:
        work.people.lock()  # ingest and screening say their part of the same row
        current = work.documents.find(document.id)
        if current is not None:
            work.documents.save(replace(current, aids_ready=True))
            work.commit()


class _LastParse:
    """Keeps the last section's parse, so that all kinds of a section share it."""

    def __init__(self, parser: Parses) -> None:
        self._parser = parser
        self._last: ParsedSection | None = None

    def parse(self, evidence: Evidence) -> ParsedSection:
        if self._last is None or self._last.evidence != evidence:
            self._last = self._parser.parse(evidence)
        return self._last


class _LastGround:
    """Keeps the last section's evidence, which is the same for all kinds; a chapter's is put together for each."""

    def __init__(self, gather: Gathers, units: Collection[int]) -> None:
        self._gather = gather
        self._units = units
        self._last: tuple[int, Ground] | None = None

    def __call__(self, request: Request, store: Store, retriever: Retriever) -> Ground:
        if request.section is None or request.section not in self._units:
            return self._gather(request, store, retriever)
        if self._last is None or self._last[0] != request.section:
            self._last = request.section, self._gather(request, store, retriever)
        return self._last[1]

"""The pipeline's real tools around a small reading of two sections, for tests of generators."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from adapters.sql.store import SqlStore
from adapters.vectors.memory import MemoryIndex
from domain.clock import Clock
from domain.documents import (
    Chunk,
    Document,
    EmbeddedChunk,
    Page,
    ParsedDocument,
    Position,
    Range,
    RedactedDocument,
    Section,
    Span,
)
from domain.errors import Cancelled
from domain.ids import ChunkId, stable_id
from domain.jobs import Progress
from domain.material import Kind
from domain.ports import ChatModel, Embedder
from domain.scope import EVERYTHING
from generators.budget import Budget
from generators.compose.reading.parse import Parser
from generators.kinds.contract import Request
from generators.pipeline import Tools
from generators.retrieval import Retriever
from prompts.library import Library
from safety.cases import Cases
from safety.consent import Consents
from safety.egress import Outbound
from safety.gate import Gate
from safety.grounding import Verifier
from safety.known_names import KnownNames
from safety.notebooks import Notebooks
from safety.personal_data import Redactor
from safety.screening import Screener
from safety.structured import find_structured
from tests.builders import a_document, a_person

LIGHT = (
    "**Photosynthesis** is the process by which green plants make sugar from light, water and carbon dioxide. "
    "It takes place in the chloroplast. "
    "The **chloroplast** is a small green body inside the cells of a leaf. "
    "**Chlorophyll** is the green pigment that absorbs red and blue light. "
    "**Photosynthesis** needs **chlorophyll**, which is a part of the **chloroplast**. "
    "The oxygen leaves the leaf through small openings called **stomata**. "
    "The plant stores spare sugar as **starch** in its roots."
)
WATER = (
    "**Transpiration** is the loss of water from a plant through its leaves. "
    "A **stoma** is a small opening in the skin of a leaf. "
    "Two **guard cells** open and close each stoma. "
    "When the air is dry, the **guard cells** close the stoma and the plant loses less water. "
    "Water rises from the roots through narrow tubes called **xylem**. "
    "**Xylem** is made of dead cells with thick walls. "
    "A large tree can lose 400 litres of water on a hot day."
)
TITLES = ("Making sugar", "Moving water")


class QuietContext:
    """A job's context that keeps what is reported, and cancels after `cancel_after` reports."""

    def __init__(self, cancel_after: int | None = None) -> None:
        self.reports: list[Progress] = []
        self._cancel_after = cancel_after

    def report(self, progress: Progress) -> None:
        if len(self.reports) == self._cancel_after:
            raise Cancelled("Somebody cancelled this.")
        self.reports.append(progress)


@dataclass(frozen=True)
class Loaded:
    """What takes long to load and keeps nothing, shared by all tests of a run."""

    parser: Parser
    embedder: Embedder
    redactor: Redactor
    screener: Screener


def build_tools(store: SqlStore, loaded: Loaded, clock: Clock) -> Tools:
    """Real tools without a model."""
    consents = Consents(store, clock)
    return Tools(
        store=store,
        retriever=Retriever(store, MemoryIndex(), loaded.embedder),
        parser=loaded.parser,
        model=None,
        prompts=Library(),
        verifier=Verifier(loaded.embedder),
        screener=loaded.screener,
        names=KnownNames(store, clock),
        gate=Gate(loaded.screener, Cases(store, clock)),
        budget=Budget(store, clock),
        clock=clock,
        consents=consents,
        notebooks=Notebooks(consents, clock),
    )


def with_model(tools: Tools, model: ChatModel, redactor: Redactor) -> Tools:
    """The same tools with a way out to a model."""
    return replace(tools, model=Outbound(model, redactor, tools.store, tools.clock))


def save_plants(tools: Tools, texts: Sequence[str] = (LIGHT, WATER), **changes: Any) -> Document:
    """Put the reading into the store and its vectors into the index; each text is a page and a section."""
    document = a_document(**{"page_count": len(texts), **changes})
    chunks = [_chunk(document, ordinal, text) for ordinal, text in enumerate(texts)]
    pages = tuple(Page(chunk.span.page, chunk.text, (), chunk.emphasis) for chunk in chunks)
    sections = tuple(_section(document, chunk) for chunk in chunks)
    redacted = RedactedDocument(ParsedDocument(document.id, document.title, document.language, pages, sections), ())
    with tools.store(EVERYTHING) as work:
        work.documents.save(document)
        work.readings.save_pages(redacted)
        work.readings.save_chunks(document.id, chunks)
        work.commit()
    vectors = tools.retriever.embedder.embed([chunk.text for chunk in chunks])
    tools.retriever.index.add([EmbeddedChunk(chunk, vector) for chunk, vector in zip(chunks, vectors, strict=True)])
    return document


def a_request(document: Document, kind: Kind = Kind.SUMMARY, section: int | None = 0, **changes: Any) -> Request:
    """A student's request about a section."""
    return replace(Request(kind, document, section, a_person()), **changes)


def reply(**fields: object) -> str:
    """A model's JSON reply."""
    return json.dumps(fields)


def _chunk(document: Document, ordinal: int, text: str) -> Chunk:
    plain, emphasis = "", []
    for place, part in enumerate(re.split(r"\*\*", text)):
        if place % 2:
            emphasis.append(Range(len(plain), len(plain) + len(part)))
        plain += part
    return Chunk(
        id=ChunkId(stable_id(document.id, ordinal)),
        document_id=document.id,
        ordinal=ordinal,
        section=ordinal,
        span=Span(document.id, ordinal + 1, 0, len(plain)),
        text=plain,
        emphasis=tuple(emphasis),
        marks=tuple(Range(found.start, found.end) for found in find_structured(plain)),
    )


def _section(document: Document, chunk: Chunk) -> Section:
    title = TITLES[chunk.ordinal % len(TITLES)]
    return Section(
        document_id=document.id,
        ordinal=chunk.ordinal,
        last=chunk.ordinal,
        level=1,
        title=title,
        path=(title,),
        start=Position(chunk.span.page, 0),
        end=Position(chunk.span.page, chunk.span.end),
        is_unit=True,
    )

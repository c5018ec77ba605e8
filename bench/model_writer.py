"""Score what a language model writes, by the product's whole path: pieces, verifier, repair, release. For use by hand.

    MARGENT_LLM_BASE_URL=http://127.0.0.1:8080/v1 MARGENT_LLM_MODEL=name python -m bench.model_writer --limit 10

Asks the endpoint for cards and summaries of development sections, and scores them with the scorer that the built-in
writer is scored with. What the model was asked, what was dropped, and where the built-in writer took over is counted
into `var/bench/model-writer-counts.json`: those sections are scored too, as people would get them.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from adapters.keys.ring import RingFile
from adapters.models.openai import OpenAIChatModel
from adapters.sql.migrate import upgrade
from adapters.sql.store import SqlStore
from bench.run import OUT, ROOT, SHARED
from bench.systems.readings import embedder
from domain.clock import SystemClock
from domain.documents import Document, EmbeddedChunk, ParsedDocument, Position, Range, RedactedDocument, Section
from domain.documents import Page as ReadingPage
from domain.evidence import Evidence
from domain.ids import DocumentId, stable_id
from domain.material import Artifact, CardForm, Flashcard, Kind, SummarySentence, Writer
from domain.outcomes import Served
from domain.people import ClassRoom, Role, School
from domain.ports import ChatModel
from domain.scope import EVERYTHING
from generators.budget import Budget, Cap, Caps
from generators.compose.reading.parse import Parser
from generators.kinds.contract import Request
from generators.kinds.registry import KINDS
from generators.pipeline import Tools, generate
from margent.settings import Settings
from safety.personal_data import Redactor
from safety.screening import Screener
from tests.builders import CLASS, SCHOOL, a_document, a_person, allow, some_evidence
from tests.pipeline_tools import Loaded, build_tools, with_model

Asks = TypeVar("Asks", bound=ChatModel)

COUNTS = OUT / "model-writer-counts.json"


def cards(text: str, emphasis: Sequence[Sequence[int]]) -> list[dict[str, Any]]:
    """Give the model's cards about terms, with the author's emphasis in the reading."""
    units = [unit for unit in _units(Kind.FLASHCARDS, text, emphasis) if isinstance(unit, Flashcard)]
    return [
        {"front": unit.front, "back": unit.back, "term": unit.term, "source_span": _span(unit)}
        for unit in units
        if unit.form is not CardForm.FACT
    ]


def summary(text: str, sentences: int) -> list[dict[str, Any]]:
    """Give the model's summary, asked for as the product asks for it and cut to as many sentences as the author has."""
    units = [unit for unit in _units(Kind.SUMMARY, text) if isinstance(unit, SummarySentence)]
    chosen = sorted(units, key=lambda unit: not unit.is_key_point)[:sentences]
    return [{"text": unit.claim.text, "source_spans": [_span(unit)]} for unit in units if unit in chosen]


def main() -> None:
    """Run the scorer on both."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--limit", type=int, default=10, help="sections of each sort")
    limit = options.parse_args().limit
    OUT.mkdir(parents=True, exist_ok=True)
    COUNTS.unlink(missing_ok=True)
    command = [sys.executable, str(SHARED / "bench" / "score_generation.py"), "--limit", str(limit)]
    command += ["--flashcards", "bench.model_writer:cards", "--summary", "bench.model_writer:summary"]
    done = subprocess.run([*command, "--json", str(OUT / "model-writer.json")], cwd=ROOT, check=False)
    if COUNTS.exists():
        print(COUNTS.read_text("utf-8"))
    sys.exit(done.returncode)


def _units(kind: Kind, text: str, emphasis: Sequence[Sequence[int]] = ()) -> Sequence[object]:
    tools = _tools()
    document = save(tools, text, emphasis)
    outcome = generate(Request(kind, document, 0), KINDS[kind], tools)
    _count(tools, document, kind, outcome.artifact if isinstance(outcome, Served) else None)
    return outcome.artifact.units if isinstance(outcome, Served) else ()


def _span(unit: Flashcard | SummarySentence) -> list[int]:
    spans = [citation.span for citation in unit.claim.citations]
    return [spans[0].start, spans[-1].end]


def save(tools: Tools, text: str, emphasis: Sequence[Sequence[int]]) -> Document:
    """Put a section into the store and the index as a reading of one page."""
    document = a_document(id=DocumentId(stable_id("bench", text)), title="Section", content_hash=stable_id(text))
    marks = tuple(Range(start, end) for start, end in emphasis)
    evidence: Evidence = some_evidence(text.replace("**", "  "))
    (chunk,) = evidence.chunks
    span = replace(chunk.span, document_id=document.id)
    chunk = replace(chunk, document_id=document.id, span=span, emphasis=marks)
    end = Position(1, len(text))
    section = Section(document.id, 0, 0, 1, "Section", ("Section",), Position(1, 0), end, is_unit=True)
    page = ReadingPage(1, text, (), marks)
    with tools.store(EVERYTHING) as work:
        work.documents.save(document)
        work.readings.save_pages(
            RedactedDocument(ParsedDocument(document.id, "Section", "en", (page,), (section,)), ())
        )
        work.readings.save_chunks(document.id, [chunk])
        work.commit()
    tools.retriever.index.add([EmbeddedChunk(chunk, tools.retriever.embedder.embed([chunk.text])[0])])
    return document


def _count(tools: Tools, document: Document, kind: Kind, artifact: Artifact | None) -> None:
    """Add to the counts what one section took."""
    with tools.store(EVERYTHING) as work:
        made = [one for one in work.interactions.list_for(document.id) if one.kind is kind]
    counts: dict[str, dict[str, int]] = json.loads(COUNTS.read_text("utf-8")) if COUNTS.exists() else {}
    found = Counter(counts.get(kind.value, {}))
    found["sections"] += 1
    found["questions"] += sum(one.tokens_in > 0 for one in made)
    found["tokens in"] += sum(one.tokens_in for one in made)
    found["tokens out"] += sum(one.tokens_out for one in made)
    found["units shown"] += len(artifact.units) if artifact else 0
    found["units dropped"] += artifact.dropped if artifact else 0
    found["built-in took over"] += artifact is not None and artifact.provenance.writer is Writer.BUILT_IN
    found.update({f"failed: {one.failure}": 1 for one in made if one.failure})
    COUNTS.write_text(json.dumps({**counts, kind.value: found}, indent=1), encoding="utf-8")


@cache
def _tools() -> Tools:
    return connect(lambda model: model)[0]


def connect(wrap: Callable[[OpenAIChatModel], Asks]) -> tuple[Tools, Asks]:
    """Give the product's tools with the endpoint that the environment names, over a store that is thrown away.

    `wrap` may put something around the model, which comes back beside the tools.
    """
    settings = Settings()
    if not settings.has_model:
        sys.exit("Set MARGENT_LLM_BASE_URL and MARGENT_LLM_MODEL first.")
    folder = Path(tempfile.mkdtemp(prefix="margent-bench-"))
    ring = RingFile(folder / "ring.json")
    ring.prepare(())
    url = f"sqlite:///{folder / 'margent.db'}"
    upgrade(url)
    clock = SystemClock()
    store = SqlStore(url, ring=ring, clock=clock)
    with store(EVERYTHING) as work:
        work.people.save_school(School(SCHOOL, "School"))
        work.people.save_class(ClassRoom(CLASS, SCHOOL, "Class"))
        work.people.save_person(a_person(Role.TEACHER))
        allow(work, a_person(Role.TEACHER))
        work.commit()
    folder = settings.models_dir / "english"
    english, redactor = Parser(folder, embedder()), Redactor(folder)
    tools = build_tools(store, Loaded(english, embedder(), redactor, Screener()), clock)
    model = wrap(
        OpenAIChatModel(
            base_url=settings.llm_base_url,
            api_key=settings.llm_api_key.get_secret_value(),
            model=settings.llm_model,
            timeout_seconds=settings.llm_timeout_seconds,
            at_once=settings.llm_at_once,
        )
    )
    budget = Budget(store, clock, Caps(Cap(), Cap(), Cap()))
    asking = replace(tools.asking, window=settings.llm_window_tokens, at_once=settings.llm_at_once)
    return replace(with_model(tools, model, redactor), budget=budget, asking=asking), model


if __name__ == "__main__":
    main()

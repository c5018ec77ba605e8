"""What a real small model writes, kind by kind, and what becomes of every unit of it. For use by hand.

    MARGENT_LLM_BASE_URL=http://127.0.0.1:8080/v1 MARGENT_LLM_MODEL=name python -m bench.model_by_hand --passages 4

Has the product's whole path make every kind of aid from the openings of sections of several books. Each unit that was
written, with the reason why it was kept from people if it was, and each that was shown, goes into
`var/bench/model-units.jsonl` to be read beside its source. Replies are kept in `var/bench/model-replies.jsonl`, so that
a second run asks the model only what it was not asked before.
"""

import argparse
import hashlib
import json
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from adapters.models.openai import OpenAIChatModel
from bench.model_writer import connect, save
from bench.run import OUT, SHARED
from domain.documents import Document
from domain.errors import BadReply, ModelBusy
from domain.material import Kind, Unit, Writer, claims_of
from domain.outcomes import Judgement, Outcome, Served, Verdict
from domain.people import Role
from domain.ports import ModelReply, ModelRequest
from domain.questions import Question
from domain.scope import EVERYTHING
from generators.compose.reading.parse import ParsedSection
from generators.kinds.contract import Request
from generators.kinds.registry import KINDS
from generators.model.replies import parse
from generators.model.scrutiny import judge, recited
from generators.pipeline import Tools, generate
from tests.builders import a_person

UNITS, REPLIES = OUT / "model-units.jsonl", OUT / "model-replies.jsonl"
SECTIONS = SHARED / "data" / "generation" / "openstax_sections.jsonl"

_OPENING = 700
"""Characters of a section, at most: a small model on one core reads 30 tokens a second."""

_RANDOM = re.compile(r"(?<=^<<<material )[a-z]{16}|(?<=^<<<end )[a-z]{16}|[a-z]{16}\Z", re.MULTILINE)
"""The marks of fences, and the secret word that stands last among the rules."""

_ASKED = (Kind.ANSWER, Kind.EXPLANATION)


@dataclass
class Remembering:
    """A model whose replies are kept in a file."""

    model: OpenAIChatModel
    known: dict[str, dict[str, Any]] = field(default_factory=dict)
    heard: list[dict[str, Any]] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The model's name."""
        return self.model.name

    def ask(self, request: ModelRequest) -> ModelReply:
        """Give the reply of an earlier run to the same words, or ask."""
        words = _RANDOM.sub("", f"{request.user}\n{request.max_tokens}\n{request.system}")
        key = hashlib.sha256(words.encode()).hexdigest()
        if key not in self.known:
            self.known[key] = self._ask(request, key)
            with REPLIES.open("a", encoding="utf-8") as file:
                file.write(json.dumps(self.known[key], ensure_ascii=False) + "\n")
        row = self.known[key]
        self.heard.append(row)
        if row["error"] == BadReply.code:
            raise BadReply("The language model's answer was too long and was cut off.")
        return ModelReply(row["text"], self.name, row["in"], row["out"])

    def stream(self, request: ModelRequest) -> Iterator[str]:
        """Stream from the model itself."""
        return self.model.stream(request)

    def ping(self) -> None:
        """Ask whether the model is there."""
        self.model.ping()

    def _ask(self, request: ModelRequest, key: str) -> dict[str, Any]:
        row = {"key": key, "prompt": request.reply_name, "text": "", "in": 0, "out": 0, "error": ""}
        began = time.monotonic()
        try:
            reply = self.model.ask(request)
        except ModelBusy:
            raise
        except BadReply as error:
            row["error"] = error.code
        else:
            row |= {"text": reply.text, "in": reply.tokens_in, "out": reply.tokens_out}
        return row | {"seconds": round(time.monotonic() - began, 1), "user": request.user}


def main() -> None:
    """Run the kinds that are asked for and print what became of their units."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--passages", type=int, default=4, help="openings of sections, one book after the other")
    options.add_argument("--kinds", nargs="*", default=[kind.value for kind in KINDS], help="all unless named")
    chosen = options.parse_args()
    OUT.mkdir(parents=True, exist_ok=True)
    tools, model = _tools()
    counts: dict[str, Counter[str]] = {}
    with UNITS.open("w", encoding="utf-8") as file:
        for kind in map(Kind, chosen.kinds):
            for row in _openings(chosen.passages):
                for line in _write(kind, row, tools, model):
                    file.write(json.dumps({"kind": kind.value, "id": row["id"], **line}, ensure_ascii=False) + "\n")
                    counts.setdefault(kind.value, Counter()).update(line["counts"])
                file.flush()
            print(kind.value, dict(counts.get(kind.value, {})), flush=True)


def _openings(most: int) -> Iterator[dict[str, Any]]:
    """Yield the openings with the most emphasised words, from each book in turn."""
    by_book: dict[str, list[dict[str, Any]]] = {}
    for line in SECTIONS.read_text("utf-8").splitlines():
        row = json.loads(line)
        cut = row["text"][:_OPENING]
        end = max(cut.rfind(". "), cut.rfind(".\n")) + 1
        marks = [(start, stop) for start, stop in row["emphasised_spans"] if stop <= end]
        by_book.setdefault(row["book"], []).append({"id": row["id"], "text": cut[:end], "marks": marks})
    ranked = [sorted(rows, key=lambda row: -len(row["marks"])) for rows in by_book.values()]
    yield from [row for rows in zip(*ranked, strict=False) for row in rows][:most]


def _write(kind: Kind, row: dict[str, Any], tools: Tools, model: Remembering) -> Iterator[dict[str, Any]]:
    """Have a kind made of an opening, and yield what was written and what was shown."""
    document = save(tools, row["text"], row["marks"])
    request = Request(kind, document, 0)
    if kind in _ASKED:
        start, stop = row["marks"][0]
        request = replace(request, section=None, person=a_person(Role.TEACHER), text=row["text"][start:stop])
    if kind is Kind.HINTS:
        quiz = generate(Request(Kind.QUIZ, document, 0), KINDS[Kind.QUIZ], replace(tools, model=None))
        question = next((unit for unit in _shown(quiz) if isinstance(unit, Question)), None)
        request = replace(request, person=a_person(Role.TEACHER), question=question)
    model.heard.clear()
    outcome = generate(request, KINDS[kind], tools)
    yield _summary(document, kind, tools, outcome, model.heard)
    yield from _judged(request, tools, model.heard)
    for unit in _shown(outcome):
        yield {"shown": True, "counts": {}, **_seen(unit)}


def _summary(
    document: Document, kind: Kind, tools: Tools, outcome: Outcome, heard: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    """Count what one request took and how it ended."""
    with tools.store(EVERYTHING) as work:
        made = [one for one in work.interactions.list_for(document.id) if one.kind is kind]
    artifact = outcome.artifact if isinstance(outcome, Served) else None
    is_models = artifact is not None and artifact.provenance.writer is Writer.MODEL
    counts = Counter(
        {
            "requests": 1,
            "questions": len(heard),
            "tokens in": sum(row["in"] for row in heard),
            "tokens out": sum(row["out"] for row in heard),
            "seconds": round(sum(row["seconds"] for row in heard)),
            "shown": len(artifact.units) if is_models and artifact else 0,
            "dropped": artifact.dropped if is_models and artifact else 0,
            "built-in took over": not is_models,
        }
    )
    counts.update(f"failed: {one.failure}" for one in made if one.failure)
    return {"note": artifact.provenance.note if artifact else type(outcome).__name__, "counts": counts}


def _judged(request: Request, tools: Tools, heard: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Judge each unit of each reply by itself, as the model writer does."""
    kind = KINDS[request.kind]
    parsed = tools.parser.parse(tools.gather(request, tools.store, tools.retriever).evidence)
    for place, row in enumerate(heard):
        try:
            draft = kind.read(parse(row["text"], kind.reply, str), parsed, request)
        except BadReply as error:
            yield {"misfit": error.message, "text": row["text"][-300:], "counts": {"misfits": 1}}
            continue
        for written in draft.units:
            unit, judgement = _verdict(written, request.kind, parsed, tools)
            is_good = judgement.verdict is Verdict.SUPPORTED
            why = "" if is_good else re.sub(r": .*", "", (judgement.reasons or ("?",))[0])
            counts = {"written": 1, "supported": int(is_good), **({f"- {why}": 1} if why else {})}
            counts["cited anew"] = int(is_good and unit != written)
            yield {"turn": place, "why": list(judgement.reasons), "good": is_good, "counts": counts, **_seen(unit)}


def _verdict(unit: Unit, kind: Kind, parsed: ParsedSection, tools: Tools) -> tuple[Unit, Judgement]:
    judgement = judge(unit, kind, parsed, tools.verifier)
    other = None if judgement.verdict is Verdict.SUPPORTED else recited(unit, kind, parsed)
    if other is not None and (again := judge(other, kind, parsed, tools.verifier)).verdict is Verdict.SUPPORTED:
        return other, again
    return unit, judgement


def _shown(outcome: Outcome) -> Sequence[Unit]:
    return outcome.artifact.units if isinstance(outcome, Served) else ()


def _seen(unit: Unit) -> dict[str, Any]:
    cited = dict.fromkeys(one.quote for claim in claims_of(unit) for one in claim.citations)
    said = [claim.text for claim in claims_of(unit)]
    names = ("form", "part", "way", "label", "front", "back", "question", "stem", "answer", "options", "pairs")
    faces = {name: str(getattr(unit, name)) for name in names if getattr(unit, name, None)}
    return {"said": said, "faces": faces, "cited": list(cited)}


def _tools() -> tuple[Tools, Remembering]:
    """Give the product's tools with a model whose replies are kept."""
    kept = REPLIES.read_text("utf-8").splitlines() if REPLIES.exists() else []
    tools, asking = connect(lambda model: Remembering(model, {row["key"]: row for row in map(json.loads, kept)}))
    return tools, asking


if __name__ == "__main__":
    main()

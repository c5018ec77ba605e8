"""The tutor's figures: the leak check on human-labelled replies, and scripted students against the product's ladder."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from adapters.embeddings.minilm import MiniLM
from domain.claims import Claim
from domain.documents import Chunk, Span
from domain.evidence import Evidence, gather
from domain.ids import ChunkId, DocumentId, UnitId, stable_id
from domain.material import HintRung
from domain.questions import Question, QuestionForm
from generators.compose.asking.hints import make_ladder
from generators.compose.reading.parse import ParsedSection, Parser
from generators.dialogue import Situation, respond
from generators.moves import Move
from learning.grading import grade
from safety.leaks import find_leak

_MODELS = Path(__file__).parent.parent.parent / "var" / "models"


def reveals(hint: str, answer: str, known: str) -> float:
    """1 when the leak check objects to a hint, else 0."""
    return float(find_leak(hint, answer, known=known) is not None)


def tutor(item: Mapping[str, Any], history: Sequence[Mapping[str, str]]) -> dict[str, object]:
    """Play the student's turns through the product's rules and give the last reply, with the cited characters."""
    question = _question(item["question"], tuple(item["options"] or ()), item["answer"])
    ladder = _ladder(question, item["context"])
    situation = Situation()
    reply = None
    for turn in history:
        if turn["role"] != "student":
            continue
        reply = respond(ladder, question, turn["text"], situation=situation, grade=grade)
        tried = reply.reading.move in {Move.RIGHT, Move.WRONG}
        wrong = {reply.reading.answer} if reply.reading.move is Move.WRONG else set()
        situation = Situation(reply.rung, situation.attempts + tried, situation.ruled_out | wrong)
    assert reply is not None
    spans = [[c.span.start, c.span.end] for c in ladder[reply.rung].claim.citations]
    return {"text": reply.text, "level": reply.rung, "source_spans": spans}


@lru_cache(maxsize=1)
def _parser() -> Parser:
    return Parser(_MODELS / "english", MiniLM(_MODELS / "minilm"))


@lru_cache(maxsize=4)
def _parse(context: str) -> ParsedSection:
    return _parser().parse(_evidence(context))


@lru_cache(maxsize=4)
def _ladder(question: Question, context: str) -> tuple[HintRung, ...]:
    return make_ladder(question, _parse(context))


def _evidence(text: str) -> Evidence:
    document = DocumentId(stable_id("bench", text))
    chunk = Chunk(ChunkId(stable_id(document, 0)), document, 0, 0, Span(document, 1, 0, len(text)), text)
    return gather([chunk], title="", language="en")


def _question(stem: str, options: tuple[str, ...], answer: str) -> Question:
    return Question(
        UnitId(stable_id("bench", stem)), Claim(stem, ()), QuestionForm.CHOICE, stem, answer, options=options
    )

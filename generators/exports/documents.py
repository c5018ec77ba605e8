"""Summaries as Markdown and quizzes as JSON, each statement with its pages."""

import json
import re

from domain.documents import Citation
from domain.formulas import split_formulas
from domain.material import Artifact, SummarySentence
from domain.questions import Question

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|])")


def to_markdown(summary: Artifact, reading: str) -> str:
    """Write a summary, key points first; `reading` is the reading's title."""
    sentences = [unit for unit in summary.units if isinstance(unit, SummarySentence)]
    points = [sentence for sentence in sentences if sentence.is_key_point]
    others = [sentence for sentence in sentences if not sentence.is_key_point]
    lines = [f"# {_plain(summary.title)}", ""]
    if summary.title != reading:
        lines += [f"From “{_plain(reading)}”", ""]
    for heading, group in (("Key points", points), ("More", others)):
        if group:
            lines += [f"## {heading}", ""]
            lines += [f"- {_plain(one.claim.text)} ({_pages(one.claim.citations)})" for one in group]
            lines.append("")
    return "\n".join(lines)


def to_json(quiz: Artifact, reading: str) -> str:
    """Write the questions with their answers and where the reading says so; `reading` is the reading's title."""
    questions = [_question(unit) for unit in quiz.units if isinstance(unit, Question)]
    return json.dumps({"title": quiz.title, "reading": reading, "questions": questions}, ensure_ascii=False, indent=2)


def _question(question: Question) -> dict[str, object]:
    return {
        "id": question.id,
        "form": question.form.value,
        "stem": question.stem,
        "options": list(question.options),
        "answer": question.answer,
        "accepted": list(question.accepted),
        "explanation": question.claim.text,
        "sources": [
            {
                "page": citation.span.page,
                "start": citation.span.start,
                "end": citation.span.end,
                "quote": citation.quote,
            }
            for citation in question.claim.citations
        ],
    }


def _plain(text: str) -> str:
    """Keep the words from being read as Markdown; formulas stay as they are, between dollar signs."""
    pieces = split_formulas(" ".join(text.split()))
    return "".join(piece if is_formula else _SPECIAL.sub(r"\\\1", piece) for piece, is_formula in pieces)


def _pages(citations: tuple[Citation, ...]) -> str:
    pages = sorted({citation.span.page for citation in citations})
    return "p. " + ", ".join(str(page) for page in pages)

"""Quizzes as JSON: everything that is known of each question, with where the reading says so."""

import json

from domain.claims import Claim
from domain.questions import Question
from generators.exports.aid import Aid
from generators.exports.origin import Origin
from generators.exports.quiz_sheet import questions_of


def to_json(quiz: Aid, origin: Origin) -> str:
    """Write the questions with their answers."""
    questions = [_question(question, origin) for question in questions_of(quiz)]
    return json.dumps(
        {"title": quiz.title, "reading": origin.reading, "questions": questions}, ensure_ascii=False, indent=2
    )


def _question(question: Question, origin: Origin) -> dict[str, object]:
    return {
        "id": question.id,
        "form": question.form.value,
        "stem": question.stem,
        "options": list(question.options),
        "answer": question.answer,
        "accepted": list(question.accepted),
        "sequence": list(question.sequence),
        "pairs": [{"left": pair.left, "right": pair.right} for pair in question.pairs],
        "key_points": list(question.key_points),
        "misconceptions": [{"option": one.option, "belief": one.belief} for one in question.misconceptions],
        "bloom": question.bloom.value if question.bloom else None,
        "difficulty": question.difficulty,
        "explanation": question.claim.text,
        "sources": _sources(question.claim),
        "whose_words": origin.credit(question.claim, *question.parts),
        "parts": [{"statement": part.text, "sources": _sources(part)} for part in question.parts],
    }


def _sources(claim: Claim) -> list[dict[str, object]]:
    return [
        {"page": one.span.page, "start": one.span.start, "end": one.span.end, "quote": one.quote}
        for one in claim.citations
    ]

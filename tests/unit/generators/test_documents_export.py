"""Summaries as Markdown, quizzes as JSON."""

import json
from dataclasses import replace

from domain.claims import Claim
from domain.documents import Citation, Span
from domain.ids import ArtifactId, UnitId
from domain.material import Artifact, ArtifactStatus, Kind, Provenance, SummarySentence
from domain.questions import Question, QuestionForm
from generators.exports.documents import to_json, to_markdown
from tests.builders import NOW, a_document

DOCUMENT = a_document().id


def a_claim(text: str, *pages: int) -> Claim:
    return Claim(text, tuple(Citation(Span(DOCUMENT, page, 0, 5), "quote") for page in pages))


def an_artifact(kind: Kind, *units: SummarySentence | Question) -> Artifact:
    identifier = ArtifactId("1" * 32)
    return Artifact(identifier, kind, DOCUMENT, 0, "Light", units, Provenance(), ArtifactStatus.PUBLISHED, NOW)


def test_key_points_come_first() -> None:
    """The Markdown has the key points, then the rest, each with its pages once and in order."""
    summary = an_artifact(
        Kind.SUMMARY,
        SummarySentence(UnitId("a"), a_claim("Leaves are green.", 2)),
        SummarySentence(UnitId("b"), a_claim("Light gives energy.", 3, 1, 3), is_key_point=True),
    )

    assert to_markdown(summary, "Plants") == (
        "# Light\n\nFrom “Plants”\n\n## Key points\n\n- Light gives energy. (p. 1, 3)\n\n## More\n\n"
        "- Leaves are green. (p. 2)\n"
    )


def test_a_whole_reading_is_not_from_itself() -> None:
    """Where the summary is of the whole reading its title stands once."""
    summary = replace(an_artifact(Kind.SUMMARY, SummarySentence(UnitId("a"), a_claim("Yes.", 1))), title="Plants")

    assert to_markdown(summary, "Plants") == "# Plants\n\n## More\n\n- Yes. (p. 1)\n"


def test_words_are_not_read_as_markdown() -> None:
    """Signs that mean something in Markdown are escaped, and line ends become blanks."""
    summary = an_artifact(Kind.SUMMARY, SummarySentence(UnitId("a"), a_claim("a*b\n# <i>c</i>", 1)))

    assert r"- a\*b \# \<i\>c\</i\> (p. 1)" in to_markdown(summary, "Plants")


def test_questions_keep_their_answers_and_sources() -> None:
    """The JSON holds each question with its answer, its explanation and the place that gives it."""
    question = Question(UnitId("q"), a_claim("Leaves are green.", 2), QuestionForm.SHORT, "What colour?", "green")

    written = json.loads(to_json(an_artifact(Kind.QUIZ, question), "Plants"))

    assert (written["title"], written["reading"]) == ("Light", "Plants")
    assert written["questions"] == [
        {
            "id": "q",
            "form": "short",
            "stem": "What colour?",
            "options": [],
            "answer": "green",
            "accepted": [],
            "explanation": "Leaves are green.",
            "sources": [{"page": 2, "start": 0, "end": 5, "quote": "quote"}],
        }
    ]


def test_formulas_stay_formulas_in_markdown() -> None:
    """What stands in a formula is not escaped, what stands around it is."""
    summary = an_artifact(Kind.SUMMARY, SummarySentence(UnitId("a"), a_claim(r"Let $a_1 \ne b_2$ be *new*.", 1)))

    assert r"- Let $a_1 \ne b_2$ be \*new\*. (p. 1)" in to_markdown(summary, "Maths")

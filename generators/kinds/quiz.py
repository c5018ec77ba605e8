"""Quizzes: questions with one right answer that the reading gives."""

import re
from collections.abc import Mapping, Sequence

from pydantic import BaseModel

from domain.claims import Claim
from domain.material import Artifact, Draft, Kind, claims_of
from domain.questions import Question, QuestionForm
from generators.compose.quizzes.quiz import combine_questions, make_questions
from generators.compose.reading.parse import ParsedSection
from generators.kinds.contract import Request
from generators.kinds.quiz_lines import QuestionLine, read_question
from generators.model.replies import ReplyModel

_LIMIT, _WHOLE_LIMIT = 10, 30
_IN_QUOTES = re.compile(r"“(.+)”")
_GAP = re.compile(r"_{3,}")


class QuizReply(ReplyModel):
    """The model's questions."""

    questions: list[QuestionLine]


class QuizKind:
    """A quiz about a section or about the whole reading."""

    kind = Kind.QUIZ
    prompt = "quiz"
    prompt_version = 3
    reply: type[BaseModel] = QuizReply

    def compose(self, parsed: ParsedSection, request: Request) -> Draft:
        """Ask about the section's terms, statements and orders."""
        return Draft(self.kind, make_questions(parsed, more=request.more))

    def combine(self, parts: Sequence[Artifact], request: Request) -> Draft:
        """Choose among the sections' questions."""
        return Draft(self.kind, combine_questions(parts, limit=_WHOLE_LIMIT + request.more))

    def inputs(self, _parsed: ParsedSection, request: Request) -> Mapping[str, object]:
        """Say how many questions there may be."""
        return {"limit": _LIMIT + request.more}

    def read(self, reply: BaseModel, parsed: ParsedSection, _request: Request) -> Draft:
        """Cite each question's statement; a question that breaks the rules cites nothing."""
        assert isinstance(reply, QuizReply)
        return Draft(self.kind, tuple(read_question(line, parsed) for line in reply.questions))


def rivals(question: Question) -> tuple[Claim, ...]:
    """Give the statements that must not hold, or another answer would be right too.

    They are the question's own with a wrong option in the answer's place, a false statement itself, and each term
    with another's meaning. An order has none: other orders are not what the reading says of itself.
    """
    cited = question.claim.citations
    if question.form is QuestionForm.TRUE_FALSE:
        return (Claim(bare_statement(question), cited),) if question.answer == "False" else ()
    if question.form is QuestionForm.MATCHING:
        cited = tuple(citation for claim in claims_of(question) for citation in claim.citations)
        return tuple(
            Claim(f"{pair.left}: {other.right}", cited)
            for pair in question.pairs
            for other in question.pairs
            if other != pair
        )
    if question.form is not QuestionForm.CHOICE:
        return ()
    return tuple(Claim(_put_in(question, option), cited) for option in question.options if option != question.answer)


def bare_statement(question: Question) -> str:
    """Give what is to be judged true or false."""
    return question.stem.removeprefix("True or false? ")


def _put_in(question: Question, option: str) -> str:
    """Say what the question would say with an option for the answer."""
    if _GAP.search(question.stem):
        return _GAP.sub(option, question.stem.removeprefix("Which term belongs in the gap? ").replace("(n)", ""))
    quoted = _IN_QUOTES.search(question.stem)
    if question.answer in question.claim.text or quoted is None:
        return question.claim.text.replace(question.answer, option)
    is_meaning = question.stem.startswith("What does “")
    return f"{quoted[1]}: {option}" if is_meaning else f"{option}: {quoted[1]}"

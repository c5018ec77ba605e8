"""Quizzes: questions with one right answer that the reading gives."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from pydantic import BaseModel

from domain.claims import Claim
from domain.material import Artifact, Draft, Kind
from domain.questions import Question, QuestionForm
from domain.words import fold
from generators.compose.parse import ParsedSection
from generators.compose.quiz import combine_questions, make_questions
from generators.kinds.contract import Request
from generators.replies import ReplyModel, cite, quotes, says, unit_id

_LIMIT = 8
_GAP = "____"


class QuestionLine(ReplyModel):
    """One question of the model's."""

    form: QuestionForm
    stem: str
    options: list[str]
    answer: str
    statement: str
    sources: list[int]


class QuizReply(ReplyModel):
    """The model's questions."""

    questions: list[QuestionLine]


class QuizKind:
    """A quiz about a section or about the whole reading."""

    kind = Kind.QUIZ
    prompt = "quiz"
    prompt_version = 1
    reply: type[BaseModel] = QuizReply

    def compose(self, parsed: ParsedSection, _request: Request) -> Draft:
        """Ask about the section's terms and facts."""
        return Draft(self.kind, make_questions(parsed))

    def combine(self, parts: Sequence[Artifact], _request: Request) -> Draft:
        """Choose among the sections' questions."""
        return Draft(self.kind, combine_questions(parts))

    def inputs(self, _parsed: ParsedSection, _request: Request) -> Mapping[str, object]:
        """Say how many questions there may be."""
        return {"limit": _LIMIT}

    def read(self, reply: BaseModel, parsed: ParsedSection, _request: Request) -> Draft:
        """Cite each question's statement; a question that breaks the rules cites nothing."""
        assert isinstance(reply, QuizReply)
        units = []
        for line in reply.questions:
            citations = cite(parsed, line.sources)
            claim = Claim(line.statement, citations if _is_sound(line, quotes(citations)) else ())
            options = tuple(line.options) if line.form is QuestionForm.CHOICE else ()
            identifier = unit_id(self.kind, claim, line.form, line.stem)
            units.append(Question(identifier, claim, line.form, line.stem, line.answer, options))
        return Draft(self.kind, tuple(units))


def rivals(question: Question) -> tuple[Claim, ...]:
    """Give the statements that must not hold: the question's own with a wrong option in the answer's place."""
    claim = question.claim
    others = [option for option in question.options if option != question.answer]
    return tuple(Claim(claim.text.replace(question.answer, other), claim.citations) for other in others)


def _is_sound(line: QuestionLine, source: str) -> bool:
    """Whether the statement holds the answer word for word, the stem does not, and the options fit the form.

    What the stem takes for granted must stand in the statement, its source or the options.
    """
    is_cloze = line.form is QuestionForm.CLOZE
    return (
        bool(line.stem.strip() and line.answer.strip())
        and line.answer in line.statement
        and not says(line.stem, line.answer)
        and (_GAP in line.stem) == is_cloze
        and says(" ".join((line.statement, source, *line.options)), line.stem)
        and (line.form is not QuestionForm.CHOICE or _are_options(line.options, line.answer))
    )


def _are_options(options: Sequence[str], answer: str) -> bool:
    """Whether there are two to five different options of like length, one of them the answer."""
    folded = sorted(fold(option) for option in options)
    lengths = [len(option) for option in folded]
    return (
        2 <= len(options) <= 5
        and answer in options
        and all(one != other for one, other in pairwise(folded))
        and all(lengths)
        # twice as long or short gives the answer away (specs/generation.md, section 5); short words are let be
        and max(lengths) <= max(2 * min(lengths), 12)
    )

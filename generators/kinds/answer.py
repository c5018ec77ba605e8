"""Answers: cited sentences that answer a question, or nothing where the reading does not say."""

from collections.abc import Mapping, Sequence

from pydantic import BaseModel

from domain.claims import Claim
from domain.material import AnswerSentence, Artifact, Draft, Kind
from generators.compose.asking.answer import answer
from generators.compose.reading.parse import ParsedSection
from generators.kinds.contract import Request
from generators.model.replies import ReplyModel, cite, unit_id
from safety.injection import fence

_LIMIT = 4


class AnswerLine(ReplyModel):
    """One sentence of the model's answer."""

    text: str
    sources: list[int]


class AnswerReply(ReplyModel):
    """The model's answer; empty when the reading does not say."""

    sentences: list[AnswerLine]


class AnswerKind:
    """An answer to a question about the reading."""

    kind = Kind.ANSWER
    prompt = "answer"
    prompt_version = 3
    reply: type[BaseModel] = AnswerReply

    def compose(self, parsed: ParsedSection, request: Request) -> Draft:
        """Choose sentences that answer the question."""
        return Draft(self.kind, answer(request.text, parsed))

    def combine(self, _parts: Sequence[Artifact], _request: Request) -> Draft:
        """Make nothing: an answer is made of what was found for its question."""
        return Draft(self.kind, ())

    def inputs(self, _parsed: ParsedSection, request: Request) -> Mapping[str, object]:
        """Give the question."""
        return {"question": fence(request.text), "limit": _LIMIT}

    def read(self, reply: BaseModel, parsed: ParsedSection, request: Request) -> Draft:
        """Cite each sentence by its numbers."""
        assert isinstance(reply, AnswerReply)
        units = []
        for line in reply.sentences:
            claim = Claim(line.text, cite(parsed, line.sources))
            units.append(AnswerSentence(unit_id(self.kind, claim, request.text, line.text), claim))
        return Draft(self.kind, tuple(units))

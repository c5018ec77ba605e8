"""Frequent questions with answers in the reading's sentences."""

from collections.abc import Mapping, Sequence

from pydantic import BaseModel

from domain.claims import Claim
from domain.guides import FaqEntry
from domain.material import Artifact, Draft, Kind
from generators.compose.guides.faq import combine_faqs, make_faq
from generators.compose.reading.parse import ParsedSection
from generators.kinds.contract import Request
from generators.model.replies import ReplyModel, cite, quotes, says, unit_id

_LIMIT = 8


class FaqSentence(ReplyModel):
    """One sentence of an answer."""

    text: str
    sources: list[int]


class FaqLine(ReplyModel):
    """One question of the model's, with its answer."""

    question: str
    answer: list[FaqSentence]


class FaqReply(ReplyModel):
    """The model's questions."""

    entries: list[FaqLine]


class FaqKind:
    """Frequent questions about a section or the whole reading."""

    kind = Kind.FAQ
    prompt = "faq"
    prompt_version = 2
    reply: type[BaseModel] = FaqReply

    def compose(self, parsed: ParsedSection, _request: Request) -> Draft:
        """Choose questions that the section answers."""
        return Draft(self.kind, make_faq(parsed))

    def combine(self, parts: Sequence[Artifact], _request: Request) -> Draft:
        """Join the sections' questions."""
        lists = [[unit for unit in part.units if isinstance(unit, FaqEntry)] for part in parts]
        return Draft(self.kind, combine_faqs(lists))

    def inputs(self, _parsed: ParsedSection, _request: Request) -> Mapping[str, object]:
        """Say how many questions there may be."""
        return {"limit": _LIMIT}

    def read(self, reply: BaseModel, parsed: ParsedSection, _request: Request) -> Draft:
        """Cite each sentence of an answer; a question about something else than its answer cites nothing."""
        assert isinstance(reply, FaqReply)
        units = []
        for line in reply.entries:
            claims = [Claim(one.text, cite(parsed, one.sources)) for one in line.answer]
            if not claims or not line.question.strip():
                continue
            said = " ".join((parsed.evidence.title, *(f"{one.text} {quotes(one.citations)}" for one in claims)))
            first, *rest = claims if says(said, line.question) else [Claim(one.text, ()) for one in claims]
            units.append(FaqEntry(unit_id(self.kind, first, line.question), first, line.question, tuple(rest)))
        return Draft(self.kind, tuple(units))

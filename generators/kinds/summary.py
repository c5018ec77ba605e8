"""Summaries: cited sentences, the key points marked."""

from collections.abc import Mapping, Sequence

from pydantic import BaseModel

from domain.claims import Claim
from domain.material import Artifact, Draft, Kind, SummarySentence
from generators.compose.parse import ParsedSection
from generators.compose.summary import combine_summaries, summarise
from generators.kinds.contract import Request
from generators.replies import ReplyModel, cite, unit_id

_LIMIT = 6


class SummaryLine(ReplyModel):
    """One sentence of the model's summary."""

    text: str
    sources: list[int]
    is_key_point: bool


class SummaryReply(ReplyModel):
    """The model's summary."""

    sentences: list[SummaryLine]


class SummaryKind:
    """A summary of a section or of the whole reading."""

    kind = Kind.SUMMARY
    prompt = "summary"
    prompt_version = 1
    reply: type[BaseModel] = SummaryReply

    def compose(self, parsed: ParsedSection, _request: Request) -> Draft:
        """Choose sentences of the section."""
        return Draft(self.kind, summarise(parsed, sentences=_LIMIT))

    def combine(self, parts: Sequence[Artifact], _request: Request) -> Draft:
        """Choose among the sections' sentences."""
        return Draft(self.kind, combine_summaries(parts))

    def inputs(self, _parsed: ParsedSection, _request: Request) -> Mapping[str, object]:
        """Say how long the summary may be."""
        return {"limit": _LIMIT}

    def read(self, reply: BaseModel, parsed: ParsedSection, _request: Request) -> Draft:
        """Cite each sentence by its numbers."""
        assert isinstance(reply, SummaryReply)
        units = []
        for line in reply.sentences:
            claim = Claim(line.text, cite(parsed, line.sources))
            units.append(SummarySentence(unit_id(self.kind, claim, line.text), claim, line.is_key_point))
        return Draft(self.kind, tuple(units))

"""Summaries: cited sentences, the key points marked."""

from collections.abc import Mapping, Sequence

from pydantic import BaseModel

from domain.claims import Claim
from domain.material import Artifact, Draft, Kind, SummarySentence
from generators.compose.reading.parse import ParsedSection
from generators.compose.summaries.summary import mark_gist, summarise
from generators.compose.summaries.whole import combine_summaries
from generators.kinds.contract import Request
from generators.model.replies import ReplyModel, cite, unit_id

_LIMIT, _WHOLE_LIMIT = 6, 12


class SummaryLine(ReplyModel):
    """One sentence of the model's summary."""

    text: str
    sources: list[int]
    is_key_point: bool
    is_gist: bool = False


class SummaryReply(ReplyModel):
    """The model's summary."""

    sentences: list[SummaryLine]


class SummaryKind:
    """A summary of a section or of the whole reading."""

    kind = Kind.SUMMARY
    prompt = "summary"
    prompt_version = 3
    reply: type[BaseModel] = SummaryReply

    def compose(self, parsed: ParsedSection, request: Request) -> Draft:
        """Choose sentences of the section."""
        return Draft(self.kind, summarise(parsed, sentences=_LIMIT + request.more))

    def combine(self, parts: Sequence[Artifact], request: Request) -> Draft:
        """Choose among the sections' sentences."""
        limit = _WHOLE_LIMIT + request.more
        return Draft(self.kind, combine_summaries(parts, sentences=limit, title=request.document.title))

    def inputs(self, _parsed: ParsedSection, request: Request) -> Mapping[str, object]:
        """Say how long the summary may be."""
        return {"limit": _LIMIT + request.more}

    def read(self, reply: BaseModel, parsed: ParsedSection, _request: Request) -> Draft:
        """Cite each sentence by its numbers; one of them is the gist."""
        assert isinstance(reply, SummaryReply)
        units = []
        for line in reply.sentences:
            claim = Claim(line.text, cite(parsed, line.sources))
            identifier = unit_id(self.kind, claim, line.text)
            units.append(SummarySentence(identifier, claim, line.is_key_point, is_gist=line.is_gist))
        return Draft(self.kind, mark_gist(parsed, units))

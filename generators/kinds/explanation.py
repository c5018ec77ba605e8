"""Something explained in another way, for one person: in the reading's words, with a comparison marked as one."""

import re
from collections.abc import Mapping, Sequence

from pydantic import BaseModel

from domain.claims import Claim
from domain.guides import ExplanationSentence, Way
from domain.material import Artifact, Draft, Kind
from domain.words import list_numbers
from generators.compose.asking.explaining import explain
from generators.compose.reading.parse import ParsedSection
from generators.kinds.contract import Request
from generators.model.replies import ReplyModel, cite, unit_id
from safety.injection import fence

_LIMIT = 5
_LONGEST_COMPARISON = 16
"""Words of a comparison: a picture, not a second text."""

_LIKENESS = re.compile(r"\b(?:like|as if|as though)\b", re.IGNORECASE)
_ASSERTS = re.compile(r"[,;:.!?()]|\b(?:that|which|who|because|and|but|not|never)\b", re.IGNORECASE)
"""What would say something more than the likeness."""


class ExplanationLine(ReplyModel):
    """One sentence of the model's explanation."""

    way: Way
    text: str
    comparison: str
    sources: list[int]


class ExplanationReply(ReplyModel):
    """The model's explanation; empty when the reading does not speak of it."""

    sentences: list[ExplanationLine]


class ExplanationKind:
    """Another explanation of what a person names."""

    kind = Kind.EXPLANATION
    prompt = "explanation"
    prompt_version = 2
    reply: type[BaseModel] = ExplanationReply

    def compose(self, parsed: ParsedSection, request: Request) -> Draft:
        """Choose sentences that come at it in other ways."""
        return Draft(self.kind, explain(request.text, parsed))

    def combine(self, _parts: Sequence[Artifact], _request: Request) -> Draft:
        """Make nothing: an explanation is made of what was found for what was asked."""
        return Draft(self.kind, ())

    def inputs(self, _parsed: ParsedSection, request: Request) -> Mapping[str, object]:
        """Give what is to be explained."""
        return {"subject": fence(request.text), "limit": _LIMIT}

    def read(self, reply: BaseModel, parsed: ParsedSection, request: Request) -> Draft:
        """Cite each sentence. A comparison stands apart from what is said, and states no figures."""
        assert isinstance(reply, ExplanationReply)
        units = []
        for line in reply.sentences:
            claim = Claim(line.text, cite(parsed, line.sources))
            identifier = unit_id(self.kind, claim, request.text, line.way, line.text)
            units.append(ExplanationSentence(identifier, claim, line.way, _comparison(line)))
        return Draft(self.kind, tuple(units))


def _comparison(line: ExplanationLine) -> str:
    """Give the comparison where it may stand: one short picture of everyday life that asserts nothing beside it."""
    text = " ".join(line.comparison.split())
    words = text.rstrip(".").split()
    is_picture = (
        line.way is Way.COMPARISON
        and len(words) <= _LONGEST_COMPARISON
        and len(_LIKENESS.findall(text)) == 1
        and not _ASSERTS.search(text.rstrip("."))
        and not any(word[:1].isupper() for word in words[1:])
        and not list_numbers(text)
    )
    return text if is_picture else ""

"""Study guides: objectives, key questions, terms and dated events, each with the sentence it rests on."""

from collections.abc import Mapping, Sequence

from pydantic import BaseModel

from domain.claims import Claim
from domain.guides import GuideEntry, GuidePart
from domain.material import Artifact, Draft, Kind
from generators.compose.guides.study_guide import combine_guides, make_guide
from generators.compose.reading.parse import ParsedSection
from generators.kinds.contract import Request
from generators.model.replies import ReplyModel, cite, says, unit_id

_LIMIT = 5


class GuideLine(ReplyModel):
    """One entry of the model's guide."""

    part: GuidePart
    label: str
    statement: str
    sources: list[int]


class GuideReply(ReplyModel):
    """The model's guide."""

    entries: list[GuideLine]


class StudyGuideKind:
    """A study guide to a section or to the whole reading."""

    kind = Kind.STUDY_GUIDE
    prompt = "study_guide"
    prompt_version = 2
    reply: type[BaseModel] = GuideReply

    def compose(self, parsed: ParsedSection, _request: Request) -> Draft:
        """Collect what the section aims at, answers, defines and dates."""
        return Draft(self.kind, make_guide(parsed))

    def combine(self, parts: Sequence[Artifact], _request: Request) -> Draft:
        """Join the sections' guides."""
        guides = [[unit for unit in part.units if isinstance(unit, GuideEntry)] for part in parts]
        return Draft(self.kind, combine_guides(guides))

    def inputs(self, _parsed: ParsedSection, _request: Request) -> Mapping[str, object]:
        """Say how many key questions there may be."""
        return {"limit": _LIMIT}

    def read(self, reply: BaseModel, parsed: ParsedSection, _request: Request) -> Draft:
        """Cite each statement. Dates are the built-in writer's alone: they are sorted by what the reading says.

        A reply without other entries makes no guide.
        """
        assert isinstance(reply, GuideReply)
        units = [
            _read(line, parsed, self.kind)
            for line in reply.entries
            if line.part is not GuidePart.EVENT and line.label.strip()
        ]
        events = [entry for entry in make_guide(parsed) if entry.part is GuidePart.EVENT]
        return Draft(self.kind, (*units, *events) if units else ())


def _read(line: GuideLine, parsed: ParsedSection, kind: Kind) -> GuideEntry:
    """Cite an entry; a label with words of its own cites nothing."""
    citations = cite(parsed, line.sources)
    is_said = says(f"{line.statement} {parsed.evidence.title}", line.label)
    claim = Claim(line.statement, citations if is_said else ())
    return GuideEntry(unit_id(kind, claim, line.part, line.label), claim, line.part, line.label)

"""Worked examples of the reading's own. A model may set them out more clearly; it may not work out others."""

from collections.abc import Mapping, Sequence

from pydantic import BaseModel

from domain.claims import Claim
from domain.guides import ExampleStep, StepRole
from domain.material import Artifact, Draft, Kind
from generators.compose.guides.worked_examples import MOST_EXAMPLES, combine_examples, find_examples
from generators.compose.reading.parse import ParsedSection
from generators.kinds.contract import Request
from generators.model.replies import ReplyModel, cite, unit_id


class StepLine(ReplyModel):
    """One step of an example."""

    role: StepRole
    text: str
    sources: list[int]


class ExampleLine(ReplyModel):
    """One example, its steps in order."""

    title: str
    steps: list[StepLine]


class ExamplesReply(ReplyModel):
    """The examples that the model found."""

    examples: list[ExampleLine]


class WorkedExamplesKind:
    """The worked examples of a section or of the whole reading."""

    kind = Kind.WORKED_EXAMPLES
    prompt = "worked_examples"
    prompt_version = 1
    reply: type[BaseModel] = ExamplesReply

    def compose(self, parsed: ParsedSection, _request: Request) -> Draft:
        """Find the section's examples."""
        return Draft(self.kind, find_examples(parsed))

    def combine(self, parts: Sequence[Artifact], _request: Request) -> Draft:
        """Join the sections' examples."""
        lists = [[unit for unit in part.units if isinstance(unit, ExampleStep)] for part in parts]
        return Draft(self.kind, combine_examples(lists))

    def inputs(self, _parsed: ParsedSection, _request: Request) -> Mapping[str, object]:
        """Say how many examples there may be."""
        return {"limit": MOST_EXAMPLES}

    def read(self, reply: BaseModel, parsed: ParsedSection, _request: Request) -> Draft:
        """Cite each step. An example with a step that cites nothing is left out: half of one misleads."""
        assert isinstance(reply, ExamplesReply)
        units: list[ExampleStep] = []
        for example in reply.examples[:MOST_EXAMPLES]:
            claims = [(step.role, Claim(step.text, cite(parsed, step.sources))) for step in example.steps]
            if claims and all(claim.citations for _, claim in claims):
                # a long section is read in pieces: where an example begins tells it from those of other pieces
                number = min(min(step.sources) for step in example.steps)
                units += [
                    ExampleStep(unit_id(self.kind, claim, number, place), claim, number, parsed.evidence.title, role)
                    for place, (role, claim) in enumerate(claims)
                ]
        return Draft(self.kind, tuple(units))

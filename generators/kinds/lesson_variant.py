"""Lesson variants: a part of the reading in easier words, sentence beside sentence, both levels measured."""

from collections.abc import Mapping, Sequence

from pydantic import BaseModel

from domain.material import Artifact, Claim, Draft, Kind, Unit, VariantSentence
from generators.compose.parse import ParsedSection
from generators.compose.plain import simplify
from generators.compose.reading_level import grade
from generators.kinds.contract import Request
from generators.replies import ReplyModel, cite, unit_id

_EASIER = 3.0
"""School grades by which a variant is to be easier than its original."""

_LOWEST = 3.0


class VariantLine(ReplyModel):
    """One sentence in the model's words, with the number of the sentence it stands for."""

    number: int
    text: str


class VariantReply(ReplyModel):
    """The easier lesson."""

    sentences: list[VariantLine]


class LessonVariantKind:
    """An easier version of a section."""

    kind = Kind.LESSON_VARIANT
    prompt = "lesson_variant"
    prompt_version = 1
    reply: type[BaseModel] = VariantReply

    def compose(self, parsed: ParsedSection, _request: Request) -> Draft:
        """Choose, split and gloss the section's sentences."""
        units = simplify(parsed)
        return Draft(self.kind, units, levels=measure(units))

    def combine(self, parts: Sequence[Artifact], _request: Request) -> Draft:
        """Put the sections' variants one after the other."""
        units = tuple(unit for part in parts for unit in part.units)
        return Draft(self.kind, units, levels=measure(units))

    def inputs(self, parsed: ParsedSection, _request: Request) -> Mapping[str, object]:
        """Name the grade to write for."""
        return {"grade": round(max(_LOWEST, grade(parsed.evidence.text) - _EASIER), 1)}

    def read(self, reply: BaseModel, parsed: ParsedSection, _request: Request) -> Draft:
        """Put each sentence beside the one it stands for."""
        assert isinstance(reply, VariantReply)
        units = []
        for line in reply.sentences:
            citations = cite(parsed, [line.number])
            claim = Claim(line.text, citations)
            original = parsed.sentences[line.number - 1].text if citations else ""
            units.append(VariantSentence(unit_id(self.kind, claim, line.text), claim, original))
        return Draft(self.kind, tuple(units), levels=measure(units))


def measure(units: Sequence[Unit]) -> tuple[float, float] | None:
    """Give the school grades of the original and of the variant, or None without sentences."""
    sentences = [unit for unit in units if isinstance(unit, VariantSentence)]
    if not sentences:
        return None
    originals = dict.fromkeys(sentence.original for sentence in sentences)
    return grade(" ".join(originals)), grade(" ".join(sentence.claim.text for sentence in sentences))

"""Lesson variants: a part of the reading in easier words, sentence beside sentence, both levels measured."""

import re
from collections.abc import Mapping, Sequence

from pydantic import BaseModel

from domain.claims import Claim
from domain.material import Artifact, Draft, Kind, Unit, VariantSentence
from domain.outcomes import Outcome, Reason, Refused, Served
from generators.compose.easier.plain import simplify
from generators.compose.easier.reading_level import grade
from generators.compose.reading.parse import ParsedSection
from generators.kinds.contract import Request
from generators.model.replies import ReplyModel, cite, unit_id

_EASIER = 3.0
"""School grades by which a variant is to be easier than its original."""

_LOWEST = 3.0

_LEAST = 0.3
"""School grades by which a variant must be easier; less is within what the measure can tell."""

_ENDS = re.compile(r"\w\W+\w.*[.!?…。！？][\"'”’»)\]]*$", re.DOTALL)
"""A sentence has more than a word, and an end."""


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
    prompt_version = 2
    reply: type[BaseModel] = VariantReply

    def compose(self, parsed: ParsedSection, _request: Request) -> Draft:
        """Choose, split and gloss the section's sentences."""
        units = simplify(parsed)
        return Draft(self.kind, units, levels=measure(units, grade(parsed.evidence.text)))

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
        return Draft(self.kind, tuple(units), levels=measure(units, grade(parsed.evidence.text)))


def measure(units: Sequence[Unit], original: float | None = None) -> tuple[float, float] | None:
    """Give the school grades of the original and of the variant, or None without sentences.

    `original` is the grade of the section; without it, that of the sentences that the variant was made of.
    """
    sentences = [unit for unit in units if isinstance(unit, VariantSentence)]
    if not sentences:
        return None
    if original is None:
        original = grade(" ".join(dict.fromkeys(sentence.original for sentence in sentences)))
    return original, grade(" ".join(sentence.claim.text for sentence in sentences))


def measure_again(artifact: Artifact) -> tuple[float, float] | None:
    """Give the levels by the sentences that the variant has now; the original stays as it was measured."""
    return measure(artifact.units, artifact.levels[0] if artifact.levels else None)


def count_left_out(units: Sequence[Unit], parsed: ParsedSection) -> tuple[int, int]:
    """Count the sentences of the original that a variant has nothing of, and all; headings are no sentences."""
    used = {" ".join(unit.original.split()) for unit in units if isinstance(unit, VariantSentence)}
    sentences = [" ".join(sentence.text.split()) for sentence in parsed.sentences]
    whole = [text for text in sentences if text in used or _ENDS.search(text)]
    return sum(text not in used for text in whole), len(whole)


def keep_if_easier(outcome: Outcome) -> Outcome:
    """Refuse an easier version that is not easier."""
    if not isinstance(outcome, Served) or outcome.artifact.kind is not Kind.LESSON_VARIANT:
        return outcome
    levels = measure_again(outcome.artifact)
    if levels is None or levels[0] - levels[1] < _LEAST:
        return Refused(Reason.NOTHING_FOUND, "This section is already about as plain as its own words allow.")
    return outcome

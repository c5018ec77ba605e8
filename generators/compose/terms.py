"""Key terms and their definitions, each with its place in the section."""

from dataclasses import dataclass

from domain.documents import Range
from generators.compose.parse import ParsedSection, Sentence


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the section.

    `at` is its first or defining mention, `sentence` the sentence around it, `definition` the words that say
    what it is (cut from the sentence, empty when it is only used), `weight` how central it is (higher is more).
    """

    label: str
    at: Range
    sentence: Sentence
    definition: str = ""
    definition_at: Range | None = None
    is_emphasised: bool = False
    weight: float = 1.0


def find_terms(parsed: ParsedSection, *, limit: int = 25) -> tuple[Term, ...]:
    """List the section's terms, the most central first. Emphasis is the strongest sign."""
    found: dict[str, Term] = {}
    for mark in parsed.evidence.emphasis:
        label = parsed.evidence.text[mark.start : mark.end].strip(" ,.;:()\n")
        sentence = parsed.sentence_at(mark.start)
        if label and sentence and label.lower() not in found:
            found[label.lower()] = Term(label, mark, sentence, is_emphasised=True)
    return tuple(found.values())[:limit]

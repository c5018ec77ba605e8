"""A link between two concepts, as one sentence of the reading supports it."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.material import RelationType
from generators.compose.reading.mentions import UNSPACED, Name
from generators.compose.reading.parse import ParsedSection, Sentence
from generators.compose.summaries.suppositions import is_conditional, is_supposed

_SHORTEST, _LONGEST, _LONG_ENOUGH = 3, 80, 10
"""Words in a sentence; one without a closing mark must be long enough to be no heading."""

_SIGNS_IN_A_WORD = 2
"""In scripts without blanks, about."""


@dataclass(frozen=True, slots=True)
class Link:
    """A relation that one sentence supports; `strength` says how surely, 0 to 1.

    `phrase` are the sentence's own words between the two, where they read from source to target.
    """

    source: Name
    target: Name
    type: RelationType
    strength: float
    sentence: Sentence
    phrase: str = ""


def is_prose(sentence: Sentence) -> bool:
    """Leave out headings, questions and the run-on text of tables."""
    words = len(sentence.text.split()) + len(UNSPACED.findall(sentence.text)) // _SIGNS_IN_A_WORD
    is_closed = sentence.text.rstrip("”\"')]").endswith((".", "!", ":", ";", "。", "！"))
    if sentence.text.endswith(("?", "？")) or not _SHORTEST <= words <= _LONGEST:
        return False
    return is_closed or (words >= _LONG_ENOUGH and sentence.text[0].isupper())


def is_unsure(parsed: ParsedSection, sentence: Sentence) -> bool:
    """Whether what a sentence says is true only under a condition or in an example in thought."""
    return is_conditional(sentence) or is_supposed(parsed, sentence)


def keep_best(links: Sequence[Link]) -> list[Link]:
    """Keep one link of each pair, strongest first: the strongest, the earliest of equals."""
    best: dict[frozenset[Name], Link] = {}
    for link in sorted(links, key=lambda link: (-link.strength, link.sentence.index)):
        best.setdefault(frozenset((link.source, link.target)), link)
    return list(best.values())

"""A link between two concepts, as one sentence of the reading supports it."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.material import RelationType
from generators.compose.mentions import Name
from generators.compose.parse import ParsedSection, Sentence
from generators.compose.suppositions import is_conditional, is_supposed

_SHORTEST, _LONGEST, _LONG_ENOUGH = 3, 80, 10
"""Words in a sentence; one without a closing mark must be long enough to be no heading."""


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
    words = sentence.text.split()
    is_closed = sentence.text.rstrip("”\"')]").endswith((".", "!", ":", ";", "。"))
    return (is_closed and not sentence.text.endswith("?") and _SHORTEST <= len(words) <= _LONGEST) or (
        _LONG_ENOUGH <= len(words) <= _LONGEST and sentence.text[0].isupper() and not sentence.text.endswith("?")
    )


def is_unsure(parsed: ParsedSection, sentence: Sentence) -> bool:
    """Whether what a sentence says is true only under a condition or in an example in thought."""
    return is_conditional(sentence) or is_supposed(parsed, sentence)


def keep_best(links: Sequence[Link]) -> list[Link]:
    """Keep one link of each pair, strongest first: the strongest, the earliest of equals."""
    best: dict[frozenset[Name], Link] = {}
    for link in sorted(links, key=lambda link: (-link.strength, link.sentence.index)):
        best.setdefault(frozenset((link.source, link.target)), link)
    return list(best.values())

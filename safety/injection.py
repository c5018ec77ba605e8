"""Keeps what stands in a reading from being taken for an instruction.

Structure does the work: the text goes between two markers that it cannot know, and its blanks are marked
(datamarking; Hines et al. 2024, "Defending against indirect prompt injection with spotlighting"), so that a
model can tell quoted words from its own orders.
"""

import re
import secrets
import unicodedata

MARK = "\u02c6"
"""Stands for a blank in fenced text; taken out of the text itself beforehand."""

_FENCE = re.compile(
    r"<{2,}|>{2,}|`{3,}|~{3,}|\[/?INST\]|<\|[^|>]{0,40}\|>|</?\s*(?:system|user|assistant|evidence)\s*>",
    re.IGNORECASE,
)
_KEPT = "\n\t"
_LETTERS = "bcdfghjklmnpqrstvwxz"
"""What markers are made of: with digits, one could be taken for somebody's number on its way out."""


def fence(text: str) -> str:
    """Quote a text as data: between random markers, its blanks marked, forged markers and hidden letters gone."""
    name = "".join(secrets.choice(_LETTERS) for _ in range(16))
    marked = re.sub(r" +", MARK, neutralise(text))
    return f"<<<material {name}>>>\n{marked}\n<<<end {name}>>>"


def neutralise(text: str) -> str:
    """Take out what people cannot see (controls, zero-width, direction and tag characters) and defuse fences."""
    return _FENCE.sub(" ", strip_hidden(text).replace(MARK, " "))


def strip_hidden(text: str, *, kept: str = _KEPT) -> str:
    """Take out what people cannot see, but for the characters `kept`."""
    return "".join(letter for letter in text if letter in kept or not is_hidden(letter))


def is_hidden(letter: str) -> bool:
    """Whether a character has no picture of its own: controls, formats (tags, bidi), private and unassigned ones."""
    is_selector = "\ufe00" <= letter <= "\ufe0f" or "\U000e0100" <= letter <= "\U000e01ef"
    return is_selector or unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co", "Cn"}

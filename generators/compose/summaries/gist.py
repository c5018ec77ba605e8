"""The one sentence of a summary that by itself says most of what the part is about.

One that leans on others, or has a date or a row of figures, is taken only where there is no other; one that names what
the section is about goes before one that does not.
"""

import re
from collections.abc import Sequence

from domain.formulas import mask_formulas
from generators.compose.summaries.section_words import SectionWords, count_words, list_stems
from generators.compose.terms.terms import Term, mention_pattern

LONGEST = 30
"""Words of a gist, where there is a sentence so short."""

_LEANS = re.compile(
    r"^(?:it|its|they|their|this|these|that|those|such|he|she|his|her|here|there(?! (?:is|are|was|were)\b)|where|then|"
    r"and|but|so|or|another|both|the (?:former|latter|result|following|above|same|other|next)|for example|"
    r"for instance|as|first|second|third|finally|(?:many|some|most) people (?:think|believe|say))\b|"
    r"\b(?:he|she|him|this (?:example|case|result|problem|figure|table|section))\b|"
    r"\b(?:it|one)[.!]?$|\bthem\b|\b(?:above|below|following)\b|"
    r"\bas (?:we|you) \w+|\b(?:in|by|from|of) ?[.,;]",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"(?<![\w.])[-−]?\d[\d.,]*")
_VALUE = re.compile(r"\b(?:is|are|was|were|of)\s+[-−]?\d")
_DATED = re.compile(r"\d ?%|\bpercent\b|[$£€¥] ?\d|\b(?:1[5-9]|20)\d\d\b")
"""A share, a sum of money or a year: what was so in one case rather than what is so."""

_SIGN = re.compile(r"[=≈≤≥<>±√∑^~|]")
_MOST_FIGURES, _MOST_VALUES = 2, 1
_MAIN = 3
"""Terms of which one is what a section is about, where its title names none."""


def find_gist(texts: Sequence[str], words: SectionWords, *, terms: Sequence[Term] = (), title: str = "") -> int:
    """Give the place of the text that covers most of what a summary would say; of long ones only, the shortest."""
    chances = words.chances(1)
    main = main_pattern(terms, title)

    def covers(text: str) -> float:
        stems = set(list_stems(text)) - words.grammar
        return sum(chances.get((word, 1), 0.0) for word in stems)

    def worth(place: int) -> tuple[tuple[bool, ...], float]:
        text = texts[place]
        length = count_words(text)
        return fitness(text, main), covers(text) if length <= LONGEST else -length

    return max(range(len(texts)), key=worth)


def main_pattern(terms: Sequence[Term], title: str) -> re.Pattern[str] | None:
    """Match what the section is about: the terms in its title, else the most central ones of all."""
    patterns = [mention_pattern(term.label) for term in terms]
    main = [one for one in patterns if one.search(title)] or patterns[:_MAIN]
    return re.compile("|".join(one.pattern for one in main), re.IGNORECASE) if main else None


def fitness(text: str, main: re.Pattern[str] | None) -> tuple[bool, ...]:
    """Say what makes a text fit for a gist, the weightiest first; of two texts the greater is fitter.

    It leans on nothing, has no row of figures, date or share, has few words, and names the main term.
    """
    is_row = len(_FIGURE.findall(text)) > _MOST_FIGURES or len(_VALUE.findall(text)) > _MOST_VALUES
    has_figures = is_row or bool(_DATED.search(text) or _SIGN.search(text)) or mask_formulas(text) != text
    is_named = main is None or main.search(text) is not None
    return _LEANS.search(text) is None, not has_figures, count_words(text) <= LONGEST, is_named

"""How much a sentence carries of its section: how central it is, what it defines and names, where it stands.

A linear model over a few signs. Its weights come from the authors' own summaries in four textbooks
(OpenStax, CC BY 4.0); `bench/fit_salience.py` fits them and prints what they reach on an unseen book.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.documents import Vector
from domain.formulas import around_formulas, mask_formulas
from generators.compose.candidates import normal_form
from generators.compose.definition_patterns import ASIDES
from generators.compose.parse import ParsedSection, Sentence
from generators.compose.suppositions import is_statement, is_supposed, points_away
from generators.compose.term_weights import rarity
from generators.compose.terms import Term, mention_pattern

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WEIGHTS = {
    "central": 0.07,
    "alike": 0.15,
    "paragraph": -0.009,
    "terms": 0.027,
    "defines": 0.062,
    "opens a paragraph": 0.03,
    "early": 0.029,
    "example": -0.023,
    "past": -0.018,
    "length": 0.034,
    "frequent words": 0.117,
    "most frequent words": -0.022,
    "rare words": 0.011,
}
SHORTEST, LONGEST = 6, 48
"""Words in a sentence that may stand in a summary."""

_ALIKE = 0.45
"""Cosine from which two sentences count as speaking of the same (MiniLM vectors)."""

_POINTING = re.compile(r"(?:it|they|this|these|that|those|he|she|such|his|her|their|its|both|i)\b", re.IGNORECASE)
_EXAMPLE = re.compile(
    r"(?:for example|for instance|consider|imagine|suppose|recall|in this (?:section|chapter|example)|let us|let’s|"
    r"think of|note that|figure|table|see|as shown|we (?:will|shall) )",
    re.IGNORECASE,
)
_POINTS_OUT = re.compile(
    r"\b(?:Figure|Fig\.|Table|Equation|Chapter|Section) ?\d|\b(?:shown|seen) (?:in|below|above)\b|[=∝≈]"
)
_LINK = re.compile(
    r"^(?:however|but|and|so|thus|therefore|then|also|moreover|in addition|furthermore|on the other hand|in contrast|"
    r"instead|yet|similarly|finally|as a result|consequently|of course|in fact|indeed|in other words|that is|again|"
    r"nevertheless|hence|note that|recall that|conversely|likewise|for this reason|in general|simply put),? ",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Salience:
    """A sentence that may stand in a summary: how it would read there, its signs, the terms it names."""

    sentence: Sentence
    text: str
    signs: dict[str, float]
    terms: frozenset[int]
    vector: Vector

    @property
    def score(self) -> float:
        """How near it is, by its signs, to what authors put in their summaries; only differences count."""
        return sum(WEIGHTS[name] * value for name, value in self.signs.items())


def read_salience(parsed: ParsedSection, terms: Sequence[Term]) -> tuple[Salience, ...]:
    """Read every sentence that could stand in a summary; `Salience.terms` counts in the `terms` given."""
    fit = [sentence for sentence in parsed.sentences if _is_fit(sentence) and _says_something(parsed, sentence)]
    if not fit:
        return ()
    near = _nearness(parsed, fit)
    patterns = [mention_pattern(term.label) for term in terms]
    defined = {term.sentence.index: min(1.0, term.weight) for term in reversed(terms) if term.definition}
    counts = Counter(word for sentence in parsed.sentences for word in _words(sentence))
    found = []
    for row, sentence in enumerate(fit):
        named = frozenset(place for place, pattern in enumerate(patterns) if pattern.search(sentence.text))
        signs = {
            **near[row],
            "terms": sum(min(1.0, terms[place].weight) for place in named),
            "defines": defined.get(sentence.index, 0.0),
            **_standing(parsed.evidence.text, sentence),
            **_wording(sentence, counts),
        }
        found.append(Salience(sentence, reading_alone(sentence.text), signs, named, parsed.vectors[sentence.index]))
    return tuple(found)


def reading_alone(text: str) -> str:
    """Word a sentence as it reads out of its place: without brackets and the word that ties it to the one before."""
    words = around_formulas(text, lambda veiled: _LINK.sub("", " ".join(ASIDES.sub("", veiled).split())))
    return words[0].upper() + words[1:]


def _is_fit(sentence: Sentence) -> bool:
    """Whether a sentence may stand alone: whole and plain, no heading, question, equation, verse or pointer."""
    text = sentence.text
    is_whole = text[0].isalpha() and text[-1] in '.!”"’)' and SHORTEST <= len(text.split()) <= LONGEST
    is_verse = any(len(line) < _SHORTEST_LINE for line in text.split("\n")[:-1])
    bare = _LINK.sub("", text)
    return is_whole and not is_verse and not _POINTING.match(bare) and not _POINTS_OUT.search(mask_formulas(text))


def _says_something(parsed: ParsedSection, sentence: Sentence) -> bool:
    """Whether a sentence is content that stands alone: no subtitle, order, thought example or pointer elsewhere."""
    if not is_statement(sentence) or points_away(sentence) or is_supposed(parsed, sentence):
        return False
    opening = re.match(r"\s*\S.*?(?=\n\n|\Z)", parsed.evidence.text, re.DOTALL)
    subtitle = any(opening and opening.end() - 1 <= mark.end and mark.start <= 1 for mark in parsed.evidence.emphasis)
    return not (subtitle and opening and sentence.at.start < opening.end())


_SHORTEST_LINE = 40
"""Characters before a line break within prose; verse, lists and tables break sooner."""


def _standing(text: str, sentence: Sentence) -> dict[str, float]:
    """Read where the sentence stands and how it opens."""
    start = sentence.at.start
    opens = not text[:start].strip() or "\n" in text[max(0, start - 2) : start]
    return {
        "opens a paragraph": float(opens),
        "early": 1 - start / len(text),
        "example": float(bool(_EXAMPLE.match(sentence.text))),
    }


def _wording(sentence: Sentence, counts: Counter[str]) -> dict[str, float]:
    """Read how often the section uses the sentence's words, and how rare they are elsewhere."""
    words = _words(sentence)
    often = [counts[word] for word in words] or [0]
    named = [normal_form(word) for word in re.findall(r"[^\W\d_]{3,}", sentence.text)]
    verbs = [token.tag_ for token in sentence.tokens if token.tag_.startswith("VB")]
    return {
        "past": verbs.count("VBD") / len(verbs) if verbs else 0.0,
        "length": min(len(sentence.text.split()), 40) / 20,
        "frequent words": sum(map(math.log1p, often)) / len(often),
        "most frequent words": sum(map(math.sqrt, often)) / len(often),
        "rare words": sum(map(rarity, named)) / len(named) if named else 0.0,
    }


def _words(sentence: Sentence) -> list[str]:
    """List the content words in normal form."""
    return [(token.lemma_ or token.text).lower() for token in sentence.tokens if token.is_alpha and not token.is_stop]


def _nearness(parsed: ParsedSection, fit: Sequence[Sentence]) -> list[dict[str, float]]:
    """Compare each sentence with the whole section, with all its sentences and with its paragraph."""
    import numpy as np

    every = np.asarray(parsed.vectors, dtype=np.float32)
    vectors = every[[sentence.index for sentence in fit]]
    paragraphs = [parsed.evidence.text.count("\n\n", 0, sentence.at.start) for sentence in fit]
    central = vectors @ _middle(vectors)
    alike = (vectors @ every.T > _ALIKE).mean(axis=1)
    middles = {number: _middle(vectors[[own == number for own in paragraphs]]) for number in set(paragraphs)}
    return [
        {
            "central": float(central[row]),
            "alike": float(alike[row]),
            "paragraph": float(vectors[row] @ middles[paragraphs[row]]),
        }
        for row in range(len(fit))
    ]


def _middle(vectors: "NDArray[np.float32]") -> "NDArray[np.float32]":
    """Give the mean of unit vectors, scaled to length 1."""
    import numpy as np

    mean = vectors.mean(axis=0)
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), dtype=np.float32)

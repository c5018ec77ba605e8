"""How much a sentence carries of its section: how likely its words are in a summary, how central it is, how it stands.

A linear model over a few signs. Its weights come from the authors' own summaries in four textbooks
(OpenStax, CC BY 4.0); `bench/fit_salience.py` fits them and prints what they reach on an unseen book.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from domain.documents import Vector
from domain.formulas import around_formulas
from generators.compose.reading.parse import ParsedSection, Sentence
from generators.compose.summaries.centrality import Centrality, read_centrality
from generators.compose.summaries.section_words import SectionWords, list_stems
from generators.compose.summaries.shortening import shorten
from generators.compose.summaries.standing import LINK, is_fit
from generators.compose.terms.definition_patterns import ASIDES
from generators.compose.terms.terms import Term, mention_pattern

WEIGHTS = {
    "likely words": 0.708,
    "likely content": 0.0046,
    "all likely": -0.2202,
    "all content": 0.1509,
    "length": 0.1514,
    "length squared": -0.0314,
    "frequent words": -0.1254,
    "most frequent words": 0.0324,
    "alike": 0.142,
    "linked": 0.0236,
    "shares words": 0.2026,
    "example": -0.0318,
    "names a term": 0.0309,
    "nouns": 0.0607,
}
_EXAMPLE = re.compile(
    r"(?:for example|for instance|consider|imagine|suppose|recall|in this (?:section|chapter|example)|let us|let’s|"
    r"think of|note that|figure|table|see|as shown|we (?:will|shall) )",
    re.IGNORECASE,
)
_LINK_AT_END = re.compile(r", (?:however|though|of course|too|as well)(?=[.!]$)", re.IGNORECASE)
_NAMES_A_TERM = re.compile(r"\b(?:called|known|termed|defined|refers)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Salience:
    """A wording of a sentence that may stand in a summary: its stems, its signs, the terms it names."""

    sentence: Sentence
    text: str
    stems: tuple[str, ...]
    signs: dict[str, float]
    terms: frozenset[int]
    vector: Vector

    @property
    def score(self) -> float:
        """How near it is, by its signs, to what authors put in their summaries; only differences count."""
        return sum(WEIGHTS[name] * value for name, value in self.signs.items())


def read_salience(
    parsed: ParsedSection, terms: Sequence[Term], words: SectionWords, *, sentences: int
) -> tuple[Salience, ...]:
    """Read every wording of every sentence that could stand in a summary of so many sentences.

    `Salience.terms` counts in the `terms` given. Wordings of one sentence come one after the other, the whole first.
    """
    fit = [sentence for sentence in parsed.sentences if is_fit(parsed, sentence)]
    if not fit:
        return ()
    central = read_centrality(parsed, words)
    chances = words.chances(sentences)
    patterns = [mention_pattern(term.label) for term in terms]
    found = []
    for sentence in fit:
        for text in _wordings(sentence):
            stems = tuple(list_stems(text))
            named = frozenset(place for place, pattern in enumerate(patterns) if pattern.search(text))
            signs = {
                **_likely(stems, words, chances),
                **_standing(sentence, central),
                **_wording(sentence, words),
            }
            found.append(Salience(sentence, text, stems, signs, named, central.vectors[sentence.index]))
    return tuple(found)


def reading_alone(text: str) -> str:
    """Word a sentence as it reads out of its place: without brackets and the word that ties it to the one before."""
    words = around_formulas(text, lambda veiled: _untied(" ".join(ASIDES.sub("", veiled).split())))
    is_symbol = re.match(r"[^\W\d_](?:\d|\b)", words) and not re.match(r"[aio]\b", words)
    return words if is_symbol else words[0].upper() + words[1:]


def _untied(text: str) -> str:
    return _LINK_AT_END.sub("", LINK.sub("", text))


def _wordings(sentence: Sentence) -> Iterator[str]:
    yield reading_alone(sentence.text)
    yield from map(reading_alone, shorten(sentence))


def _likely(stems: Sequence[str], words: SectionWords, chance: Mapping[tuple[str, int], float]) -> dict[str, float]:
    """Read how likely the stems are in a summary, on average and together; and how many there are."""
    chances = {word: chance.get((word, 1), 0.0) for word in dict.fromkeys(stems)}
    content = [chance for word, chance in chances.items() if word not in words.grammar]
    length = len(stems) / 20
    return {
        "likely words": sum(chances.values()) / max(1, len(chances)),
        "likely content": sum(content) / max(1, len(content)),
        "all likely": sum(chances.values()) / 20,
        "all content": sum(content) / 10,
        "length": length,
        "length squared": length**2,
    }


def _standing(sentence: Sentence, central: Centrality) -> dict[str, float]:
    """Read how central the sentence is and how it opens."""
    return {
        "alike": central.alike[sentence.index],
        "linked": central.linked[sentence.index],
        "shares words": central.shared[sentence.index],
        "example": float(bool(_EXAMPLE.match(sentence.text))),
        "names a term": float(bool(_NAMES_A_TERM.search(sentence.text))),
    }


def _wording(sentence: Sentence, words: SectionWords) -> dict[str, float]:
    """Read how often the section uses the sentence's content words, and how much of it is nouns."""
    often = [words.counts[word] for word in list_stems(sentence.text) if word not in words.grammar] or [0]
    tokens = [token for token in sentence.tokens if not token.is_space]
    return {
        "frequent words": sum(map(math.log1p, often)) / len(often),
        "most frequent words": sum(map(math.sqrt, often)) / len(often),
        "nouns": sum(token.pos_ in {"NOUN", "ADJ"} for token in tokens) / len(tokens),
    }

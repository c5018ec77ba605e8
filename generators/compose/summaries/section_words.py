"""Which words of a section its author would use to sum it up: a chance for each, by how the section uses it.

A logistic model over a few signs of a word's stem. Its weights come from the authors' own summaries in four textbooks
(OpenStax, CC BY 4.0); `bench/fit_salience.py` fits them and prints what they reach on an unseen book.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.function_words import words_by_language
from domain.words import lemma, list_words, stem
from generators.compose.reading.parse import ParsedSection
from generators.compose.terms.terms import Term

WEIGHTS = {
    "always": -5.9338,
    "grammar": 0.0565,
    "share": 1.0949,
    "sentences": 0.6156,
    "paragraphs": 0.2009,
    "term": 1.5092,
    "defining": 0.2625,
    "opening share": 0.4775,
    "openings": 0.1713,
    "grammar often": 0.4359,
    "second": -2.2923,
    "third": -3.8863,
    "second often": 0.3167,
    "third often": 0.1935,
    "summary": 0.919,
    "summary grammar": 0.2195,
}
MOST = 3
"""Times that one stem counts in a summary."""

_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+")
_CHARACTERS_A_WORD = 2
_EVERYWHERE = 0.25
"""Share of the sentences from which a word of a language without a list of such words counts as grammar."""

_FEWEST_SENTENCES = 8


def list_stems(text: str) -> list[str]:
    """List the stems of a text in order; writing without blanks gives overlapping pairs of characters."""
    found: list[str] = []
    for word in list_words(text):
        run = _UNSPACED.search(word)
        if run is None:
            found.append(stem(lemma(word)))
        else:
            found += [word[at : at + 2] for at in range(max(1, len(word) - 1))]
    return found


def count_words(text: str) -> int:
    """Count the words of a text; in writing without blanks two characters count as one."""
    unspaced = sum(len(run[0]) for run in _UNSPACED.finditer(text))
    return len(_UNSPACED.sub(" ", text).split()) + math.ceil(unspaced / _CHARACTERS_A_WORD)


@dataclass(frozen=True)
class SectionWords:
    """How a section uses its words, by stem, and the chance that each stands in a summary of it."""

    counts: Counter[str]
    grammar: frozenset[str]
    signs: dict[str, dict[str, float]]

    def chances(self, sentences: int) -> dict[tuple[str, int], float]:
        """Give the chance (0 to 1) of each stem to stand in a summary of `sentences` a first, second, third time."""
        import numpy as np

        keys = [(word, time) for word in self.signs for time in range(1, MOST + 1)]
        rows = [list(self.timed(word, time, sentences=sentences).values()) for word, time in keys]
        if not rows:
            return {}
        names = self.timed(*keys[0], sentences=sentences)
        weighed = np.array(rows) @ np.array([WEIGHTS[name] for name in names])
        return dict(zip(keys, (1 / (1 + np.exp(-weighed))).tolist(), strict=True))

    def timed(self, word: str, time: int, *, sentences: int) -> dict[str, float]:
        """Give every sign of a stem that the weights know, for its first, second or third time in a summary."""
        often = math.log(self.counts[word] + 1)
        long = math.log(sentences)
        return {
            **self.signs[word],
            "second": float(time == 2),
            "third": float(time > 2),
            "second often": often * (time >= 2),
            "third often": often * (time > 2),
            "summary": long,
            "summary grammar": long * (word in self.grammar),
        }


def read_words(parsed: ParsedSection, terms: Sequence[Term]) -> SectionWords:
    """Read how the section uses every stem of its sentences."""
    text = parsed.evidence.text
    said = [(sentence, list_stems(sentence.text)) for sentence in parsed.sentences]
    counts = Counter(word for _, words in said for word in words)
    sentences = Counter(word for _, words in said for word in set(words))
    opening = Counter(
        word for one, words in said if not one.at.start or text[one.at.start - 1] == "\n" for word in set(words)
    )
    paragraphs = Counter(word for part in text.split("\n\n") for word in set(list_stems(part)))
    grammar = _grammar(parsed, sentences)
    named = _best((word, min(1.0, term.weight)) for term in terms for word in list_stems(term.label))
    defining = frozenset(word for term in terms for word in list_stems(term.definition))
    total = max(1, sum(counts.values()))
    signs = {}
    for word, count in counts.items():
        is_grammar = word in grammar
        signs[word] = {
            "always": 1.0,
            "grammar": float(is_grammar),
            "share": math.log(count + 1) - math.log(total) + 7,
            "sentences": 0.0 if is_grammar else math.log(sentences[word] + 1),
            "paragraphs": 0.0 if is_grammar else math.log(paragraphs[word] + 1),
            "term": named.get(word, 0.0),
            "defining": float(word in defining),
            "opening share": opening[word] / sentences[word],
            "openings": math.log(opening[word] + 1),
            "grammar often": math.log(count + 1) * is_grammar,
        }
    return SectionWords(counts, grammar, signs)


def _grammar(parsed: ParsedSection, sentences: Counter[str]) -> frozenset[str]:
    """Give the stems that carry grammar: by a list where the language has one, else by how many sentences have them."""
    listed = words_by_language().get(parsed.evidence.language)
    if listed is not None:
        return frozenset(part for word in listed for part in list_stems(word))
    if len(parsed.sentences) < _FEWEST_SENTENCES:
        return frozenset()
    bar = _EVERYWHERE * len(parsed.sentences)
    return frozenset(word for word, count in sentences.items() if count >= bar and not _UNSPACED.match(word))


def _best(pairs: Iterable[tuple[str, float]]) -> dict[str, float]:
    best: dict[str, float] = {}
    for word, weight in pairs:
        best[word] = max(best.get(word, 0.0), weight)
    return best

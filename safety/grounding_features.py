"""How like a claim is to a passage: six features of its best sentences, and the logistic model that weighs them.

The constants come from `bench/fit_verifier.py`, fitted on CC BY rows alone (see `docs/benchmarks.md`).
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from domain.ports import Embedder
from safety.claim_words import TERM, content, sentences, tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray

MODEL: Mapping[str, float] = {
    "best": 4.122,
    "reach": 0.434,
    "is_term": 0.965,
    "bound": 7.415,
    "share": 0.561,
    "named": 1.071,
    "bias": -4.612,
}

_WORDS = 0.6
"""How much shared words count beside likeness of meaning, in a sentence's score."""

_BEFORE, _AFTER = 0.8, 0.5
"""How near a word is that stands not in the sentence itself but in the one before or after it."""


@dataclass(frozen=True)
class Passage:
    """Sentences with the weight of each word: how telling it is among the sentences of the whole."""

    sentences: tuple[str, ...]
    counts: Counter[str]
    total: int

    def part(self, text: str) -> "Passage":
        """Give the sentences of a text, with the weights of this passage."""
        return Passage(_sentences(text), self.counts, self.total)

    def weight(self, stem: str) -> float:
        """How telling a word is: rare ones more than those of every sentence."""
        return math.log(1 + self.total / (0.5 + self.counts[stem]))

    def holds(self, stem: str) -> "NDArray[Any]":
        """Give 1 for each sentence that has the word, else 0."""
        import numpy as np

        return np.array([stem in stems for stems in self._sets], dtype=float)

    @cached_property
    def _sets(self) -> tuple[frozenset[str], ...]:
        return tuple(_stems(sentence) for sentence in self.sentences)


def read_passage(text: str) -> Passage:
    """Cut a text into sentences and count in how many of them each word stands."""
    parts = _sentences(text)
    counts = Counter(stem for part in parts for stem in _stems(part))
    return Passage(parts, counts, len(parts))


class Likeness:
    """Measures claims against passages. The vectors of the passage at hand are kept until the next one comes."""

    def __init__(self, embedder: Embedder) -> None:
        """Use an embedder for likeness of meaning."""
        self._embedder = embedder
        self._kept: tuple[tuple[str, ...], NDArray[Any] | None] = ((), None)

    def reads(self, language: str) -> bool:
        """Whether likeness of meaning can be measured in a language."""
        known = self._embedder.languages
        return known is None or language.partition("-")[0].lower() in known

    def score(self, text: str, passage: Passage) -> float:
        """Give the chance, from 0 to 1, that the passage supports the text."""
        features = self.features(text, passage)
        return 1 / (1 + math.exp(-sum(MODEL[name] * value for name, value in features.items()) - MODEL["bias"]))

    def features(self, text: str, passage: Passage) -> dict[str, float]:
        """Give the features of a text, the mean over its sentences for those that look at one sentence at a time."""
        parts = [part for part in _sentences(text) if content(tokens(part))]
        vectors = self._vectors(passage)
        found = [_windows(part, passage, vectors @ self._embed([part])[0]) for part in parts]
        means = {name: sum(features[name] for features in found) / len(found) for name in found[0]}
        term = TERM.match(text)
        if term is None or not content(tokens(term["rest"])):
            return {**means, "is_term": 0.0, "bound": 0.0, "share": 0.0, "named": 0.0}
        return {**means, "is_term": 1.0, **_binding(term, passage, vectors @ self._embed([term["rest"]])[0])}

    def _vectors(self, passage: Passage) -> "NDArray[Any]":
        known, vectors = self._kept
        if vectors is None or known != passage.sentences:
            vectors = self._embed(passage.sentences)
            self._kept = (passage.sentences, vectors)
        return vectors

    def _embed(self, texts: Sequence[str]) -> "NDArray[Any]":
        import numpy as np

        return np.array(self._embedder.embed(texts))


def _windows(text: str, passage: Passage, meanings: "NDArray[Any]") -> dict[str, float]:
    """Look for the sentence that is most like the text, and how far from it each of the text's words stands.

    `best` is the likeness of that sentence; `reach` is near 1 when every word stands in sentences as like as that one.
    """
    import numpy as np

    stems = list(dict.fromkeys(token.stem for token in content(tokens(text))))
    weights = {stem: passage.weight(stem) for stem in stems}
    holds = {stem: passage.holds(stem) for stem in stems}
    total = sum(weights.values())
    shared = sum((weights[stem] * holds[stem] for stem in stems), start=np.zeros(len(meanings)))
    reach = 0.0
    for stem in stems:
        rest = (shared - weights[stem] * holds[stem]) / max(total - weights[stem], 1e-9)
        scores = meanings + _WORDS * rest
        loss = (scores * _near(holds[stem])).max() - scores.max()
        reach += weights[stem] * math.exp(5 * loss) / total
    return {"best": float((meanings + _WORDS * shared / total).max()), "reach": reach}


def _binding(term: re.Match[str], passage: Passage, meanings: "NDArray[Any]") -> dict[str, float]:
    """Look whether the sentences that are like a definition name its term.

    `bound` is what the best score loses when the term must be near, `share` the weight of the likely sentences
    that are near it, `named` the best likeness of meaning near it.
    """
    import numpy as np

    named = {token.stem for token in content(tokens(term["term"]))}
    weight = sum(passage.weight(stem) for stem in named) or 1.0
    cover = sum((passage.weight(stem) * passage.holds(stem) for stem in named), start=np.zeros(len(meanings))) / weight
    near = _near(cover)
    wanted = {token.stem for token in content(tokens(term["rest"]))} - named
    total = sum(passage.weight(stem) for stem in wanted) or 1.0
    shared = sum((passage.weight(stem) * passage.holds(stem) for stem in wanted), start=np.zeros(len(meanings))) / total
    scores = meanings + _WORDS * shared
    odds = np.exp(12 * (scores - scores.max()))
    return {
        "bound": max(float((scores * near).max() - scores.max()), -0.6),
        "share": float((odds * near).sum() / odds.sum()) - 0.5,
        "named": float((meanings * near).max()),
    }


def _near(holds: "NDArray[Any]") -> "NDArray[Any]":
    import numpy as np

    before, after = np.append(0.0, holds[:-1]), np.append(holds[1:], 0.0)
    near: NDArray[Any] = np.maximum(holds, np.maximum(_BEFORE * before, _AFTER * after))
    return near


def _sentences(text: str) -> tuple[str, ...]:
    return tuple(text[start:end] for start, end in sentences(text))


def _stems(text: str) -> frozenset[str]:
    return frozenset(token.stem for token in tokens(text) if token.is_word)

"""How like a claim is to a passage: features of the best window, and the small model that weighs them."""

import math
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from domain.ports import Embedder
from safety.claim_words import content, sentences, tokens


@dataclass(frozen=True)
class Passage:
    """A text with its sentences and the weight of each word."""

    text: str

    @cached_property
    def sentences(self) -> list[str]:
        """The sentences' texts."""
        return [self.text[start:end] for start, end in sentences(self.text)]

    @cached_property
    def stems(self) -> list[frozenset[str]]:
        """The stems of each sentence."""
        return [frozenset(token.stem for token in tokens(sentence) if token.is_word) for sentence in self.sentences]

    def weight(self, stem: str) -> float:
        """How telling a word is: rare ones more than those of every sentence."""
        return math.log(1 + len(self.stems) / (0.5 + self._counts[stem]))

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter(stem for stems in self.stems for stem in stems)


def likeness(text: str, passage: Passage, _embedder: Embedder) -> float:
    """Give the chance, from 0 to 1, that the passage supports the text."""
    wanted = {token.stem for token in content(tokens(text))}
    total = sum(passage.weight(stem) for stem in wanted)
    windows = [first | second for first, second in zip(passage.stems, [*passage.stems[1:], frozenset()], strict=True)]
    return max((sum(passage.weight(stem) for stem in wanted & window) / total for window in windows), default=0.0)

"""How central each sentence is in its section: by meaning where the encoder knows the language, and by shared words.

The links between sentences are weighed as in LexRank (Erkan and Radev, JAIR 22, 2004).
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.documents import Vector
from generators.compose.reading.parse import ParsedSection
from generators.compose.summaries.section_words import SectionWords, list_stems

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_ALIKE = 0.45
"""Cosine from which two sentences count as speaking of the same, by their vectors."""

_ALIKE_IN_WORDS = 0.2
_LINKED = 0.1
_DAMPING = 0.85
_ROUNDS = 30


@dataclass(frozen=True)
class Centrality:
    """Figures of every sentence of a section, by its index, and one unit vector for each.

    `alike` is the share of the sentences that speak of the same, `linked` its weight among those it shares words
    with (1 on average), `shared` its cosine with the words of the whole section.
    """

    vectors: Sequence[Vector]
    alike: tuple[float, ...]
    linked: tuple[float, ...]
    shared: tuple[float, ...]


def read_centrality(parsed: ParsedSection, words: SectionWords) -> Centrality:
    """Compare every sentence with all others. The section has at least one sentence."""
    import numpy as np

    lexical = _by_words(parsed, words)
    by_meaning = parsed.languages is None or parsed.evidence.language in parsed.languages
    vectors = np.asarray(parsed.vectors, dtype=np.float32) if by_meaning else lexical
    alike = (vectors @ vectors.T > (_ALIKE if by_meaning else _ALIKE_IN_WORDS)).mean(axis=1)
    middle = lexical.sum(axis=0)
    shared = lexical @ (middle / max(float(np.linalg.norm(middle)), 1e-9))
    return Centrality(
        vectors=parsed.vectors if by_meaning else [tuple(row) for row in lexical.tolist()],
        alike=tuple(alike.tolist()),
        linked=tuple(_link(lexical).tolist()),
        shared=tuple(shared.tolist()),
    )


def _by_words(parsed: ParsedSection, words: SectionWords) -> "NDArray[np.float32]":
    """Give a unit vector for each sentence: its content stems, rare ones weighing more."""
    import numpy as np

    said = [[word for word in list_stems(one.text) if word not in words.grammar] for one in parsed.sentences]
    holding = Counter(word for stems in said for word in set(stems))
    column = {word: place for place, word in enumerate(holding)}
    rows = np.zeros((len(said), max(1, len(column))), dtype=np.float32)
    for row, stems in zip(rows, said, strict=True):
        for word in stems:
            row[column[word]] += math.log(1 + len(said) / holding[word])
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), dtype=np.float32)


def _link(rows: "NDArray[np.float32]") -> "NDArray[np.float32]":
    """Weigh each sentence by the weights of those it is linked to, again and again."""
    import numpy as np

    count = len(rows)
    likeness = rows @ rows.T
    np.fill_diagonal(likeness, 0.0)
    likeness = np.where(likeness > _LINKED, likeness, 0.0)
    sums = likeness.sum(axis=1, keepdims=True)
    steps = np.where(sums > 0, likeness / np.maximum(sums, 1e-9), 1 / count)
    weights = np.full(count, 1 / count)
    for _ in range(_ROUNDS):
        weights = (1 - _DAMPING) / count + _DAMPING * (weights @ steps)
    return np.asarray(weights * count, dtype=np.float32)

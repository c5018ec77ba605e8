"""Whether two readings say nearly the same: sketches of their words that can be compared without the readings.

A sketch holds the smallest hashes of a text's runs of five words (a bottom-k sketch: Thorup, "Bottom-k and priority
sampling", 2013). The share of the smallest of both that is in both estimates how much the texts overlap (Jaccard).
"""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING
from zlib import crc32

from domain.documents import Document, Page

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SIZE = 64
"""Hashes of a sketch: an overlap of .8 is estimated to within .05 (one standard error)."""

ALIKE = 0.78
"""The least estimate that counts as nearly the same: an overlap of .8 but for the error of the estimate."""

_RUN = 5
_FEWEST_RUNS = 40
"""A shorter text (a title page) is like nothing."""

_UNSPACED = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
_BITS = 48
_MOST = (1 << _BITS) - 1
_SPARE = 8
"""How many times as many hashes are looked at as a sketch holds: a text repeats some of its runs."""


def sketch(pages: Iterable[Page]) -> tuple[int, ...]:
    """Give the sketch of a text, in order; empty for a text that is too short to be told from others."""
    import numpy as np

    text = " ".join(page.text for page in pages).lower()
    if _UNSPACED.search(text):
        text = _UNSPACED.sub(r" \g<0> ", text)
    words = text.split()
    if len(words) < _FEWEST_RUNS + _RUN:
        return ()
    numbers = {word: crc32(word.encode("utf-8", "replace")) for word in set(words)}
    hashed = np.fromiter(map(numbers.__getitem__, words), np.uint64, len(words))
    runs = _mixed(hashed)
    # nearly all runs are too large to matter: sorting the others alone is enough
    smallest = np.unique(runs[runs <= np.uint64(_MOST // max(len(runs) // (_SPARE * SIZE), 1))])
    return tuple(int(one) for one in (smallest if len(smallest) >= SIZE else np.unique(runs))[:SIZE])


def overlap(one: Sequence[int], other: Sequence[int]) -> float:
    """Estimate how much of two texts is in both, 0 to 1, from their sketches."""
    smallest = sorted({*one, *other})[:SIZE]
    both = {*one} & {*other}
    return sum(number in both for number in smallest) / len(smallest) if smallest else 0.0


def find_like(document: Document, others: Iterable[Document]) -> Document | None:
    """Give the older reading that a reading is nearly the same as, the likest first; None where there is none."""
    older = [
        other
        for other in others
        if other.id != document.id and other.is_readable and other.created_at <= document.created_at
    ]
    best = max(older, key=lambda other: overlap(document.sketch, other.sketch), default=None)
    return best if best is not None and overlap(document.sketch, best.sketch) >= ALIKE else None


def _mixed(words: "NDArray[np.uint64]") -> "NDArray[np.uint64]":
    """Hash each run of words into 48 bits: multiply, add and mix as SplitMix64 does (Steele and others, 2014)."""
    import numpy as np

    count = len(words) - _RUN + 1
    runs = np.zeros(count, np.uint64)
    for place in range(_RUN):
        runs = (runs + words[place : place + count]) * np.uint64(0x9E3779B97F4A7C15)
        runs ^= runs >> np.uint64(29)
    runs = (runs ^ (runs >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    runs = (runs ^ (runs >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return (runs ^ (runs >> np.uint64(31))) >> np.uint64(64 - _BITS)

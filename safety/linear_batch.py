"""The linear model of `safety/linear.py` on many texts at once, to the same numbers, for a fraction of the cost.

The features stand there once more, for all texts in one row of letters: what a model was trained from names that
file, byte for byte, and a test holds the two to one answer.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from safety.linear import _MIX, _PRIME, LONGEST_RUN, Linear

if TYPE_CHECKING:
    from numpy import int64, uint64
    from numpy.typing import NDArray

_AT_ONCE = 64
"""Texts that are summed at once: for windows, some hundred thousand places in memory."""


@dataclass(frozen=True)
class LinearBatch(Linear):
    """A model in a file that is asked about many texts at once."""

    def score_all(self, views: Sequence[str]) -> dict[str, list[float]]:
        """Give the log-odds of each head for each of some plain views, as `score` gives them for one."""
        import numpy as np

        arrays = self._arrays
        odds: dict[str, list[float]] = {name: [] for name in self.heads}
        for at in range(0, len(views), _AT_ONCE):
            places, starts = _places(views[at : at + _AT_ONCE], int(arrays["bits"]))
            counts = np.diff(starts, append=len(places))
            # a weight has one byte, their sum more
            sums = np.add.reduceat(arrays["weights"][:, places], starts, axis=1, dtype=np.int64)
            found = sums * arrays["scales"][:, None] / np.sqrt(counts) + arrays["biases"][:, None]
            for name, row in zip(self.heads, found.tolist(), strict=True):
                odds[name] += row
        return odds


def _places(views: Sequence[str], bits: int) -> "tuple[NDArray[int64], NDArray[int64]]":
    """Give the places of each view in turn, each once and in order, and where those of each view begin."""
    import numpy as np

    words = [view.split() for view in views]
    numbers = np.arange(len(views), dtype=np.uint64) << np.uint64(bits)
    places = np.sort(np.concatenate([*_runs(words, numbers, bits), _words(words, numbers, bits)]))
    places = places[np.concatenate(([True], places[1:] != places[:-1]))]
    return (places & np.uint64((1 << bits) - 1)).astype(np.int64), np.searchsorted(places, numbers)


def _runs(words: list[list[str]], numbers: "NDArray[uint64]", bits: int) -> "list[NDArray[uint64]]":
    """Give the places of the runs of letters, those of each length, with the number of their view above them."""
    import numpy as np

    texts = [f" {' '.join(one)} " for one in words]
    letters = np.frombuffer("".join(texts).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    owners = np.repeat(numbers, [len(text) for text in texts])
    found = []
    run = np.zeros(len(letters) + 1, dtype=np.uint64)
    for length in range(1, min(LONGEST_RUN, len(letters)) + 1):
        run = run[: len(letters) - length + 1] * np.uint64(_PRIME) + letters[length - 1 :] + np.uint64(length)
        owner = owners[: len(run)]
        is_of_one_view = owner == owners[length - 1 :]
        mixed = ((run ^ (run >> np.uint64(29))) * np.uint64(_MIX)) >> np.uint64(64 - bits)
        found.append((mixed | owner)[is_of_one_view])
    return found


def _words(words: list[list[str]], numbers: "NDArray[uint64]", bits: int) -> "NDArray[uint64]":
    """Give the places of single and paired words, with the number of their view above them."""
    import numpy as np

    parts = chain.from_iterable((one, map(" ".join, pairwise(["<", *one, ">"]))) for one in words)
    sums = np.fromiter(map(_Sums().__getitem__, chain.from_iterable(parts)), dtype=np.uint64)
    owners = np.repeat(numbers, [2 * len(one) + 1 for one in words])
    return ((sums * np.uint64(_MIX)) >> np.uint64(64 - bits)) | owners


class _Sums(dict[str, int]):
    """A number for each word or pair of words, made at the first asking: windows share most of theirs."""

    def __missing__(self, word: str) -> int:
        self[word] = number = zlib.crc32(word.encode())
        return number

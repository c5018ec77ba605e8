"""A linear model over hashed letters and words: numpy alone, loaded when it is first asked.

Features of a text are its runs of one to five characters and its single and paired words, each hashed into a table;
their sum is divided by the root of their number, so that long texts weigh no more than short ones. Weights are whole
numbers of one byte with a scale for each head.
"""

import zlib
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from safety.normalise import END

if TYPE_CHECKING:
    from numpy import int64
    from numpy.typing import NDArray

LONGEST_RUN = 5
_PRIME = 0x9E3779B97F4A7C15
_MIX = 0xFF51AFD7ED558CCD


_WINDOW = 40
"""Words that are judged at once; longer sentences are read in windows that overlap by half."""
_MOST = 400
"""Windows of one text that are judged, spread evenly over it."""


def windows(view: str) -> list[str]:
    """Cut a plain view of any length into what is judged at once: its sentences and pairs of them."""
    sentences = [sentence.split() for sentence in view.split(END)]
    pieces = [
        " ".join(words[at : at + _WINDOW])
        for words in [*sentences, *(left + right for left, right in pairwise(sentences))]
        for at in range(0, max(1, len(words) - _WINDOW // 2), _WINDOW // 2)
    ]
    step = max(1, -(-len(pieces) // _MOST))
    return [piece for piece in dict.fromkeys(pieces[::step]) if piece]


def features(view: str, bits: int) -> "NDArray[int64]":
    """Give the places, in a table of 2**bits, of what a plain view is made of; each once, in order."""
    import numpy as np

    words = view.split()
    letters = np.frombuffer(f" {' '.join(words)} ".encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    shift = np.uint64(64 - bits)
    found = []
    run = np.zeros(len(letters) + 1, dtype=np.uint64)
    for length in range(1, LONGEST_RUN + 1):
        if len(letters) < length:
            break
        run = run[: len(letters) - length + 1] * np.uint64(_PRIME) + letters[length - 1 :] + np.uint64(length)
        found.append(((run ^ (run >> np.uint64(29))) * np.uint64(_MIX)) >> shift)
    whole = [*words, *(f"{left} {right}" for left, right in pairwise(["<", *words, ">"]))]
    sums = np.array([zlib.crc32(word.encode()) for word in whole], dtype=np.uint64)
    found.append((sums * np.uint64(_MIX)) >> shift)
    return np.unique(np.concatenate(found)).astype(np.int64)


@dataclass(frozen=True)
class Linear:
    """A model in a file: one row of weights a head."""

    path: Path

    @property
    def heads(self) -> tuple[str, ...]:
        """The names of the heads, in order."""
        return tuple(str(name) for name in self._arrays["heads"])

    @property
    def made_from(self) -> str:
        """The hash of the material, the seed and the recipe that the weights were trained from."""
        return str(self._arrays["made_from"])

    def score(self, view: str) -> dict[str, float]:
        """Give the log-odds of each head for a plain view, as they are among the written messages."""
        import numpy as np

        arrays = self._arrays
        places = features(view, int(arrays["bits"]))
        sums = arrays["weights"][:, places].sum(axis=1, dtype=np.int64)
        odds = sums * arrays["scales"] / np.sqrt(max(1, len(places))) + arrays["biases"]
        return dict(zip(self.heads, map(float, odds), strict=True))

    @cached_property
    def _arrays(self) -> dict[str, "NDArray[int64]"]:
        import numpy as np

        with np.load(self.path, allow_pickle=False) as stored:
            return {name: stored[name] for name in stored.files}

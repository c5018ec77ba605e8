"""Learns one logistic head a label over hashed features, in small steps, the same from the same seed.

Steps are Adagrad's (Duchi, Hazan, Singer 2011).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from safety.linear import features

_BATCH = 256
_RATE = 1.0
_DECAY = 1e-6
_BIAS_RATE = 2.0


@dataclass(frozen=True)
class Rows:
    """The features of many texts, one after the other: those of text i lie between `ends[i]` and `ends[i + 1]`."""

    places: NDArray[np.int32]
    ends: NDArray[np.int64]

    def take(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """Give the features of some texts and how many each has."""
        sizes = self.ends[rows + 1] - self.ends[rows]
        return np.concatenate([self.places[self.ends[row] : self.ends[row + 1]] for row in rows]), sizes


@dataclass(frozen=True)
class Target:
    """What a head should say of each text, and how much each text counts for it."""

    wanted: NDArray[np.float64]
    weight: NDArray[np.float64]


def hashed(views: Sequence[str], bits: int) -> Rows:
    """Hash many plain views."""
    each = [features(view, bits).astype(np.int32) for view in views]
    return Rows(np.concatenate(each), np.cumsum([0, *map(len, each)]))


class Learner:
    """One row of weights a head."""

    def __init__(self, heads: Sequence[str], bits: int) -> None:
        """Begin with weights of zero."""
        self.heads = tuple(heads)
        self.bits = bits
        self.weights = np.zeros((len(heads), 2**bits), dtype=np.float32)
        self.biases = np.zeros(len(heads))
        self._seen = np.full((len(heads), 2**bits), 1e-2, dtype=np.float32)

    def learn(self, rows: Rows, targets: Mapping[str, Target], *, rounds: int, seed: int) -> None:
        """Go through all texts some times, in an order that the seed gives."""
        order = np.random.default_rng(seed)
        for _ in range(rounds):
            shuffled = order.permutation(len(rows.ends) - 1)
            for at in range(0, len(shuffled), _BATCH):
                self._step(rows, targets, shuffled[at : at + _BATCH])

    def score(self, rows: Rows, which: NDArray[np.int64], head: int = 0) -> NDArray[np.float64]:
        """Give the log-odds of a head for some texts."""
        places, sizes = rows.take(which)
        return np.asarray(self._odds(self.weights[head][places], sizes) + self.biases[head], dtype=np.float64)

    def save(self, path: Path, *, made_from: str) -> None:
        """Write the weights as whole numbers of one byte with a scale a head."""
        scales = np.abs(self.weights).max(axis=1) / 127 + 1e-12
        whole = np.rint(self.weights / scales[:, None]).astype(np.int8)
        np.savez_compressed(
            path,
            weights=whole,
            scales=scales.astype(np.float32),
            biases=self.biases.astype(np.float32),
            heads=np.array(self.heads),
            bits=np.array(self.bits),
            made_from=np.array(made_from),
        )

    def _step(self, rows: Rows, targets: Mapping[str, Target], batch: NDArray[np.int64]) -> None:
        places, sizes = rows.take(batch)
        unique, where = np.unique(places, return_inverse=True)
        lengths = 1 / np.sqrt(sizes)
        for head, name in enumerate(self.heads):
            target = targets[name]
            odds = self._odds(self.weights[head][places], sizes) + self.biases[head]
            errors = (1 / (1 + np.exp(-odds)) - target.wanted[batch]) * target.weight[batch]
            slope = np.bincount(where, weights=np.repeat(errors * lengths, sizes), minlength=len(unique))
            slope += _DECAY * self.weights[head, unique]
            self._seen[head, unique] += slope**2
            self.weights[head, unique] -= _RATE * slope / np.sqrt(self._seen[head, unique])
            self.biases[head] -= _BIAS_RATE * errors.mean()

    @staticmethod
    def _odds(weights: NDArray[np.float32], sizes: NDArray[np.int64]) -> NDArray[np.float64]:
        starts = np.cumsum(sizes) - sizes
        sums = np.add.reduceat(weights.astype(np.float64), starts)
        return np.asarray(sums / np.sqrt(sizes), dtype=np.float64)

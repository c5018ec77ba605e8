"""The encoder by its paper (Devlin et al., 2019), in numpy, one text at a time: what quicker ones are compared with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[Any]


@dataclass(frozen=True, slots=True)
class ByHand:
    """A BERT encoder with the mean over its tokens, of length 1."""

    weights: Mapping[str, Numbers]
    heads: int
    layers: int
    epsilon: float = 1e-12

    def encode(self, ids: Sequence[int]) -> Numbers:
        """Give the vector of one text."""
        words = self.weights["embeddings.word_embeddings.weight"][list(ids)]
        places = self.weights["embeddings.position_embeddings.weight"][: len(ids)]
        state = words + places + self.weights["embeddings.token_type_embeddings.weight"][0]
        state = self._normalise(state, "embeddings.LayerNorm")
        for layer in range(self.layers):
            key = f"encoder.layer.{layer}"
            attended = self._dense(self._attend(state, key), f"{key}.attention.output.dense")
            state = self._normalise(attended + state, f"{key}.attention.output.LayerNorm")
            active = _gelu(self._dense(state, f"{key}.intermediate.dense"))
            state = self._normalise(self._dense(active, f"{key}.output.dense") + state, f"{key}.output.LayerNorm")
        mean = state.mean(0)
        return np.asarray(mean / np.linalg.norm(mean))

    def _dense(self, state: Numbers, key: str) -> Numbers:
        return np.asarray(state @ self.weights[f"{key}.weight"].T + self.weights[f"{key}.bias"])

    def _normalise(self, state: Numbers, key: str) -> Numbers:
        centred = state - state.mean(-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(-1, keepdims=True) + self.epsilon)
        return np.asarray(centred / spread * self.weights[f"{key}.weight"] + self.weights[f"{key}.bias"])

    def _attend(self, state: Numbers, key: str) -> Numbers:
        width = state.shape[1] // self.heads
        query, keys, values = (
            self._dense(state, f"{key}.attention.self.{part}").reshape(-1, self.heads, width).transpose(1, 0, 2)
            for part in ("query", "key", "value")
        )
        scores = np.exp(query @ keys.transpose(0, 2, 1) / np.sqrt(width))
        mixed = (scores / scores.sum(-1, keepdims=True)) @ values
        return np.asarray(mixed.transpose(1, 0, 2).reshape(state.shape))


def _gelu(value: Numbers) -> Numbers:
    """Give the value times the normal distribution, by its tanh form, which is off by less than a thousandth."""
    return np.asarray(0.5 * value * (1 + np.tanh(np.sqrt(2 / np.pi) * (value + 0.044715 * value**3))))

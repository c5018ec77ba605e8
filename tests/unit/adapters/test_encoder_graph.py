"""The encoder's graph is that of the published weights, to what int8 loses."""

import json
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from safetensors.numpy import save_file

from adapters.embeddings.session import open_session
from adapters.weights.onnx_graph import build_encoder

HIDDEN, LAYERS, HEADS, WORDS, PLACES, EPSILON = 32, 2, 4, 50, 16, 1e-12
Weights = dict[str, NDArray[np.float32]]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny encoder with made-up weights, in the published form."""
    folder = tmp_path_factory.mktemp("weights")
    config = {"hidden_size": HIDDEN, "num_hidden_layers": LAYERS, "num_attention_heads": HEADS}
    (folder / "config.json").write_text(json.dumps({**config, "layer_norm_eps": EPSILON}), encoding="utf-8")
    save_file(_weights(), folder / "model.safetensors")
    return folder


def _weights() -> Weights:
    dice = np.random.default_rng(5)
    shapes: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": (WORDS, HIDDEN),
        "embeddings.position_embeddings.weight": (PLACES, HIDDEN),
        "embeddings.token_type_embeddings.weight": (2, HIDDEN),
    }
    norms = ["embeddings.LayerNorm"]
    for layer in range(LAYERS):
        key = f"encoder.layer.{layer}"
        within = [f"attention.self.{part}" for part in ("query", "key", "value")]
        dense: dict[str, tuple[int, ...]] = dict.fromkeys((*within, "attention.output.dense"), (HIDDEN, HIDDEN))
        dense |= {"intermediate.dense": (4 * HIDDEN, HIDDEN), "output.dense": (HIDDEN, 4 * HIDDEN)}
        for part, shape in dense.items():
            shapes |= {f"{key}.{part}.weight": shape, f"{key}.{part}.bias": shape[:1]}
        norms += [f"{key}.attention.output.LayerNorm", f"{key}.output.LayerNorm"]
    made = {key: dice.normal(scale=0.2, size=shape) for key, shape in shapes.items()}
    made |= {f"{key}.weight": dice.normal(1.0, 0.1, HIDDEN) for key in norms}
    made |= {f"{key}.bias": dice.normal(0.0, 0.1, HIDDEN) for key in norms}
    return {key: value.astype(np.float32) for key, value in made.items()}


def _dense(state: NDArray[np.float32], key: str, weights: Weights) -> NDArray[np.float32]:
    return np.asarray(state @ weights[f"{key}.weight"].T + weights[f"{key}.bias"])


def _normalise(state: NDArray[np.float32], key: str, weights: Weights) -> NDArray[np.float32]:
    centred = state - state.mean(-1, keepdims=True)
    spread = np.sqrt((centred**2).mean(-1, keepdims=True) + EPSILON)
    return np.asarray(centred / spread * weights[f"{key}.weight"] + weights[f"{key}.bias"])


def _attend(state: NDArray[np.float32], key: str, weights: Weights) -> NDArray[np.float32]:
    width = HIDDEN // HEADS
    query, keys, values = (
        _dense(state, f"{key}.attention.self.{part}", weights).reshape(-1, HEADS, width).transpose(1, 0, 2)
        for part in ("query", "key", "value")
    )
    scores = np.exp(query @ keys.transpose(0, 2, 1) / np.sqrt(width))
    mixed = (scores / scores.sum(-1, keepdims=True)) @ values
    return mixed.transpose(1, 0, 2).reshape(-1, HIDDEN)


def _by_hand(ids: list[int], weights: Weights) -> NDArray[np.float32]:
    """The encoder as Devlin et al. describe it, in whole numbers of no kind, one text at a time."""
    words = weights["embeddings.word_embeddings.weight"][ids] + weights["embeddings.token_type_embeddings.weight"][0]
    state = words + weights["embeddings.position_embeddings.weight"][: len(ids)]
    state = _normalise(state, "embeddings.LayerNorm", weights)
    for layer in range(LAYERS):
        key = f"encoder.layer.{layer}"
        attended = _dense(_attend(state, key, weights), f"{key}.attention.output.dense", weights)
        state = _normalise(attended + state, f"{key}.attention.output.LayerNorm", weights)
        inner = _dense(state, f"{key}.intermediate.dense", weights)
        # x times the normal distribution, by its tanh form: off by less than a thousandth
        active = 0.5 * inner * (1 + np.tanh(np.sqrt(2 / np.pi) * (inner + 0.044715 * inner**3)))
        state = _normalise(_dense(active, f"{key}.output.dense", weights) + state, f"{key}.output.LayerNorm", weights)
    mean = state.mean(0)
    return np.asarray(mean / np.linalg.norm(mean))


def test_the_graph_computes_what_its_paper_says(source: Path, tmp_path: Path) -> None:
    """Texts of several lengths get the vectors that the published formulas give, up to the steps of int8."""
    build_encoder(source, tmp_path / "encoder.onnx")
    session = open_session(tmp_path / "encoder.onnx", threads=1)
    dice = np.random.default_rng(6)

    for length in (1, 3, 16):
        ids = dice.integers(0, WORDS, (4, length))
        (vectors,) = session.run(None, {"input_ids": ids})

        for text, vector in zip(ids, vectors, strict=True):
            assert float(vector @ _by_hand(text.tolist(), _weights())) > 0.99

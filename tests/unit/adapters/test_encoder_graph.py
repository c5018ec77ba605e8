"""The encoder's graph is that of the published weights, to what int8 loses."""

import json
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from safetensors.numpy import save_file

from adapters.embeddings.session import open_session
from adapters.weights.onnx_graph import build_encoder
from tests.encoder_by_hand import ByHand

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


def test_the_graph_computes_what_its_paper_says(source: Path, tmp_path: Path) -> None:
    """Texts of several lengths get the vectors that the published formulas give, up to the steps of int8."""
    build_encoder(source, tmp_path / "encoder.onnx")
    session = open_session(tmp_path / "encoder.onnx", threads=1)
    dice, by_hand = np.random.default_rng(6), ByHand(_weights(), HEADS, LAYERS, EPSILON)

    for length in (1, 3, 16):
        ids = dice.integers(0, WORDS, (4, length))
        (vectors,) = session.run(None, {"input_ids": ids})

        for text, vector in zip(ids, vectors, strict=True):
            assert float(vector @ by_hand.encode(text)) > 0.99

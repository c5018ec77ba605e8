"""A tiny encoder in the form that sentence-transformers exports: every known word has a direction of its own."""

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

WORDS = ("[UNK]", "sol", "luna", "query", "passage")
INPUTS = ("input_ids", "attention_mask", "token_type_ids")


def write_encoder(folder: Path, notes: Mapping[str, object] | None = None, *, inputs: tuple[str, ...] = INPUTS) -> Path:
    """Write a model whose vectors have as many numbers as there are words, and what the notes say."""
    folder.mkdir(parents=True, exist_ok=True)
    table = numpy_helper.from_array(np.eye(len(WORDS), dtype=np.float32), "table")
    given = [helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "tokens"]) for name in inputs]
    states = helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["texts", "tokens", len(WORDS)])
    nodes = [helper.make_node("Gather", ["table", inputs[0]], ["last_hidden_state"])]
    model = helper.make_model(
        helper.make_graph(nodes, "tiny", given, [states], [table]), opset_imports=[helper.make_opsetid("", 20)]
    )
    model.ir_version = 10
    onnx.save(model, folder / "model.onnx")
    tokenizer = Tokenizer(WordLevel({word: number for number, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    if notes is not None:
        (folder / "margent.json").write_text(json.dumps(notes), encoding="utf-8")
    return folder

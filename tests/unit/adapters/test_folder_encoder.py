"""An encoder of the school's own, from a folder."""

import math
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from adapters.embeddings.folder import FolderEncoder
from domain.documents import Vector
from domain.errors import Transient
from tests.encoders import WORDS, write_encoder


def _shares(vector: Vector) -> dict[str, float]:
    """Give the words that a vector points to."""
    return {word: round(float(share), 3) for word, share in zip(WORDS, vector, strict=True) if share}


def test_a_vector_is_the_mean_over_the_tokens(tmp_path: Path) -> None:
    """Texts of all lengths in one batch get the mean of their own tokens, of length 1, without the padding."""
    encoder = FolderEncoder(write_encoder(tmp_path))

    long, short, empty = encoder.embed(["sol sol luna " * 80, "luna", ""])

    assert _shares(long) == {"sol": round(2 / math.sqrt(5), 3), "luna": round(1 / math.sqrt(5), 3)}
    assert _shares(short) == {"luna": 1.0}
    assert _shares(empty) == {}
    assert encoder.embed([]) == []


def test_many_texts_are_taken_in_several_batches(tmp_path: Path) -> None:
    """However many texts come, each gets its own vector."""
    encoder = FolderEncoder(write_encoder(tmp_path))

    vectors = encoder.embed(["sol " * 200, "luna " * 100] * 20)

    assert [_shares(vector) for vector in vectors] == [{"sol": 1.0}, {"luna": 1.0}] * 20


def test_what_the_model_wants_is_put_before_questions_and_passages(tmp_path: Path) -> None:
    """Questions and passages are marked as the notes say; sentences to be compared are not."""
    notes = {"prefix_query": "query ", "prefix_passage": "passage "}
    encoder = FolderEncoder(write_encoder(tmp_path, notes))

    (passage,) = encoder.embed_passages(["sol"])

    assert set(_shares(passage)) == {"passage", "sol"}
    assert set(_shares(encoder.embed_query("sol"))) == {"query", "sol"}
    assert _shares(encoder.embed(["sol"])[0]) == {"sol": 1.0}


def test_without_notes_it_has_the_name_of_its_folder_and_knows_all_languages(tmp_path: Path) -> None:
    """Nothing is needed but the two files, and the second kind of token is given only where it is wanted."""
    encoder = FolderEncoder(write_encoder(tmp_path / "multilingual", inputs=("input_ids", "attention_mask")))

    encoder.ping()

    assert encoder.name.startswith("multilingual (")
    assert encoder.languages is None
    assert encoder.floor == -1


def test_the_notes_name_it(tmp_path: Path) -> None:
    """Name, languages and the number of tokens read are taken from the notes."""
    notes = {"name": "small", "languages": ["es", "de"], "max_tokens": 8, "floor": 0.5}
    encoder = FolderEncoder(write_encoder(tmp_path, notes))

    (vector,) = encoder.embed(["sol " * 8 + "luna " * 100])

    assert encoder.name.startswith("small (")
    assert encoder.languages == frozenset({"es", "de"})
    assert encoder.floor == 0.5
    assert _shares(vector) == {"sol": 1.0}


def test_another_model_in_the_folder_has_another_name(tmp_path: Path) -> None:
    """A model that was replaced by one of another size is not taken for the old one."""
    before = FolderEncoder(write_encoder(tmp_path)).name

    after = FolderEncoder(write_encoder(tmp_path, inputs=("input_ids",))).name

    assert before != after


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("model.onnx", None, "model.onnx is not there"),
        ("model.onnx", b"no model", "model.onnx cannot be read"),
        ("tokenizer.json", None, "tokenizer.json is not there"),
        ("tokenizer.json", b"{}", "tokenizer.json is not what"),
        ("tokenizer.json", b"PK", "tokenizer.json is not what"),
        ("margent.json", b"[", "margent.json"),
        ("margent.json", b'{"langauges": ["es"]}', "langauges"),
        ("margent.json", b'{"max_tokens": 0}', "max_tokens"),
        ("margent.json", b'{"languages": ["Spanish"]}', "languages"),
    ],
)
def test_a_bad_folder_is_named(tmp_path: Path, name: str, content: bytes | None, problem: str) -> None:
    """What is missing or broken is said, with the folder and the setting."""
    path = write_encoder(tmp_path, {}) / name
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)

    with pytest.raises(Transient, match="MARGENT_ENCODER_FOLDER") as caught:
        FolderEncoder(tmp_path).ping()

    assert problem in caught.value.message
    assert str(tmp_path) in caught.value.message
    assert caught.value.code == "encoder_unusable"


def test_a_model_that_wants_more_is_refused(tmp_path: Path) -> None:
    """Inputs that nobody can give are named."""
    write_encoder(tmp_path, inputs=("input_ids", "pixel_values"))

    with pytest.raises(Transient, match="pixel_values"):
        FolderEncoder(tmp_path).ping()


def test_a_model_without_a_row_for_each_token_is_refused(tmp_path: Path) -> None:
    """What gives one number a text is no such encoder."""
    write_encoder(tmp_path)
    _write_odd_model(tmp_path / "model.onnx", helper.make_node("Cast", ["input_ids"], ["out"], to=1))

    with pytest.raises(Transient, match="no row of numbers for each token"):
        FolderEncoder(tmp_path).ping()


def test_a_model_that_breaks_off_is_refused(tmp_path: Path) -> None:
    """A model that cannot be run on a text says so, not in the middle of a search."""
    write_encoder(tmp_path)
    node = helper.make_node("Gather", ["table", "input_ids"], ["out"])
    _write_odd_model(tmp_path / "model.onnx", node, table=np.zeros((0, 4), dtype=np.float32))

    with pytest.raises(Transient, match="cannot be run"):
        FolderEncoder(tmp_path).embed(["sol"])


def _write_odd_model(
    path: Path, node: onnx.NodeProto, table: "np.ndarray[tuple[int, int], np.dtype[np.float32]] | None" = None
) -> None:
    given = [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["texts", "tokens"])]
    output = [helper.make_tensor_value_info("out", TensorProto.FLOAT, None)]
    constants = [] if table is None else [onnx.numpy_helper.from_array(table, "table")]
    model = helper.make_model(
        helper.make_graph([node], "odd", given, output, constants), opset_imports=[helper.make_opsetid("", 20)]
    )
    model.ir_version = 10
    onnx.save(model, path)

"""The packaged MiniLM encoder on onnxruntime: 384 numbers a text, English in practice."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from domain.documents import Vector
from domain.errors import Transient

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

_LONGEST = 256
"""Tokens read of a text; the model was trained on no more (its `sentence_bert_config.json`)."""

_BATCH_TOKENS = 1024
"""Tokens in a batch, padding included: small batches of like length are fastest on a processor."""


class MiniLM:
    """Embeds texts. The model is loaded at the first use."""

    name = "all-MiniLM-L6-v2-int8"
    languages = frozenset({"en"})

    def __init__(self, folder: Path, *, threads: int = 2) -> None:
        """Use the `encoder.onnx` and `tokenizer.json` in `folder`."""
        self._folder = folder
        self._threads = threads

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        """Give one unit vector for each text, in order: the mean over its tokens, scaled to length 1."""
        import numpy as np

        found: dict[int, Vector] = {}
        encodings = self._tokenizer.encode_batch(list(texts))
        for batch in _batches(encodings):
            ids, mask = _pad([encodings[index] for index in batch])
            (states,) = self._session.run(None, {"input_ids": ids, "attention_mask": mask})
            sums = (states * mask[..., None]).sum(axis=1)
            units = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
            found.update(zip(batch, units.astype(np.float32), strict=True))
        return [found[index] for index in range(len(texts))]

    def embed_query(self, query: str) -> Vector:
        """Give the vector to search with; this encoder makes no difference between questions and passages."""
        (vector,) = self.embed([query])
        return vector

    def ping(self) -> None:
        """Raise Transient when the model files are not there."""
        if not (self._folder / "encoder.onnx").is_file():
            message = "The language models are not set up. Run `margent models`."
            raise Transient(message, code="models_missing")

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        from tokenizers import Tokenizer

        self.ping()
        tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        tokenizer.enable_truncation(_LONGEST)
        tokenizer.no_padding()
        return tokenizer

    @cached_property
    def _session(self) -> Any:
        import onnxruntime as ort

        options = ort.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        return ort.InferenceSession(str(self._folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"])


def _batches(encodings: "Sequence[Encoding]") -> Iterator[list[int]]:
    """Group texts of like length, so that little is padded."""
    batch: list[int] = []
    for index in sorted(range(len(encodings)), key=lambda index: len(encodings[index].ids)):
        if batch and (len(batch) + 1) * len(encodings[index].ids) > _BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def _pad(encodings: "Sequence[Encoding]") -> tuple[Any, Any]:
    import numpy as np

    longest = max(len(encoding.ids) for encoding in encodings)
    ids = np.zeros((len(encodings), longest), dtype=np.int64)
    mask = np.zeros_like(ids)
    for row, encoding in enumerate(encodings):
        ids[row, : len(encoding.ids)] = encoding.ids
        mask[row, : len(encoding.ids)] = 1
    return ids, mask

"""An encoder that the school put into a folder: the files that sentence-transformers exports to ONNX.

`model.onnx` and `tokenizer.json` are needed. `margent.json` may say what the files do not: a name, the languages, what
is put before questions and passages, and how many tokens are read.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from adapters.embeddings.session import open_session
from domain.documents import Vector
from domain.errors import Transient

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

_BATCH_TOKENS = 1024
"""Tokens in a batch, padding included."""

_KNOWN_INPUTS = frozenset({"input_ids", "attention_mask", "token_type_ids"})


class _Notes(BaseModel):
    """What `margent.json` may say."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = ""
    languages: frozenset[Annotated[str, StringConstraints(pattern="^[a-z]{2,3}$")]] | None = None
    prefix_query: str = ""
    prefix_passage: str = ""
    floor: float = Field(default=-1.0, ge=-1, le=1)
    max_tokens: int = Field(default=256, ge=8, le=8192)


class _Tokens(BaseModel):
    """What there must be in `tokenizer.json`: the library has no error of its own for files that it cannot read."""

    version: str
    model: dict[str, object] = Field(min_length=1)
    added_tokens: list[dict[str, object]]


class FolderEncoder:
    """Embeds texts with the model in a folder. It is loaded at the first use."""

    def __init__(self, folder: Path, *, threads: int = 2) -> None:
        """Use the files in `folder`."""
        self._folder = folder
        self._threads = threads

    @property
    def name(self) -> str:
        """The name in the notes or else the folder's, and the model's size: another file is another model."""
        size = self._file("model.onnx").stat().st_size
        return f"{self._notes.name or self._folder.absolute().name} ({size})"

    @property
    def languages(self) -> frozenset[str] | None:
        """The languages in the notes, or None for all."""
        return self._notes.languages

    @property
    def floor(self) -> float:
        """The floor in the notes; where they say nothing, every passage is near enough."""
        return self._notes.floor

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        """Give one unit vector for each text, in order: the mean over its tokens, scaled to length 1."""
        import numpy as np

        found: dict[int, Vector] = {}
        encodings = self._tokenizer.encode_batch(list(texts))
        for batch in _batches(encodings):
            units = self._encode([encodings[index] for index in batch])
            found.update(zip(batch, units.astype(np.float32), strict=True))
        return [found[index] for index in range(len(texts))]

    def embed_passages(self, texts: Sequence[str]) -> list[Vector]:
        """Do the same with what the model wants before a passage."""
        return self.embed([self._notes.prefix_passage + text for text in texts])

    def embed_query(self, query: str) -> Vector:
        """Give the vector to search with, with what the model wants before a question."""
        (vector,) = self.embed([self._notes.prefix_query + query])
        return vector

    def ping(self) -> None:
        """Raise Transient, saying what is wrong, when a file is missing or the model cannot be run."""
        self.embed([""])

    def _encode(self, encodings: "Sequence[Encoding]") -> Any:
        import numpy as np

        ids, mask = _pad(encodings)
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        try:
            states = self._session.run(None, {key: given[key] for key in self._inputs})[0]
        except _faults() as error:
            self._refuse(f"The model cannot be run: {str(error)[:200]}", error)
        if states.ndim != 3 or states.shape[:2] != ids.shape:
            self._refuse("The first output of model.onnx is no row of numbers for each token.", None)
        sums = (states * mask[..., None]).sum(axis=1)
        return sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)

    @cached_property
    def _notes(self) -> _Notes:
        path = self._folder / "margent.json"
        try:
            return _Notes.model_validate_json(path.read_bytes()) if path.is_file() else _Notes()
        except ValidationError as error:
            first = error.errors()[0]
            self._refuse(f"margent.json: {'.'.join(map(str, first['loc']))} {first['msg']}", error)

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        from tokenizers import Tokenizer

        text = self._file("tokenizer.json").read_bytes()
        try:
            _Tokens.model_validate_json(text)
        except ValidationError as error:
            self._refuse("tokenizer.json is not what the tokenizers library writes.", error)
        tokenizer = Tokenizer.from_buffer(text)
        tokenizer.enable_truncation(self._notes.max_tokens)
        tokenizer.no_padding()
        return tokenizer

    @cached_property
    def _session(self) -> Any:
        try:
            return open_session(self._file("model.onnx"), threads=self._threads)
        except _faults() as error:
            self._refuse(f"model.onnx cannot be read: {str(error)[:200]}", error)

    @cached_property
    def _inputs(self) -> list[str]:
        wanted = [given.name for given in self._session.get_inputs()]
        if strange := sorted(set(wanted) - _KNOWN_INPUTS):
            self._refuse(f"model.onnx wants inputs that nobody gives here: {', '.join(strange)}.", None)
        return wanted

    def _file(self, name: str) -> Path:
        path = self._folder / name
        if not path.is_file():
            self._refuse(f"{name} is not there.", None)
        return path

    def _refuse(self, what: str, error: Exception | None) -> NoReturn:
        message = f"The encoder in {self._folder} (MARGENT_ENCODER_FOLDER) cannot be used. {what}"
        raise Transient(message, code="encoder_unusable") from error


def _faults() -> tuple[type[Exception], ...]:
    """List what onnxruntime raises: its errors have no common parent but Exception."""
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    return (
        state.Fail,
        state.InvalidArgument,
        state.InvalidGraph,
        state.InvalidProtobuf,
        state.NoSuchFile,
        state.NotImplemented,
        state.RuntimeException,
    )


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

    longest = max(1, *(len(encoding.ids) for encoding in encodings))
    ids = np.zeros((len(encodings), longest), dtype=np.int64)
    mask = np.zeros_like(ids)
    for row, encoding in enumerate(encodings):
        ids[row, : len(encoding.ids)] = encoding.ids
        mask[row, : len(encoding.ids)] = 1
    return ids, mask

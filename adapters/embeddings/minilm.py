"""The packaged MiniLM encoder on onnxruntime: 384 numbers a text, English in practice.

Decision 20 has what was tried to make it quick, and the figures.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from adapters.embeddings.session import open_session
from domain.documents import Vector
from domain.errors import Transient

if TYPE_CHECKING:
    from tokenizers import Tokenizer

MODEL = "encoder.int8.onnx"
"""The file that `adapters.weights.onnx_graph` writes."""

_LONGEST = 256
"""Tokens read of a text; the model was trained on no more (its `sentence_bert_config.json`)."""

_BATCH_TOKENS = 256
"""Tokens in a batch: more do not stay in a processor's nearest memory."""

# English words that carry grammar and no subject; what denies ("not", "no") is no such word
_FUNCTION_WORDS = """
a an the this that these those all each both any some such other more most one it its they them their he his she her
we us our you your i who which what there
and or but if so as than then when of to in for with by on at from into about between also
is are was were be been being has have had do does did can could may would will should
"""
_MARKS = ",;:\"'“”‘’()[]-–—/"
"""Punctuation within a sentence; what ends one stays."""


class MiniLM:
    """Embeds texts. The model is loaded at the first use."""

    name = "all-MiniLM-L6-v2-int8"
    languages = frozenset({"en"})
    floor = 0.35
    """Nothing is so near to strings of nonsense letters: of 2,100 passages the nearest is at 0.31. Of 1,085 passages
    that answer a question of two collections, one is farther away and shares no word with it either."""

    def __init__(self, folder: Path, *, threads: int = 2) -> None:
        """Use the model and the `tokenizer.json` in `folder`."""
        self._folder = folder
        self._threads = threads

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        """Give one unit vector for each text, in order: the mean over its tokens, scaled to length 1."""
        return self._encode([text.ids for text in self._tokenizer.encode_batch_fast(list(texts))])

    def embed_passages(self, texts: Sequence[str]) -> list[Vector]:
        """Give vectors to be searched for, without the words that carry grammar alone: two fifths of the work.

        Sections are found as well as with all words (decision 20), and more of a long passage is read.
        """
        encodings = self._tokenizer.encode_batch_fast(list(texts))
        return self._encode([[number for number in text.ids if number not in self._dropped] for text in encodings])

    def embed_query(self, query: str) -> Vector:
        """Give the vector to search with; this encoder makes no difference between questions and passages."""
        (vector,) = self.embed([query])
        return vector

    def ping(self) -> None:
        """Raise Transient when the model files are not there."""
        if not (self._folder / MODEL).is_file():
            message = "The language models are not set up. Run `margent models`."
            raise Transient(message, code="models_missing")

    def _encode(self, texts: Sequence[list[int]]) -> list[Vector]:
        import numpy as np

        cut = [text if len(text) <= _LONGEST else [*text[: _LONGEST - 1], text[-1]] for text in texts]
        found: dict[int, Vector] = {}
        for batch in _batches(cut):
            ids = np.array([cut[index] for index in batch], dtype=np.int64)
            (vectors,) = self._session.run(None, {"input_ids": ids})
            found.update(zip(batch, vectors, strict=True))
        return [found[index] for index in range(len(texts))]

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        from tokenizers import Tokenizer

        self.ping()
        tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    @cached_property
    def _dropped(self) -> frozenset[int]:
        found = (self._tokenizer.token_to_id(word) for word in (*_FUNCTION_WORDS.split(), *_MARKS))
        return frozenset(number for number in found if number is not None)

    @cached_property
    def _session(self) -> Any:
        return open_session(self._folder / MODEL, threads=self._threads)


def _batches(texts: Sequence[list[int]]) -> Iterator[list[int]]:
    """Group texts of the same number of tokens: the model takes no others together, and nothing is padded."""
    alike: dict[int, list[int]] = defaultdict(list)
    for index, text in enumerate(texts):
        alike[len(text)].append(index)
    for length, indices in alike.items():
        step = max(1, _BATCH_TOKENS // length)
        for start in range(0, len(indices), step):
            yield indices[start : start + step]

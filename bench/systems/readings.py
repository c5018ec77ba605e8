"""Plain texts of the scorers as parsed sections, parsed once each, for every system under `bench.systems`."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path

from adapters.embeddings.minilm import MiniLM
from domain.documents import Chunk, Range, Span, Vector
from domain.evidence import Evidence, gather
from domain.ids import ChunkId, DocumentId, stable_id
from domain.ports import Embedder
from generators.compose.reading.parse import ParsedSection, Parser

_MODELS = Path(__file__).parents[2] / "var" / "models"


class _Remembering:
    """Embeds each text once."""

    name = MiniLM.name
    languages = MiniLM.languages
    floor = MiniLM.floor

    def __init__(self) -> None:
        self._model = MiniLM(_MODELS / "minilm", threads=1)
        self._known: dict[str, Vector] = {}

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known.update(zip(new, self._model.embed(new), strict=True))
        return [self._known[text] for text in texts]

    def embed_passages(self, texts: Sequence[str]) -> list[Vector]:
        return self._model.embed_passages(texts)

    def embed_query(self, query: str) -> Vector:
        (vector,) = self.embed([query])
        return vector

    def ping(self) -> None:
        self._model.ping()


def evidence_of(text: str, emphasis: Sequence[Sequence[int]] = (), title: str = "") -> Evidence:
    """One chunk that holds the whole text on page 1, so that offsets of the page are offsets of the text."""
    document = DocumentId(stable_id("bench", text))
    chunk = Chunk(
        id=ChunkId(stable_id(document, 1)),
        document_id=document,
        ordinal=0,
        section=0,
        span=Span(document, 1, 0, len(text)),
        text=text,
        emphasis=tuple(Range(start, end) for start, end in emphasis),
    )
    return gather([chunk], title=title, language="en")


def parsed(text: str, emphasis: Sequence[Sequence[int]] = (), title: str = "") -> ParsedSection:
    """Parse a text; the grammar is found once, whatever the emphasis."""
    return replace(_plain(text), evidence=evidence_of(text, emphasis, title))


@lru_cache(maxsize=400)
def _plain(text: str) -> ParsedSection:
    return _parser().parse(evidence_of(text))


@cache
def embedder() -> Embedder:
    """Give the product's encoder, which encodes each text once."""
    return _Remembering()


@cache
def _parser() -> Parser:
    return Parser(_MODELS / "english", embedder())

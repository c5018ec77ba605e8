"""Adapts the verifier to the scorer, whose claims cite nothing: they are scored against the whole context."""

import os
from functools import cache
from pathlib import Path

from adapters.embeddings.minilm import MiniLM
from domain.documents import Chunk, Span
from domain.evidence import Evidence, gather
from domain.ids import ChunkId, DocumentId
from safety.grounding import Verifier

_MODELS = Path(os.environ.get("MARGENT_MODELS", "var/models"))


@cache
def _verifier() -> Verifier:
    return Verifier(MiniLM(_MODELS / "minilm", threads=1))


def verify(context: str, claim: str) -> float:
    return _verifier().score(_evidence(context), claim)


@cache
def _evidence(context: str) -> Evidence:
    document = DocumentId("d")
    chunk = Chunk(ChunkId("c"), document, 0, 0, Span(document, 1, 0, len(context)), context)
    return gather([chunk], title="", language="en")

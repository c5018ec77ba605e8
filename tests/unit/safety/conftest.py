"""Verifiers for tests that need no model."""

from collections.abc import Sequence

import pytest

from domain.documents import Vector
from safety.grounding import Verifier


class FlatEmbedder:
    """Finds every text the same: an embedder that always loves what it sees."""

    name = "flat"
    languages = None
    floor = -1.0

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        return [[1.0, 0.0] for _ in texts]

    def embed_passages(self, texts: Sequence[str]) -> list[Vector]:
        """Do as for all texts."""
        return self.embed(texts)

    def embed_query(self, query: str) -> Vector:
        """Do as for all texts."""
        return self.embed([query])[0]

    def ping(self) -> None:
        """Do nothing; there is no model."""


@pytest.fixture(scope="session")
def lenient_verifier() -> Verifier:
    """A verifier that gets no help from likeness: every text is as like as can be."""
    return Verifier(FlatEmbedder())

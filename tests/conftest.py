"""Fixtures that many tests share: the packaged models, a fixed clock, and a closed network."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_socket import socket_allow_hosts

from adapters.embeddings.minilm import MiniLM
from generators.compose.parse import Parser

ROOT = Path(__file__).parent.parent
MODELS = ROOT / "var" / "models"


class FixedClock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.time = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    def move(self, by: timedelta) -> None:
        self.time += by


@pytest.fixture(autouse=True)
def _closed_network() -> None:
    """Let tests reach this machine alone."""
    socket_allow_hosts(["127.0.0.1", "localhost", "::1"], allow_unix_socket=True)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture(scope="session")
def embedder() -> MiniLM:
    return MiniLM(MODELS / "minilm")


@pytest.fixture(scope="session")
def parser(embedder: MiniLM) -> Parser:
    return Parser(MODELS / "english", embedder)

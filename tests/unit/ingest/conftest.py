"""Ingest with a real store, files and index, run by hand."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from adapters.embeddings.minilm import MiniLM
from adapters.files.disk import DiskFiles
from adapters.sql.store import SqlStore
from adapters.vectors.memory import MemoryIndex
from domain.jobs import Progress
from ingest.limits import Limits
from ingest.pipeline import Tools
from ingest.service import Documents
from safety.personal_data import Redactor
from tests.conftest import FixedClock


@dataclass
class Watcher:
    """A job's context that remembers progress and does something at each step."""

    steps: list[Progress] = field(default_factory=list)
    act: Callable[[Progress], None] = lambda _: None

    def report(self, progress: Progress) -> None:
        self.steps.append(progress)
        self.act(progress)


@pytest.fixture
def pillow_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take back afterwards how the processes for pictures set Pillow up, for what they do is called here in ours."""
    from PIL import Image, ImageFile

    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", Image.MAX_IMAGE_PIXELS)
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", ImageFile.LOAD_TRUNCATED_IMAGES)


@pytest.fixture
def tools(store: SqlStore, tmp_path: Path, embedder: MiniLM, clock: FixedClock, redactor: Redactor) -> Tools:
    return Tools(
        store=store,
        files=DiskFiles(tmp_path / "files"),
        redactor=redactor,
        embedder=embedder,
        index=MemoryIndex(),
        clock=clock,
        limits=Limits(),
    )


@pytest.fixture
def documents(tools: Tools) -> Documents:
    return Documents(tools.store, tools.files, tools.index, clock=tools.clock, limits=tools.limits)


def child_processes() -> Sequence[int]:
    """List the processes that this one has started and that still run."""
    tasks = Path(f"/proc/{os.getpid()}/task").iterdir()
    return [int(number) for task in tasks for number in (task / "children").read_text(encoding="ascii").split()]

"""Ingest with a real store, files and index, run by hand."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from adapters.embeddings.minilm import MiniLM
from adapters.files.disk import DiskFiles
from adapters.keys.ring import RingFile
from adapters.sql.migrate import upgrade
from adapters.sql.store import SqlStore
from adapters.vectors.memory import MemoryIndex
from domain.jobs import Progress
from domain.people import ClassRoom, Role, School
from domain.scope import EVERYTHING
from ingest.limits import Limits
from ingest.pipeline import Tools
from ingest.service import Documents
from safety.personal_data import Redactor
from tests.builders import CLASS, SCHOOL, a_person
from tests.conftest import MODELS, FixedClock


@dataclass
class Watcher:
    """A job's context that remembers progress and does something at each step."""

    steps: list[Progress] = field(default_factory=list)
    act: Callable[[Progress], None] = lambda _: None

    def report(self, progress: Progress) -> None:
        self.steps.append(progress)
        self.act(progress)


@pytest.fixture
def tools(tmp_path: Path, embedder: MiniLM, clock: FixedClock, ring: RingFile) -> Iterator[Tools]:
    url = f"sqlite:///{tmp_path / 'margent.db'}"
    upgrade(url)
    store = SqlStore(url, ring=ring, clock=clock)
    with store(EVERYTHING) as work:
        work.people.save_school(School(SCHOOL, "A school"))
        work.people.save_class(ClassRoom(CLASS, SCHOOL, "A class"))
        for role in Role:
            work.people.save_person(a_person(role))
        work.commit()
    yield Tools(
        store=store,
        files=DiskFiles(tmp_path / "files"),
        redactor=Redactor(MODELS / "english"),
        embedder=embedder,
        index=MemoryIndex(),
        clock=clock,
        limits=Limits(),
    )
    store.close()


@pytest.fixture
def documents(tools: Tools) -> Documents:
    return Documents(tools.store, tools.files, tools.index, clock=tools.clock, limits=tools.limits)


def child_processes() -> Sequence[int]:
    """List the processes that this one has started and that still run."""
    tasks = Path(f"/proc/{os.getpid()}/task").iterdir()
    return [int(number) for task in tasks for number in (task / "children").read_text(encoding="ascii").split()]

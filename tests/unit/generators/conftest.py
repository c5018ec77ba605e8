"""The pipeline's tools, with a database of its own for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.embeddings.minilm import MiniLM
from adapters.keys.ring import RingFile
from adapters.models.openai import OpenAIChatModel
from adapters.sql.migrate import upgrade
from adapters.sql.store import SqlStore
from domain.documents import Document
from domain.people import ClassRoom, Role, School
from domain.scope import EVERYTHING
from generators.compose.reading.parse import Parser
from generators.pipeline import Tools
from safety.personal_data import Redactor
from safety.screening import Screener
from tests.builders import CLASS, SCHOOL, a_person, allow
from tests.conftest import MODELS, FixedClock
from tests.pipeline_tools import Loaded, build_tools, save_plants, with_model
from tests.scripted_server import ScriptedServer, scripted_server


@pytest.fixture(scope="session")
def _school_database(tmp_path_factory: pytest.TempPathFactory, ring: RingFile) -> Path:
    """A database with the school, its class and one person in each role."""
    path = tmp_path_factory.mktemp("database") / "school.db"
    upgrade(f"sqlite:///{path}")
    store = SqlStore(f"sqlite:///{path}", ring=ring)
    with store(EVERYTHING) as work:
        work.people.save_school(School(SCHOOL, "School"))
        work.people.save_class(ClassRoom(CLASS, SCHOOL, "Biology"))
        for role in Role:
            work.people.save_person(a_person(role))
        allow(work, a_person())
        work.commit()
    store.close()
    return path


@pytest.fixture(scope="session")
def loaded(parser: Parser, embedder: MiniLM) -> Loaded:
    return Loaded(parser, embedder, Redactor(MODELS / "english"), Screener())


@pytest.fixture
def store(_school_database: Path, tmp_path: Path, clock: FixedClock, ring: RingFile) -> Iterator[SqlStore]:
    path = shutil.copy(_school_database, tmp_path / "margent.db")
    opened = SqlStore(f"sqlite:///{path}", ring=ring, clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def tools(store: SqlStore, loaded: Loaded, clock: FixedClock) -> Tools:
    """Tools without a model."""
    return build_tools(store, loaded, clock)


@pytest.fixture
def plants(tools: Tools) -> Document:
    """The reading in the store."""
    return save_plants(tools)


@pytest.fixture
def endpoint() -> Iterator[ScriptedServer]:
    """A model endpoint; set its `script`."""
    with scripted_server() as server:
        yield server


@pytest.fixture
def model_tools(tools: Tools, endpoint: ScriptedServer, loaded: Loaded) -> Iterator[Tools]:
    """Tools with the model behind `endpoint`."""
    model = OpenAIChatModel(base_url=endpoint.base_url, api_key="k", model="any", timeout_seconds=5)
    yield with_model(tools, model, loaded.redactor)
    model.close()

"""Vectors of one encoder are not taken for those of another."""

from pathlib import Path

import pytest

from domain.documents import Chunk, DocumentStatus, EmbeddedChunk, Span
from domain.errors import Transient
from domain.ids import ChunkId
from domain.jobs import IngestDocument
from domain.people import ClassRoom, Role, School
from domain.scope import EVERYTHING
from margent.settings import Settings
from margent.world import World, check, open_world, renew_vectors
from tests.builders import CLASS, SCHOOL, a_document, a_person
from tests.conftest import MODELS
from tests.encoders import write_encoder

DOCUMENT = a_document(status=DocumentStatus.READY)
CHUNK = Chunk(ChunkId("c" * 32), DOCUMENT.id, 0, 0, Span(DOCUMENT.id, 1, 0, 3), "sol")


def _settings(tmp_path: Path, encoder: Path | None) -> Settings:
    return Settings(data_dir=tmp_path / "data", models_dir=MODELS, encoder_folder=encoder)


def _open(tmp_path: Path, encoder: Path | None = None) -> World:
    return open_world(_settings(tmp_path, encoder))


def _complete_a_reading(world: World) -> None:
    with world.store(EVERYTHING) as work:
        work.people.save_school(School(SCHOOL, "A school"))
        work.people.save_class(ClassRoom(CLASS, SCHOOL, "A class"))
        work.people.save_person(a_person(Role.TEACHER))
        work.documents.save(DOCUMENT)
        work.commit()
    world.index.add([EmbeddedChunk(CHUNK, world.encoder.embed_passages([CHUNK.text])[0])])


def _status(world: World) -> DocumentStatus:
    with world.store(EVERYTHING) as work:
        found = work.documents.find(DOCUMENT.id)
        assert found is not None
        return found.status


def test_a_changed_encoder_has_all_readings_embedded_again(tmp_path: Path) -> None:
    """The old vectors go, the readings are found by words meanwhile, and a job is there for each."""
    world = _open(tmp_path)
    renew_vectors(world)
    _complete_a_reading(world)
    world.close()

    changed = _open(tmp_path, write_encoder(tmp_path / "own"))
    renew_vectors(changed)

    assert changed.index.load_vectors([CHUNK.id]) == {}
    assert _status(changed) is DocumentStatus.SEARCHABLE
    with changed.store(EVERYTHING) as work:
        assert work.jobs.find_for(DOCUMENT.id, IngestDocument(DOCUMENT.id).name) is not None
    changed.index.add([EmbeddedChunk(CHUNK, changed.encoder.embed_passages([CHUNK.text])[0])])
    assert len(changed.index.load_vectors([CHUNK.id])[CHUNK.id]) == 5
    assert changed.index.encoder == changed.encoder.name
    changed.close()


def test_the_same_encoder_leaves_everything_as_it_is(tmp_path: Path) -> None:
    """A second start keeps the vectors, and those that were made before names were written down."""
    world = _open(tmp_path)
    _complete_a_reading(world)
    assert world.index.encoder == world.encoder.name
    world.close()

    again = _open(tmp_path)
    renew_vectors(again)
    renew_vectors(again)

    assert set(again.index.load_vectors([CHUNK.id])) == {CHUNK.id}
    assert _status(again) is DocumentStatus.READY
    again.close()


def test_a_bad_folder_changes_nothing_and_is_said(tmp_path: Path) -> None:
    """An encoder that is not there is named by the check, and the old vectors stay."""
    world = _open(tmp_path)
    renew_vectors(world)
    _complete_a_reading(world)
    world.close()

    broken = _open(tmp_path, tmp_path / "nothing")

    with pytest.raises(Transient, match="is not there"):
        renew_vectors(broken)
    fault = check(broken, None)["search encoder"]
    assert fault is not None
    assert fault.code == "encoder_unusable"
    assert set(broken.index.load_vectors([CHUNK.id])) == {CHUNK.id}
    broken.close()


def test_an_empty_setting_is_no_folder(tmp_path: Path) -> None:
    """MARGENT_ENCODER_FOLDER without a value means the packaged encoder."""
    settings = Settings.model_validate({"data_dir": tmp_path, "encoder_folder": ""})

    assert settings.encoder_folder is None

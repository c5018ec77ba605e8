"""`margent study`: every study aid of one file, written into a folder. Nothing else is kept."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from api.services import Services
from domain.documents import Section
from domain.errors import Conflict, NotFound, Unreadable, Unsupported
from domain.ids import DocumentId
from domain.material import Artifact, Kind
from domain.people import Person, Role
from margent.reading import read_files
from margent.settings import Settings
from margent.wiring import build
from margent.world import open_world
from web.offline import Part, render

_FILES = {
    "summary.md": "summary.md",
    "cards.csv": "cards.csv",
    "cards.apkg": "cards.apkg",
    "map.svg": "map.svg",
    "map.json": "map.json",
    "map.graphml": "map.graphml",
    "quiz.json": "quiz.json",
}
"""File in the folder: name of the export."""


def study_file(file: Path, out: Path, settings: Settings) -> Iterator[Path]:
    """Write the study aids of `file` into `out`, yielding each path. Raises Unreadable with the reason."""
    if out.exists() and not out.is_dir():
        raise Conflict(f"{out} is a file. Name a folder with --out.")
    with tempfile.TemporaryDirectory(prefix="margent-") as folder:
        world = open_world(settings.model_copy(update=_places(Path(folder))))
        try:
            services = build(world)
            person = services.accounts.ensure_demo(Role.TEACHER)
            yield from _write(_read(services, person, file), out)
        finally:
            world.close()


@dataclass(frozen=True, slots=True)
class _Studied:
    services: Services
    person: Person
    document_id: DocumentId


def _places(folder: Path) -> dict[str, Path]:
    return {"data_dir": folder / "data", "key_file": folder / "data-keys" / "ring.json"}


def _read(services: Services, person: Person, file: Path) -> _Studied:
    services.queue.start()
    try:
        results = read_files(services, person, [file])
    finally:
        services.queue.stop()
    if len(results) > 1:
        raise Unsupported(f"{file.name}: there are several readings in it. Unpack it, and study one at a time.")
    result = results[0]
    if result.document_id is None:
        raise Unreadable(f"{result.name}: {result.sentence}")
    return _Studied(services, person, result.document_id)


def _write(studied: _Studied, out: Path) -> Iterator[Path]:
    out.mkdir(parents=True, exist_ok=True)
    for name, export in _FILES.items():
        try:
            content = studied.services.material.export(studied.person, studied.document_id, None, export).content
        except NotFound:
            continue
        yield _save(out / name, content)
    document = studied.services.documents.load(studied.person, studied.document_id).document
    yield _save(out / "index.html", render(document, list(_parts(studied))).encode())


def _parts(studied: _Studied) -> Iterator[Part]:
    yield Part("The whole reading", _aids(studied, None))
    for section in studied.services.documents.list_sections(studied.person, studied.document_id):
        if section.is_unit and (aids := _aids(studied, section)):
            yield Part(section.title, aids)


def _aids(studied: _Studied, section: Section | None) -> dict[Kind, Artifact]:
    ordinal = None if section is None else section.ordinal
    return studied.services.material.aids(studied.person, studied.document_id, ordinal)


def _save(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path

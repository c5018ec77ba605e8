"""A person is erased: no byte of anything the person gave is left in the data folder, and others keep theirs."""

import base64
import io
import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import structlog

from api.services import Services
from domain.care import Ending
from domain.consent import Purpose
from domain.documents import Document
from domain.ids import DocumentId, PersonId, stable_id
from domain.material import Kind
from domain.people import Person, Role
from domain.questions import Question
from domain.scope import EVERYTHING
from margent.serving import configure_log
from margent.settings import Settings
from margent.wiring import build
from margent.world import World, open_world
from tests.conftest import MODELS

GONE, STAYS = "quokkavanish", "wombatremain"
WORRY = "I want to kill myself"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    settings = Settings(
        profile="demo", data_dir=tmp_path_factory.mktemp("data"), models_dir=MODELS, max_upload_mb=1, threads=1
    )
    world = open_world(settings)
    yield world
    world.close()


def _encodings(mark: str) -> Mapping[str, bytes]:
    """How a text may stand in a file; base64 in each of its three positions."""
    escaped = "".join(f"\\u{ord(letter):04x}" for letter in mark)
    found = {
        "raw": mark.encode(),
        "utf-16-le": mark.encode("utf-16-le"),
        "utf-16-be": mark.encode("utf-16-be"),
        "percent": "".join(f"%{ord(letter):02X}" for letter in mark).encode(),
        "json": escaped.encode(),
    }
    for shift in range(3):
        whole = base64.b64encode(b"\0" * shift + mark.encode()).decode()
        found[f"base64-{shift}"] = whole[4 if shift else 0 : -4].encode()
    return found


def _hits(folder: Path, mark: str) -> list[str]:
    """Where anything of the mark is left, in any case of letters: file and encoding."""
    encodings = _encodings(mark)
    found = []
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        if mark in path.name:
            found.append(f"{path.name}: name")
        content = path.read_bytes()
        for name, needle in encodings.items():
            if needle in content or (not name.startswith("base64") and needle.lower() in content.lower()):
                found.append(f"{path.relative_to(folder)}: {name}")
    return found


def _text(mark: str) -> bytes:
    lines = [
        f"# The {mark} of the hills",
        f"The {mark} is a small animal that eats leaves. A {mark} sleeps in a burrow during the day.",
        f"Burrows are dug by the {mark} in dry soil. Leaves give the {mark} its water.",
        "Photosynthesis is the process by which plants make sugar out of light. Roots drink water from the soil.",
    ]
    return "\n\n".join(lines * 2).encode()


def _live(world: World, services: Services, mark: str) -> tuple[Person, Document]:
    """Let somebody do everything that a person can do, with the mark in every word."""
    with world.store(EVERYTHING) as work:
        known = services.accounts.ensure_demo(Role.STUDENT)
        person = replace(
            known,
            id=PersonId(stable_id("person", mark)),
            name=f"{mark} Person",
            email=f"{mark}@school.example",
            external_id=f"{mark}-1",
            subject=f"https://school.example {mark}",
            avatar=mark,
            is_demo=False,
        )
        work.people.save_person(person)
        work.commit()
    services.accounts.begin(person, device=f"{mark} browser")
    administrator = _administrator(world, services)
    services.consents.decide(person, person, dict.fromkeys(Purpose, True))
    name = f"{mark} notes.md"
    reading = services.documents.upload(person, name, io.BytesIO(_text(mark)), class_id=None).document
    reading = services.documents.load(person, reading.id).document
    assert reading.is_readable, reading
    services.material.search(person, f"{mark} burrow", limit=3)
    services.material.ask(person, reading.id, f"What does the {mark} eat?")
    _study(services, person, reading.id, mark)
    services.material.ask(person, reading.id, f"{WORRY}, says {mark}")
    counsellor = services.accounts.ensure_demo(Role.COUNSELLOR)
    with world.store(EVERYTHING) as work:
        case = work.care.find_open(person.id)
    assert case is not None
    services.desk.load(counsellor, case.id)
    services.desk.end(counsellor, case.id, Ending.RESOLVED, f"Talked with {mark}.")
    hold = services.rights.place_hold(administrator, person.id, f"{mark} complains.")
    services.rights.lift_hold(administrator, hold.id)
    return person, reading


def _administrator(world: World, services: Services) -> Person:
    known = services.accounts.ensure_demo(Role.COUNSELLOR)
    person = replace(
        known, id=PersonId(stable_id("office")), role=Role.ADMINISTRATOR, email="office@school.example", name="Office"
    )
    with world.store(EVERYTHING) as work:
        work.people.save_person(person)
        work.commit()
    return person


def _study(services: Services, person: Person, document_id: DocumentId, mark: str) -> None:
    quizzes = [
        unit
        for section in services.documents.list_sections(person, document_id)
        if (quiz := services.material.aids(person, document_id, section.ordinal).get(Kind.QUIZ))
        for unit in quiz.units
        if isinstance(unit, Question)
    ]
    assert quizzes
    services.learning.answer(person, quizzes[0].id, f"the {mark} answer")
    services.tutor.next_hint(person, quizzes[0].id, text=f"I think of the {mark}")
    services.tutor.ask_hint(person, document_id, f"Why does the {mark} sleep?")


def _without_audit(folder: Path) -> Path:
    """Copy the database without the record of acts, whose ids lead nowhere once somebody is gone."""
    copy = folder.with_name("without-audit")
    copy.mkdir()
    with closing(sqlite3.connect(folder / "margent.db")) as old:
        old.execute("VACUUM INTO ?", (str(copy / "margent.db"),))
    with closing(sqlite3.connect(copy / "margent.db", isolation_level=None)) as new:
        new.execute("DELETE FROM audit")
        new.execute("VACUUM")
    return copy


@pytest.fixture
def _as_served() -> Iterator[None]:
    """Log as the service does; loggers that kept what they once saw would write so in other tests too."""
    before = structlog.get_config()
    configure_log()
    structlog.configure(cache_logger_on_first_use=False)
    yield
    structlog.configure(**before)


@pytest.mark.usefixtures("_as_served")
def test_nothing_is_left_of_somebody_who_was_erased(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    """Marks in everything the person gave are in no file and no log after the erasure, in no encoding."""
    services = build(world, runs_inline=True)
    person, reading = _live(world, services, GONE)
    other, _ = _live(world, services, STAYS)
    folder = world.settings.data_dir
    before = _hits(folder, GONE)
    kept_before = {hit for hit in _hits(folder, STAYS) if "-wal" not in hit}
    assert any("margent.db" in hit for hit in before)
    assert any(hit.startswith("files") for hit in before)

    receipt = services.rights.erase(_administrator(world, services), person.id)

    assert _hits(folder, GONE) == []
    for name in (reading.id, reading.content_hash):
        assert _hits(folder, name) == [], name
    assert _hits(_without_audit(folder), person.id) == []
    assert kept_before <= set(_hits(folder, STAYS))
    assert services.documents.list_documents(other)
    assert GONE not in json.dumps(dict(receipt.counts)) + receipt.id
    assert receipt.counts["file"] == 1
    captured = capsys.readouterr()
    assert GONE not in captured.out + captured.err

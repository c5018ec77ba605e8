"""Keys as somebody looks after them who runs an installation: commands, a lost ring, a process that is killed."""

import os
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from adapters.keys.ring import RingFile
from adapters.sql.store import SqlStore
from domain.care import Case, CaseEvent, CaseStatus, Severity
from domain.ids import CaseId, PersonId, new_id
from domain.people import School
from domain.scope import EVERYTHING
from margent.commands import app
from tests.builders import NOW, SCHOOL, a_person
from tests.conftest import MODELS, ROOT

PEOPLE = 1100

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on a data folder of its own."""
    monkeypatch.setenv("MARGENT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("MARGENT_MODELS_DIR", str(MODELS))
    monkeypatch.chdir(tmp_path)
    return lambda *arguments, **options: CliRunner().invoke(app, list(arguments), **options)


@pytest.fixture
def ring(tmp_path: Path) -> Path:
    """The place of the ring beside the data folder."""
    return tmp_path / "data-keys" / "ring.json"


@contextmanager
def _store(tmp_path: Path, ring: Path) -> Iterator[SqlStore]:
    with closing(SqlStore(f"sqlite:///{tmp_path / 'data' / 'margent.db'}", ring=RingFile(ring))) as store:
        yield store


def _write(store: SqlStore, count: int) -> None:
    """Keep a note about each of so many people."""
    with store(EVERYTHING) as unit:
        unit.people.save_school(School(SCHOOL, "A school"))
        for number in range(count):
            person = replace(a_person(), id=PersonId(new_id()), email=f"{new_id()}@x.example", class_ids=())
            unit.people.save_person(person)
            note = CaseEvent(NOW, "seen", note=f"note {number}")
            unit.care.save(
                Case(
                    id=CaseId(new_id()),
                    school_id=SCHOOL,
                    person_id=person.id,
                    severity=Severity.LOW,
                    subject="self_harm",
                    status=CaseStatus.OPEN,
                    opened_at=NOW,
                    due_at=NOW,
                    events=(note,),
                )
            )
        unit.commit()


def _notes(store: SqlStore) -> set[str]:
    with store(EVERYTHING) as unit:
        return {case.events[0].note for case in unit.care.list_cases(SCHOOL)}


def test_keys_are_rotated_listed_and_forgotten(run: Run, tmp_path: Path, ring: Path) -> None:
    """A rotation moves everybody to the new key; old keys that wrap nothing are forgotten when one says yes."""
    assert run("migrate").exit_code == 0
    with _store(tmp_path, ring) as store:
        _write(store, 3)

    before = run("keys", "list").output
    rotated = run("keys", "rotate")
    after = run("keys", "list").output
    kept = run("keys", "forget", input="n\n")
    gone = run("keys", "forget", input="y\n")
    nothing = run("keys", "forget")

    assert re.fullmatch(r"k\w{8}  since [\d :-]{16}  wraps 3\n", before)
    assert "3 of 3 persons' keys" in rotated.output
    assert str(ring) in rotated.output.replace("\n", "")
    assert [line.split()[-1] for line in after.splitlines()] == ["0", "3"]
    assert kept.exit_code == 1
    assert "can never be opened again" in kept.output
    assert f"Forgotten: {before.split()[0]}" in gone.output
    assert nothing.output == "There is no key to forget.\n"
    assert run("keys", "list").output == after.splitlines()[1] + "\n"


def test_a_key_in_use_is_not_forgotten(run: Run, tmp_path: Path, ring: Path) -> None:
    """Naming a key that wraps something, or the newest, is refused with what to do."""
    run("migrate")
    with _store(tmp_path, ring) as store:
        _write(store, 1)
    used = RingFile(ring).newest
    newest = RingFile(ring).rotate()

    refused = [run("keys", "forget", key_id, "--yes") for key_id in (used, newest)]

    assert [one.exit_code for one in refused] == [1, 1]
    assert "Run `margent keys rotate` first." in refused[0].output
    assert f"{newest} is the newest key." in refused[1].output
    assert [one.id for one in RingFile(ring).list_keys()] == [used, newest]


def test_a_lost_ring_stops_every_start(run: Run, tmp_path: Path, ring: Path) -> None:
    """With the ring gone nothing starts and none is made; put back, everything is there."""
    run("migrate")
    with _store(tmp_path, ring) as store:
        _write(store, 1)
    ring.rename(tmp_path / "copy.json")

    started, looked = run("migrate"), run("doctor")

    assert (started.exit_code, looked.exit_code) == (1, 1)
    assert "is missing" in started.output
    assert "Put the file back from its backup" in started.output
    assert re.search(r"! keys +The key ring .* is missing", looked.output)
    assert not ring.exists()
    (tmp_path / "copy.json").rename(ring)
    assert run("migrate").exit_code == 0
    with _store(tmp_path, ring) as store:
        assert _notes(store) == {"note 0"}


def test_an_empty_installation_without_a_ring_gets_one(run: Run, ring: Path) -> None:
    """As long as nothing was written, a missing ring is made, anew even."""
    run("migrate")
    first = RingFile(ring).newest
    ring.unlink()

    assert run("migrate").exit_code == 0
    assert RingFile(ring).newest != first
    assert RingFile(ring).is_sealed


def test_an_upgraded_installation_is_sealed_at_its_first_start(run: Run, tmp_path: Path, ring: Path) -> None:
    """What a database holds in plain when there is no ring yet is sealed, and no byte of it is left in the file."""
    run("migrate")
    with _store(tmp_path, ring) as store:
        _write(store, 1)
    with sqlite3.connect(tmp_path / "data" / "margent.db") as database:
        database.execute("UPDATE case_event SET note = 'canary 4711'")
        database.execute("DELETE FROM person_key")
    database.close()
    ring.unlink()
    assert b"canary 4711" in _bytes(tmp_path / "data")

    assert run("migrate").exit_code == 0

    assert b"canary 4711" not in _bytes(tmp_path / "data")
    with _store(tmp_path, ring) as store:
        assert _notes(store) == {"canary 4711"}


def _bytes(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("margent.db*"))


def test_the_doctor_says_how_the_keys_stand(run: Run, tmp_path: Path, ring: Path) -> None:
    """The doctor names the ring, its mode and its newest key, and what a stopped rotation left to do."""
    run("migrate")
    with _store(tmp_path, ring) as store:
        _write(store, 2)
    fine = run("doctor")
    newest = RingFile(ring).rotate()
    stopped = run("doctor")

    assert re.search(rf"  keys +{re.escape(str(ring))} \(mode 600\), newest k\w{{8}} since [\d-]{{10}}\n", fine.output)
    assert f"newest {newest}" in stopped.output
    assert "older keys wrap those of 2 people" in stopped.output


def test_the_doctor_wants_the_ring_out_of_the_data_folder(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A ring in the data folder goes wherever its copies go: the doctor says so."""
    monkeypatch.setenv("MARGENT_KEY_FILE", str(tmp_path / "data" / "keys" / "ring.json"))
    run("migrate")

    done = run("doctor")

    assert done.exit_code == 1
    assert re.search(r"! keys .*move it out of the data folder", done.output)


def test_a_rotation_killed_at_any_moment_loses_nothing(run: Run, tmp_path: Path, ring: Path) -> None:
    """Killed at several moments of the work, again and again, everything opens; the next rotation finishes it."""
    run("migrate")
    with _store(tmp_path, ring) as store:
        _write(store, PEOPLE)
    notes = {f"note {number}" for number in range(PEOPLE)}

    for lines, seconds in ((1, 0.0), (2, 0.01), (1, 0.02)):
        with subprocess.Popen(
            [sys.executable, "-m", "margent", "keys", "rotate"],
            cwd=ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
        ) as process:
            assert process.stdout is not None
            for _ in range(lines):
                assert b"persons' keys" in process.stdout.readline()
            time.sleep(seconds)
            process.kill()
        with _store(tmp_path, ring) as store:
            assert _notes(store) == notes

    assert run("keys", "rotate").exit_code == 0
    assert run("keys", "forget", "--yes").exit_code == 0
    assert len(RingFile(ring).list_keys()) == 1
    with _store(tmp_path, ring) as store:
        assert _notes(store) == notes

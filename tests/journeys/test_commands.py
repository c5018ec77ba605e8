"""The `margent` command as a person uses it: real files, a real data folder, no network."""

import csv
import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from adapters.vectors.chroma import ChromaIndex
from margent.commands import app
from tests.conftest import MODELS

NOTE = """# Leaves

## Light

**Chlorophyll** is the pigment in chloroplasts that absorbs light. It reflects most green light, and for this reason
leaves look green to us. A plant that is kept in the dark stops making chlorophyll and turns pale yellow.

## Water

The **xylem** is a set of thin tubes that carry water from the roots to the leaves. A **stoma** is a pore in the surface
of a leaf that lets gases in and out. Two guard cells surround each stoma and can close it when the soil is dry.
"""

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on a data folder of its own."""
    monkeypatch.setenv("MARGENT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("MARGENT_MODELS_DIR", str(MODELS))
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(app, list(arguments))


@pytest.fixture
def note(tmp_path: Path) -> Path:
    file = tmp_path / "leaves.md"
    file.write_text(NOTE, encoding="utf-8")
    return file


def test_a_reading_goes_in_and_is_found_and_asked(run: Run, note: Path) -> None:
    """Ingest, search and ask work one after the other on one data folder."""
    ingested = run("ingest", str(note))
    found = run("search", "guard cells")
    answered = run("ask", "What is chlorophyll?", "--reading", "leaves")
    unanswered = run("ask", "Who won the match on Saturday?")

    assert ingested.exit_code == 0, ingested.output
    assert "leaves.md: Ready: 1 page." in ingested.output
    assert "Leaves, page 1" in found.output
    assert "Chlorophyll is the pigment in chloroplasts that absorbs light." in answered.output
    assert "[Leaves, page 1]" in answered.output
    assert unanswered.exit_code == 0
    assert "page" not in unanswered.output


def test_a_file_that_fails_stops_no_other(run: Run, note: Path, tmp_path: Path) -> None:
    """Each bad file gets its own sentence and the exit status says that something failed; the good one is ready."""
    (tmp_path / "empty.pdf").write_bytes(b"")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))

    done = run("ingest", "empty.pdf", str(note), "picture.png", "missing.pdf")

    assert done.exit_code == 1
    assert "leaves.md: Ready" in done.output
    assert re.search(r"empty\.pdf: .*empty", done.output)
    assert re.search(r"picture\.png: .+", done.output)
    assert "missing.pdf: The file cannot be opened: No such file or directory." in done.output


def test_each_file_of_a_zip_goes_in(run: Run, note: Path, tmp_path: Path) -> None:
    """Each has its own line; one reading at a time is studied."""
    file = tmp_path / "course.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.write(note, "week 1/leaves.md")
        archive.writestr("empty.md", "")

    ingested, studied = run("ingest", str(file)), run("study", str(file), "--out", str(tmp_path / "out"))

    assert ingested.exit_code == 1
    assert "week 1/leaves.md: Ready: 1 page." in ingested.output
    assert "empty.md: This file is empty." in ingested.output
    assert studied.exit_code != 0
    assert "one at a time" in studied.output


def test_the_same_file_twice_is_recognised(run: Run, note: Path) -> None:
    """The second time nothing is read again."""
    run("ingest", str(note))

    assert "It is in the library already." in run("ingest", str(note)).output


def test_study_writes_every_file(run: Run, note: Path, tmp_path: Path) -> None:
    """All promised files are there, each readable by what it is for, and nothing is kept in the library."""
    done = run("study", str(note), "--out", "aids")

    assert done.exit_code == 0, done.output
    aids = tmp_path / "aids"
    assert "Chlorophyll" in (aids / "summary.md").read_text()
    cards = list(csv.reader(io.StringIO((aids / "cards.csv").read_text())))
    assert any("pigment" in cell for row in cards for cell in row)
    with zipfile.ZipFile(aids / "cards.apkg") as package:
        (tmp_path / "collection").write_bytes(package.read("collection.anki2"))
    notes = sqlite3.connect(tmp_path / "collection").execute("SELECT count(*) FROM notes").fetchone()
    assert notes[0] > 0
    assert json.loads((aids / "map.json").read_text())
    assert "<svg" in (aids / "map.svg").read_text()
    assert "graphml" in (aids / "map.graphml").read_text()
    assert json.loads((aids / "quiz.json").read_text())["questions"]
    assert not (tmp_path / "data").exists()


def test_the_study_page_stands_alone(run: Run, note: Path, tmp_path: Path) -> None:
    """The page loads nothing from anywhere, and each source number on it leads to words of the reading."""
    run("study", str(note), "--out", "aids")

    page = (tmp_path / "aids" / "index.html").read_text()

    assert not re.search(r"(?:src|href)=\"(?!#)", page)
    links = set(re.findall(r'href="#(source-\d+)"', page))
    assert links
    assert links <= set(re.findall(r'id="(source-\d+)"', page))


def test_study_says_why_it_cannot(run: Run, tmp_path: Path, note: Path) -> None:
    """An unreadable file and an impossible folder are one sentence each."""
    (tmp_path / "empty.pdf").write_bytes(b"")
    (tmp_path / "taken").write_text("a file")

    unreadable = run("study", "empty.pdf")
    impossible = run("study", str(note), "--out", "taken")

    assert unreadable.exit_code == impossible.exit_code == 1
    assert "empty" in unreadable.output
    assert "taken is a file" in impossible.output


def test_people_are_added_and_named(run: Run, note: Path) -> None:
    """With several people, a command says for whom it acts."""
    for name, role in (("Ada", "teacher"), ("Ben", "student")):
        options = ["--name", name, "--email", f"{name}@school.example", "--role", role, "--password", "a long password"]
        added = run("person", "add", *options)
        assert added.exit_code == 0, added.output
        assert f"{name} can sign in as {role}." in added.output

    unnamed = run("ingest", str(note))
    stranger = run("ingest", str(note), "--as", "nobody@school.example")
    named = run("ingest", str(note), "--as", "ADA@school.example")

    assert unnamed.exit_code == stranger.exit_code == 1
    assert "Say who you are" in unnamed.output
    assert "Nobody here has that e-mail address" in stranger.output
    assert named.exit_code == 0, named.output


def test_readings_are_shared_with_a_class_by_name(run: Run, note: Path) -> None:
    """The class's students find the reading; a class that is not the person's is refused by name."""
    for name, role in (("Ada", "teacher"), ("Ben", "student")):
        options = ["--name", name, "--email", f"{name}@school.example", "--role", role, "--password", "a long password"]
        run("person", "add", *options, "--class", "Class 5a")

    refused = run("ingest", str(note), "--class", "Class 9z", "--as", "ada@school.example")
    shared = run("ingest", str(note), "--class", "class 5A", "--as", "ada@school.example")
    found = run("search", "guard cells", "--as", "ben@school.example")

    assert refused.exit_code == 1
    assert "Yours: Class 5a." in refused.output
    assert shared.exit_code == 0, shared.output
    assert "Leaves, page 1" in found.output


def test_the_doctor_knows_a_running_service(run: Run, tmp_path: Path) -> None:
    """A data folder that another process has is no fault."""
    run("migrate")
    owner = ChromaIndex(tmp_path / "data" / "vectors")
    owner.take()

    done = run("doctor")

    owner.close()
    assert done.exit_code == 0, done.output
    assert re.search(r"vectors +in use by a running service", done.output)


def test_asking_an_empty_library_says_what_to_do(run: Run) -> None:
    """No reading, one sentence; nothing found, one sentence."""
    assert "margent ingest FILE" in run("ask", "What is light?").output
    assert "Nothing in the library" in run("search", "light").output


def test_the_doctor_finds_a_healthy_installation(run: Run) -> None:
    """Every part answers and secrets are masked."""
    assert "up to date" in run("migrate").output

    done = run("doctor")

    assert done.exit_code == 0, done.output
    assert re.search(r"store +ok", done.output)
    assert re.search(r"vectors +ok", done.output)
    assert "built in (no model)" in done.output


def test_the_doctor_names_what_is_wrong(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A model that does not answer is a fault, and its key is never printed."""
    monkeypatch.setenv("MARGENT_LLM_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("MARGENT_LLM_MODEL", "small")
    monkeypatch.setenv("MARGENT_LLM_API_KEY", "very-secret")

    done = run("doctor")

    assert done.exit_code == 1
    assert re.search(r"! model +\S+", done.output)
    assert "very-secret" not in done.output


def test_models_in_place_are_left_alone(run: Run) -> None:
    """Fetching again does nothing and needs no network."""
    assert f"The models are in {MODELS}." in run("models").output

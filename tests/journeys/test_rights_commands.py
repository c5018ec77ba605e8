"""`margent person copy`, `margent person erase` and `margent retire`, on a data folder of their own."""

import re
import stat
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from adapters.vectors.chroma import ChromaIndex
from domain.ids import HoldId, stable_id
from domain.rights import Hold
from domain.scope import EVERYTHING
from margent.commands import app
from margent.settings import Settings
from margent.world import open_world
from tests.builders import NOW
from tests.conftest import MODELS

PASSWORD = "violet lamp under river"
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on a data folder of its own, with a school and two people."""
    monkeypatch.setenv("MARGENT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("MARGENT_MODELS_DIR", str(MODELS))
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()
    for name, role in (("Tara", "teacher"), ("Sana", "student")):
        add = ["person", "add", "--name", name, "--email", f"{name}@school.example", "--role", role]
        assert runner.invoke(app, [*add, "--password", PASSWORD]).exit_code == 0
    return lambda *arguments, **more: runner.invoke(app, list(arguments), **more)


def test_a_copy_is_written_for_the_person_alone(run: Run, tmp_path: Path) -> None:
    """The copy is a ZIP file that only its maker may read; nobody of that address is said so."""
    done = run("person", "copy", "sana@school.example", "--out", "sana.zip")
    unknown = run("person", "copy", "nobody@school.example", "--out", "nobody.zip")

    with zipfile.ZipFile(tmp_path / "sana.zip") as archive:
        assert set(archive.namelist()) == {"index.html", "data.json"}
    assert stat.S_IMODE((tmp_path / "sana.zip").stat().st_mode) == stat.S_IRUSR | stat.S_IWUSR
    assert "Give it to Sana alone" in done.output
    assert run("person", "copy", "sana@school.example").exit_code == 2
    assert unknown.exit_code == 1
    assert "Nobody has this e-mail address in" in unknown.output


def test_a_copy_overwrites_no_file(run: Run, tmp_path: Path) -> None:
    """Where there is a file already, none is written over it."""
    (tmp_path / "mine.zip").write_text("mine")

    done = run("person", "copy", "sana@school.example", "--out", "mine.zip")

    assert done.exit_code == 1
    assert (tmp_path / "mine.zip").read_text() == "mine"


def test_a_person_is_erased_after_a_question(run: Run) -> None:
    """Without a yes nothing goes; with one everything does, a successor may be named, and the receipt is printed."""
    asked = run("person", "erase", "sana@school.example", input="n\n")
    done = run("person", "erase", "sana@school.example", "--successor", "tara@school.example", input="y\n")
    again = run("person", "erase", "sana@school.example", "--yes")

    assert asked.exit_code == 1
    assert "account: 1" in done.output
    assert re.search(r"The receipt is [0-9a-f]{32}\.", done.output)
    assert again.exit_code == 1


def test_a_hold_stops_an_erasure(run: Run) -> None:
    """Under a legal hold the command says why and deletes nothing."""
    with closing(open_world(Settings())) as world, world.store(EVERYTHING) as work:
        person = work.people.find_by_email("sana@school.example")
        assert person is not None
        work.rights.save_hold(Hold(HoldId(stable_id("h")), person.school_id, None, "A court asks.", None, NOW))
        work.commit()

    done = run("person", "erase", "sana@school.example", "--yes")

    assert done.exit_code == 1
    assert "A court asks." in done.output


def test_retiring_says_what_went(run: Run) -> None:
    """What is due is deleted and said by name; a second time nothing is due."""
    with closing(open_world(Settings())) as world, world.store(EVERYTHING) as work:
        person = work.people.find_by_email("sana@school.example")
        assert person is not None
        old = Hold(HoldId(stable_id("h")), person.school_id, None, "Old.", None, NOW.replace(year=2020))
        work.rights.save_hold(Hold(old.id, old.school_id, None, "Old.", None, old.placed_at, old.placed_at))
        work.commit()

    first, second = run("retire"), run("retire")

    assert "Legal holds that were lifted: 1 deleted" in first.output
    assert second.output == "Nothing was due.\n"


def test_a_running_service_is_not_worked_around(run: Run, tmp_path: Path) -> None:
    """While the service holds the vectors, nothing is half erased: the command asks to stop it first."""
    index = ChromaIndex(tmp_path / "data" / "vectors")
    index.take()

    erased, retired = run("person", "erase", "sana@school.example", "--yes"), run("retire")
    index.close()

    assert (erased.exit_code, retired.exit_code) == (1, 1)
    assert "Stop it, run this again" in erased.output
    assert run("person", "copy", "sana@school.example", "--out", "copy.zip").exit_code == 0

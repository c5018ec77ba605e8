"""`margent roster import`, as the office's helper types it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from margent.commands import app
from tests.conftest import MODELS

Run = Callable[..., Result]
_PERSON = ["person", "add", "--role", "administrator", "--password", "four plain words here"]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on a data folder of its own."""
    monkeypatch.setenv("MARGENT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("MARGENT_MODELS_DIR", str(MODELS))
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(app, list(arguments))


def test_a_roster_is_brought_in_from_the_terminal(run: Run, tmp_path: Path) -> None:
    """A trial changes nothing, the import tells bad rows and writes the report, a second time nothing is new."""
    people = tmp_path / "people.csv"
    people.write_text("name,class,role\nAda A,8b,\n=Bob,8b,pirate\n,8b,\n", encoding="utf-8")
    run(*_PERSON, "--name", "Olga", "--email", "olga@x.example")

    trial = run("roster", "import", str(people), "--trial")
    first = run("roster", "import", str(people), "--report", str(tmp_path / "report.csv"))
    second = run("roster", "import", str(people))

    assert "Would be: 1 added, 0 updated, 0 unchanged, 2 refused." in trial.output
    assert "1 added, 0 updated, 0 unchanged, 2 refused." in first.output
    assert "line 3: Bob: The role “pirate” is none that is known here." in first.output
    assert "line 4: no name: There is no name." in first.output
    assert (tmp_path / "report.csv").read_bytes().count(b"\r\n") == 4
    assert "0 added, 0 updated, 1 unchanged, 2 refused." in second.output


def test_somebody_has_to_answer_for_it(run: Run, tmp_path: Path) -> None:
    """Without an administrator, or with several and no name, the command says what to do."""
    people = tmp_path / "people.csv"
    people.write_text("name\nAda A\n", encoding="utf-8")
    nobody = run("roster", "import", str(people))
    for name in ("olga", "otto"):
        run(*_PERSON, "--name", name, "--email", f"{name}@x.example")
    several = run("roster", "import", str(people))
    named = run("roster", "import", str(people), "--as", "OTTO@x.example")

    assert (nobody.exit_code, several.exit_code, named.exit_code) == (1, 1, 0)
    assert "no such administrator" in nobody.output
    assert "--as" in several.output

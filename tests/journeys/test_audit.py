"""The record of who did what, as somebody looks at it who runs an installation."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from margent.commands import app
from tests.conftest import MODELS

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on a data folder of its own, in which two keys were rotated."""
    monkeypatch.setenv("MARGENT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("MARGENT_MODELS_DIR", str(MODELS))
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()
    for _ in range(2):
        assert runner.invoke(app, ["keys", "rotate"]).exit_code == 0
    return lambda *arguments: runner.invoke(app, ["audit", *arguments])


def test_the_record_is_looked_through_and_its_head_is_printed(run: Run) -> None:
    """What is new is not signed yet; after the head was printed all is, and nothing was changed."""
    before, head, after = run("verify"), run("head"), run("verify")

    assert "The newest 2 are not signed yet" in before.stdout
    assert "head 2:" in head.stdout
    assert after.stdout == "2 records, 1 signed heads.\nNothing was changed.\n"


def test_a_change_in_the_database_is_found(run: Run, tmp_path: Path) -> None:
    """Somebody who changes who did something is found out, and told what to do."""
    run("head")
    with closing(sqlite3.connect(tmp_path / "data" / "margent.db", isolation_level=None)) as connection:
        connection.execute("UPDATE audit SET by_id = 'somebody else' WHERE seq = 1")

    found = run("verify")

    assert found.exit_code == 1
    assert "Wrong: record 1 was changed." in found.output
    assert "compare it with a backup" in found.output


def test_a_head_that_was_kept_finds_what_was_cut_in_both_places(run: Run, tmp_path: Path) -> None:
    """Whoever cuts the record and the file of heads alike is found by the head that somebody kept."""
    kept = run("head").stdout.split()[-1]
    assert run("verify", "--head", kept).exit_code == 0
    with closing(sqlite3.connect(tmp_path / "data" / "margent.db", isolation_level=None)) as connection:
        connection.execute("DELETE FROM audit")
    (tmp_path / "data-keys" / "audit-heads.jsonl").write_text("", "utf-8")

    without, missing = run("verify", "--head", kept), run("verify")

    assert (without.exit_code, missing.exit_code) == (1, 1)
    assert "all signed heads are missing" in missing.output
    assert "A head is a number" in run("verify", "--head", "x").output


def test_an_export_is_looked_through_anywhere(run: Run, tmp_path: Path) -> None:
    """An export verifies by itself, says which key to compare, and is refused for another key or a changed line."""
    path = tmp_path / "audit.jsonl"
    written = run("export", str(path))
    key = run("head").stdout.split()[1]
    whole = path.read_text("utf-8")

    assert "ids and hashes" in written.stdout
    assert f"Signed with the key {key}" in run("verify", str(path)).stdout
    assert run("verify", str(path), "--key", key).stdout.endswith("Nothing was changed.\n")
    assert "another key" in run("verify", str(path), "--key", "00").output
    path.write_text(whole.replace("keys.rotated", "keys.lost", 1), "utf-8")
    assert run("verify", str(path)).exit_code == 1
    assert "is there already" in run("export", str(path)).output


def test_a_record_that_is_not_begun_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation in which nothing was done has no head."""
    monkeypatch.setenv("MARGENT_DATA_DIR", str(tmp_path / "data"))

    assert "no record yet" in CliRunner().invoke(app, ["audit", "head"]).stdout

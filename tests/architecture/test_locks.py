"""Lock files are whole."""

from pathlib import Path

import pytest

from tests.architecture.locks import LOCKS, ROOT, check, uncovered


@pytest.mark.parametrize("name", LOCKS)
def test_lock_files_are_pinned_with_hashes(name: str) -> None:
    """Each file in the repository passes."""
    assert list(check((ROOT / "requirements" / name).read_text(), name)) == []


def test_a_missing_hash_and_an_address_are_found() -> None:
    """Planted faults are seen."""
    assert list(check("jinja2==3.1.6\n", "x")) == ["x: jinja2==3.1.6 is not pinned with hashes."]
    assert next(check("--index-url https://example.org\n", "x")) == "x: holds an address."


def test_every_requirement_is_locked(tmp_path: Path) -> None:
    """The project's own requirements are covered, and one that is not is named."""
    assert uncovered(ROOT / "pyproject.toml") == []

    other = tmp_path / "pyproject.toml"
    other.write_text('[project]\ndependencies = ["left-pad"]\n[dependency-groups]\ndev = []\n')

    assert uncovered(other)[0] == "run.lock: left-pad is missing; run `make lock`."

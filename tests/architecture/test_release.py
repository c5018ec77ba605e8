"""Material is served through one gate alone."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = (
    "accounts",
    "adapters",
    "api",
    "domain",
    "generators",
    "ingest",
    "learning",
    "margent",
    "prompts",
    "safety",
    "web",
)
GATE = "safety/release.py"
CODEC = "adapters/sql/material.py"


def test_only_release_serves() -> None:
    """`Served` is constructed in `safety/release.py` and nowhere else."""
    assert set(_makers("Served")) == {GATE}


def test_only_release_makes_artifacts() -> None:
    """New artifacts come from `release`; the store rebuilds from rows what it was given."""
    assert set(_makers("Artifact")) == {GATE, CODEC}


def test_only_the_redactor_makes_redacted_documents() -> None:
    """`RedactedDocument` is constructed in `safety/personal_data.py` and nowhere else."""
    assert set(_makers("RedactedDocument")) == {"safety/personal_data.py"}


def _makers(name: str) -> Iterator[str]:
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and _called(node.func) == name:
                    yield path.relative_to(ROOT).as_posix()


def _called(function: ast.expr) -> str:
    match function:
        case ast.Name(name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""

"""The documents tell the truth: their links lead somewhere, and the commands they name exist."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from margent.commands import app
from tests.architecture.rules import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
_FOREIGN = ("http://", "https://", "mailto:")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(document: Path) -> None:
    """Each relative link and picture of a document is a file of the repository."""
    links = re.findall(r"\]\(([^)#\s]+)", document.read_text(encoding="utf-8"))
    gone = [link for link in links if not link.startswith(_FOREIGN) and not (document.parent / link).exists()]

    assert gone == []


def test_commands_of_the_readme_exist() -> None:
    """Every `margent` command and every make target that the README names is there."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    commands = set(re.findall(r"(?:\.venv/bin/|`)margent ([a-z]+)", readme))
    targets = set(re.findall(r"make ([a-z]+)", readme))

    assert {"ingest", "study", "search", "ask", "doctor", "person"} <= commands
    assert commands <= set(get_command(app).commands)  # type: ignore[attr-defined]
    assert {"run", "test", "help"} <= targets
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in targets)


def test_decisions_are_numbered_without_gaps() -> None:
    """Each decision has its number, from 1."""
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs" / "decisions").glob("*.md"))]

    assert numbers == list(range(1, len(numbers) + 1))

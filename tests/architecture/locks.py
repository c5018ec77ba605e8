"""Lock files are whole: every requirement pinned, with hashes, and no address of a package index.

`python -m tests.architecture.locks` also checks that they cover what `pyproject.toml` asks for.
"""

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOCKS = ("run.lock", "ocr.lock", "dev.lock", "models.lock", "bootstrap.lock")


def main() -> int:
    """Print what is wrong; the exit status is 1 when something is."""
    faults = [fault for name in LOCKS for fault in check((ROOT / "requirements" / name).read_text(), name)]
    faults += uncovered(ROOT / "pyproject.toml")
    print("\n".join(faults) or "The lock files are whole.")  # noqa: T201 - this is a command
    return bool(faults)


def check(text: str, name: str) -> Iterator[str]:
    """Yield a sentence for each fault of a lock file."""
    if re.search(r"https?://|--(extra-)?index-url|--find-links", text):
        yield f"{name}: holds an address."
    entries = re.split(r"\n(?=\S)", text.replace("\\\n", " "))
    for entry in entries:
        if entry.startswith("#") or not entry.strip():
            continue
        if "==" not in entry or "--hash=sha256:" not in entry:
            yield f"{name}: {entry.split()[0]} is not pinned with hashes."


def uncovered(pyproject: Path) -> list[str]:
    """List what `pyproject.toml` asks for and the lock files lack."""
    project = tomllib.loads(pyproject.read_text(encoding="utf-8"))
    extras = project["project"].get("optional-dependencies", {})
    asked = {
        "run.lock": project["project"]["dependencies"],
        "ocr.lock": [*project["project"]["dependencies"], *extras.get("ocr", [])],
        "dev.lock": [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]],
    }
    faults = []
    for name, requirements in asked.items():
        locked = {_plain(line) for line in (ROOT / "requirements" / name).read_text().splitlines() if "==" in line}
        faults += [
            f"{name}: {want} is missing; run `make lock`." for want in requirements if _plain(want) not in locked
        ]
    return faults


def _plain(requirement: str) -> str:
    return re.split(r"[\[=<>~!; ]", requirement.strip())[0].lower().replace("_", "-")


if __name__ == "__main__":
    sys.exit(main())

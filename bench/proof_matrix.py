"""Shows that the permission matrix can fail: takes out one check at a time in a copy of the tree and runs the matrix.

There are two layers: the services' checks and the store's own rule. With the store's rule taken out, each missing check
must be seen as a leak; with the rule in place, the same missing check must leak nothing. `make proof-matrix`.
"""

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
_FOLDERS = (
    "accounts", "adapters", "api", "domain", "generators", "ingest", "learning", "margent", "prompts", "safety", "web",
    "tests", "requirements",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Check:
    """A check of the product: the files it stands in, and what stands there without it."""

    name: str
    files: tuple[str, ...]
    there: str
    gone: str


STORE_RULE = Check(
    "the store's rule",
    ("adapters/sql/transaction.py",),
    "self.scope = scope",
    "self.scope = type(scope)(is_everything=True)",
)

_UNSEEN = " or not sees(person, document)"

CHECKS = (
    Check("readings", ("ingest/service.py",), _UNSEEN, ""),
    Check("study aids", ("generators/service.py",), _UNSEEN, ""),
    Check("questions", ("learning/service.py",), " and sees(person, document)", ""),
    # the pipeline asks once more before it writes hints
    Check("hints", ("generators/tutor.py", "generators/pipeline.py"), "not sees(person, ", "False and (person, "),
    Check("cases", ("safety/desk.py",), " or case.school_id != person.school_id", ""),
    Check("classes", ("accounts/policy.py",), "thing.id in person.class_ids", "bool(thing)"),
    Check(
        "people", ("accounts/policy.py",), "isinstance(thing, Person) and thing.school_id == person.school_id", "True"
    ),
    Check("children", ("accounts/policy.py",), "thing.id in person.ward_ids", "bool(thing)"),
)


def main() -> None:
    """Run the matrix for each check, and say what it saw."""
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "margent"
        _copy(tree)
        assert _matrix_passes(tree), "The matrix fails before anything was taken out."
        missed = [check.name for check in CHECKS if not _is_seen(tree, check)]
        leaking = [check.name for check in CHECKS if not _is_held(tree, check)]
    print(f"{len(CHECKS) - len(missed)} of {len(CHECKS)} missing checks seen; not seen: {missed or 'none'}")
    print(f"{len(CHECKS) - len(leaking)} of {len(CHECKS)} held by the store's rule alone; leaking: {leaking or 'none'}")
    sys.exit(bool(missed or leaking))


def _copy(tree: Path) -> None:
    tree.mkdir()
    for name in _FOLDERS:
        shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tree)
    (tree / "var").mkdir()
    (tree / "var" / "models").symlink_to(ROOT / "var" / "models")


def _is_seen(tree: Path, check: Check) -> bool:
    with _Without(tree, STORE_RULE), _Without(tree, check):
        return _said(check, "seen", not _matrix_passes(tree))


def _is_held(tree: Path, check: Check) -> bool:
    with _Without(tree, check):
        return _said(check, "held", _matrix_passes(tree))


def _said(check: Check, word: str, is_so: bool) -> bool:  # noqa: FBT001  a fact to print, not a switch
    print(f"{check.name}: {word if is_so else f'NOT {word}'}", flush=True)
    return is_so


def _matrix_passes(tree: Path) -> bool:
    options = ["-q", "-x", "-k", "sqlite", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", *options, "tests/api/test_matrix.py"]
    return subprocess.run(command, cwd=tree, check=False, capture_output=True).returncode == 0


class _Without:
    """The tree with a check taken out."""

    def __init__(self, tree: Path, check: Check) -> None:
        self._check = check
        self._before = {tree / name: (tree / name).read_text() for name in check.files}

    def __enter__(self) -> None:
        for file, text in self._before.items():
            assert self._check.there in text, (file, self._check)
            file.write_text(text.replace(self._check.there, self._check.gone))

    def __exit__(self, *_: object) -> None:
        for file, text in self._before.items():
            file.write_text(text)


if __name__ == "__main__":
    main()

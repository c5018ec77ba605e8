"""Damaged PDFs that pdfium refuses and pypdf can build anew."""

import re
from pathlib import Path

import pytest

from domain.errors import Unreadable
from ingest.parsers.pdf import repair as pdf_repair
from ingest.parsers.pdf.repair import rebuild
from tests.unit.ingest.papers import Sheet, read, say, write_pdf

TEXT = "Plants make sugar out of light."


def _damage(folder: Path, pattern: bytes, instead: bytes) -> Path:
    path = write_pdf(folder / "light.pdf", [Sheet([say(700, TEXT)]), Sheet([say(700, "Roots drink water.")])])
    whole = path.read_bytes()
    broken = re.sub(pattern, instead, whole)
    assert broken != whole
    path.write_bytes(broken)
    return path


@pytest.mark.parametrize(
    ("pattern", "instead"),
    [(rb"/Root \d+ 0 R", b"/Root 99 0 R"), (rb"/Root ", b"/Roof "), (rb"/Count \d+", b"/Count 99")],
    ids=["lost root", "no root", "wrong count"],
)
def test_a_damaged_file_is_read_all_the_same(tmp_path: Path, pattern: bytes, instead: bytes) -> None:
    """A file that lost its root, or counts its pages wrongly, gives all its pages in order."""
    path = _damage(tmp_path, pattern, instead)

    assert [page.text for page in read(path).pages] == [TEXT, "Roots drink water."]


def test_what_is_no_pdf_any_more_is_refused(tmp_path: Path) -> None:
    """A file without pages is refused, and so is one that breaks off at its beginning."""
    path = tmp_path / "cut.pdf"
    path.write_bytes(b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n")
    empty = _damage(tmp_path, rb"/Kids \[[^\]]*\]", b"/Kids [ ]")

    assert rebuild(path) is None
    assert rebuild(empty) is None
    with pytest.raises(Unreadable):
        read(path)


def test_a_large_damaged_file_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What would take too much memory to build anew is refused as it is."""
    path = _damage(tmp_path, rb"/Count \d+", b"/Count 99")
    monkeypatch.setattr(pdf_repair, "_MAX_BYTES", 10)

    assert rebuild(path) is None

"""From a file of any type to a parsed document, or to a sentence."""

import zipfile
from pathlib import Path

import pytest

from domain.documents import ParsedDocument
from domain.errors import MargentError, Unsupported
from ingest.limits import Limits
from ingest.parsing import Wordless, parse_file
from tests.builders import a_document
from tests.unit.ingest.conftest import Watcher
from tests.unit.ingest.papers import BOLD, Sheet, lines, say, write_pdf


def _parse(path: Path, name: str) -> ParsedDocument:
    return parse_file(path, a_document(filename=name, title="From the name"), Limits(), Watcher().report)


def test_a_pdf_is_parsed_whatever_its_name(tmp_path: Path) -> None:
    """Content decides, not the name."""
    puts = [
        say(720, "Light", font=BOLD, size=16),
        *lines(690, ["The leaf is the part of the plant that makes its food."]),
    ]

    parsed = _parse(write_pdf(tmp_path / "a.pdf", [Sheet(puts)]), "odd ..%2f name.docx")

    assert (parsed.title, parsed.language, len(parsed.pages)) == ("Light", "en", 1)
    assert [section.title for section in parsed.sections] == ["Light"]


def test_a_title_falls_back_to_the_documents(tmp_path: Path) -> None:
    """A text that does not name itself keeps the title it was given."""
    path = tmp_path / "x"
    path.write_text("only a few words here", encoding="utf-8")

    assert _parse(path, "notes.txt").title == "From the name"


def test_an_archive_is_no_reading(tmp_path: Path) -> None:
    """An archive of files that came here whole is refused."""
    path = tmp_path / "x"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "Some words.")

    with pytest.raises(Unsupported, match="ZIP"):
        _parse(path, "x.zip")


def test_a_scan_asks_for_text_recognition(tmp_path: Path) -> None:
    """A file of pictures alone is refused, saying what to do."""
    with pytest.raises(MargentError, match="OCR") as caught:
        _parse(write_pdf(tmp_path / "a.pdf", [Sheet(picture=True)] * 2), "scan.pdf")

    assert caught.value.code == "needs_ocr"


@pytest.mark.parametrize(
    ("scanned", "sentence"),
    [
        ({1}, "Page 1 is a picture of text"),
        ({1, 2, 3}, "Pages 1 to 3 are pictures of text"),
        ({1, 2, 4}, "Pages 1 to 2 and 4 are pictures of text"),
        ({1, 3, 5}, "Pages 1, 3 and 5 are pictures of text"),
    ],
)
def test_the_pages_of_a_scan_are_named(tmp_path: Path, scanned: set[int], sentence: str) -> None:
    """The refusal names the pages that are pictures, and keeps what is wrong with each."""
    sheets = [Sheet(picture=number in scanned) for number in range(1, max(scanned) + 1)]

    with pytest.raises(Wordless) as caught:
        _parse(write_pdf(tmp_path / "a.pdf", sheets), "scan.pdf")

    assert caught.value.message.startswith(sentence)
    assert {problem.page for problem in caught.value.page_problems} == scanned


def test_blank_pages_have_no_words(tmp_path: Path) -> None:
    """A file of blank pages is refused, saying so."""
    with pytest.raises(MargentError, match="no words") as caught:
        _parse(write_pdf(tmp_path / "a.pdf", [Sheet()] * 2), "blank.pdf")

    assert caught.value.code == "no_text"

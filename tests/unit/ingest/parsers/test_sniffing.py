"""A file is what its bytes say; its name only helps."""

import pytest

from domain.errors import MargentError
from ingest.parsers.contract import MARKDOWN, PDF, PLAIN
from ingest.parsers.sniffing import clean_name, sniff


@pytest.mark.parametrize(
    ("head", "name", "media_type"),
    [
        (b"%PDF-1.7\n", "a.pdf", PDF),
        (b"junk\n%PDF-1.4", "a.docx", PDF),
        (b"# Title\n", "a.md", MARKDOWN),
        (b"# Title\n", "A.MARKDOWN", MARKDOWN),
        (b"words", "a.txt", PLAIN),
        (b"words", "README", PLAIN),
        ("Gravity".encode("utf-16"), "a.txt", PLAIN),
        (b"<p>No markup</p> at the start of a text", "a.txt", PLAIN),
    ],
)
def test_known_types_are_told_apart(head: bytes, name: str, media_type: str) -> None:
    """PDF is known by its mark, text by its letters."""
    assert sniff(head, name) == media_type


@pytest.mark.parametrize(
    ("head", "name", "code"),
    [
        (b"", "a.pdf", "empty"),
        (b"<html><p>", "a.pdf", "wrong_type"),
        (b"no PDF", "a.pdf", "wrong_type"),
        (b"\x89PNG\r\n", "a.txt", "wrong_type"),
        (bytes(range(1, 9)) * 20, "a.txt", "wrong_type"),
        (b"PK\x03\x04", "a.docx", "unsupported"),
        (b"<!DOCTYPE html>", "a.html", "unsupported"),
        (b"a,b\n1,2", "a.csv", "unsupported"),
        (b"\xd0\xcf\x11\xe0", "a.doc", "unsupported"),
    ],
)
def test_other_files_are_refused_in_a_sentence(head: bytes, name: str, code: str) -> None:
    """What cannot be read is refused with a code, and a sentence that says what to do."""
    with pytest.raises(MargentError) as caught:
        sniff(head, name)

    assert caught.value.code == code
    assert caught.value.message.endswith(".")


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Temp\\notes.txt", "notes.txt"),
        ("a\u202egpj.pdf\x00", "agpj.pdf"),
        ("..", "reading"),
        ("", "reading"),
        ("x" * 200 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_names_are_only_labels(given: str, shown: str) -> None:
    """A name loses folders and marks that nobody sees, and is never empty."""
    assert clean_name(given) == shown

"""A file is what its bytes say; its name only helps."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import MargentError
from ingest.limits import Limits
from ingest.parsers.contract import CSV, DOCX, EPUB, HTML, MARKDOWN, PDF, PLAIN, PPTX, SRT, VTT, ZIP
from ingest.parsers.sniffing import clean_name, sniff, sniff_file

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
WORD_WITH_MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
SHOW = "application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
OPEN_TEXT = "application/vnd.oasis.opendocument.text"
BITMAP = b"BM" + (70).to_bytes(4, "little") + bytes(4) + (54).to_bytes(4, "little") + (40).to_bytes(4, "little")
PAGE = "<!DOCTYPE html>\n<html><body><p>Leaves.</p></body></html>"


def packed(members: dict[str, str | bytes]) -> bytes:
    """Pack files into a ZIP."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def office(content_type: str, *, encoding: str = "utf-8") -> bytes:
    """The beginnings of an office document: its list of contents."""
    declared = f'<Types><Override PartName="/main.xml" ContentType="{content_type}"/></Types>'
    return packed({"[Content_Types].xml": declared.encode(encoding)})


def outcome(content: bytes, name: str) -> str:
    """The type of a file, or the code of its refusal."""
    try:
        return sniff_file(io.BytesIO(content), name, Limits())
    except MargentError as error:
        return error.code


@pytest.mark.parametrize(
    ("head", "name", "media_type"),
    [
        (b"%PDF-1.7\n", "a.pdf", PDF),
        (b"%PDF-1.7\n", "a.txt", PDF),
        (b"junk\n%PDF-1.4", "a.docx", PDF),
        (b"A file begins with %PDF-1.7 when it is a PDF.", "about.md", MARKDOWN),
        (b"# Title\n", "a.md", MARKDOWN),
        (b"# Title\n", "A.MARKDOWN", MARKDOWN),
        (b"words", "a.txt", PLAIN),
        (b"words", "README", PLAIN),
        (b"a,b\n1,2", "a.csv", CSV),
        (b"words", "notes.lesson", PLAIN),
        ("Gravity".encode("utf-16"), "a.txt", PLAIN),
        (b"<p>No web page</p> at the start of a text", "a.txt", PLAIN),
        (b"BMW builds cars, and GIF is a kind of picture.", "a.txt", PLAIN),
        (b"The big WAVE came.", "a.txt", PLAIN),
        (PAGE.encode(), "a.pdf", HTML),
        (PAGE.encode(), "a.txt", HTML),
        (PAGE.encode("utf-16"), "page", HTML),
        (b"<!-- saved -->\n\n<HTML lang='en'><p>x", "page", HTML),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x" "y">\n<html>', "a.xhtml", HTML),
        (b"<h1>A piece</h1><p>of a page", "a.html", HTML),
        (b"No marks at all", "a.html", PLAIN),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\nHello", "a.txt", VTT),
        (b"\xef\xbb\xbfWEBVTT - lesson", "a.vtt", VTT),
        (b"WEBVTTX is no mark", "a.txt", PLAIN),
        (b"1\r\n00:00:01,000 --> 00:00:02,000\r\nHello", "a.txt", SRT),
        (b"00:00:01,000 --> 00:00:02,000\nHello", "a.srt", SRT),
        (b"\x89PNG\r\n\x1a\n", "a.pdf", "image/png"),
        (b"\xff\xd8\xff\xe0", "a.jpg", "image/jpeg"),
        (b"GIF89a\x01\x00", "a", "image/gif"),
        (b"II*\x00", "a.tif", "image/tiff"),
        (b"MM\x00*", "a.tif", "image/tiff"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "a.webp", "image/webp"),
        (BITMAP, "a.bmp", "image/bmp"),
        (b"PK\x03\x04", "a.txt", ZIP),
    ],
)
def test_known_types_are_told_apart(head: bytes, name: str, media_type: str) -> None:
    """What is packed, drawn or typeset is known by its mark, a text by its letters, and a kind of text by its name."""
    assert sniff(head, name) == media_type


@pytest.mark.parametrize(
    ("head", "name", "code"),
    [
        (b"", "a.pdf", "empty"),
        (b"no PDF", "a.pdf", "wrong_type"),
        (b"words", "a.docx", "wrong_type"),
        (b"words", "a.png", "wrong_type"),
        (bytes(range(1, 9)) * 20, "a.txt", "wrong_type"),
        (bytes(range(1, 9)) * 20, "a", "wrong_type"),
        (bytes(range(1, 9)) * 20, "a.pdf", "wrong_type"),
        (bytes(range(1, 9)) * 20, "a.xyz", "unsupported"),
        (b"<?xml version='1.0'?><svg/>", "a.svg", "unsupported"),
        (b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>", "a.txt", "unsupported"),
        (b"<?xml version='1.0'?><data/>", "a.xml", "unsupported"),
        (b"<!DOCTYPE lolz [<!ENTITY a 'b'>]><lolz/>", "a.txt", "unsupported"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related;\n type=x\n", "a.mht", "unsupported"),
        (b'{"cells": [], "nbformat": 4}', "a.ipynb", "unsupported"),
        (b"\xd0\xcf\x11\xe0", "a.doc", "unsupported"),
        (b"{\\rtf1", "a.rtf", "unsupported"),
        (b"\x00\x00\x00\x18ftypheic", "a.jpg", "unsupported"),
        (b"\x00\x00\x00\x18ftypmp42", "a.mp4", "unsupported"),
        (b"RIFF\x00\x00\x00\x00WAVE", "a.wav", "unsupported"),
        (b"ID3\x04", "a.mp3", "unsupported"),
        (b"\x1f\x8b", "a.tar.gz", "unsupported"),
        (b"MZ\x90\x00", "a.exe", "unsupported"),
        (bytes(60) + b"BOOKMOBI", "a.mobi", "unsupported"),
    ],
)
def test_other_files_are_refused_in_a_sentence(head: bytes, name: str, code: str) -> None:
    """What cannot be read is refused with a code, and a sentence that says what to do."""
    with pytest.raises(MargentError) as caught:
        sniff(head, name)

    assert caught.value.code == code
    assert caught.value.message.endswith(".")


def test_an_office_file_with_a_password_is_told_from_an_old_one() -> None:
    """Both begin alike; the locked one says that it is protected."""
    entry = "EncryptedPackage".encode("utf-16-le").ljust(128, b"\x00")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\x00") + entry

    with pytest.raises(MargentError, match="password") as caught:
        sniff(head, "a.docx")

    assert caught.value.code == "encrypted"


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (office(WORD), "a.pdf", DOCX),
        (office(WORD, encoding="utf-16"), "a.docx", DOCX),
        (office(WORD_WITH_MACROS), "a.docm", DOCX),
        (office(SLIDES), "a.zip", PPTX),
        (office(SHOW), "a.ppsx", PPTX),
        (packed({"word/document.xml": "<w/>"}), "a.docx", DOCX),
        (packed({"mimetype": "application/epub+zip\n"}), "a.zip", EPUB),
        (packed({"META-INF/container.xml": "<container/>"}), "a.epub", EPUB),
        (packed({"one.txt": "a", "two.pdf": "%PDF-"}), "a.zip", ZIP),
        (packed({"one.pdf": "%PDF-1.7 stored as it is"}), "readings", ZIP),
        (b"words", "a.md", MARKDOWN),
    ],
)
def test_packed_files_are_told_apart_by_what_is_in_them(content: bytes, name: str, media_type: str) -> None:
    """Office documents, books and archives of readings all begin alike; the stream is left at its beginning."""
    stream = io.BytesIO(content)

    assert sniff_file(stream, name, Limits()) == media_type
    assert stream.tell() == 0


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (office(SHEET), "a.xlsx", "unsupported"),
        (packed({"[Content_Types].xml": "<Types/>"}), "a.vsdx", "unsupported"),
        (packed({"xl/workbook.xml": ""}), "a.xlsx", "unsupported"),
        (packed({"mimetype": OPEN_TEXT}), "a.odt", "unsupported"),
        (packed({"Index/Document.iwa": ""}), "a.pages", "unsupported"),
        (packed({"AndroidManifest.xml": ""}), "a.apk", "unsupported"),
        (packed({"META-INF/MANIFEST.MF": ""}), "a.jar", "unsupported"),
        (packed({"one.txt": "a"}), "a.docx", "wrong_type"),
        (b"PK\x03\x04 nope", "a.epub", "damaged"),
    ],
)
def test_other_packed_files_are_refused(content: bytes, name: str, code: str) -> None:
    """Spreadsheets, programs and documents of other offices are refused, saying what to do."""
    with pytest.raises(MargentError) as caught:
        sniff_file(io.BytesIO(content), name, Limits())

    assert caught.value.code == code
    assert caught.value.message.endswith(".")


def test_a_list_of_contents_that_cannot_be_read_says_nothing(tmp_path: Path) -> None:
    """A member that is damaged or far too long is passed over; the other members still tell what it is."""
    path = tmp_path / "a"
    damaged = packed({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}).replace(b"<Types/>", b"<Tapes/>")

    path.write_bytes(damaged)
    of_damaged = sniff_file(path, "a.docx", Limits())
    path.write_bytes(packed({"mimetype": "x" * 2_000_001, "a.txt": "a"}))

    assert of_damaged == DOCX
    assert sniff_file(path, "a.zip", Limits()) == ZIP


@given(st.binary(max_size=300), st.sampled_from(["a.pdf", "a.docx", "a.html", "a.txt", "a", "a.zip"]))
def test_any_bytes_are_a_type_or_a_refusal(content: bytes, name: str) -> None:
    """Whatever a file holds, the answer is a media type, or a code with a sentence."""
    found = outcome(content, name)

    assert "/" in found or found in {"empty", "wrong_type", "unsupported", "damaged", "encrypted", "too_large"}


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


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32"])
def test_wide_text_is_taken(encoding: str) -> None:
    """A plain text or page of two or four bytes to a character is taken by what it is."""
    assert sniff("Plants make food.".encode(encoding), "notes.txt") == PLAIN
    assert sniff("<html><body>Plants".encode(encoding), "page.html") == HTML

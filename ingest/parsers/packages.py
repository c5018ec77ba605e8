"""What a packed file is, by what is packed in it: an office document, a book, or an archive of readings."""

import re
from pathlib import Path
from typing import BinaryIO

from domain.errors import MargentError, Unreadable, Unsupported
from ingest.limits import Limits
from ingest.parsers.archive import Archive, open_archive
from ingest.parsers.contract import DOCX, EPUB, PPTX, ZIP

_MOST_DECLARED = 2_000_000
"""Bytes of a list of contents, at most."""

_CONTENT_TYPES = "[Content_Types].xml"
_MAIN_PART = re.compile(
    r"(wordprocessingml|ms-word|presentationml|ms-powerpoint|spreadsheetml|ms-excel)[\w.-]*\.main\b"
)
_SHEET = "This is a spreadsheet. Save what is to be read of it as a PDF, or copy it into a document."
_OPEN_DOCUMENT = "This is an OpenDocument file. Open it there and save it as .docx, .pptx or PDF."
_APPLE = "This is a document of Pages, Keynote or Numbers. Export it there as Word, PowerPoint or PDF."
_PROGRAM = "This is a program, and no reading."
_OFFICE = "This is an office document of a kind that Margent does not read. Save it as .docx, .pptx or PDF."
_BY_PROGRAM = {
    "wordprocessingml": DOCX,
    "ms-word": DOCX,
    "presentationml": PPTX,
    "ms-powerpoint": PPTX,
    "spreadsheetml": _SHEET,
    "ms-excel": _SHEET,
}
_BY_MEMBER = (
    ("META-INF/container.xml", EPUB),
    ("word/document.xml", DOCX),
    ("ppt/presentation.xml", PPTX),
    ("xl/workbook.xml", _SHEET),
    ("Index/Document.iwa", _APPLE),
    ("Index.zip", _APPLE),
    ("AndroidManifest.xml", _PROGRAM),
    ("META-INF/MANIFEST.MF", _PROGRAM),
    (_CONTENT_TYPES, _OFFICE),
)
"""Which member alone says what a package is."""

_TYPES = frozenset({DOCX, PPTX, EPUB})
_NAMED = {".docx", ".pptx", ".epub", ".xlsx", ".odt", ".odp", ".ods"}
"""Endings of what is packed for one program: an archive of files is something else."""


def look_inside(file: Path | BinaryIO, ending: str, limits: Limits) -> str:
    """Give the media type of a packed file; ZIP for an archive of files of any kinds.

    Raises Unreadable (damaged, encrypted, wrong_type), Unsupported or TooLarge.
    """
    with open_archive(file, limits) as archive:
        found = _by_mimetype(archive) or _by_content_types(archive) or _by_member(archive)
    if found in _TYPES:
        return found
    if found:
        raise Unsupported(found)
    if ending in _NAMED:
        message = f"The name of this file ends in {ending}, but there is no such document in it. Check the file."
        raise Unreadable(message, code="wrong_type")
    return ZIP


def _by_mimetype(archive: Archive) -> str:
    """Books and OpenDocument files say in a member of this name what they are."""
    kind = _read(archive, "mimetype").strip()
    if kind.startswith("application/vnd.oasis.opendocument"):
        return _OPEN_DOCUMENT
    return EPUB if kind == EPUB else ""


def _by_content_types(archive: Archive) -> str:
    """Office documents list the kinds of their parts; the main one says which program's they are."""
    found = _MAIN_PART.search(_read(archive, _CONTENT_TYPES))
    return _BY_PROGRAM[found[1]] if found else ""


def _by_member(archive: Archive) -> str:
    return next((found for name, found in _BY_MEMBER if name in archive), "")


def _read(archive: Archive, name: str) -> str:
    """Read a short member; what cannot be read says nothing here, and its parser says why."""
    if name not in archive or archive.size(name) > _MOST_DECLARED:
        return ""
    try:
        data = archive.read(name)
    except MargentError:
        return ""
    return data.decode("utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8", errors="replace")

"""What a file is, by what stands in it. Its name decides between kinds of plain text alone, or helps a refusal."""

import re
import unicodedata
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from domain.errors import Invalid, Unreadable, Unsupported
from ingest.limits import Limits
from ingest.parsers.contract import CSV, HTML, MARKDOWN, PDF, PLAIN, SRT, VTT, ZIP
from ingest.parsers.decoding import decode, is_text
from ingest.parsers.magic import OLD_OFFICE, find_picture, find_stranger
from ingest.parsers.office.lock import is_locked_office
from ingest.parsers.packages import look_inside

HEAD_BYTES = 65_536
"""How much of a file decides what it is."""

TAKEN = (
    "Margent reads PDF, Word, PowerPoint, EPUB, web pages, Markdown, plain text, tables (CSV), "
    "captions (VTT, SRT) and pictures"
)
_NAMED_MARKDOWN = {".md", ".markdown", ".mdown", ".mkd", ".qmd", ".rmd"}
_NAMED_TEXT = {"", ".txt", ".text", ".csv", ".tsv", ".tab", ".log", ".tex", ".rst", ".org", ".adoc"}
_NAMED_ROWS = {".csv", ".tsv", ".tab"}
_NAMED_PAGE = {".html", ".htm", ".xhtml"}
_NAMED_OTHERWISE = {
    *(".pdf", ".doc", ".docx", ".ppt", ".pptx", ".xls", ".xlsx", ".odt", ".odp", ".ods", ".rtf", ".epub", ".zip"),
    *(".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".gif", ".bmp", ".heic", ".mp3", ".mp4", ".m4a", ".mov"),
}
"""Endings of files that hold no plain text, so that a plain text with such a name is not what it says."""

_PDF_MARK = b"%PDF-"
_PDF_WITHIN = 1024
"""Readers of PDF look for its mark so far into a file (ISO 32000-1, annex H.3.4.1)."""

_ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_BLANKS_AND_COMMENTS = re.compile(r"(?:\s+|<!--.*?-->|<\?xml[^>]*>)*", re.DOTALL)
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_ANY_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_DRAWING = re.compile(r"<(?:!doctype\s+svg|(?:\w+:)?svg)\b", re.IGNORECASE)
_MARKUP = re.compile(r"\s*<(?:\?xml|!doctype)\b", re.IGNORECASE)
_WEB_ARCHIVE = re.compile(r"\A(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?content-type:\s*multipart/related", re.IGNORECASE)
_SRT = re.compile(r"\s*\d+[ \t]*\n[ \t]*\d+:\d\d:\d\d[,.]\d{1,3}[ \t]*-->")
_VTT = re.compile(r"WEBVTT(?:[ \t\n]|\Z)")


def sniff_file(file: Path | BinaryIO, filename: str, limits: Limits) -> str:
    """Give the media type of a file, looking into one that is packed; ZIP is an archive of readings.

    A stream must be one that can be gone back in; it is left at its beginning.
    Raises Unreadable (codes empty, wrong_type, damaged, encrypted), Unsupported or TooLarge, with what to do.
    """
    if isinstance(file, Path):
        with file.open("rb") as opened:
            return sniff_file(opened, filename, limits)
    file.seek(0)
    head = file.read(HEAD_BYTES)
    try:
        media_type = sniff(head, filename)
        return look_inside(file, _ending(filename), limits) if media_type == ZIP else media_type
    finally:
        file.seek(0)


def is_bundle(file: BinaryIO, filename: str, limits: Limits) -> bool:
    """Whether a file is an archive of readings. Raises as `sniff_file` does, for what is packed."""
    file.seek(0)
    return file.read(4) in _ZIP_MARKS and sniff_file(file, filename, limits) == ZIP


def sniff(head: bytes, filename: str) -> str:
    """Give the media type of a file that starts with `head`. Of anything packed it is ZIP, until one looks inside.

    Raises Unreadable (codes empty, wrong_type, encrypted) or Unsupported, with what to do.
    """
    if not head:
        raise Unreadable("This file is empty. Choose a file with something in it.", code="empty")
    if head.startswith(_ZIP_MARKS):
        return ZIP
    if found := find_picture(head):
        return found
    if _is_pdf(head, filename):
        return PDF
    if stranger := find_stranger(head):
        _refuse_old_office(head, stranger)
        raise Unsupported(f"{stranger} {TAKEN}.")
    if not is_text(head):
        raise _not_a_text(filename)
    return _kind_of_text(decode(head), filename)


def clean_name(filename: str) -> str:
    """Make a file's name safe to show: no folders, no control or direction marks, at most 120 characters."""
    name = filename.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(letter for letter in name if unicodedata.category(letter)[0] != "C").strip(" .")
    return shown[-120:] or "reading"


def _ending(filename: str) -> str:
    return PurePosixPath(filename).suffix.lower()


def _is_pdf(head: bytes, filename: str) -> bool:
    """Whether the mark stands at the beginning, or after a little else in what is no text about PDF."""
    if head.lstrip().startswith(_PDF_MARK):
        return True
    return _PDF_MARK in head[:_PDF_WITHIN] and not (
        _ending(filename) in _NAMED_MARKDOWN | _NAMED_TEXT | _NAMED_PAGE and is_text(head)
    )


def _kind_of_text(text: str, filename: str) -> str:
    if _VTT.match(text):
        return VTT
    ending = _ending(filename)
    if _SRT.match(text) or (ending == ".srt" and "-->" in text):
        return SRT
    if _WEB_ARCHIVE.match(text):
        raise Unsupported('This is a web page packed into one file. Save it as "web page, HTML only", or as a PDF.')
    start = _BLANKS_AND_COMMENTS.match(text)
    begins = text[start.end() if start else 0 :]
    if _PAGE.match(begins) or (ending in _NAMED_PAGE and _ANY_TAG.search(text)):
        return HTML
    if _DRAWING.match(begins):
        raise Unsupported(f"This is a drawing (SVG). Save it as a PNG picture or a PDF. {TAKEN}.")
    if _MARKUP.match(text):
        raise Unsupported(f"This is a file of data (XML) and no reading. {TAKEN}.")
    if ending == ".ipynb" and begins.startswith("{"):
        raise Unsupported("This is a notebook (.ipynb). Export it as HTML, Markdown or PDF.")
    if ending in _NAMED_OTHERWISE:
        raise _refuse_name(ending)
    if ending in _NAMED_ROWS:
        return CSV
    return MARKDOWN if ending in _NAMED_MARKDOWN else PLAIN


def _not_a_text(filename: str) -> Invalid:
    ending = _ending(filename)
    if ending in _NAMED_MARKDOWN | _NAMED_TEXT | _NAMED_PAGE | _NAMED_OTHERWISE:
        return _refuse_name(ending)
    return Unsupported(f"Margent does not know files of this kind. {TAKEN}. Save the reading as one of these.")


def _refuse_name(ending: str) -> Unreadable:
    named = f"ends in {ending}" if ending else "says that it is a text"
    message = f"The name of this file {named}, but the file is something else, or damaged. Check the file."
    return Unreadable(message, code="wrong_type")


def _refuse_old_office(head: bytes, stranger: str) -> None:
    """Raise Unreadable for a new office document in the old wrapping: that is how a password locks one."""
    if stranger == OLD_OFFICE and is_locked_office(head):
        message = "This file is protected with a password. Save it without one, then upload it again."
        raise Unreadable(message, code="encrypted")

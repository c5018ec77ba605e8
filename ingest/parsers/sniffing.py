"""What a file is, by its first bytes; its name only decides between Markdown and plain text, or refuses politely."""

import unicodedata
from pathlib import PurePosixPath

from domain.errors import Invalid, Unreadable, Unsupported
from ingest.parsers.contract import MARKDOWN, PDF, PLAIN
from ingest.parsers.decoding import is_text

HEAD_BYTES = 65_536
"""How much of a file decides what it is."""

_TAKEN = "Margent reads PDF, Markdown and plain text"
_NAMED_MARKDOWN = {".md", ".markdown", ".mdown", ".mkd"}
_NAMED_TEXT = {"", ".txt", ".text"}
_PDF_MAGIC = b"%PDF-"
_MAGIC = {
    b"PK\x03\x04": "an office document, a book or an archive",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"{\\rtf": "a rich text document",
    b"ID3": "a sound recording",
    b"\x1f\x8b": "an archive",
}
_MARKUP = (b"<!doctype html", b"<html", b"<?xml", b"<svg")


def sniff(head: bytes, filename: str) -> str:
    """Give the media type of a file that starts with `head`.

    Raises Unreadable (codes empty, wrong_type) or Unsupported, with what to do.
    """
    if not head:
        raise Unreadable("This file is empty. Choose a file with something in it.", code="empty")
    # readers of PDF look for the mark in the first kilobyte
    if _PDF_MAGIC in head[:1024]:
        return PDF
    ending = PurePosixPath(filename).suffix.lower()
    kind = next((kind for magic, kind in _MAGIC.items() if head.startswith(magic)), "")
    if not kind and head.lstrip()[:200].lower().startswith(_MARKUP):
        kind = "a web page or other marked-up text"
    if kind or ending not in _NAMED_MARKDOWN | _NAMED_TEXT:
        raise _refuse(kind, ending)
    if not is_text(head):
        raise Unreadable("This file is not a text, although its name says so. Check the file.", code="wrong_type")
    return MARKDOWN if ending in _NAMED_MARKDOWN else PLAIN


def clean_name(filename: str) -> str:
    """Make a file's name safe to show: no folders, no control or direction marks, at most 120 characters."""
    name = filename.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(letter for letter in name if unicodedata.category(letter)[0] != "C").strip(" .")
    return shown[-120:] or "reading"


def _refuse(kind: str, ending: str) -> Invalid:
    if ending == ".pdf" or (kind and ending in _NAMED_MARKDOWN | _NAMED_TEXT):
        is_really = f"is {kind}" if kind else "is something else"
        return Unreadable(
            f"The name of this file ends in {ending or 'nothing'}, but the file {is_really}. Check the file.",
            code="wrong_type",
        )
    what = f"This is {kind}." if kind else f"Margent does not know files that end in {ending}."
    return Unsupported(f"{what} {_TAKEN}. Save the reading as a PDF and upload that.")

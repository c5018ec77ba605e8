"""Pasted notes become a Markdown file, so that they are read, cited and kept like any other reading."""

import re

from domain.errors import Invalid, TooLarge
from ingest.limits import Limits

LONGEST_TITLE = 100
_MARKUP = re.compile(r"[\\`*_{}\[\]()<>#|~$&^=!:]")
_HEADING = re.compile(r"#[ \t]+(\S[^\n]*)")
_SLASHES = re.compile(r"[/\\]")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,100}>")
_NOT_IN_NAMES = re.compile(r'[<>:"|?*]')
"""Signs that some systems take in no file's name."""


def write_notes(title: str, text: str, limits: Limits) -> tuple[str, bytes]:
    """Give a file's name and content; the title stands over the notes, unless it does already.

    Raises Invalid for notes without a title or words, and TooLarge for over `limits.max_note_letters` letters.
    """
    named, words = " ".join(title.split())[:LONGEST_TITLE].strip(), text.strip()
    if not named:
        raise Invalid("Give these notes a title.", field="title", code="empty")
    if not words:
        raise Invalid("There are no words in these notes. Write or paste some.", field="notes", code="empty")
    if len(words) > limits.max_note_letters:
        most = f"{limits.max_note_letters:,}"
        raise TooLarge(f"These notes have more than {most} letters. Save them as a file and upload that.")
    heading = _HEADING.match(words)
    if heading is None or heading[1].split() != named.split():
        words = f"# {_MARKUP.sub(_escaped, named)}\n\n{words}"
    return f"{_filename(named)}.md", f"{words}\n".encode(errors="replace")


def _filename(title: str) -> str:
    plain = _SLASHES.sub("-", _NOT_IN_NAMES.sub(" ", _TAG.sub(" ", title)))
    return " ".join(plain.split()) or "notes"


def _escaped(found: re.Match[str]) -> str:
    """Name a mark by its number: with a backslash before them some marks begin a formula."""
    return f"&#{ord(found[0])};"

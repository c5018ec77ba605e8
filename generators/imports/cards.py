"""Cards out of a file: an Anki package, or a table with one card a row."""

from domain.errors import Invalid, TooLarge, Unreadable
from generators.imports.anki import list_package_words, read_package
from generators.imports.brought import Brought, tidy
from generators.imports.decoding import is_text, list_runs
from generators.imports.tables import list_table_words, read_table

MOST_BYTES = 50_000_000

_ZIP, _SQLITE = b"PK\x03\x04", b"SQLite format 3\x00"
_OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"\x7fELF", b"MZ")  # fmt: skip  # noqa: E501
_REFUSED = (_SQLITE, *_OTHERS)


def read_cards(filename: str, content: bytes) -> Brought:
    """Read the cards of a file: `.apkg` and `.colpkg`, or values apart by commas, tabs, semicolons or bars.

    What the file holds decides, its name only helps. Raises Invalid (Unreadable, TooLarge) for a file with nothing to
    read, or that is made to do harm.
    """
    if not content.strip(b"\x00 \t\r\n"):
        raise Unreadable("This file is empty.", field="file", code="empty")
    if len(content) > MOST_BYTES:
        raise TooLarge(f"This file is larger than {MOST_BYTES // 1_000_000} MB. Bring it along in parts.", field="file")
    if content.startswith(_ZIP):
        return _checked(read_package(content))
    if content.startswith(_REFUSED):
        message = "Cards can be brought along as an Anki package (.apkg) or as a table (.csv, .tsv, .txt)."
        raise Invalid(message, field="file", code="unsupported")
    return _checked(read_table(content, is_tabbed=_is_tabbed(filename)))


def words_of(filename: str, content: bytes) -> str:
    """Give all that somebody wrote in a file and its name, each line once, whether or not cards come of it.

    It is for hearing who may be in danger before anything can fail. What is no text gives what looks like words.
    """
    if content.startswith(_ZIP):
        found = list_package_words(content)
    elif is_text(content) and not content.startswith(_REFUSED):
        found = list_table_words(content, is_tabbed=_is_tabbed(filename))
    else:
        found = list_runs(content)
    return "\n".join(line for line in dict.fromkeys(map(tidy, (filename, *found))) if line)


def _is_tabbed(filename: str) -> bool:
    return filename.casefold().endswith((".tsv", ".tab"))


def _checked(brought: Brought) -> Brought:
    if brought.cards:
        return brought
    why = f" {brought.problems[0]}" if brought.problems else ""
    raise Unreadable(f"No card could be read in this file.{why}", field="file", code="no_text")

"""Office files with a password are told from old ones."""

import pytest

from ingest.parsers.office.lock import is_locked_office

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")
LOCKED = "EncryptedPackage".encode("utf-16-le").ljust(128, b"\0")


@pytest.mark.parametrize(
    ("head", "is_locked"),
    [
        (OLD + bytes(512) + LOCKED, True),
        (OLD + b"a word of " + LOCKED + b"and more".ljust(118) + LOCKED, True),
        (OLD + b"a word of " + LOCKED, False),
        (OLD, False),
        (b"PK\x03\x04" + LOCKED * 4, False),
        (b"", False),
    ],
    ids=["locked", "locked-later", "in-its-text", "old", "zip", "empty"],
)
def test_the_directory_says_whether_there_is_a_password(head: bytes, *, is_locked: bool) -> None:
    """A stream named EncryptedPackage in the directory of the file means a password; the same words in text do not."""
    assert is_locked_office(head) is is_locked

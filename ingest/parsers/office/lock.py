"""Tells Office files with a password from old Office files: both begin alike."""

_OLD_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_HEADER_BYTES = 512
_ENTRY_BYTES = 128
"""An entry of the directory of such a file (MS-CFB 2.6.1): it begins with the name of a stream."""


def is_locked_office(head: bytes) -> bool:
    """Whether a file that starts with `head` is a DOCX, PPTX or XLSX with a password (MS-OFFCRYPTO 2.3.4.4)."""
    if not head.startswith(_OLD_MAGIC):
        return False
    at = head.find(_LOCKED, _HEADER_BYTES)
    while at >= 0 and at % _ENTRY_BYTES:
        at = head.find(_LOCKED, at + 1)
    return at >= 0

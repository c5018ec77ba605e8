"""Zip files (books, office documents, archives of readings), opened within bounds and never unpacked to disk.

What the directory of the file says of sizes is checked before anything is read, and nothing larger than it says is
ever read, so that a library that opens the same file afterwards meets the same bounds.
"""

import io
import lzma
import posixpath
import re
import shutil
import stat
import struct
import unicodedata
import zlib
from pathlib import Path
from types import TracebackType
from typing import IO, BinaryIO, NoReturn, Self
from zipfile import BadZipFile, ZipFile, ZipInfo

from domain.errors import TooLarge, Unreadable
from ingest.limits import Limits

MAX_MEMBERS = 10_000
MAX_RATIO = 200
"""How many times larger than its packed form a member of a noticeable size may be; prose packs to a third."""

_NOTICEABLE = 10_000_000
_MAX_TOTAL = 5
"""How many times `Limits.max_bytes` all members together may have."""

_MAX_DIRECTORY_BYTES = 4_000_000
_TAIL = 65_536 + 22 + 76
_DRIVE = re.compile("[A-Za-z]:(?:/|$)")
_END, _END_64 = b"PK\x05\x06", b"PK\x06\x06"
_DAMAGE = (BadZipFile, EOFError, NotImplementedError, OSError, lzma.LZMAError, struct.error, ValueError, zlib.error)


class Archive:
    """An open zip file. Names are those of its files, with "/" between folders and none that leaves the archive.

    `left_out` are the names of members that lead out of the archive or are links.
    """

    def __init__(self, file: ZipFile, limits: Limits) -> None:
        self._file = file
        self._max_bytes = limits.max_bytes
        self._members: dict[str, ZipInfo] = {}
        left_out = []
        for member in file.infolist():
            name = _normalised(member)
            if stat.S_ISLNK(member.external_attr >> 16) or not name:
                left_out.append(member.filename)
            elif not member.is_dir():
                self._members[name] = member
        self.left_out = tuple(left_out)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __contains__(self, name: object) -> bool:
        return name in self._members

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def names(self) -> tuple[str, ...]:
        """Give the names of all files in it, in the order of its directory; of two with one name, the last counts."""
        return tuple(self._members)

    def size(self, name: str) -> int:
        """Give the size of a member in bytes, unpacked. Raises Unreadable for a name that is not in it."""
        return self._member(name).file_size

    def read(self, name: str) -> bytes:
        """Unpack a member. Raises Unreadable (damaged, encrypted, or not in it) or TooLarge."""
        target = io.BytesIO()
        self.copy(name, target)
        return target.getvalue()

    def copy(self, name: str, target: IO[bytes]) -> None:
        """Unpack a member into a file, piece by piece. Raises as `read` does."""
        member = self._member(name)
        if member.file_size > self._max_bytes:
            raise TooLarge("A part of this file is too large once unpacked. Split the file, then upload the pieces.")
        if member.flag_bits & 0x1:
            message = "This file is protected with a password. Save it without one, then upload it again."
            raise Unreadable(message, code="encrypted")
        try:
            with self._file.open(member) as source:
                shutil.copyfileobj(source, target)
        except _DAMAGE as error:
            _refuse(error)

    def _member(self, name: str) -> ZipInfo:
        member = self._members.get(name)
        if member is None:
            _refuse(None)
        return member


def open_archive(file: Path | BinaryIO, limits: Limits) -> Archive:
    """Open a zip file; close the archive, or use it in `with`.

    Raises Unreadable for what is no zip file, and TooLarge for one with too many members, or one that unpacks to far
    more than it is: over 200 times its size, or over five times the largest file that is taken.
    """
    try:
        _bound_directory(file)
        archive = ZipFile(file)
    except _DAMAGE as error:
        _refuse(error)
    try:
        _bound_members(archive.infolist(), limits)
    except TooLarge:
        archive.close()
        raise
    return Archive(archive, limits)


def _bound_directory(file: Path | BinaryIO) -> None:
    """Look at the end of the file, before its directory is read into memory, for how large that directory is."""
    if isinstance(file, Path):
        with file.open("rb") as opened:
            tail = _tail(opened)
    else:
        tail = _tail(file)
    sizes = [0]
    end, end_64 = tail.rfind(_END), tail.rfind(_END_64)
    if 0 <= end <= len(tail) - 16:
        sizes += struct.unpack_from("<L", tail, end + 12)
    if 0 <= end_64 <= len(tail) - 48:
        sizes += struct.unpack_from("<Q", tail, end_64 + 40)
    if max(size for size in sizes if size != 0xFFFFFFFF) > _MAX_DIRECTORY_BYTES:
        _refuse_count()


def _tail(file: BinaryIO) -> bytes:
    size = file.seek(0, 2)
    file.seek(max(size - _TAIL, 0))
    return file.read(_TAIL)


def _bound_members(members: list[ZipInfo], limits: Limits) -> None:
    if len(members) > MAX_MEMBERS:
        _refuse_count()
    packed = sum(member.compress_size for member in members)
    unpacked = sum(member.file_size for member in members)
    is_bomb = unpacked > _MAX_TOTAL * limits.max_bytes or _is_bloated(packed, unpacked)
    if is_bomb or any(_is_bloated(member.compress_size, member.file_size) for member in members):
        raise TooLarge("This file becomes far too large once unpacked. Save it again from the program it came from.")


def _is_bloated(packed: int, unpacked: int) -> bool:
    return unpacked > _NOTICEABLE and unpacked > packed * MAX_RATIO


def _normalised(member: ZipInfo) -> str:
    """Give a member's name with plain slashes and no detours; empty when it leads out of the archive."""
    name = member.filename
    is_utf8 = member.flag_bits & 0x800
    if not is_utf8 and not name.isascii():
        try:
            # many programs write UTF-8 and do not say so; zipfile then takes it for the letters of an old PC
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = member.filename
    name = posixpath.normpath(unicodedata.normalize("NFC", name.replace("\\", "/")).strip("/"))
    is_outside = name in {".", ".."} or name.startswith("../") or _DRIVE.match(name)
    return "" if is_outside else name


def _refuse_count() -> NoReturn:
    raise TooLarge(f"There are over {MAX_MEMBERS:,} files in this one. Split it into smaller files.")


def _refuse(error: Exception | None) -> NoReturn:
    message = "This file is damaged or not complete. Save it again from the program it came from, or get a fresh copy."
    raise Unreadable(message) from error

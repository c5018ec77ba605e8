"""Takes a ZIP of readings apart: every file in it becomes a reading of its own, or has a sentence of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, BinaryIO

from domain.errors import MargentError, TooLarge, Unreadable
from ingest.limits import Limits
from ingest.parsers.archive import Archive, open_archive

_IN_MEMORY = 4_000_000
"""Bytes of a file that are kept in memory while it is unpacked; a larger one waits on disk."""

_MADE_BY_SYSTEMS = {"__MACOSX", "thumbs.db", "desktop.ini"}
"""Names of what systems put beside the files of people, in small letters but for the first."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a ZIP: its name with its folders, and what to call it as a reading."""

    name: str
    filename: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """An open ZIP of readings. `outside` are the names of files in it that are not opened: they lead out of the ZIP."""

    archive: Archive
    members: tuple[Member, ...]
    outside: tuple[str, ...] = ()

    @contextmanager
    def open(self, member: Member) -> Iterator[IO[bytes]]:
        """Unpack a file of it. Raises Unreadable (damaged, encrypted) or TooLarge."""
        with SpooledTemporaryFile(max_size=_IN_MEMORY) as unpacked:
            self.archive.copy(member.name, unpacked)
            unpacked.seek(0)
            yield unpacked


@contextmanager
def open_bundle(stream: BinaryIO, limits: Limits) -> Iterator[Bundle]:
    """Open a ZIP of readings. What systems put into it beside them is left out.

    Raises Unreadable (damaged, or no_text when there is nothing in it) or TooLarge, naming the limit.
    """
    size = stream.seek(0, 2)
    if size > limits.max_bytes:
        raise TooLarge(f"This ZIP is larger than {limits.max_bytes // 1_000_000} MB. Upload it in parts.")
    with open_archive(stream, limits) as archive:
        names = [name for name in archive.names() if not _is_made_by_a_system(name)]
        outside = [name for name in archive.left_out if _is_file_of_people(name)]
        if not names and not outside:
            raise Unreadable("There are no files in this ZIP. Choose one with readings in it.", code="empty")
        if len(names) + len(outside) > limits.max_members:
            raise TooLarge(f"There are more than {limits.max_members} files in this ZIP. Upload it in parts.")
        yield Bundle(archive, tuple(_members(names)), tuple(outside))


def is_protected(problem: MargentError | None) -> bool:
    """Whether a password is what is wrong."""
    return problem is not None and problem.code == "encrypted"


def _members(names: list[str]) -> Iterator[Member]:
    """Name the readings by their folders too, but for the one that all of them are in."""
    folders = [name.split("/")[:-1] for name in names]
    shared = 1 if names and folders[0] and all(parts[:1] == folders[0][:1] for parts in folders) else 0
    for name in names:
        yield Member(name, " - ".join(name.split("/")[shared:]))


def _is_file_of_people(outside: str) -> bool:
    """Whether a name that leads out of the ZIP is more than a folder, and was not put there by a system."""
    last = outside.replace("\\", "/").rsplit("/", 1)[-1]
    return bool(last) and not _is_made_by_a_system(last)


def _is_made_by_a_system(name: str) -> bool:
    return any(
        part.startswith(".") or part in _MADE_BY_SYSTEMS or part.lower() in _MADE_BY_SYSTEMS for part in name.split("/")
    )

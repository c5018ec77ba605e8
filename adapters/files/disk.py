"""Uploaded bytes in a folder, by the SHA-256 of what they are."""

import hashlib
import os
import re
import tempfile
from pathlib import Path
from typing import BinaryIO

from domain.errors import NotFound, TooLarge

_PIECE = 1 << 20
_HASH = re.compile("[0-9a-f]{64}")


class DiskFiles:
    """A `domain.ports.FileStore`. A file appears under its hash complete or not at all."""

    def __init__(self, folder: Path) -> None:
        """Keep files in this folder, which is made when the first one comes."""
        self._folder = folder

    def save(self, stream: BinaryIO, *, limit: int) -> tuple[str, int]:
        """Keep the bytes; give their SHA-256 and their count. Raises TooLarge past `limit`, keeping nothing."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        number, name = tempfile.mkstemp(dir=self._folder, prefix=".coming-")
        coming = Path(name)
        try:
            with os.fdopen(number, "wb") as file:
                content_hash, size = _copy(stream, file, limit)
            place = self._place(content_hash)
            place.parent.mkdir(exist_ok=True, mode=0o700)
            coming.replace(place)
        finally:
            coming.unlink(missing_ok=True)
        return content_hash, size

    def path(self, content_hash: str) -> Path:
        """Give the file. Raises NotFound."""
        if _HASH.fullmatch(content_hash):
            place = self._place(content_hash)
            if place.is_file():
                return place
        raise NotFound("This file is not here any more.", code="file_not_found")

    def delete(self, content_hash: str) -> None:
        """Forget the bytes; forgetting what is not there does nothing."""
        if _HASH.fullmatch(content_hash):
            self._place(content_hash).unlink(missing_ok=True)

    def _place(self, content_hash: str) -> Path:
        return self._folder / content_hash[:2] / content_hash


def _copy(stream: BinaryIO, file: BinaryIO, limit: int) -> tuple[str, int]:
    digest = hashlib.sha256()
    size = 0
    while piece := stream.read(_PIECE):
        size += len(piece)
        if size > limit:
            raise TooLarge(f"This file is larger than {_in_words(limit)}. Use a smaller one, or split it.")
        digest.update(piece)
        file.write(piece)
    file.flush()
    os.fsync(file.fileno())
    return digest.hexdigest(), size


def _in_words(size: int) -> str:
    return f"{size / 1_000_000:.0f} MB" if size >= 1_000_000 else f"{size:,} bytes"

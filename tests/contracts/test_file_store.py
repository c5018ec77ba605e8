"""What every FileStore does."""

import hashlib
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.files.disk import DiskFiles
from domain.errors import NotFound, TooLarge
from domain.ports import FileStore

HASH = hashlib.sha256(b"plants").hexdigest()


@pytest.fixture(params=["disk"])
def files(tmp_path: Path) -> FileStore:
    return DiskFiles(tmp_path / "files")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(content=st.binary(max_size=5000))
def test_bytes_come_back_under_their_hash(files: FileStore, content: bytes) -> None:
    """What is saved is found by its SHA-256, with its size, and saving it again changes nothing."""
    expected = (hashlib.sha256(content).hexdigest(), len(content))

    assert files.save(BytesIO(content), limit=5000) == expected
    assert files.save(BytesIO(content), limit=5000) == expected
    assert files.path(expected[0]).read_bytes() == content


@pytest.mark.parametrize(("limit", "words"), [(5, "5 bytes"), (3_000_000, "3 MB")])
def test_over_the_limit_nothing_is_kept(files: FileStore, tmp_path: Path, limit: int, words: str) -> None:
    """One byte too many is TooLarge, the message names the limit, and no part of the file stays."""
    with pytest.raises(TooLarge, match=words):
        files.save(BytesIO(b"x" * (limit + 1)), limit=limit)

    assert [one for one in tmp_path.rglob("*") if one.is_file()] == []


def test_the_limit_itself_is_allowed(files: FileStore) -> None:
    """A file of exactly the limit is kept."""
    assert files.save(BytesIO(b"plants"), limit=6) == (HASH, 6)


def test_a_broken_upload_leaves_nothing(files: FileStore, tmp_path: Path) -> None:
    """When the stream breaks off, no part of the file stays."""

    class Broken(BytesIO):
        def read(self, _size: int | None = -1, /) -> bytes:
            raise ConnectionResetError

    stream: BinaryIO = Broken()
    with pytest.raises(ConnectionResetError):
        files.save(stream, limit=100)

    assert [one for one in tmp_path.rglob("*") if one.is_file()] == []


@pytest.mark.parametrize("asked", [HASH, "", "../../etc/passwd", HASH.upper(), HASH + "\n"])
def test_what_is_not_there_is_not_found(files: FileStore, asked: str) -> None:
    """Unknown hashes and whatever is no hash are NotFound, and deleting them does nothing."""
    with pytest.raises(NotFound):
        files.path(asked)
    files.delete(asked)


def test_deleted_bytes_are_gone(files: FileStore) -> None:
    """After deleting, the file is NotFound."""
    files.save(BytesIO(b"plants"), limit=100)

    files.delete(HASH)

    with pytest.raises(NotFound):
        files.path(HASH)

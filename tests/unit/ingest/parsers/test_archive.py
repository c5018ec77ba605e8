"""Zip files opened within bounds."""

import io
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Invalid, TooLarge, Unreadable
from ingest.limits import Limits
from ingest.parsers.archive import MAX_MEMBERS, open_archive

LIMITS = Limits(max_bytes=1_000_000)


def zipped(members: dict[str, bytes], *, how: int = zipfile.ZIP_DEFLATED) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", how) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file


def test_members_are_read_by_their_names(tmp_path: Path) -> None:
    """What was put into a file comes out of it, under its name; folders are no members."""
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"a/": b"", "a/b.txt": b"leaf", "c.txt": b""}).getvalue())

    with open_archive(path, LIMITS) as archive:
        found = {name: archive.read(name) for name in archive.names()}
        sizes = [archive.size(name) for name in archive.names()]

    assert found == {"a/b.txt": b"leaf", "c.txt": b""}
    assert sizes == [4, 0]
    assert "a/b.txt" in archive


@pytest.mark.parametrize(
    ("name", "normal"),
    [
        ("/etc/passwd", "etc/passwd"),
        ("a/./b/../c.txt", "a/c.txt"),
        ("a\\b.txt", "a/b.txt"),
        ("Week 1: leaves.txt", "Week 1: leaves.txt"),
        ("e\u0301.txt", "\u00e9.txt"),
    ],
)
def test_names_are_made_plain(name: str, normal: str) -> None:
    """A name has plain slashes, no detours and composed letters."""
    with open_archive(zipped({name: b"leaf"}), LIMITS) as archive:
        assert archive.names() == (normal,)
        assert archive.read(normal) == b"leaf"


@pytest.mark.parametrize("name", ["../a.txt", "a/../../b.txt", "..\\a.txt", "C:\\a.txt", "."])
def test_names_that_lead_out_are_left_out(name: str) -> None:
    """A member that would land outside the archive is none of its files, and is named."""
    with open_archive(zipped({name: b"leaf", "b.txt": b"stem"}), LIMITS) as archive:
        assert archive.names() == ("b.txt",)
        assert len(archive.left_out) == 1


def test_links_are_left_out() -> None:
    """A symbolic link is none of its files."""
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(link, "/etc/passwd")

    with open_archive(file, LIMITS) as opened:
        assert opened.names() == ()
        assert opened.left_out == ("link.txt",)


@pytest.mark.parametrize(("said", "name"), [("lösung.txt".encode(), "lösung.txt"), (b"l\x94sung.txt", "lösung.txt")])
def test_names_in_utf_8_are_read_where_the_file_does_not_say_so(said: bytes, name: str) -> None:
    """Letters beyond ASCII are taken for UTF-8, else for those of an old PC."""
    plain = zipped({"L" * len(said): b"leaf"}).getvalue()
    file = io.BytesIO(plain.replace(b"L" * len(said), said))

    with open_archive(file, LIMITS) as archive:
        assert archive.names() == (name,)


@pytest.mark.parametrize("count", [1, 2])
def test_what_becomes_far_too_large_is_refused(count: int) -> None:
    """A member over 200 times its packed size, or members that are too much together, are not unpacked."""
    members = {f"{number}.txt": bytes(11_000_000 // count) for number in range(count)}

    with pytest.raises(TooLarge):
        open_archive(zipped(members), Limits())


def test_all_members_together_are_bounded() -> None:
    """All of a file's members may be five times as large as the largest file that is taken."""
    members = {f"{number}.txt": bytes(900_000) for number in range(6)}

    with pytest.raises(TooLarge):
        open_archive(zipped(members, how=zipfile.ZIP_STORED), LIMITS)


def test_a_member_over_the_limit_is_not_read() -> None:
    """A single member may be no larger than the largest file that is taken; the others can be read."""
    with open_archive(zipped({"a": bytes(1_000_001), "b": b"leaf"}, how=zipfile.ZIP_STORED), LIMITS) as archive:
        assert archive.read("b") == b"leaf"
        with pytest.raises(TooLarge):
            archive.read("a")


def test_members_are_counted() -> None:
    """More files than a book or an archive has are refused."""
    with pytest.raises(TooLarge):
        open_archive(zipped({str(number): b"" for number in range(MAX_MEMBERS + 1)}), LIMITS)


@pytest.mark.parametrize("old", [50_000_000, 0xFFFFFFFF])
def test_a_huge_directory_is_refused_before_it_is_read(old: int) -> None:
    """A directory of millions of members never reaches memory, whichever record tells its size."""
    end_64 = b"PK\x06\x06" + struct.pack("<Q2H2L4Q", 44, 45, 45, 0, 0, 1, 1, 50_000_000, 0)
    end = b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, 1, 1, old, 0, 0)

    with pytest.raises(TooLarge):
        open_archive(io.BytesIO(end_64 + end), LIMITS)


def test_a_password_is_named() -> None:
    """A member behind a password is not damaged, and the person is told."""
    data = bytearray(zipped({"a.txt": b"leaf"}).getvalue())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1

    with open_archive(io.BytesIO(bytes(data)), LIMITS) as archive, pytest.raises(Unreadable) as refusal:
        archive.read("a.txt")

    assert refusal.value.code == "encrypted"


def test_a_member_that_is_not_there_is_unreadable() -> None:
    """Asking for what is not in the file is damage, not a fault of the program."""
    with open_archive(zipped({"a.txt": b"leaf"}), LIMITS) as archive, pytest.raises(Unreadable):
        archive.read("b.txt")


def test_a_false_sum_is_damage() -> None:
    """A member whose bytes changed on the way is refused."""
    data = zipped({"a.txt": b"leaf"}, how=zipfile.ZIP_STORED).getvalue().replace(b"leaf", b"loaf")

    with open_archive(io.BytesIO(data), LIMITS) as archive, pytest.raises(Unreadable):
        archive.read("a.txt")


@given(noise=st.binary(max_size=200), cut=st.integers(0, 300), at=st.integers(0, 300))
def test_whatever_stands_in_it_there_is_an_answer_or_a_refusal(noise: bytes, cut: int, at: int) -> None:
    """No file breaks the opening: it is read, or refused in words for a person."""
    data = zipped({"a/b.txt": b"leaf" * 20, "c.txt": b"stem"}).getvalue()
    spoilt = data[:at] + noise + data[at + cut :]

    read = _read_all(io.BytesIO(spoilt))

    assert read


def _read_all(file: io.BytesIO) -> str:
    try:
        with open_archive(file, LIMITS) as archive:
            return f"read {len([archive.read(name) for name in archive.names()])}"
    except Invalid as refusal:
        return refusal.message

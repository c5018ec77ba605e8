"""A file of pictures tells how many pages it has; none is decoded for that."""

import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from domain.errors import TooLarge, Unreadable
from ingest.limits import Limits
from ingest.parsers.contract import Order, Reading
from ingest.parsers.pictures import MAX_PIXELS, parse_picture
from tests.unit.ingest.papers import Steps


def _read(path: Path, *, limits: Limits | None = None, skip: frozenset[int] = frozenset()) -> Reading:
    return parse_picture(Order(path, "image/tiff", limits or Limits(), skip), Steps())


def _sheets(path: Path, count: int) -> Path:
    first, *others = [Image.new("L", (20, 30), shade) for shade in range(count)]
    first.save(path, save_all=True, append_images=others)
    return path


def _bomb(path: Path, side: int) -> Path:
    """Write the beginning of a PNG picture that says how many points it has."""
    head = b"IHDR" + struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    body = b"IDAT" + zlib.compress(bytes(100))
    chunks = [struct.pack(">I", len(one) - 4) + one + struct.pack(">I", zlib.crc32(one)) for one in (head, body)]
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(chunks))
    return path


def test_a_photo_is_one_page_to_recognise(tmp_path: Path) -> None:
    """A picture has no text yet; its one page is named."""
    Image.new("RGB", (20, 30)).save(tmp_path / "photo.jpg")

    reading = _read(tmp_path / "photo.jpg")

    assert reading.pages == ()
    (problem,) = reading.problems
    assert (problem.page, problem.code) == (1, "needs_ocr")


def test_the_pages_of_a_fax_are_counted(tmp_path: Path) -> None:
    """Each frame of a TIFF file is a page; one that an earlier try died of is not asked for again."""
    path = _sheets(tmp_path / "fax.tif", 3)

    reading = _read(path, skip=frozenset({2}))

    assert [problem.page for problem in reading.problems] == [1, 3]


def test_a_film_is_one_page(tmp_path: Path) -> None:
    """Of a moving picture the first frame is the page."""
    path = _sheets(tmp_path / "film.gif", 3)

    reading = _read(path)

    assert [problem.page for problem in reading.problems] == [1]


def test_too_many_pages_are_refused(tmp_path: Path) -> None:
    """A file of more pages than allowed is refused while they are counted."""
    path = _sheets(tmp_path / "fax.tif", 3)

    with pytest.raises(TooLarge, match="over 2 pages"):
        _read(path, limits=Limits(max_pages=2))


@pytest.mark.parametrize("side", [8_000, 11_000, 30_000])
def test_too_many_points_are_refused_before_they_are_decoded(tmp_path: Path, side: int) -> None:
    """A bomb of points is refused by what its head says."""
    assert side**2 > MAX_PIXELS

    with pytest.raises(TooLarge, match="million points"):
        _read(_bomb(tmp_path / "bomb.png", side))


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xd8\xff\xe0 nothing", b"II*\0\x08\0\0\0\xff\xff"], ids=["empty", "jpeg", "tiff"]
)
def test_a_damaged_picture_is_refused(tmp_path: Path, data: bytes) -> None:
    """What cannot be opened says what to do."""
    (tmp_path / "broken").write_bytes(data)

    with pytest.raises(Unreadable, match="Save it again"):
        _read(tmp_path / "broken")


def test_the_good_pages_of_a_damaged_fax_are_counted(tmp_path: Path) -> None:
    """Pages before the damage are pages."""
    data = _sheets(tmp_path / "fax.tif", 3).read_bytes()
    with Image.open(tmp_path / "fax.tif") as picture:
        picture.seek(1)
        last = picture._TiffImageFile__next  # type: ignore[attr-defined]
    (tmp_path / "cut.tif").write_bytes(data[: last + 4])

    reading = _read(tmp_path / "cut.tif")

    assert [problem.page for problem in reading.problems] == [1, 2]

"""Pages of PDFs and picture files are opened as people see them, within bounds."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from domain.errors import TooLarge, Unreadable
from ingest.parsers import pictures
from ingest.parsers.contract import PDF
from ingest.recognition.opening import Pages

pytestmark = pytest.mark.usefixtures("pillow_as_it_was")

ORIENTATION = 0x0112
"""The EXIF tag that says how a camera was held."""

PNG = "image/png"


def _flag(mode: str = "L") -> Image.Image:
    """Draw a page that is dark on its left third."""
    flag = Image.new("L", (90, 60), 255)
    flag.paste(20, (0, 0, 30, 60))
    return flag.convert(mode)


def _open(path: Path, number: int = 1, media_type: str = PNG) -> Image.Image:
    pages = Pages(path, media_type)
    try:
        return pages.open(number)
    finally:
        pages.close()


def _shades(picture: Image.Image) -> list[bool]:
    """Say of the middle of each third whether it is dark."""
    middle = np.asarray(picture)[picture.height // 2]
    return [bool(middle[(2 * third + 1) * picture.width // 6] < 128) for third in range(3)]


@pytest.mark.parametrize("mode", ["L", "1", "P", "RGB", "RGBA", "CMYK", "I;16"])
def test_pictures_of_every_kind_come_in_grey(tmp_path: Path, mode: str) -> None:
    """Whatever kind of points a picture has, dark is dark and paper is white."""
    path = tmp_path / ("flag.tif" if mode == "CMYK" else "flag.png")
    deep = Image.fromarray(np.asarray(_flag(), dtype=np.uint16) * 100)
    (deep if mode == "I;16" else _flag(mode)).save(path)

    page = _open(path)

    assert page.mode == "L"
    assert page.size == (90, 60)
    assert _shades(page) == [True, False, False]


def test_what_is_transparent_is_paper(tmp_path: Path) -> None:
    """A picture of ink on nothing is ink on white."""
    ink = Image.new("RGBA", (90, 60), (0, 0, 0, 0))
    ink.paste((0, 0, 0, 255), (0, 0, 30, 60))
    ink.save(tmp_path / "ink.png")

    page = _open(tmp_path / "ink.png")

    assert _shades(page) == [True, False, False]


def test_a_photo_comes_as_it_was_taken(tmp_path: Path) -> None:
    """A camera's note of how it was held turns the picture the right way up."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    _flag().transpose(Image.Transpose.ROTATE_90).save(tmp_path / "photo.jpg", exif=exif)

    page = _open(tmp_path / "photo.jpg")

    assert page.size == (90, 60)
    assert _shades(page) == [True, False, False]


def test_a_large_picture_is_made_smaller(tmp_path: Path) -> None:
    """A scan of many points keeps as many as letters need."""
    _flag("P").resize((9000, 60)).save(tmp_path / "wide.png")

    page = _open(tmp_path / "wide.png")

    assert page.width == 4500
    assert _shades(page) == [True, False, False]


def test_a_fax_has_several_pages(tmp_path: Path) -> None:
    """The frames of a TIFF file are its pages."""
    _flag().save(tmp_path / "fax.tif", save_all=True, append_images=[_flag().transpose(Image.Transpose.ROTATE_180)])

    page = _open(tmp_path / "fax.tif", 2)

    assert _shades(page) == [False, False, True]


@pytest.mark.parametrize("number", [0, 2])
def test_a_page_that_is_not_there_is_refused(tmp_path: Path, number: int) -> None:
    """Neither before the first nor after the last page is there one."""
    _flag().save(tmp_path / "flag.tif")

    with pytest.raises(Unreadable):
        _open(tmp_path / "flag.tif", number)


def test_a_later_page_of_too_many_points_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every page's points are counted before they are decoded."""
    _flag().save(tmp_path / "fax.tif", save_all=True, append_images=[_flag().resize((900, 600))])
    monkeypatch.setattr(pictures, "MAX_PIXELS", 10_000)

    with pytest.raises(TooLarge):
        _open(tmp_path / "fax.tif", 2)


def _write_pdf(path: Path, *sizes: tuple[float, float]) -> Path:
    canvas = Canvas(str(path))
    for width, height in sizes:
        canvas.setPageSize((width, height))
        canvas.rect(0, 0, width / 3, height, fill=1)
        canvas.showPage()
    canvas.save()
    return path


def test_pages_of_a_pdf_are_drawn_within_bounds(tmp_path: Path) -> None:
    """A page is drawn at 200 dots an inch, a stamp larger, a poster smaller."""
    path = _write_pdf(tmp_path / "sizes.pdf", (612, 792), (90, 60), (14_400, 7_200))

    sides = [_open(path, number, PDF).size for number in (1, 2, 3)]

    assert sides == [(1700, 2200), (1600, 1067), (4000, 2000)]
    assert _shades(_open(path, 1, PDF)) == [True, False, False]


def test_a_page_beyond_the_end_of_a_pdf_is_refused(tmp_path: Path) -> None:
    """There is no second page in a PDF of one."""
    path = _write_pdf(tmp_path / "one.pdf", (612, 792))

    with pytest.raises(Unreadable):
        _open(path, 2, PDF)


def test_what_is_no_pdf_is_refused(tmp_path: Path) -> None:
    """A file that pdfium cannot open is damaged."""
    (tmp_path / "no.pdf").write_bytes(b"%PDF-1.4 nothing")

    with pytest.raises(Unreadable):
        _open(tmp_path / "no.pdf", 1, PDF)

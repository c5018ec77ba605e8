"""The picture of a page, and where its words stand on it."""

import io
from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from domain.errors import Unreadable
from ingest.parsers.pdf.picture import MAX_PIXELS, draw_page, list_words
from tests.unit.ingest.papers import HEIGHT, WIDTH, Sheet, draw_pdf, lines, say, write_objects, write_pdf


def _picture(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("L")


def _darkest(picture: Image.Image) -> int:
    return min(shade for shade, count in enumerate(picture.histogram()) if count)


def test_a_page_is_drawn_as_wide_as_asked(tmp_path: Path) -> None:
    """The picture has the width asked for and the shape of the page, and what is on the page shows."""
    path = write_pdf(tmp_path / "a.pdf", [Sheet([say(700, "A heading", size=40)])])

    picture = _picture(draw_page(path, 1, width=612))

    assert picture.size == (WIDTH, HEIGHT)
    assert picture.getextrema() == (0, 255)


def test_no_picture_is_too_large(tmp_path: Path) -> None:
    """However long a page is, its picture stays within bounds."""
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), pagesize=(100, 14_000))
    canvas.drawString(10, 10, "deep down")
    canvas.save()

    picture = _picture(draw_page(path, 1, width=1_200))

    assert picture.width * picture.height <= MAX_PIXELS * 1.01


@pytest.mark.parametrize("number", [0, 2])
def test_a_page_that_is_not_there_has_no_picture_and_no_words(tmp_path: Path, number: int) -> None:
    """A number outside of the file is refused."""
    path = write_pdf(tmp_path / "a.pdf", [Sheet(lines(700, ["Words."]))])

    with pytest.raises(Unreadable):
        draw_page(path, number, width=600)
    with pytest.raises(Unreadable):
        list_words(path, number)


def test_a_page_that_is_missing_or_has_no_size_is_refused(tmp_path: Path) -> None:
    """A page that the file names but does not hold cannot be drawn, nor its words be placed."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[9 0 R]>>"]
    path = write_objects(tmp_path / "a.pdf", objects)

    with pytest.raises(Unreadable):
        draw_page(path, 1, width=600)
    with pytest.raises(Unreadable):
        list_words(path, 1)


def test_a_locked_file_that_opens_without_a_password_is_drawn(tmp_path: Path) -> None:
    """A file that only limits printing has pictures and words like any other."""
    path = write_pdf(tmp_path / "a.pdf", [Sheet(lines(700, ["Plants need light."]))], password="")

    assert _picture(draw_page(path, 1, width=300)).width == 300
    assert [word for word, _ in list_words(path, 1)] == ["Plants", "need", "light."]


def test_what_is_filled_in_is_drawn(tmp_path: Path) -> None:
    """The fields of a form show what they hold."""

    def draw(canvas: Canvas) -> None:
        canvas.acroForm.textfield(name="a", value="MMMM", x=100, y=600, width=200, height=40, fontSize=30)

    picture = _picture(draw_page(draw_pdf(tmp_path / "a.pdf", draw), 1, width=WIDTH))

    assert _darkest(picture.crop((110, HEIGHT - 635, 290, HEIGHT - 605))) < 100


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_words_have_their_places_on_the_page_as_it_is_seen(tmp_path: Path, rotation: int) -> None:
    """Whatever the rotation of a page, the ink of a word lies in its box."""
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), pagesize=(600, 800))
    canvas.setPageRotation(rotation)
    canvas.translate(300, 400)
    canvas.rotate(rotation)
    canvas.setFont("Helvetica", 20)
    canvas.drawString(-100, 50, "first photosyn-")
    canvas.drawString(-100, 26, "thesis")
    canvas.save()

    words = list_words(path, 1)

    picture = _picture(draw_page(path, 1, width=600))
    assert [word for word, _ in words] == ["first", "photosyn-", "thesis"]
    for _, box in words:
        assert 0 < box.left < box.right < 1
        assert 0 < box.top < box.bottom < 1
        width, height = picture.size
        assert (
            _darkest(picture.crop((box.left * width, box.top * height, box.right * width, box.bottom * height))) < 100
        )
    first, broken, rest = (box for _, box in words)
    assert first.right <= broken.left
    assert first.top < rest.top


def test_a_cropped_page_is_placed_by_what_is_shown(tmp_path: Path) -> None:
    """Places count from the edge of what is shown of a page."""

    def draw(canvas: Canvas) -> None:
        canvas.setCropBox((100, 100, 500, 700))
        canvas.drawString(100, 400, "edge")

    ((_, box),) = list_words(draw_pdf(tmp_path / "a.pdf", draw), 1)

    assert box.left == pytest.approx(0, abs=0.01)
    assert box.bottom == pytest.approx(0.5, abs=0.02)

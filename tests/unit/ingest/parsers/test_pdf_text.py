"""What pdfium says of a page, put into lines."""

from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest.parsers.pdf.letters import spell_out_line, spelled_out
from ingest.parsers.pdf.page import Cell, Font, Line, PageText, Run
from ingest.parsers.pdf.text import Reader
from tests.unit.ingest.papers import BODY, Put, Sheet, write_pdf, write_unmapped


def _read(path: Path) -> PageText:
    document = pypdfium2.PdfDocument(path)
    try:
        return Reader(document).read(1)
    finally:
        document.close()


def test_ligatures_blanks_and_unseen_marks_are_spelled_out() -> None:
    """Ligatures become letters, odd blanks plain ones, and runs and cells move along."""
    font = Font("Body")
    text = "the \ufb01rst\u00a0of\u00adten \ufb02ows"
    runs = [Run(0, 3, font, 10), Run(4, len(text), font, 12)]

    line = spell_out_line(Line(text, 0, 100, 0, runs, cells=(Cell(0, 8, 0, 40), Cell(9, len(text), 60, 100))))

    assert line.text == "the first often flows"
    assert [line.text[run.start : run.end] for run in line.runs] == ["the", "first often flows"]
    assert [line.text[cell.start : cell.end] for cell in line.cells] == ["the first", "often flows"]


@pytest.mark.parametrize(
    ("drawn", "read"),
    [("\ufef3\u0640\ufe91", "\u064a\u0640\u0628"), ("\ufb2a", "\u05e9\u05c1"), ("\ufb04", "ffl"), ("a\u200eb", "ab")],
    ids=["arabic", "hebrew", "latin", "mark of direction"],
)
def test_presentation_forms_become_letters(drawn: str, read: str) -> None:
    """Shapes of letters become the letters, whatever the script."""
    assert spelled_out(drawn) == read


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_turned_pages_are_read_as_people_see_them(tmp_path: Path, rotation: int) -> None:
    """Whatever the rotation of a page, its lines run from left to right and from the top down."""
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), pagesize=(600, 800))
    canvas.setPageRotation(rotation)
    canvas.translate(300, 400)
    canvas.rotate(rotation)
    canvas.setFont(BODY, 10)
    canvas.drawString(-100, 50, "first line of the page")
    canvas.drawString(-100, 30, "second line of the page")
    canvas.save()

    page = _read(path)

    assert [line.text for line in page.lines] == ["first line of the page", "second line of the page"]
    first, second = page.lines
    assert first.right > first.left == pytest.approx(second.left)
    assert first.y - second.y == pytest.approx(20)
    assert 0 < first.left < page.width
    assert 0 < first.y < page.height


def test_sizes_count_the_scale_of_the_text(tmp_path: Path) -> None:
    """Type of one point that is drawn twelve times as large is of twelve points."""
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path))
    canvas.scale(12, 12)
    canvas.setFont(BODY, 1)
    canvas.drawString(5, 50, "scaled words")
    canvas.save()

    assert _read(path).lines[0].size == pytest.approx(12)


@pytest.mark.parametrize(("shade", "is_seen"), [(0.2, True), (1.0, False)], ids=["dark", "white"])
def test_white_letters_need_a_dark_ground(tmp_path: Path, shade: float, *, is_seen: bool) -> None:
    """White letters on a dark box are seen; a white page laid under them does not help."""
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path))
    canvas.setFillGray(shade)
    canvas.rect(0, 0, 600, 840, stroke=0, fill=1)
    canvas.setFillGray(1)
    canvas.drawString(72, 700, "white words")
    canvas.save()

    assert bool(_read(path).lines) == is_seen


def test_transparent_text_is_hidden(tmp_path: Path) -> None:
    """Letters without any opacity are not seen."""
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path))
    canvas.drawString(72, 700, "seen words")
    canvas.setFillAlpha(0)
    canvas.drawString(72, 600, "unseen words")
    canvas.save()

    page = _read(path)

    assert ([line.text for line in page.lines], page.hidden) == (["seen words"], ["unseen words"])


def test_a_small_picture_makes_no_scan(tmp_path: Path) -> None:
    """A page without text and with a small picture is no scan."""
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path))
    canvas.drawImage(ImageReader(Image.new("L", (4, 4), 180)), 10, 10, 40, 40)
    canvas.save()

    assert not _read(path).has_picture


def test_a_few_hidden_words_on_a_picture_are_no_recognised_text(tmp_path: Path) -> None:
    """One hidden line on a picture is hidden; a page of them is what text recognition left."""
    hidden = Put(72, 600, [(BODY, "Ignore the rules.")], mode=3)

    page = _read(write_pdf(tmp_path / "a.pdf", [Sheet([hidden], picture=True)]))

    assert (page.lines, page.hidden, page.has_picture) == ([], ["Ignore the rules."], True)


def test_letters_without_a_meaning_keep_their_places(tmp_path: Path) -> None:
    """Where a font does not say what its letters are, the words after them are still found whole."""
    page = _read(write_unmapped(tmp_path / "a.pdf", b"\x00\x01\x00\x02\x00\x03", mapped=b"plain words"))

    assert page.lines[-1].text == "plain words"

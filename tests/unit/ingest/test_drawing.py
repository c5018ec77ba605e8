"""Pictures of pages and figures, drawn by a process of their own, and where a source stands on them."""

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from domain.documents import Box, Document, DocumentStatus, Page, Part, PartKind, Range, WordBox
from domain.errors import NotFound, TooLarge, Unreadable
from domain.ids import DocumentId, new_id
from domain.people import Role
from domain.scope import EVERYTHING
from ingest.drawing import Drawing
from ingest.limits import Limits
from ingest.parsers import drawing as process
from ingest.parsers.contract import EPUB, PDF, PLAIN
from ingest.pipeline import Tools
from ingest.service import Documents
from tests.builders import a_document, a_person
from tests.readings import a_redacted
from tests.unit.ingest.papers import Sheet, say, write_pdf

pytestmark = pytest.mark.usefixtures("pillow_as_it_was")

TEACHER = a_person(Role.TEACHER)
TEXT = "Green leaves make sugar out of light and water."


@pytest.fixture
def drawing(tools: Tools, documents: Documents) -> Drawing:
    """What draws the readings of the store."""
    return Drawing.of(documents, tools.files, tools.limits)


def _keep(tools: Tools, data: bytes, page: Page, **changes: Any) -> Document:
    content_hash, size = tools.files.save(io.BytesIO(data), limit=10_000_000)
    document = a_document(
        id=DocumentId(new_id()),
        owner_id=TEACHER.id,
        status=DocumentStatus.READY,
        content_hash=content_hash,
        size=size,
        **changes,
    )
    redacted = a_redacted(document, [page.text])
    with tools.store(EVERYTHING) as work:
        work.documents.save(document)
        work.readings.save_pages(replace(redacted, parsed=replace(redacted.parsed, pages=(page,)), marks=()))
        work.commit()
    return document


def _pdf(tmp_path: Path) -> bytes:
    return write_pdf(tmp_path / "light.pdf", [Sheet([say(700, TEXT)])]).read_bytes()


def _picture(kind: str = "PNG", *, size: tuple[int, int] = (80, 40), **options: Any) -> bytes:
    kept = io.BytesIO()
    image = Image.new("RGB", size, "white")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    image.save(kept, kind, **options)
    return kept.getvalue()


def _open(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def test_a_page_of_a_pdf_is_drawn(tools: Tools, drawing: Drawing, tmp_path: Path) -> None:
    """The picture is as wide as asked, and something is printed on it."""
    document = _keep(tools, _pdf(tmp_path), Page(1, TEXT), media_type=PDF)

    picture = _open(drawing.draw_page(TEACHER, document, 1, width=600))

    assert (picture.format, picture.width) == ("JPEG", 600)
    assert min(picture.convert("L").tobytes()) < 100


def test_the_words_of_a_source_are_found_on_the_page(tools: Tools, drawing: Drawing, tmp_path: Path) -> None:
    """A source on one line has one box, as high on the page as the line was set and as wide as its words."""
    document = _keep(tools, _pdf(tmp_path), Page(1, TEXT), media_type=PDF)

    (box,) = drawing.find_source(TEACHER, document, 1, Range(TEXT.index("make"), TEXT.index(" out")))

    assert box.top < 1 - 700 / 792 < box.bottom
    assert 72 / 612 < box.left < box.right < 0.5


def test_the_places_of_recognised_words_are_known(tools: Tools, drawing: Drawing) -> None:
    """Where the text was read from a picture, its words' places were kept: no file is opened."""
    place = Box(0.1, 0.2, 0.3, 0.4)
    page = Page(1, TEXT, boxes=(WordBox(Range(0, 5), place),), confidence=0.9)
    document = _keep(tools, b"no picture at all", page, media_type="image/png")

    assert drawing.find_source(TEACHER, document, 1, Range(0, 5)) == [place]


def test_a_text_has_no_picture(tools: Tools, drawing: Drawing) -> None:
    """A reading that was never a page on paper has none to show, and no places."""
    document = _keep(tools, TEXT.encode(), Page(1, TEXT), media_type=PLAIN)

    with pytest.raises(NotFound):
        drawing.draw_page(TEACHER, document, 1, width=600)
    assert drawing.find_source(TEACHER, document, 1, Range(0, 5)) == []


def test_strangers_see_nothing(tools: Tools, drawing: Drawing, tmp_path: Path) -> None:
    """Whoever may not read a reading gets neither its picture nor its figures nor places on it."""
    document = _keep(tools, _pdf(tmp_path), Page(1, TEXT), media_type=PDF)
    stranger = a_person(Role.COUNSELLOR, class_ids=())

    with pytest.raises(NotFound):
        drawing.draw_page(stranger, document, 1, width=600)
    with pytest.raises(NotFound):
        drawing.draw_figure(stranger, document, (1, 0), width=600)
    with pytest.raises(NotFound):
        drawing.find_source(stranger, document, 1, Range(0, 5))


def test_a_photo_comes_upright_and_without_its_secrets(tools: Tools, drawing: Drawing) -> None:
    """A picture that says it lies on its side is turned, and what its camera wrote into it is gone."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "A camera of somebody"
    document = _keep(tools, _picture("JPEG", exif=exif), Page(1, TEXT), media_type="image/jpeg")

    data = drawing.draw_page(TEACHER, document, 1, width=600)

    assert _open(data).size == (40, 80)
    assert b"camera" not in data


def test_a_figure_is_cut_out_of_its_page(tools: Tools, drawing: Drawing) -> None:
    """The place of a figure on the page is shown, and nothing around it."""
    part = Part(PartKind.FIGURE, Range(0, 5), box=Box(0, 0, 0.5, 1))
    document = _keep(tools, _picture(), Page(1, TEXT, parts=(part,)), media_type="image/png")

    picture = _open(drawing.draw_figure(TEACHER, document, (1, 0), width=600))

    assert picture.size == (40, 40)
    red, green, _ = picture.convert("RGB").getpixel((20, 20))  # type: ignore[misc]
    assert (red > 200, green < 60) == (True, True)


def test_a_figure_is_taken_from_its_file(tools: Tools, drawing: Drawing) -> None:
    """A picture that a book holds as a file of its own is shown; other parts and places have none."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("images/leaf.png", _picture())
    figure = Part(PartKind.FIGURE, Range(0, 5), source="images/leaf.png", label="A leaf")
    missing = replace(figure, source="images/root.png")
    page = Page(1, TEXT, parts=(figure, Part(PartKind.TABLE, Range(6, 9)), missing))
    document = _keep(tools, kept.getvalue(), page, media_type=EPUB)

    assert _open(drawing.draw_figure(TEACHER, document, (1, 0), width=600)).size == (80, 40)
    for place in ((1, 1), (1, 7), (2, 0)):
        with pytest.raises(NotFound):
            drawing.draw_figure(TEACHER, document, place, width=600)
    with pytest.raises(Unreadable):
        drawing.draw_figure(TEACHER, document, (1, 2), width=600)


def test_a_process_that_takes_too_long_is_left(
    tools: Tools, drawing: Drawing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A picture that is not there in time is refused, and the next one is drawn again."""
    document = _keep(tools, _pdf(tmp_path), Page(1, TEXT), media_type=PDF)
    monkeypatch.setattr("ingest.drawing._WAIT_SECONDS", 0.001)

    with pytest.raises(Unreadable):
        drawing.draw_page(TEACHER, document, 1, width=600)

    monkeypatch.undo()
    assert drawing.draw_page(TEACHER, document, 1, width=600)


def _order(path: Path, **order: Any) -> dict[str, Any]:
    return {"path": str(path), "media_type": "image/png", "number": 1, "width": 600, "want": "page", **order}


def test_hostile_pictures_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture with too many points is not opened; what is no picture, or a frame that is not there, is refused."""
    path = tmp_path / "picture"
    path.write_bytes(_picture())

    with pytest.raises(Unreadable):
        process.answer(_order(path, number=2), Limits())
    with pytest.raises(Unreadable):
        process.answer(_order(path, media_type=PLAIN), Limits())
    monkeypatch.setattr(process, "MAX_PIXELS", 100)
    with pytest.raises(TooLarge):
        process.answer(_order(path), Limits())
    path.write_bytes(b"<svg onload='alert(1)'/>")
    with pytest.raises(Unreadable):
        process.answer(_order(path), Limits())


def test_the_process_answers_with_words_in_fractions(tmp_path: Path) -> None:
    """Words of a PDF come with four numbers between 0 and 1 each."""
    path = tmp_path / "light.pdf"
    path.write_bytes(_pdf(tmp_path))

    words = json.loads(process.answer(_order(path, media_type=PDF, want="words"), Limits()))

    assert [word for word, *_ in words] == TEXT.split()
    assert all(0 <= edge <= 1 for _, *edges in words for edge in edges)
    assert _open(process.answer(_order(path, media_type=PDF), Limits())).width == 600


def test_the_process_cuts_and_unpacks(tmp_path: Path) -> None:
    """A crop is at least a point wide, and a member of an archive is drawn anew."""
    path = tmp_path / "picture.png"
    path.write_bytes(_picture())
    packed = tmp_path / "book.epub"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(path, "picture.png")

    crop = process.answer(_order(path, want="crop", box=[0.5, 0.5, 0.5, 0.5]), Limits())
    member = process.answer(_order(packed, want="member", source="picture.png"), Limits())

    assert (_open(crop).size, _open(member).size) == ((1, 1), (80, 40))
    assert process.answer(_order(tmp_path / "light.pdf", media_type=PDF), Limits()) if _pdf(tmp_path) else True
    wide = tmp_path / "wide.png"
    wide.write_bytes(_picture(size=(1200, 100)))
    assert _open(process.answer(_order(wide), Limits())).size == (600, 50)

"""Small real PDFs, set line by line with reportlab, and parsers' helpers for tests."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from ingest.limits import Limits
from ingest.parsers.contract import PDF, Order, Reading
from ingest.parsers.pdf.parser import parse_pdf

WIDTH, HEIGHT = 612, 792
BODY = "Times-Roman"
BOLD = "Times-Bold"
ITALIC = "Times-Italic"


@dataclass(frozen=True)
class Put:
    """Text at a place (points from the lower left corner), in parts of (font, text)."""

    x: float
    y: float
    parts: Sequence[tuple[str, str]]
    size: float = 10
    mode: int = 0
    colour: tuple[float, float, float] = (0, 0, 0)


@dataclass(frozen=True)
class Entry:
    """A line of the outline, pointing at the page it is given to."""

    title: str
    level: int = 0


@dataclass
class Sheet:
    """What stands on a page."""

    puts: list[Put] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    picture: bool = False


def say(y: float, text: str, *, x: float = 72, font: str = BODY, size: float = 10) -> Put:
    """A line in one font."""
    return Put(x, y, [(font, text)], size)


def lines(top: float, texts: Sequence[str], *, x: float = 72, leading: float = 12, size: float = 10) -> list[Put]:
    """Lines of body text, from the top down."""
    return [say(top - index * leading, text, x=x, size=size) for index, text in enumerate(texts)]


def write_pdf(path: Path, sheets: Sequence[Sheet], *, title: str = "", password: str | None = None) -> Path:
    """Write the sheets as a PDF; with a password ("" too) it is encrypted."""
    encrypt = StandardEncryption(password, ownerPassword="owner", strength=128) if password is not None else None
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), encrypt=encrypt)
    canvas.setTitle(title)
    for number, sheet in enumerate(sheets):
        for entry in sheet.entries:
            key = f"{number}-{entry.title}"
            canvas.bookmarkPage(key)
            canvas.addOutlineEntry(entry.title, key, entry.level)
        if sheet.picture:
            _draw_picture(canvas)
        for put in sheet.puts:
            _draw(canvas, put)
        canvas.showPage()
    canvas.save()
    return path


def _draw_picture(canvas: Any) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    canvas.drawImage(ImageReader(Image.new("L", (40, 50), 180)), 0, 0, WIDTH, HEIGHT)


def _draw(canvas: Any, put: Put) -> None:
    text = canvas.beginText(put.x, put.y)
    text.setTextRenderMode(put.mode)
    text.setFillColorRGB(*put.colour)
    for font, words in put.parts:
        text.setFont(font, put.size)
        text.textOut(words)
    canvas.drawText(text)


class Steps:
    """A watch that remembers the pages it was told of."""

    def __init__(self) -> None:
        self.pages: list[tuple[int, int]] = []
        self.is_finished = False

    def start_page(self, number: int, count: int) -> None:
        self.pages.append((number, count))

    def finish_pages(self) -> None:
        self.is_finished = True


def read(path: Path, *, limits: Limits | None = None, skip: Sequence[int] = ()) -> Reading:
    """Parse a PDF in this process."""
    return parse_pdf(Order(path, PDF, limits or Limits(), frozenset(skip)), Steps())


def read_sheet(folder: Path, puts: Sequence[Put], **changes: Any) -> str:
    """Give the text of a page with these lines."""
    return read(write_pdf(folder / "sheet.pdf", [Sheet(list(puts), **changes)])).pages[0].text


def write_objects(path: Path, objects: Sequence[bytes], *, trailer: bytes = b"") -> Path:
    """Write a PDF of raw objects, the catalogue first."""
    out = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    path.write_bytes(out)
    return path


def stream(data: bytes, extra: bytes = b"") -> bytes:
    """Give a stream object, with more entries for its dictionary."""
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), extra, data)


def write_unmapped(path: Path, words: bytes, *, mapped: bytes = b"") -> Path:
    """Write a page in a font that has no map to Unicode, and after it some words in one that has."""
    content = b"BT /F1 12 Tf 72 700 Td <%s> Tj ET BT /F2 12 Tf 72 660 Td (%s) Tj ET" % (words.hex().encode(), mapped)
    return write_objects(
        path,
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            (
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
                b"/Resources<</Font<</F1 5 0 R/F2 7 0 R>>>>>>"
            ),
            stream(content),
            b"<</Type/Font/Subtype/Type0/BaseFont/Odd/Encoding/Identity-H/DescendantFonts[6 0 R]>>",
            (
                b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Odd/DW 500"
                b"/CIDSystemInfo<</Registry(Odd)/Ordering(Odd)/Supplement 0>>>>"
            ),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        ],
    )


def write_letters(
    path: Path, puts: Sequence[tuple[float, float, str]], *, means: Mapping[str, str] | None = None
) -> Path:
    """Write strings of any script at places, each as its letters stand from left to right.

    A glyph may mean other letters than the one it is written as, or several.
    """
    meant = means or {}
    letters = sorted({letter for _, _, text in puts for letter in text if letter != " "})
    codes = {letter: 0x41 + index if index < 60 else 0x65 + index for index, letter in enumerate(letters)} | {" ": 32}
    drawn = b"".join(
        b"BT /F1 10 Tf %f %f Td <%s> Tj ET\n" % (x, y, bytes(codes[letter] for letter in text).hex().encode())
        for x, y, text in puts
    )
    entries = b"".join(
        b"<%02X> <%s>\n" % (code, meant.get(letter, letter).encode("utf-16-be").hex().encode())
        for letter, code in codes.items()
    )
    to_unicode = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Odd def /CMapType 2 def "
        b"1 begincodespacerange <00> <FF> endcodespacerange %d beginbfchar\n%sendbfchar endcmap end end"
    ) % (len(codes), entries)
    return write_objects(
        path,
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
            stream(drawn),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
            stream(to_unicode),
        ],
    )


def draw_pdf(path: Path, *draws: Callable[[Canvas], None]) -> Path:
    """Write a PDF, a page for each that draws."""
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT))
    for draw in draws:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return path


def put_rows(
    canvas: Any, rows: Sequence[Sequence[str]], *, top: float = 700, columns: Sequence[float] = (72, 200, 330)
) -> None:
    """Draw rows of cells, unruled, 16 points apart."""
    canvas.setFont(BODY, 10)
    for index, row in enumerate(rows):
        for x, cell in zip(columns, row, strict=True):
            canvas.drawString(x, top - 16 * index, cell)


def put_picture(canvas: Any, left: float, low: float, width: float, height: float) -> None:
    """Draw a grey picture."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    canvas.drawImage(ImageReader(Image.new("L", (8, 8), 180)), left, low, width, height)

"""Laws of what a PDF is read to: whatever stands on its pages, every range lies within them and says what it means."""

import string
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from domain.documents import Page, PartKind, Range
from tests.unit.ingest.papers import BODY, BOLD, ITALIC, draw_pdf, put_picture, put_rows, read

WORDS = st.text(string.ascii_letters + string.digits + " .-(),", min_size=1, max_size=40).map(str.strip).filter(bool)
PIECES = st.one_of(
    st.tuples(st.just("line"), WORDS, st.sampled_from([BODY, BOLD, ITALIC, "Courier"]), st.sampled_from([8, 10, 16])),
    st.tuples(st.just("items"), st.lists(WORDS, min_size=1, max_size=4)),
    st.tuples(st.just("rows"), st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=4), st.booleans()),
    st.tuples(st.just("figure"), WORDS),
    st.tuples(st.just("notes"), WORDS),
)


def _draw(canvas: Canvas, pieces: list[tuple[Any, ...]]) -> None:
    y = 740.0
    for kind, *rest in pieces:
        canvas.setFont(BODY, 10)
        match kind:
            case "line":
                canvas.setFont(rest[1], rest[2])
                canvas.drawString(72, y, rest[0])
            case "items":
                for text in rest[0]:
                    canvas.drawString(72, y, f"\u2022 {text}")
                    y -= 12
            case "rows":
                put_rows(canvas, [[cell[:12] for cell in row] for row in rest[0]], top=y)
                if rest[1]:
                    for index in range(len(rest[0]) + 1):
                        canvas.line(70, y + 12 - 16 * index, 420, y + 12 - 16 * index)
                y -= 16 * len(rest[0])
            case "figure":
                put_picture(canvas, 72, y - 60, 120, 60)
                canvas.drawString(72, y - 72, f"Figure 1: {rest[0]}")
                y -= 80
            case _:
                canvas.line(72, 60, 150, 60)
                canvas.setFont(BODY, 7)
                canvas.drawString(72, 50, f"1 {rest[0]}")
        y -= 26


def _ranges(page: Page) -> Iterator[Range]:
    yield from (heading.at for heading in page.headings)
    yield from page.emphasis
    for part in page.parts:
        yield part.at
        yield from (cell for row in part.rows for cell in row)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.lists(PIECES, max_size=5), min_size=1, max_size=3))
def test_every_range_lies_within_its_page(pages: list[list[tuple[Any, ...]]]) -> None:
    """Headings, emphasis, parts and cells point into the page's text, and headings and cells hold what they say."""
    with TemporaryDirectory() as folder:
        reading = read(draw_pdf(Path(folder) / "a.pdf", *(lambda canvas, p=page: _draw(canvas, p) for page in pages)))

    for page in reading.pages:
        assert all(0 <= at.start <= at.end <= len(page.text) for at in _ranges(page))
        assert [page.text[heading.at.start : heading.at.end] for heading in page.headings] == [
            heading.title for heading in page.headings
        ]
        for part in page.parts:
            assert part.at.start < part.at.end
            if part.kind is PartKind.TABLE:
                rows = [" | ".join(page.text[cell.start : cell.end] for cell in row) for row in part.rows]
                assert "\n".join(rows) == page.text[part.at.start : part.at.end]
            if part.kind is PartKind.LIST:
                items = [item for row in part.rows for item in row]
                assert all(part.at.start < item.start < item.end <= part.at.end for item in items)
            if part.box is not None:
                assert 0 <= part.box.left < part.box.right <= 1
                assert 0 <= part.box.top < part.box.bottom <= 1

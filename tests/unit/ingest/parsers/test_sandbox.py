"""A file is read in a process of its own; whatever that does, this one goes on."""

import os
import signal
import zlib
from pathlib import Path

import pytest

from domain.errors import Cancelled, TooLarge, Unreadable
from domain.jobs import Progress
from ingest.limits import Limits
from ingest.parsers.contract import PDF, PLAIN, Order
from ingest.parsers.sandbox import read_apart
from tests.unit.ingest.conftest import Watcher, child_processes
from tests.unit.ingest.papers import Sheet, lines, stream, write_objects, write_pdf

BODY = ["Plants make their own food from light, water and air. They do this in", "their green leaves."]


def _order(path: Path, *, limits: Limits | None = None, media_type: str = PDF) -> Order:
    return Order(path, media_type, limits or Limits())


def _bomb(path: Path, *, first_page: bool) -> Path:
    """Write a PDF whose last page draws a form of forms of forms: ten million texts."""
    good = stream(b"BT /F1 12 Tf 72 700 Td (A good page about plants.) Tj ET")
    pages = [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 3 0 R>>>>/Contents 4 0 R>>"]
    bad = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</XObject<</X 8 0 R>>>>/Contents 7 0 R>>"
    kids = b"5 0 R 6 0 R" if first_page else b"6 0 R"
    forms = []
    for level in range(8):
        inner = b"/XObject<</X %d 0 R>>" % (9 + level) if level < 7 else b"/Font<</F1 3 0 R>>"
        draw = b"/X Do " * 10 if level < 7 else b"BT /F1 9 Tf (boom) Tj ET " * 10
        forms.append(stream(draw, b"/Type/XObject/Subtype/Form/BBox[0 0 612 792]/Resources<<%s>>" % inner))
    return write_objects(
        path,
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count %d/Kids[%s]>>" % (1 + first_page, kids),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            good,
            pages[0],
            bad,
            stream(b"/X Do"),
            *forms,
        ],
    )


def test_pages_come_back_as_they_were_read(tmp_path: Path) -> None:
    """Text, headings, emphasis and title survive the way between the processes."""
    path = tmp_path / "a.txt"
    path.write_text("CHAPTER I\n\nIt was a dark night: caf\u00e9, \u53f6, \U0001f331.", encoding="utf-8")

    reading = read_apart(_order(path, media_type=PLAIN), Watcher().report)

    assert reading.pages[0].text == "CHAPTER I\n\nIt was a dark night: caf\u00e9, \u53f6, \U0001f331."
    assert [heading.title for heading in reading.pages[0].headings] == ["CHAPTER I"]


def test_progress_is_told_by_page(tmp_path: Path) -> None:
    """While pages are read, their number and count are reported."""
    watcher = Watcher()

    read_apart(_order(write_pdf(tmp_path / "a.pdf", [Sheet(lines(700, BODY))] * 5)), watcher.report)

    assert Progress("reading", 1, 5) in watcher.steps


def test_refusals_come_back_as_errors(tmp_path: Path) -> None:
    """What the parser refuses in the child is raised here, with its code and sentence."""
    with pytest.raises(TooLarge, match="2 pages; up to 1") as caught:
        read_apart(_order(write_pdf(tmp_path / "a.pdf", [Sheet()] * 2), limits=Limits(max_pages=1)), Watcher().report)

    assert caught.value.code == "too_large"


def test_cancelling_ends_the_child(tmp_path: Path) -> None:
    """When the report raises, the error goes on and no process is left behind."""

    def cancel(_: Progress) -> None:
        raise Cancelled("Stopped.")

    before = child_processes()

    with pytest.raises(Cancelled):
        read_apart(_order(write_pdf(tmp_path / "a.pdf", [Sheet(lines(700, BODY))] * 300)), Watcher(act=cancel).report)

    assert child_processes() == before


def test_a_killed_child_is_a_damaged_file(tmp_path: Path) -> None:
    """A child that dies of a broken file is told as a refusal, after other pages were tried."""
    before = set(child_processes())

    def crash(_: Progress) -> None:
        for child in set(child_processes()) - before:
            os.kill(child, signal.SIGSEGV)

    path = tmp_path / "a.txt"
    path.write_text("Words. " * 200_000, encoding="utf-8")

    with pytest.raises(Unreadable, match="damaged"):
        read_apart(_order(path, media_type=PLAIN), Watcher(act=crash).report)


def test_a_page_that_kills_the_child_is_left_out(tmp_path: Path) -> None:
    """The rest of a file is read when one page is too much, and the page is named."""
    path = _bomb(tmp_path / "bomb.pdf", first_page=True)

    reading = read_apart(_order(path, limits=Limits(page_seconds=1, memory_bytes=300_000_000)), Watcher().report)

    assert [page.text for page in reading.pages] == ["A good page about plants."]
    assert [(problem.page, problem.code) for problem in reading.problems] == [(2, "page_failed")]


def test_a_file_that_takes_too_much_is_too_large(tmp_path: Path) -> None:
    """A file of one impossible page is refused."""
    path = _bomb(tmp_path / "bomb.pdf", first_page=False)

    with pytest.raises(TooLarge):
        read_apart(_order(path, limits=Limits(page_seconds=1, memory_bytes=300_000_000)), Watcher().report)


def test_time_on_the_wall_is_bounded(tmp_path: Path) -> None:
    """A child that gets no time at all is ended."""
    path = write_pdf(tmp_path / "a.pdf", [Sheet(lines(700, BODY))])

    with pytest.raises(TooLarge, match="too long"):
        read_apart(_order(path, limits=Limits(parse_seconds=0)), Watcher().report)


def test_a_compressed_bomb_does_no_harm(tmp_path: Path) -> None:
    """A page that inflates to hundreds of megabytes ends in a refusal or in no text, not in trouble here."""
    packed = zlib.compress(b"BT (x) Tj ET " * 25_000_000, 9)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        page,
        stream(packed, b"/Filter/FlateDecode"),
    ]

    with pytest.raises(TooLarge):
        read_apart(_order(write_objects(tmp_path / "a.pdf", objects)), Watcher().report)

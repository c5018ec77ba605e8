"""Title, outline and locks of a file, however odd they are."""

from pathlib import Path

import pytest

from domain.errors import Unreadable
from ingest.parsers.pdf.headings import OutlineEntry
from ingest.parsers.pdf.parser import open_pdf
from ingest.parsers.pdf.structure import Structure, read_label, read_structure
from tests.unit.ingest.papers import Entry, Sheet, write_objects, write_pdf

PAGES = b"<</Type/Pages/Count 1/Kids[3 0 R]>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>"


def _structure(path: Path) -> Structure:
    document = open_pdf(path)
    try:
        return read_structure(document)
    finally:
        document.close()


def _with_outline(path: Path, *entries: bytes) -> Path:
    catalog = b"<</Type/Catalog/Pages 2 0 R/Outlines 4 0 R>>"
    return write_objects(path, [catalog, PAGES, PAGE, b"<</Type/Outlines/First 5 0 R/Last 5 0 R>>", *entries])


def test_levels_and_pages_are_read(tmp_path: Path) -> None:
    """The outline's nesting gives levels from 1, and pages count from 1."""
    sheets = [
        Sheet(entries=[Entry("One")]),
        Sheet(entries=[Entry("One  and a half", 1)]),
        Sheet(entries=[Entry("Two")]),
    ]

    structure = _structure(write_pdf(tmp_path / "a.pdf", sheets, title=" Plants "))

    assert structure == Structure(
        "Plants", (OutlineEntry(1, "One", 1), OutlineEntry(2, "One and a half", 2), OutlineEntry(1, "Two", 3))
    )


@pytest.mark.parametrize(
    "title",
    [
        "untitled",
        "Untitled-2",
        "(anonymous)",
        "(unspecified)",
        "Microsoft Word - notes",
        "Microsoft Word - Unit 4.docx",
        "PowerPoint Presentation",
        "chapter3.tex",
        "The water cycle.pdf",
        "Slides week 2.pptx",
        "worksheet_final_v2",
        "Document1",
        "scan 0001",
        "???",
    ],
)
def test_what_programs_put_is_no_title(tmp_path: Path, title: str) -> None:
    """A title that a program made up says nothing."""
    assert _structure(write_pdf(tmp_path / "a.pdf", [Sheet()], title=title)).title == ""


@pytest.mark.parametrize(
    "title", ["Anonymous sources", "The untitled book", "Slide rules", "Document design", "x^2_n", "Title IX", "1984"]
)
def test_titles_that_look_odd_stay(tmp_path: Path, title: str) -> None:
    """A title that only begins or ends like a placeholder is what somebody wrote."""
    assert _structure(write_pdf(tmp_path / "a.pdf", [Sheet()], title=title)).title == title


def test_entries_that_point_nowhere_are_left_out(tmp_path: Path) -> None:
    """An entry without a page or without a title is no heading."""
    entry = b"<</Title(Lost)/Parent 4 0 R/Dest[99 0 R/Fit]/Next 6 0 R>>"
    empty = b"<</Title()/Parent 4 0 R/Dest[3 0 R/Fit]/Next 7 0 R>>"
    found = b"<</Title(Found)/Parent 4 0 R/Dest[3 0 R/Fit]>>"

    structure = _structure(_with_outline(tmp_path / "a.pdf", entry, empty, found))

    assert structure.outline == (OutlineEntry(1, "Found", 1),)


def test_an_outline_that_runs_in_circles_ends(tmp_path: Path) -> None:
    """An entry that names itself as the next one does not hang the reader."""
    entry = b"<</Title(Again)/Parent 4 0 R/Dest[3 0 R/Fit]/Next 5 0 R>>"

    assert len(_structure(_with_outline(tmp_path / "a.pdf", entry)).outline) <= 1


def test_words_that_are_no_text_are_left_out(tmp_path: Path) -> None:
    """Half a character names neither a page nor a heading, and harms nothing."""
    catalog = b"<</Type/Catalog/Pages 2 0 R/Outlines 4 0 R/PageLabels<</Nums[0<</P<FEFF0041D800>>>]>>>>"
    entry = b"<</Title<FEFF0041D800>/Parent 4 0 R/Dest[3 0 R/Fit]>>"
    outlines = b"<</Type/Outlines/First 5 0 R/Last 5 0 R>>"
    document = open_pdf(write_objects(tmp_path / "a.pdf", [catalog, PAGES, PAGE, outlines, entry]))

    assert read_label(document, 1) == ""
    assert read_structure(document) == Structure()


def test_an_unknown_lock_is_a_lock(tmp_path: Path) -> None:
    """A file locked in a way that nobody here knows cannot be opened."""
    trailer = b"/Encrypt<</Filter/Unheard/V 99>>/ID[<00><00>]"
    path = write_objects(tmp_path / "a.pdf", [b"<</Type/Catalog/Pages 2 0 R>>", PAGES, PAGE], trailer=trailer)

    with pytest.raises(Unreadable) as caught:
        open_pdf(path)

    assert caught.value.code == "encrypted"

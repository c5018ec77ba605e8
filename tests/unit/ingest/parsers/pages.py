"""Web pages, chapters and books in a few words, for the tests of their parsers."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from domain.documents import Page, Part, PartKind
from ingest.limits import Limits
from ingest.parsers.contract import EPUB, HTML, Order, Reading
from ingest.parsers.epub.parser import parse_epub
from ingest.parsers.html.parser import parse_html
from tests.unit.ingest.papers import Steps

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)


def read_page(folder: Path, html: str | bytes) -> Reading:
    """Read a web page."""
    path = folder / "page"
    path.write_bytes(html if isinstance(html, bytes) else html.encode())
    return parse_html(Order(path, HTML, Limits()), Steps())


def read_main(folder: Path, body: str) -> Page:
    """Read what stands in the main part of a page: its first page."""
    return read_page(folder, f"<!doctype html><html><body><main>{body}</main></body></html>").pages[0]


def parts_of(page: Page, kind: PartKind) -> list[tuple[str, Part]]:
    """Give the parts of a kind with their text."""
    return [(page.text[part.at.start : part.at.end], part) for part in page.parts if part.kind is kind]


def rows_of(page: Page, part: Part) -> list[list[str]]:
    """Give the texts of a part's rows."""
    return [[page.text[cell.start : cell.end] for cell in row] for row in part.rows]


def stressed(page: Page) -> list[str]:
    """Give the emphasised words."""
    return [page.text[mark.start : mark.end] for mark in page.emphasis]


def a_chapter(body: str) -> str:
    """Give a chapter as XHTML."""
    return f'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>{body}</body></html>'


def a_book(chapters: Mapping[str, str | None], *, extra: Mapping[str, str] | None = None, toc: str = "") -> bytes:
    """Pack a book; a chapter without content is in the spine and not in the file. `toc` is the inner of an NCX map."""
    items = "".join(
        f'<item id="i{at}" href="{name}" media-type="application/xhtml+xml"/>' for at, name in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="i{at}"/>' for at in range(len(chapters)))
    if toc:
        items += '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>The book of leaves</dc:title></metadata><manifest>{items}</manifest>"
        f'<spine toc="ncx">{spine}</spine></package>'
    )
    members: dict[str, str] = {"META-INF/container.xml": CONTAINER, "OPS/book.opf": package}
    members |= {f"OPS/{name}": a_chapter(body) for name, body in chapters.items() if body is not None}
    if toc:
        members["OPS/toc.ncx"] = f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>{toc}</navMap></ncx>'
    return pack(members | dict(extra or {}))


def pack(members: Mapping[str, str]) -> bytes:
    """Pack files into a zip file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return file.getvalue()


def read_book(folder: Path, data: bytes) -> Reading:
    """Read a book."""
    path = folder / "book"
    path.write_bytes(data)
    return parse_epub(Order(path, EPUB, Limits()), Steps())


def headings_of(reading: Reading) -> list[tuple[int, str]]:
    """Give the levels and titles of all headings."""
    return [(heading.level, heading.title) for page in reading.pages for heading in page.headings]

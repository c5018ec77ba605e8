"""A PDF to pages: pdfium for what the file says, our own rules for what people read."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from domain.documents import Dropped, Page, PageProblem
from domain.errors import TooLarge, Unreadable
from ingest.parsers.cleaning import Hyphens, drop_running_lines
from ingest.parsers.contract import UNRECOGNISED, Order, Reading, Watch
from ingest.parsers.flow import build_page
from ingest.parsers.pdf.blocks import to_blocks
from ingest.parsers.pdf.figures import tie_figures
from ingest.parsers.pdf.footnotes import take_footnotes
from ingest.parsers.pdf.headings import mark_headings
from ingest.parsers.pdf.lines import Paragraph, Typesetting, build_paragraphs, measure
from ingest.parsers.pdf.page import PageText
from ingest.parsers.pdf.repair import rebuild
from ingest.parsers.pdf.structure import Structure, read_label, read_structure
from ingest.parsers.pdf.tables import find_tables
from ingest.parsers.pdf.text import PageUnreadable, Reader

_LOCKED = "This PDF is locked with a password. Open it, save it without a password, and upload that file."
_DAMAGED = "This PDF is damaged and cannot be read. Open it in the program it came from and save it again."
_STRANGE = re.compile("[\x00-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff]")
"""Control characters, the mark for an unknown character, and code points for private use."""


def parse_pdf(order: Order, watch: Watch) -> Reading:
    """Read a PDF. Raises Unreadable (encrypted, damaged) or TooLarge."""
    document = open_pdf(order.path)
    count = len(document)
    if count > order.limits.max_pages:
        limit = order.limits.max_pages
        raise TooLarge(f"This PDF has {count:,} pages; up to {limit:,} can be read. Split it into smaller files.")
    structure = read_structure(document)
    pages = list(_read_pages(document, count, order, watch))
    watch.finish_pages()
    problems = tuple(problem for page in pages if (problem := _problem(page)))
    named = {problem.page for problem in problems}
    return _compose([page for page in pages if page.number not in named], structure, problems)


def open_pdf(path: Path) -> Any:
    """Open a PDF with pdfium, built anew where pdfium refuses it. Raises Unreadable (encrypted, damaged)."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        # pdfium keeps the error of the file before where it has no word for what is wrong with this one
        if error.err_code in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY} and b"/Encrypt" in path.read_bytes():
            raise Unreadable(_LOCKED, code="encrypted") from error
        return _open_rebuilt(path)


def _open_rebuilt(path: Path) -> Any:
    import pypdfium2

    whole = rebuild(path)
    try:
        return pypdfium2.PdfDocument(whole or b"")
    except pypdfium2.PdfiumError as error:
        raise Unreadable(_DAMAGED) from error


def _read_pages(document: Any, count: int, order: Order, watch: Watch) -> Iterator[PageText]:
    reader = Reader(document)
    has_labels = any(read_label(document, number) for number in {1, count // 2 + 1, count})
    for number in range(1, count + 1):
        watch.start_page(number, count)
        if number in order.skip:
            continue
        try:
            page = reader.read(number)
        except PageUnreadable:
            page = PageText(number, 0, 0, is_broken=True)
        page.label = read_label(document, number) if has_labels else ""
        yield page


def _problem(page: PageText) -> PageProblem | None:
    """Say why a page has no text; a garbled text is taken out."""
    if page.is_broken:
        return PageProblem(page.number, "page_failed", f"Page {page.number} is damaged and could not be read.")
    if _is_garbled(page):
        page.lines = []
        message = f"The letters of page {page.number} cannot be made out. {UNRECOGNISED}"
        return PageProblem(page.number, "needs_ocr", message)
    if not page.lines and page.has_picture:
        message = f"Page {page.number} is a picture (a scan). {UNRECOGNISED}"
        return PageProblem(page.number, "needs_ocr", message)
    return None


def _is_garbled(page: PageText) -> bool:
    """Whether a fifth of the letters are no characters at all: the font has no map to Unicode."""
    text = "".join([line.text for line in page.lines])
    return len(_STRANGE.findall(text)) > len(text) / 5


def _compose(pages: list[PageText], structure: Structure, problems: tuple[PageProblem, ...]) -> Reading:
    """Set the pages that could be read."""
    dropped = drop_running_lines(pages)
    usual = measure(pages)
    hyphens = Hyphens(pages)
    paragraphs: dict[int, list[Paragraph]] = {}
    for page in pages:
        notes = take_footnotes(page, usual, hyphens)
        paragraphs[page.number] = [*build_paragraphs(page, usual, hyphens, find_tables(page)), *notes]
    mark_headings(paragraphs, structure.outline, usual)
    bare = [page.number for page in pages for _ in range(tie_figures(page, paragraphs[page.number]))]
    if bare:
        dropped.append(Dropped("picture_without_caption", len(bare), f"page {bare[0]}"))
    hidden = sum(len(page.hidden) for page in pages)
    if hidden:
        dropped.append(Dropped("hidden_text", hidden))
    built = tuple(_build(page, paragraphs[page.number], usual) for page in pages)
    return Reading(built, structure.title or _largest(paragraphs.get(1, [])), problems, tuple(dropped))


def _build(page: PageText, paragraphs: list[Paragraph], usual: Typesetting) -> Page:
    built = build_page(page.number, list(to_blocks(paragraphs, usual)), hidden=tuple(page.hidden))
    return replace(built, label=page.label) if page.label else built


def _largest(paragraphs: list[Paragraph]) -> str:
    """Give the largest heading of the first page as the title."""
    headings = [paragraph for paragraph in paragraphs if paragraph.level]
    return max(headings, key=lambda paragraph: paragraph.size).text if headings else ""

"""Scanned pages: the text around them is there first, each is recognised once, and without OCR they are named."""

import io
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from domain.documents import Document, DocumentStatus
from domain.errors import Cancelled, Unreadable
from domain.jobs import GenerateAids, IngestDocument, Progress
from domain.scope import EVERYTHING
from ingest.jobs import handle
from ingest.pipeline import Tools
from ingest.service import Documents
from tests.builders import a_person
from tests.scans import PLANTS, WATER, draw_page, write_scan
from tests.unit.ingest.conftest import Watcher
from tests.unit.ingest.papers import Sheet, lines, write_pdf

PERSON = a_person()
TYPED = ["Rabbits eat the leaves of plants, and foxes eat rabbits in their turn.", "So all life lives on light."]


class Killed(BaseException):
    """Stands for the end of the process."""


@pytest.fixture(scope="session")
def scan(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Two pages that are pictures of text."""
    path = tmp_path_factory.mktemp("scan") / "scan.pdf"
    return write_scan(path, draw_page(PLANTS), draw_page(WATER)).read_bytes()


@pytest.fixture(scope="session")
def mixed(scan: bytes, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A page of text between the two."""
    typed = write_pdf(tmp_path_factory.mktemp("mixed") / "typed.pdf", [Sheet(lines(700, TYPED))])
    first, second = PdfReader(io.BytesIO(scan)).pages
    writer = PdfWriter()
    for page in (first, PdfReader(typed).pages[0], second):
        writer.add_page(page)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def _upload(documents: Documents, data: bytes) -> Document:
    return documents.upload(PERSON, "scan.pdf", io.BytesIO(data)).document


def _load(tools: Tools, document: Document) -> Document:
    with tools.store(EVERYTHING) as work:
        found = work.documents.find(document.id)
    assert found is not None
    return found


def _pages_with(tools: Tools, document: Document, word: str) -> list[int]:
    with tools.store(EVERYTHING) as work:
        hits = work.readings.search_words(word, [document.id], 10)
        return [chunk.span.page for chunk in work.readings.load_chunks([hit.chunk_id for hit in hits])]


def test_text_is_searchable_before_scans_are_recognised(tools: Tools, documents: Documents, mixed: bytes) -> None:
    """While the pictures are looked at the text is there; then all is, in order, with one set of aids to make."""
    document = _upload(documents, mixed)
    seen: list[tuple[DocumentStatus, list[int], bool]] = []

    def look(progress: Progress) -> None:
        if progress.stage == "recognising" and not seen:
            with tools.store(EVERYTHING) as work:
                aids = work.jobs.find_for(document.id, GenerateAids(document.id).name)
            seen.append((_load(tools, document).status, _pages_with(tools, document, "rabbits"), aids is not None))

    handle(IngestDocument(document.id), tools, Watcher(act=look))

    after = _load(tools, document)
    assert seen == [(DocumentStatus.SEARCHABLE, [2], False)]
    assert (after.status, after.page_count, after.version) == (DocumentStatus.READY, 3, 1)
    assert [_pages_with(tools, document, word) for word in ("oxygen", "rabbits", "rivers")] == [[1], [2], [3]]
    assert {"parse", "recognise", "store"} < set(after.stage_seconds)
    assert not [problem for problem in after.page_problems if problem.code == "needs_ocr"]
    with tools.store(EVERYTHING) as work:
        assert work.jobs.find_for(document.id, GenerateAids(document.id).name) is not None
        assert work.readings.list_recognised(document.id, after.content_hash) == []
        (first, *_) = work.readings.list_pages(document.id)
    assert first.confidence is not None
    assert first.boxes


@pytest.mark.parametrize("kind", ["scan", "mixed"])
def test_after_a_sudden_end_no_page_is_recognised_twice(
    tools: Tools, documents: Documents, kind: str, request: pytest.FixtureRequest
) -> None:
    """What was recognised is kept page by page; the next run asks for the rest alone."""
    document = _upload(documents, request.getfixturevalue(kind))
    totals: Counter[int] = Counter()

    def watch(progress: Progress) -> None:
        if progress.stage == "recognising":
            totals[progress.total] += 1
            with tools.store(EVERYTHING) as work:
                kept = work.readings.list_recognised(document.id, document.content_hash)
            if kept and progress.total == 2:
                raise Killed

    with pytest.raises(Killed):
        handle(IngestDocument(document.id), tools, Watcher(act=watch))
    with tools.store(EVERYTHING) as work:
        kept = len(work.readings.list_recognised(document.id, document.content_hash))
    handle(IngestDocument(document.id), tools, Watcher(act=watch))

    assert set(totals) <= {2, 2 - kept}
    assert _load(tools, document).status is DocumentStatus.READY
    assert _pages_with(tools, document, "oxygen")
    assert _pages_with(tools, document, "rivers")


def test_without_recognition_scans_are_named(tools: Tools, documents: Documents, mixed: bytes, scan: bytes) -> None:
    """The text is ready and the pages that are pictures are told; a file of pictures alone says what to install."""
    plain = replace(tools, recognises=lambda: False)
    both, pictures = _upload(documents, mixed), _upload(documents, scan)

    handle(IngestDocument(both.id), plain, Watcher())
    with pytest.raises(Unreadable, match=r"margent\[ocr\]"):
        handle(IngestDocument(pictures.id), plain, Watcher())

    found = _load(tools, both)
    assert found.status is DocumentStatus.READY
    assert [(one.page, one.code) for one in found.page_problems] == [(1, "needs_ocr"), (3, "needs_ocr")]
    assert found.page_count == 3


def test_a_picture_without_words_is_said_to_have_none(tools: Tools, documents: Documents, tmp_path: Path) -> None:
    """Looking at it found nothing: that is another answer than that nobody looked."""
    document = _upload(documents, write_pdf(tmp_path / "grey.pdf", [Sheet(picture=True)]).read_bytes())

    with pytest.raises(Unreadable) as caught:
        handle(IngestDocument(document.id), tools, Watcher())

    assert caught.value.code == "no_text"


def test_a_reading_deleted_while_it_is_recognised_stays_deleted(
    tools: Tools, documents: Documents, scan: bytes
) -> None:
    """Its next page stops the work."""
    document = _upload(documents, scan)
    is_deleted: list[bool] = []

    def delete(progress: Progress) -> None:
        if progress.stage == "recognising" and not is_deleted:
            with tools.store(EVERYTHING) as work:
                work.documents.delete(document.id)
                work.commit()
            is_deleted.append(True)

    with pytest.raises(Cancelled):
        handle(IngestDocument(document.id), tools, Watcher(act=delete))

    with tools.store(EVERYTHING) as work:
        assert work.documents.find(document.id) is None

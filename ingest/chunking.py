"""A redacted reading to chunks: whole sentences, about 1,000 characters, never over a page or a heading."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from domain.documents import Chunk, Page, Position, Range, RedactedDocument, Section, Span
from domain.ids import ChunkId, stable_id

if TYPE_CHECKING:
    from langchain_text_splitters import RecursiveCharacterTextSplitter

CHUNK_CHARACTERS = 1_000

_NO_END = "".join(
    rf"(?<!\b{short}\.\s)" for short in ("Dr", "Mr", "Ms", "St", "vs", "al", "cf", "Mrs", "Fig", "No", "z.B")
)
# each alternative begins with a blank, so that the search looks behind there alone
_SENTENCE_END = rf"\n\n|\s(?<=[.!?…]\s){_NO_END}(?![a-z])|\s(?<=[.!?…][\"”’»)\]]\s)(?![a-z])"
_SENTENCE_END_WITHOUT_BLANK = r"(?<=[。！？])(?![」』”）])|\n\n"
_ENDS_SENTENCE = re.compile(r"[.!?…:。！？][\"”’»)\]」』]*$")


def split(redacted: RedactedDocument) -> list[Chunk]:
    """Cut a document into chunks, in reading order, each with the deepest section it stands in."""
    parsed = redacted.parsed
    splitter = _splitter(_SENTENCE_END_WITHOUT_BLANK if parsed.language in {"zh", "ja"} else _SENTENCE_END)
    starts = [section.start for section in parsed.sections]
    chunks: list[Chunk] = []
    before: tuple[Page, Chunk] | None = None
    for page in parsed.pages:
        marks = [mark.at for mark in redacted.marks if mark.page == page.number]
        for at in _pieces(page, parsed.sections, splitter):
            section = max(bisect_right(starts, Position(page.number, at.start)) - 1, 0)
            chunk = Chunk(
                id=ChunkId(stable_id(parsed.document_id, page.number, at.start, at.end)),
                document_id=parsed.document_id,
                ordinal=len(chunks),
                section=section,
                span=Span(parsed.document_id, page.number, at.start, at.end),
                text=page.text[at.start : at.end],
                gap=_gap(before, page, at),
                emphasis=_inside(page.emphasis, at),
                marks=_inside(marks, at),
            )
            chunks.append(chunk)
            before = (page, chunk)
    return chunks


def _splitter(sentence_end: str) -> "RecursiveCharacterTextSplitter":
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    return RecursiveCharacterTextSplitter(
        separators=[sentence_end, r"\s", ""],
        is_separator_regex=True,
        keep_separator="start",
        chunk_size=CHUNK_CHARACTERS,
        chunk_overlap=0,
        add_start_index=True,
    )


def _pieces(page: Page, sections: Iterable[Section], splitter: "RecursiveCharacterTextSplitter") -> Iterator[Range]:
    for stretch in _stretches(page, sections):
        for piece in splitter.create_documents([page.text[stretch.start : stretch.end]]):
            start = stretch.start + piece.metadata["start_index"]
            yield Range(start, start + len(piece.page_content))


def _stretches(page: Page, sections: Iterable[Section]) -> Iterator[Range]:
    """Yield the text between headings and section starts that is not blank."""
    cuts = {section.start.offset for section in sections if section.start.page == page.number}
    edges = sorted({(heading.at.start, heading.at.end) for heading in page.headings} | {(cut, cut) for cut in cuts})
    start = 0
    for first, after in [*edges, (len(page.text), len(page.text))]:
        if page.text[start:first].strip():
            yield Range(start, first)
        start = max(start, after)


def _gap(before: tuple[Page, Chunk] | None, page: Page, at: Range) -> str:
    """Give what stands between the chunk before and this one when they are read on."""
    if before is None:
        return "\n\n"
    page_before, chunk = before
    if page_before.number == page.number:
        between = page.text[chunk.span.end : at.start]
        return "\n\n" if between.strip() or "\n\n" in between else between
    is_cut = not _ENDS_SENTENCE.search(chunk.text) and page.text[at.start].islower()
    return " " if is_cut else "\n\n"


def _inside(ranges: Iterable[Range], at: Range) -> tuple[Range, ...]:
    """Give the parts of ranges inside another, counted from its start."""
    parts = (Range(max(item.start, at.start) - at.start, min(item.end, at.end) - at.start) for item in ranges)
    return tuple(part for part in parts if part.start < part.end)

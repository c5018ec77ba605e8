"""Blocks of flowing text (headings, paragraphs) to pages of a readable length."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from domain.documents import Heading, Page, Part, PartKind, Range
from domain.errors import TooLarge
from ingest.limits import Limits
from ingest.parsers.contract import Watch

PAGE_CHARACTERS = 3_000
_LONGEST_BLOCK = 4_000


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a heading when `level` is not 0. Emphasis and the ranges of parts count from its start.

    `hidden` is what stood here and nobody sees, such as a comment; a block of that alone has no text. A block
    with a `label` begins a page of that name (a slide, a chapter's file).
    """

    text: str
    level: int = 0
    emphasis: tuple[Range, ...] = ()
    hidden: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    label: str = ""


def paginate(blocks: Iterable[Block], limits: Limits, watch: Watch) -> tuple[Page, ...]:
    """Fill pages up to about 3,000 characters, breaking at paragraph ends and never right after a heading.

    Raises TooLarge past `max_pages`.
    """
    groups = list(_fill(part for block in blocks for part in _cut(block)))
    if len(groups) > limits.max_pages:
        raise TooLarge(f"This text is too long: over {limits.max_pages:,} pages. Split it into smaller files.")
    pages = []
    for number, group in enumerate(groups, start=1):
        watch.start_page(number, len(groups))
        pages.append(build_page(number, group))
    watch.finish_pages()
    return tuple(pages)


def build_page(number: int, blocks: Sequence[Block], *, hidden: tuple[str, ...] = ()) -> Page:
    """Set blocks on a page, an empty line between them, footnotes last."""
    put_aside = tuple(text for block in blocks for text in block.hidden)
    label = next((block.label for block in blocks if block.label), "")
    blocks = sorted((block for block in blocks if block.text), key=_is_footnote)
    headings: list[Heading] = []
    emphasis: list[Range] = []
    parts: list[Part] = []
    offset = 0
    for block in blocks:
        at = Range(offset, offset + len(block.text))
        if block.level:
            headings.append(Heading(block.level, block.text, at))
        emphasis.extend(_moved(mark, offset) for mark in block.emphasis)
        parts.extend(move_part(part, offset) for part in block.parts)
        offset = at.end + 2
    text = "\n\n".join(block.text for block in blocks)
    everything_hidden = (*hidden, *put_aside)
    return Page(number, text, tuple(headings), tuple(emphasis), everything_hidden, parts=tuple(parts), label=label)


def move_part(part: Part, offset: int) -> Part:
    """Give a part as it stands `offset` characters further on."""
    rows = tuple(tuple(_moved(cell, offset) for cell in row) for row in part.rows)
    return replace(part, at=_moved(part.at, offset), rows=rows)


def _moved(at: Range, offset: int) -> Range:
    return Range(at.start + offset, at.end + offset)


def _is_footnote(block: Block) -> bool:
    return any(part.kind is PartKind.FOOTNOTE for part in block.parts)


def _fill(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """Group blocks by pages; a page with a label ends where the next begins, however long it is."""
    group: list[Block] = []
    length = 0
    is_named = False
    for block in blocks:
        is_full = length + len(block.text) > PAGE_CHARACTERS and length > PAGE_CHARACTERS / 3
        ends_page = is_full and not is_named and not group[-1].level
        if group and (ends_page or block.label):
            yield group
            group, length = [], 0
        is_named = is_named or bool(block.label)
        group.append(block)
        length += len(block.text)
    if group:
        yield group


def _cut(block: Block) -> Iterator[Block]:
    """Cut an endless paragraph at sentence ends, else at blanks, else anywhere; never within a part."""
    start = 0
    while len(block.text) - start > _LONGEST_BLOCK:
        window = block.text[start : start + PAGE_CHARACTERS]
        cut = max(window.rfind(mark) for mark in (". ", "! ", "? ", "。", "\n")) + 1
        if cut <= PAGE_CHARACTERS / 2:
            cut = window.rfind(" ") + 1
        end = _end_of_part(block, start + (cut or PAGE_CHARACTERS))
        yield _part(block, start, end)
        start = end
    yield block if start == 0 else _part(block, start, len(block.text))


def _end_of_part(block: Block, end: int) -> int:
    """Give where to cut: `end`, or where the part ends that it lies within; a table is cut after a row."""
    for part in block.parts:
        if part.at.start < end < part.at.end:
            rows = [row[-1].end for row in part.rows if row and row[-1].end >= end]
            return rows[0] if rows else part.at.end
    return end


def _part(block: Block, start: int, end: int) -> Block:
    text = block.text[start:end].rstrip()
    stop = start + len(text)
    marks = (Range(max(mark.start, start) - start, min(mark.end, stop) - start) for mark in block.emphasis)
    emphasis = tuple(mark for mark in marks if mark.start < mark.end)
    parts = tuple(move_part(cut, -start) for part in block.parts if (cut := _within(part, start, stop)))
    is_first = start == 0
    return Block(text, block.level, emphasis, block.hidden if is_first else (), parts, block.label if is_first else "")


def _within(part: Part, start: int, stop: int) -> Part | None:
    """Give what of a part lies between two places, or None."""
    at = Range(max(part.at.start, start), min(part.at.end, stop))
    if at.start >= at.end:
        return None
    rows = tuple(row for row in part.rows if row and start <= row[0].start and row[-1].end <= stop)
    return replace(part, at=at, rows=rows, heads=part.heads if at.start == part.at.start else 0)

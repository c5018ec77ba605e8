"""Blocks of flowing text (headings, paragraphs) to pages of a readable length."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from domain.documents import Heading, Page, Range
from domain.errors import TooLarge
from ingest.limits import Limits
from ingest.parsers.contract import Watch

PAGE_CHARACTERS = 3_000
_LONGEST_BLOCK = 4_000


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a heading when `level` is not 0. Emphasis counts from its start.

    `hidden` is what stood here and nobody sees, such as a comment; a block of that alone has no text.
    """

    text: str
    level: int = 0
    emphasis: tuple[Range, ...] = ()
    hidden: tuple[str, ...] = ()


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
    """Set blocks on a page, an empty line between them."""
    put_aside = tuple(text for block in blocks for text in block.hidden)
    blocks = [block for block in blocks if block.text]
    headings: list[Heading] = []
    emphasis: list[Range] = []
    offset = 0
    for block in blocks:
        at = Range(offset, offset + len(block.text))
        if block.level:
            headings.append(Heading(block.level, block.text, at))
        emphasis.extend(Range(offset + mark.start, offset + mark.end) for mark in block.emphasis)
        offset = at.end + 2
    text = "\n\n".join(block.text for block in blocks)
    return Page(number, text, tuple(headings), tuple(emphasis), (*hidden, *put_aside))


def _fill(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    group: list[Block] = []
    length = 0
    for block in blocks:
        is_full = length + len(block.text) > PAGE_CHARACTERS and length > PAGE_CHARACTERS / 3
        if group and is_full and not group[-1].level:
            yield group
            group, length = [], 0
        group.append(block)
        length += len(block.text)
    if group:
        yield group


def _cut(block: Block) -> Iterator[Block]:
    """Cut an endless paragraph at sentence ends, else at blanks, else anywhere."""
    start = 0
    while len(block.text) - start > _LONGEST_BLOCK:
        window = block.text[start : start + PAGE_CHARACTERS]
        cut = max(window.rfind(mark) for mark in (". ", "! ", "? ", "。", "\n")) + 1
        if cut <= PAGE_CHARACTERS / 2:
            cut = window.rfind(" ") + 1
        end = start + (cut or PAGE_CHARACTERS)
        yield _part(block, start, end)
        start = end
    yield block if start == 0 else _part(block, start, len(block.text))


def _part(block: Block, start: int, end: int) -> Block:
    text = block.text[start:end].rstrip()
    marks = (Range(max(mark.start, start) - start, min(mark.end, start + len(text)) - start) for mark in block.emphasis)
    emphasis = tuple(mark for mark in marks if mark.start < mark.end)
    return Block(text, block.level, emphasis, () if start else block.hidden)

"""From a Word document's paragraphs and tables to blocks: lists put together, captions tied, notes apart."""

import re
from collections.abc import Callable, Iterator, Sequence

from domain.documents import Part, PartKind, Range
from ingest.parsers.docx.items import Item, Note, as_heading, is_bullet
from ingest.parsers.flow import Block
from ingest.parsers.office.figures import Figure, caption, describe
from ingest.parsers.office.text import Item as ListItem
from ingest.parsers.office.text import Tally, set_list

_CAPTION = re.compile(
    r"(?:fig(?:ure|\.)|abb(?:ildung|\.)|figura|figuur|рис(?:унок|\.)|photo|image|图|圖|図|그림|شكل|الشكل)\s*[\dA-Z]",
    re.IGNORECASE,
)
_OF_TABLE = re.compile(r"tab(?:le|elle|la|ela|ulka|\.)|табл|表|표|جدول|الجدول", re.IGNORECASE)
_TITLE_LEVEL = 1

NoteBlock = Callable[[Note], Block | None]
"""Gives what a note says, or None when it says nothing or was given before."""


def set_blocks(items: Sequence[Item], note: NoteBlock, tally: Tally) -> Iterator[Block]:
    """Yield the blocks of a document, in reading order; a title goes above all headings."""
    has_title = any(item.style.is_title and item.block.text for item in items)
    captions = _tie_captions(items)
    pending: list[Item] = []
    for item in items:
        is_listed = item.mark is not None and not item.level and bool(item.block.text)
        if not is_listed or _begins_list(pending, item):
            yield from _end_list(pending, note, tally)
            pending = []
        if is_listed:
            pending.append(item)
            continue
        yield from _set_item(item, captions.get(id(item)), is_below_title=has_title)
        yield from _around(item, note, tally)
    yield from _end_list(pending, note, tally)


def _begins_list(pending: Sequence[Item], item: Item) -> bool:
    """Whether bullets end and numbers begin, or the other way round."""
    return bool(pending) and item.depth <= pending[0].depth and is_bullet(item) != is_bullet(pending[0])


def _set_item(item: Item, figure: Figure | None, *, is_below_title: bool) -> Iterator[Block]:
    if not item.block.text:
        if item.block.hidden:
            yield Block("", hidden=item.block.hidden)
    elif item.style.is_title:
        yield as_heading(item, _TITLE_LEVEL)
    elif item.level:
        yield as_heading(item, item.level + is_below_title)
    elif figure:
        yield caption(item.block, figure)
    else:
        yield item.block


def _end_list(pending: Sequence[Item], note: NoteBlock, tally: Tally) -> Iterator[Block]:
    if pending:
        yield set_list([ListItem(item.mark or "", item.depth, item.block) for item in pending])
    for item in pending:
        yield from _around(item, note, tally)


def _around(item: Item, note: NoteBlock, tally: Tally) -> Iterator[Block]:
    """Yield what belongs to a paragraph and is no part of it: pictures without a caption, notes."""
    for figure in item.figures:
        described = describe(figure, tally)
        if described:
            yield described
    for one in item.notes:
        said = note(one)
        if said:
            yield said


def set_note(block: Block, mark: str) -> Block:
    """Set a footnote, its mark before it."""
    text = f"[{mark}] {block.text}"
    shift = len(text) - len(block.text)
    emphasis = tuple(Range(one.start + shift, one.end + shift) for one in block.emphasis)
    part = Part(PartKind.FOOTNOTE, Range(0, len(text)), label=mark)
    return Block(text, emphasis=emphasis, hidden=block.hidden, parts=(part,))


def _tie_captions(items: Sequence[Item]) -> dict[int, Figure]:
    """Find for each caption its picture: in its own paragraph, else just before, else just after it."""
    tied: dict[int, Figure] = {}
    for index, item in enumerate(items):
        if not item.block.text or item.level or item.mark is not None or not _is_caption(item):
            continue
        before = items[index - 1] if index else None
        after = items[index + 1] if index + 1 < len(items) else None
        if _OF_TABLE.match(item.block.text) and any(place and place.rows for place in (before, after)):
            continue
        for place in (item, before, after):
            if place and place.figures and (place is item or not place.rows):
                figure = place.figures[0]
                place.figures = place.figures[1:]
                tied[id(item)] = figure
                break
    return tied


def _is_caption(item: Item) -> bool:
    return item.style.is_caption or item.has_sequence or bool(_CAPTION.match(item.block.text))

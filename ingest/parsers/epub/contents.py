"""Levels of a book's headings by its table of contents, which knows what stands in what; chapters often do not."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.parsers.epub.package import Entry
from ingest.parsers.flow import Block

_WINDOW = 8
"""Blocks after the place where a line of the contents leads, among which its heading is looked for."""

_LEAST_TEXT = 400
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Text:
    """What a file of the book says, and before which block the places stand that links lead to."""

    file: str
    blocks: Sequence[Block]
    places: Mapping[str, int]


def rank_headings(text: Text, entries: Sequence[Entry]) -> list[Block]:
    """Give a chapter's blocks with their headings' levels.

    Where the contents have lines of several depths, what they name stands as deep as its line, other headings as
    far below as they are set. A title that the chapter shows as a mere paragraph, or in no words, becomes a heading.
    """
    blocks = list(text.blocks)
    is_nested = len({entry.depth for entry in entries}) > 1
    found: dict[int, Entry] = {}
    missing: list[tuple[int, Entry]] = []
    for entry in entries:
        if entry.file == text.file:
            at = text.places.get(entry.place, 0)
            place = _heading_at(blocks, at, _plain(entry.title), found)
            if place is None:
                missing.append((at, entry))
            else:
                found[place] = entry
    levelled = list(_levelled(blocks, found, is_nested=is_nested))
    for at, entry in reversed(missing):
        if not _has_heading_near(levelled, at) and sum(len(block.text) for block in blocks[at:]) > _LEAST_TEXT:
            level = entry.depth if is_nested else 1
            levelled.insert(min(at, len(levelled)), Block(entry.title, level=min(level, _DEEPEST)))
    return levelled


def _heading_at(blocks: Sequence[Block], at: int, title: str, taken: Mapping[int, Entry]) -> int | None:
    """Find what a line of the contents names: the heading, or else the paragraph, that says the same."""
    near = [place for place in range(at, min(at + _WINDOW, len(blocks))) if place not in taken and blocks[place].text]
    for place in near:
        said = _plain(blocks[place].text)
        is_same = said == title or (blocks[place].level and said and (said in title or title in said))
        if is_same:
            return place
    first = next(iter(near), None)
    return first if first is not None and blocks[first].level else None


def _levelled(blocks: Sequence[Block], found: Mapping[int, Entry], *, is_nested: bool) -> Iterator[Block]:
    shift = 0
    for place, block in enumerate(blocks):
        entry = found.get(place)
        if entry is not None and (is_nested or not block.level):
            level = entry.depth if is_nested else 1
            shift = level - block.level if block.level else shift
            yield replace(block, level=min(level, _DEEPEST), emphasis=())
        elif block.level:
            yield replace(block, level=min(max(block.level + shift, 1), _DEEPEST))
        else:
            yield block


def _has_heading_near(blocks: Sequence[Block], at: int) -> bool:
    return any(block.level for block in blocks[at : at + 3])


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()

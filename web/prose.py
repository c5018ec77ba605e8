"""A page of a reading as blocks to set: headings and paragraphs, with emphasis and the words a source points at."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from domain.documents import Page, Range

_BREAK = re.compile(r"\n[^\S\n]*\n\s*")


@dataclass(frozen=True, slots=True)
class Run:
    """Words set in one way. `is_source` marks the words to show, `is_first` the first run of them."""

    text: str
    is_strong: bool = False
    is_source: bool = False
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A heading (level from 1, rank 1 to 6 in the page's own order of headings) or a paragraph (level 0)."""

    level: int
    runs: tuple[Run, ...]
    rank: int = 6


def lay_out(page: Page, *, within: Range | None = None, source: Range | None = None) -> tuple[Block, ...]:
    """Cut a page, or the part of it `within`, into blocks; the words of `source` are marked.

    The runs joined give the text again, but for the white space between blocks.
    """
    whole = within or Range(0, len(page.text))
    blocks = []
    is_shown = False
    for at, level in _cut_blocks(page, whole):
        runs = _cut_runs(page, at, source)
        if source and not is_shown:
            runs, is_shown = _mark_first(runs)
        blocks.append(Block(level, runs))
    return tuple(blocks)


def rank_headings(pages: Sequence[Sequence[Block]], *, below: int) -> list[tuple[Block, ...]]:
    """Rank the headings of pages that are shown one after the other under a heading of rank `below`.

    Ranks go down one step at a time, whatever levels the reading leaves out; below 6 there is none.
    """
    around: list[int] = []
    ranked = []
    for blocks in pages:
        placed = []
        for block in blocks:
            if block.level:
                around = [level for level in around if level < block.level] + [block.level]
            placed.append(replace(block, rank=min(below + len(around), 6)))
        ranked.append(tuple(placed))
    return ranked


def mark(text: str, ranges: Sequence[Range]) -> tuple[Run, ...]:
    """Cut a text into runs, those in the ranges marked; the runs joined are the text."""
    cuts = sorted({0, len(text), *(edge for item in ranges for edge in (item.start, item.end))})
    return tuple(Run(text[start:end], is_source=_covers(ranges, start)) for start, end in pairwise(cuts))


def _cut_blocks(page: Page, whole: Range) -> Iterator[tuple[Range, int]]:
    headings = sorted(page.headings, key=lambda heading: heading.at)
    cuts = {whole.start, whole.end}
    for match in _BREAK.finditer(page.text, whole.start, whole.end):
        cuts.update(match.span())
    for heading in headings:
        cuts.update(edge for edge in (heading.at.start, heading.at.end) if whole.start <= edge <= whole.end)
    starts = [heading.at.start for heading in headings]
    for start, end in pairwise(sorted(cuts)):
        at = _strip(page.text, start, end)
        if at.start == at.end:
            continue
        before = bisect_right(starts, at.start) - 1
        is_heading = before >= 0 and at.start < headings[before].at.end
        yield at, headings[before].level if is_heading else 0


def _cut_runs(page: Page, at: Range, source: Range | None) -> tuple[Run, ...]:
    ranges = [*page.emphasis, *([source] if source else [])]
    edges = {edge for item in ranges for edge in (item.start, item.end) if at.start < edge < at.end}
    return tuple(
        Run(
            page.text[start:end],
            is_strong=_covers(page.emphasis, start),
            is_source=source is not None and source.start <= start < source.end,
        )
        for start, end in pairwise(sorted({at.start, at.end, *edges}))
    )


def _mark_first(runs: tuple[Run, ...]) -> tuple[tuple[Run, ...], bool]:
    for index, run in enumerate(runs):
        if run.is_source:
            first = Run(run.text, is_strong=run.is_strong, is_source=True, is_first=True)
            return (*runs[:index], first, *runs[index + 1 :]), True
    return runs, False


def _strip(text: str, start: int, end: int) -> Range:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Range(start, end)


def _covers(ranges: Sequence[Range], offset: int) -> bool:
    return any(item.start <= offset < item.end for item in ranges)

"""A page of a reading as blocks to set: headings, paragraphs and parts, with emphasis and the words of a source.

What is more than running text (tables, lists, captions, code) keeps its form; formulas are runs of their own.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from domain.documents import Page, Part, PartKind, Range

_BREAK = re.compile(r"\n[^\S\n]*\n\s*")
_WITHIN_LINES = {PartKind.FORMULA}
_IN_ROWS = {PartKind.TABLE, PartKind.LIST}


@dataclass(frozen=True, slots=True)
class Run:
    """Words set in one way. `is_source` marks the words to show, `is_first` the first run of them.

    A formula's run is its LaTeX, dollar signs included.
    """

    text: str
    is_strong: bool = False
    is_source: bool = False
    is_first: bool = False
    is_formula: bool = False


Runs = tuple[Run, ...]
Rows = tuple[tuple[Runs, ...], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A heading (level from 1, rank 1 to 6 in the page's own order of headings), a paragraph (level 0) or a part.

    Of a table `rows` are its cells, of a list its lines, marks included; `number` is the part's place on its page, and
    `depths` how deep each line of a list stands in others.
    """

    level: int
    runs: Runs
    rank: int = 6
    part: Part | None = None
    number: int = -1
    rows: Rows = ()
    depths: tuple[int, ...] = ()


def lay_out(page: Page, *, within: Range | None = None, source: Range | None = None) -> tuple[Block, ...]:
    """Cut a page, or the part of it `within`, into blocks; the words of `source` are marked.

    The runs joined give the text again, but for the white space between blocks and the bars between cells.
    """
    whole = within or Range(0, len(page.text))
    setter = _Setter(page, source)
    return tuple(setter.set(at, level, number) for at, level, number in _cut_blocks(page, whole))


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


def _cut_blocks(page: Page, whole: Range) -> Iterator[tuple[Range, int, int]]:
    """Yield what stands where: its place, its level if it is a heading, its number if it is a part."""
    parts = {
        part.at: number
        for number, part in enumerate(page.parts)
        if part.kind not in _WITHIN_LINES and whole.start <= part.at.start < part.at.end <= whole.end
    }
    headings = {heading.at: heading.level for heading in page.headings}
    cuts = {whole.start, whole.end}
    for match in _BREAK.finditer(page.text, whole.start, whole.end):
        cuts.update(edge for edge in match.span() if not _is_inside(parts, edge))
    for place in (*headings, *parts):
        cuts.update(edge for edge in (place.start, place.end) if whole.start <= edge <= whole.end)
    for start, end in pairwise(sorted(cuts)):
        at = _strip(page.text, start, end)
        if at.start < at.end:
            yield at, _found(headings, at.start, 0), _found(parts, at.start, -1)


def _is_inside(places: Mapping[Range, int], offset: int) -> bool:
    return any(place.start < offset < place.end for place in places)


def _found(places: Mapping[Range, int], offset: int, default: int) -> int:
    return next((value for place, value in places.items() if place.start <= offset < place.end), default)


class _Setter:
    """Sets blocks of one page; the first run of the source is marked once."""

    def __init__(self, page: Page, source: Range | None) -> None:
        self._page = page
        self._source = source
        self._formulas = [part.at for part in page.parts if part.kind is PartKind.FORMULA]
        self._is_shown = False

    def set(self, at: Range, level: int, number: int) -> Block:
        part = self._page.parts[number] if number >= 0 else None
        if part is None or part.kind not in _IN_ROWS or not part.rows:
            return Block(level, self._runs(at), part=part, number=number)
        starts = self._starts(part) if part.kind is PartKind.LIST else []
        rows = self._lines([*starts, part.at.end]) if starts else self._cells(part)
        runs = tuple(run for row in rows for cell in row for run in cell)
        depths = tuple(self._indent(start) // 2 for start in starts)
        return Block(level, runs, part=part, number=number, rows=rows, depths=depths)

    def _cells(self, part: Part) -> Rows:
        return tuple(tuple(self._runs(cell) for cell in row) for row in part.rows)

    def _starts(self, part: Part) -> list[int]:
        """Give where the lines of a list begin."""
        text = self._page.text
        return [part.at.start, *(text.rfind("\n", part.at.start, row[0].start) + 1 for row in part.rows[1:])]

    def _lines(self, edges: list[int]) -> Rows:
        """Set the items of a list with the marks before them: each line reaches to where the next begins."""
        lines = (_strip(self._page.text, start, end) for start, end in pairwise(edges))
        return tuple((self._runs(line),) for line in lines)

    def _indent(self, start: int) -> int:
        rest = self._page.text[start:]
        return len(rest) - len(rest.lstrip(" "))

    def _runs(self, at: Range) -> Runs:
        source = self._source
        ranges = [*self._page.emphasis, *self._formulas, *([source] if source else [])]
        edges = {edge for item in ranges for edge in (item.start, item.end) if at.start < edge < at.end}
        edges = {edge for edge in edges if not any(one.start < edge < one.end for one in self._formulas)}
        return tuple(self._run(Range(*pair)) for pair in pairwise(sorted({at.start, at.end, *edges})))

    def _run(self, at: Range) -> Run:
        source = self._source
        is_source = source is not None and source.start < at.end and at.start < source.end
        is_first = is_source and not self._is_shown
        self._is_shown = self._is_shown or is_source
        return Run(
            self._page.text[at.start : at.end],
            is_strong=_covers(self._page.emphasis, at.start),
            is_source=is_source,
            is_first=is_first,
            is_formula=at in self._formulas,
        )


def _strip(text: str, start: int, end: int) -> Range:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Range(start, end)


def _covers(ranges: Sequence[Range], offset: int) -> bool:
    return any(item.start <= offset < item.end for item in ranges)

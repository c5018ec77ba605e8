"""Finds tables on a page, where they are sure: by ruled lines, or by cells that stand in columns row after row.

A table that is not one harms the order of reading, so every doubt speaks against it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from ingest.parsers.pdf.page import Line, PageText
from ingest.parsers.pdf.rows import (
    SAME_ROW,
    Cells,
    Piece,
    Row,
    find_gutters,
    group_rows,
    has_words,
    is_contents,
    is_maths,
    letters_of,
    pieces_of,
    sort_out,
)
from ingest.parsers.pdf.rules import Ruling, find_rulings

_LONGEST_STEP = 3.5
"""Of the type size: rows without rules are no further apart."""
_MOST_COLUMNS = 20
_MOST_CELL = 30
"""Letters of a cell on average, where no rules say that it is one."""
_MARK = re.compile(r"(?:[•◦▪‣·∙●○■□–—*+-]|[\[(]?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.):\]]{0,2})$")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, each cell the pieces of it from the top down; `at` is where it stands among the page's lines."""

    at: int
    lines: tuple[Line, ...]
    rows: tuple[tuple[tuple[Piece, ...], ...], ...]
    heads: int


def find_tables(page: PageText) -> list[Table]:
    """Find the tables of a page, in the order of its lines."""
    taken: set[int] = set()
    tables: list[Table] = []
    for ruling in _split(find_rulings(page.rules), page.lines):
        inside = [index for index, line in enumerate(page.lines) if index not in taken and ruling.holds(line)]
        table = _ruled_table(page.lines, inside, ruling)
        if table is not None:
            taken.update(inside)
            tables.append(table)
    for run in _runs_of_rows(page.lines, taken):
        table = _bare_table(page.lines, run)
        if table is not None:
            tables.append(table)
    return sorted(map(_in_reading_order, tables), key=lambda table: table.at)


def _in_reading_order(table: Table) -> Table:
    """Let the first column be the right one where most lines run from right to left."""
    if sum(line.begin < 0 for line in table.lines) * 2 <= len(table.lines):
        return table
    return replace(table, rows=tuple(row[::-1] for row in table.rows))


def _ruled_table(lines: Sequence[Line], inside: list[int], ruling: Ruling) -> Table | None:
    rows = group_rows([piece for index in inside for piece in pieces_of(lines[index])])
    if len(rows) < 2:
        return None
    size = max(lines[index].size for index in inside)
    columns = _by_rules(ruling) or find_gutters(rows, 0.5 * size)
    if not 2 <= len(columns) <= _MOST_COLUMNS:
        return None
    cells = list(_banded([sort_out(row, columns) for row in rows], ruling))
    filled = sum(bool(cell) for row in cells for cell in row)
    least = 0.5 if ruling.is_grid else 0.7
    if len(cells) < 2 or filled < least * len(cells) * len(columns) or not has_words(rows) or is_contents(rows):
        return None
    if not ruling.is_grid and (letters_of(rows) > _MOST_CELL * filled or is_maths(rows)):
        return None
    return Table(inside[0], tuple(lines[index] for index in inside), tuple(cells), _heads(cells, ruling))


def _split(rulings: Iterable[Ruling], lines: Sequence[Line]) -> Iterator[Ruling]:
    """Part level rules without upright ones where prose stands between two of them."""
    for ruling in rulings:
        if ruling.uprights:
            yield ruling
            continue
        run: list[float] = []
        for low, high in pairwise(ruling.levels):
            place = ruling.place._replace(low=low, high=high)
            inside = [piece for line in lines if ruling.holds(line, place) for piece in pieces_of(line)]
            rows = group_rows(inside)
            if rows and sum(len(row) > 1 for row in rows) * 2 >= len(rows):
                run = run or [low]
                run.append(high)
            elif run:
                yield ruling.part(run)
                run = []
        if run:
            yield ruling.part(run)


def _by_rules(ruling: Ruling) -> list[tuple[float, float]]:
    """Give columns between upright rules; none where only the edges are ruled."""
    edges = ruling.edges()
    return list(pairwise(edges)) if len(edges) > 2 else []


def _banded(cells: Sequence[Cells], ruling: Ruling) -> Iterator[Cells]:
    """Make one row of the lines between two rules where they are one; else join what goes on in one cell."""
    for _, group in groupby(cells, key=lambda row: ruling.band(_top(row))):
        band = list(group)
        if _is_one_row(band, ruling):
            yield _joined(band)
        else:
            yield from _rows_of_lines(band)


def _is_one_row(band: Sequence[Cells], ruling: Ruling) -> bool:
    """Whether the lines between two rules are one row: some cells have fewer lines than others, or a word goes on."""
    if all(all(row) for row in band):
        goes_on = not _has_small_start(band[0]) and all(_has_small_start(row) for row in band[1:])
        return goes_on or any(piece.line.is_hyphenated for row in band[:-1] for cell in row for piece in cell)
    if ruling.has_rows:
        return True
    columns = [[bool(row[column]) for row in band] for column in range(len(band[0]))]
    return all(filled == sorted(filled, reverse=True) for filled in columns)


def _has_small_start(row: Cells) -> bool:
    """Whether every cell of a row begins with a small letter."""
    return all(cell[0].text[:1].islower() for cell in row)


def _rows_of_lines(rows: Iterable[Cells]) -> list[Cells]:
    """Give rows of one line each, but for lines that go on in one cell."""
    whole: list[Cells] = []
    for row in rows:
        if whole and _goes_on(whole[-1], row):
            whole[-1] = _joined((whole[-1], row))
        else:
            whole.append(row)
    return whole


def _joined(rows: Sequence[Cells]) -> Cells:
    return tuple(tuple(piece for cell in column for piece in cell) for column in zip(*rows, strict=True))


def _goes_on(above: Cells, row: Cells) -> bool:
    """Whether a row is but the next line of one cell of the row above, and not of its first."""
    filled = [index for index, cell in enumerate(row) if cell]
    return len(row) > 1 and len(filled) == 1 and filled[0] > 0 and bool(above[filled[0]])


def _heads(cells: Sequence[Cells], ruling: Ruling | None) -> int:
    """Count the rows at the top that name columns: parted from the rest by a rule, alone bold, or under a title."""
    first, second = cells[0], cells[1]
    if len(cells) > 2 and len(first) > 2 and sum(map(bool, first)) == 1 and all(second):
        return 2
    if ruling is not None and ruling.parts_head(_top(first), _top(second), _top(cells[-1])):
        return 1
    return int(_is_bold(first) and not _is_bold(second)) or int(not _has_digits(first) and any(map(_has_digits, cells)))


def _is_bold(row: Cells) -> bool:
    return all(piece.line.is_all_bold for cell in row for piece in cell)


def _has_digits(row: Cells) -> bool:
    """Whether a cell of a row, but for the first, begins with a number."""
    return any(cell and cell[0].text[:1].isdigit() for cell in row[1:])


def _top(row: Cells) -> float:
    return max(piece.line.y for cell in row for piece in cell)


def _runs_of_rows(lines: Sequence[Line], taken: set[int]) -> Iterator[list[int]]:
    """Give stretches of lines that go down the page, most rows of them in several pieces."""
    run: list[int] = []
    beside = {
        index
        for index in range(1, len(lines))
        if -SAME_ROW < (lines[index].y - lines[index - 1].y) / (lines[index].size or 1) < SAME_ROW
    }
    if not beside and not any(line.cells for line in lines):
        return
    for index, line in enumerate(lines):
        before = lines[run[-1]] if run else None
        if before is not None and (index in taken or not _follows(before, line)):
            yield run
            run = []
        if index not in taken and (run or line.cells or index + 1 in beside):
            run.append(index)
    if run:
        yield run


def _follows(before: Line, line: Line) -> bool:
    """Whether a line stands in the same row as the one before or in the next, and is part of a row of cells."""
    down = before.y - line.y
    if abs(down) < SAME_ROW * line.size:
        return line.left > before.left
    return 0 < down < _LONGEST_STEP * line.size


def _bare_table(lines: Sequence[Line], run: Sequence[int]) -> Table | None:
    """Find the rows of several cells within a stretch, and check that they are a table beyond doubt."""
    rows = group_rows([piece for index in run for piece in pieces_of(lines[index])])
    wide = [number for number, row in enumerate(rows) if len(row) > 1]
    if len(wide) < 3:
        return None
    rows = rows[wide[0] : wide[-1] + 1]
    size = max(piece.line.size for row in rows for piece in row)
    columns = find_gutters(rows, 0.9 * size)
    if not 2 <= len(columns) <= _MOST_COLUMNS or not _is_sure(rows, len(columns)):
        return None
    cells = _rows_of_lines(sort_out(row, columns) for row in rows)
    filled = sum(bool(cell) for row in cells for cell in row)
    if len(cells) < 3 or filled < 0.75 * len(cells) * len(columns) or _is_list(cells):
        return None
    kept = {id(piece.line) for row in rows for piece in row}
    inside = [index for index in run if id(lines[index]) in kept]
    return Table(inside[0], tuple(lines[index] for index in inside), tuple(cells), _heads(cells, None))


def _is_sure(rows: Sequence[Row], columns: int) -> bool:
    """Whether rows are cells rather than formulas, columns of prose, code, or lines of contents."""
    pieces = [piece for row in rows for piece in row]
    single = sum(len(row) == 1 for row in rows)
    return (
        letters_of(rows) <= _MOST_CELL * len(pieces)
        and not is_maths(rows)
        and has_words(rows)
        and single * (4 if columns == 2 else 3) <= len(rows)
        and not all(piece.line.is_mono for piece in pieces)
        and not is_contents(rows)
    )


def _is_list(cells: Sequence[Cells]) -> bool:
    """Whether the first of two columns has marks of items only."""
    first = ["".join(piece.text for piece in row[0]) for row in cells]
    return len(cells[0]) == 2 and sum(not text or bool(_MARK.match(text)) for text in first) * 2 > len(first)

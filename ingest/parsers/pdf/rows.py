"""Pieces of lines in rows and columns: where cells stand, and whether what stands there could be a table."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ingest.parsers.pdf.page import Line

SAME_ROW = 0.5
"""Of the type size: pieces whose base lines are closer stand beside each other."""

_WORD = re.compile(r"[^\W\d_]{2}|[\u3040-\u9fff]")
_SIGN = re.compile(r"[^\W_]")
_LEADERS = re.compile(r"(?:\. ?){5,}")


class Piece(NamedTuple):
    """Words of a cell, in one line."""

    left: float
    right: float
    text: str
    line: Line


Row = list[Piece]
Cells = tuple[tuple[Piece, ...], ...]


def pieces_of(line: Line) -> Iterator[Piece]:
    """Give what of a line stands apart from the rest of it, or all of it."""
    if not line.cells:
        yield Piece(line.left, line.right + line.size / 2, line.text.strip(), line)
    for cell in line.cells:
        yield Piece(cell.left, cell.right, line.text[cell.start : cell.end], line)


def group_rows(pieces: Iterable[Piece]) -> list[Row]:
    """Group pieces that stand beside each other, from the top down, each row from the left."""
    rows: list[Row] = []
    for piece in sorted(pieces, key=lambda piece: -piece.line.y):
        if rows and rows[-1][0].line.y - piece.line.y < SAME_ROW * piece.line.size:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=_by_place) for row in rows]


def find_gutters(rows: Sequence[Row], least: float) -> list[tuple[float, float]]:
    """Give the columns that rows of several pieces leave between them, with gaps of a least width."""
    columns: list[tuple[float, float]] = []
    for piece in sorted((piece for row in rows if len(row) > 1 for piece in row), key=_by_place):
        if columns and piece.left < columns[-1][1] + least:
            columns[-1] = (columns[-1][0], max(columns[-1][1], piece.right))
        else:
            columns.append((piece.left, piece.right))
    return columns


def sort_out(row: Row, columns: Sequence[tuple[float, float]]) -> Cells:
    """Put the pieces of a row into columns: each where most of it stands."""
    cells: list[list[Piece]] = [[] for _ in columns]
    for piece in row:
        shared = [min(piece.right, right) - max(piece.left, left) for left, right in columns]
        cells[shared.index(max(shared))].append(piece)
    return tuple(tuple(cell) for cell in cells)


def letters_of(rows: Sequence[Row]) -> int:
    """Count the letters of rows."""
    return sum(len(piece.text) for row in rows for piece in row)


def is_maths(rows: Sequence[Row]) -> bool:
    """Whether rows are formulas, going by their type and their signs."""
    maths = sum(
        run.end - run.start for row in rows for line in _lines_of(row) for run in line.runs if run.font.is_maths
    )
    formulas = sum(any("=" in piece.text for piece in row) for row in rows)
    return maths * 4 > letters_of(rows) or formulas * 3 >= len(rows)


def has_words(rows: Sequence[Row]) -> bool:
    """Whether most cells say something, and some of them in words."""
    texts = [piece.text for row in rows for piece in row]
    said = sum(bool(_SIGN.search(text)) for text in texts)
    return said * 2 > len(texts) and any(_WORD.search(text) for text in texts)


def _lines_of(row: Row) -> list[Line]:
    return list({id(piece.line): piece.line for piece in row}.values())


def is_contents(rows: Sequence[Row]) -> bool:
    """Whether dots lead from titles to page numbers."""
    return any(_LEADERS.search(piece.text) for row in rows for piece in row)


def _by_place(piece: Piece) -> tuple[float, float]:
    return piece.left, piece.right

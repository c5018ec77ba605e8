"""Tables of a Word document: as tables where they hold data, as text where they only place it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from domain.documents import PartKind
from ingest.parsers.docx.items import Item, Note
from ingest.parsers.docx.runs import Story
from ingest.parsers.docx.styles import is_shade
from ingest.parsers.flow import Block
from ingest.parsers.office.figures import Figure
from ingest.parsers.office.ooxml import Element, W, whole, words_of
from ingest.parsers.office.text import join_blocks, on_one_line, set_table

_AROUND = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"))
_MOST_COLUMNS = 100
_FIRST_ROW = 0x0020
"""The bit of a table's look that sets its first row apart (ISO/IEC 29500-1, 17.4.55)."""

Cell = list[Item]
ReadCell = Callable[[Element, bool], Cell]
"""Reads an element on a ground that is white or not."""


@dataclass(slots=True)
class _Grid:
    """The cells of a table, row by row, each with what stands in it."""

    rows: list[list[Cell]] = field(default_factory=list)
    heads: int = 0


def read_table(table: Element, story: Story, read: ReadCell) -> Iterator[Item]:
    """Read a table; one that only places text (a frame, columns side by side) gives what stands in it."""
    grid = _read_grid(table, story, read)
    if _is_layout(grid):
        for row in grid.rows:
            for cell in row:
                yield from cell
        return
    figures: list[Figure] = []
    notes: list[Note] = []
    for row in grid.rows:
        for cell in row:
            for item in cell:
                figures += item.figures
                notes += item.notes
    rows = [[_flatten(cell) for cell in row] for row in grid.rows]
    yield Item(set_table(rows, heads=grid.heads), figures=figures, notes=notes, rows=rows)


def _read_grid(table: Element, story: Story, read: ReadCell) -> _Grid:
    properties = table.find(f"{W}tblPr")
    named = properties.find(f"{W}tblStyle") if properties is not None else None
    style = story.styles.find(named.get(f"{W}val", "") if named is not None else "", "table")
    is_shaded = style.has_shading or (properties is not None and is_shade(properties.find(f"{W}shd")))
    grid = _Grid()
    marked = 0
    for row in _inside(table, "tr"):
        said = row.find(f"{W}trPr")
        if said is not None and said.find(f"{W}del") is not None:
            story.tally.add("deleted_text", words_of(row))
            continue
        if said is not None and said.find(f"{W}tblHeader") is not None and marked == len(grid.rows):
            marked += 1
        grid.rows.append(_read_row(row, read, is_shaded=is_shaded))
    grid.heads = marked or int(_has_first_row(properties) and len(grid.rows) > 1)
    return grid


def _read_row(row: Element, read: ReadCell, *, is_shaded: bool) -> list[Cell]:
    """Read the cells of a row; the places that a cell takes beyond its own stay empty."""
    before = row.find(f"{W}trPr/{W}gridBefore")
    cells: list[Cell] = [[]] * min(max(whole(before.get(f"{W}val")), 0), _MOST_COLUMNS) if before is not None else []
    for cell in _inside(row, "tc"):
        properties = cell.find(f"{W}tcPr")
        merge = properties.find(f"{W}vMerge") if properties is not None else None
        if merge is not None and merge.get(f"{W}val", "continue") == "continue":
            cells.append([])
        else:
            shade = properties.find(f"{W}shd") if properties is not None else None
            cells.append(read(cell, is_shaded or is_shade(shade)))
        span = properties.find(f"{W}gridSpan") if properties is not None else None
        more = whole(span.get(f"{W}val"), 1) - 1 if span is not None else 0
        cells += [[] for _ in range(min(more, _MOST_COLUMNS - len(cells)))]
    return cells


def _inside(element: Element, name: str) -> Iterator[Element]:
    for child in element:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in _AROUND:
            yield from _inside(child, name)


def _has_first_row(properties: Element | None) -> bool:
    look = properties.find(f"{W}tblLook") if properties is not None else None
    if look is None:
        return False
    said = look.get(f"{W}firstRow")
    if said is not None:
        return bool(said in {"1", "true", "on"})
    try:
        return bool(int(look.get(f"{W}val", "0")[:8], 16) & _FIRST_ROW)
    except ValueError:
        return False


def _is_layout(grid: _Grid) -> bool:
    """Whether a table has no rows and columns of data: one column, headings in it, or one row of whole texts."""
    filled = [sum(1 for cell in row if any(item.block.text for item in cell)) for row in grid.rows]
    if max(filled, default=0) <= 1:
        return True
    cells = [cell for row in grid.rows for cell in row]
    if any(item.level and item.block.text for cell in cells for item in cell):
        return True
    return sum(map(bool, filled)) == 1 and any(sum(1 for item in cell if item.block.text) > 1 for cell in cells)


def _flatten(cell: Cell) -> Block:
    """Put what stands in a cell on one line."""
    return join_blocks([_line(item) for item in cell if item.block.text or item.block.hidden], " ")


def _line(item: Item) -> Block:
    """Put a paragraph, or the rows of a table within a table, on one line."""
    if item.rows:
        return join_blocks([join_blocks([cell for cell in row if cell.text], ", ") for row in item.rows], "; ")
    mark = Block(f"{item.mark} " if item.mark else "")
    formulas = tuple(part for part in item.block.parts if part.kind is PartKind.FORMULA)
    return join_blocks([mark, replace(on_one_line(item.block), parts=formulas)], "")

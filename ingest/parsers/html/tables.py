"""Tables of web pages and books: which hold data and not a layout, and their cells on a grid."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ingest.parsers.html.tree import attributes_of, kinds_of, name_of, words_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_MOST_CELLS = 50_000
_MOST_SPAN = 100
_LONGEST_CELL = 1_500
_BLOCKS = "h1, h2, h3, h4, h5, h6, figure, pre, section, article"


def rows_of(table: "LexborNode") -> "list[LexborNode]":
    """Give the rows of a table, those of its head first and those of its foot last."""
    heads: list[LexborNode] = []
    bodies: list[LexborNode] = []
    feet: list[LexborNode] = []
    for child in _elements(table):
        kind = name_of(child)
        rows = [child] if kind == "tr" else [row for row in _elements(child) if name_of(row) == "tr"]
        {"thead": heads, "tfoot": feet}.get(kind, bodies).extend(rows)
    return heads + bodies + feet


def holds_data(table: "LexborNode", rows: "Sequence[LexborNode]") -> bool:
    """Whether a table is one for its readers, not there to place things on the page."""
    if kinds_of(attributes_of(table)) & {"presentation", "none"}:
        return False
    cells = [list(_cells(row)) for row in rows]
    if sum(1 for row in cells if row) < 2 or max(len(row) for row in cells) < 2 or len(cells) > _MOST_CELLS:
        return False
    each = [cell for row in cells for cell in row]
    if 2 * sum(1 for cell in each if cell.css_first("table") is not None) > len(each):
        return False
    return not any(cell.css_first(_BLOCKS) is not None or len(words_of(cell)) > _LONGEST_CELL for cell in each)


def caption_of(table: "LexborNode") -> "LexborNode | None":
    """Give the caption of a table, not that of a table in one of its cells."""
    return next((child for child in _elements(table) if name_of(child) == "caption"), None)


def count_heads(rows: "Sequence[LexborNode]") -> int:
    """Give how many of the first rows are the table's head: those in `thead`, else the first if all its cells are."""
    count = 0
    for row in rows:
        above = row.parent
        if above is None or name_of(above) != "thead":
            break
        count += 1
    if count == 0 and rows and all(name_of(cell) == "th" for cell in _cells(rows[0])):
        return 1
    return min(count, len(rows) - 1)


def lay_out(rows: "Sequence[LexborNode]") -> "list[list[LexborNode | None]]":
    """Set cells on a grid: a cell that spans columns or rows stands in the first, the others are empty."""
    grid: list[list[LexborNode | None]] = []
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        places: list[LexborNode | None] = []
        for cell in _cells(row):
            while (number, len(places)) in taken:
                places.append(None)
            wide, high = _span(cell, "colspan"), min(_span(cell, "rowspan"), len(rows) - number)
            if len(taken) < _MOST_CELLS:
                taken |= {(number + down, len(places) + along) for down in range(1, high) for along in range(wide)}
            places += [cell] + [None] * (wide - 1)
        while (number, len(places)) in taken:
            places.append(None)
        grid.append(places)
    return grid


def _cells(row: "LexborNode") -> "Iterator[LexborNode]":
    return (cell for cell in _elements(row) if name_of(cell) in {"td", "th"})


def _span(cell: "LexborNode", name: str) -> int:
    said = (cell.attributes.get(name) or "1").strip()
    return min(max(int(said), 1), _MOST_SPAN) if said.isascii() and said.isdigit() and len(said) < 6 else 1


def _elements(node: "LexborNode") -> "Iterator[LexborNode]":
    child = node.child
    while child is not None:
        if child.is_element_node:
            yield child
        child = child.next

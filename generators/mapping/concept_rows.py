"""Rows of boxes with free lanes between them for lines that pass: their order and their places."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

_SWEEPS = 12
_SAME_ROW_PULL = 0.5


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in a row: the box of a concept or, if not `is_box`, a lane for the lines that hang from the concept."""

    row: int
    id: str
    is_box: bool = True


class Grid:
    """The rows, and for each edge the chain of cells that its line passes."""

    def __init__(self, rows: Sequence[Sequence[str]], edges: Sequence[tuple[str, str]]) -> None:
        """Put a lane into every row that an edge has to cross."""
        self.rows = [[Cell(index, id_) for id_ in row] for index, row in enumerate(rows)]
        home = {cell.id: cell for row in self.rows for cell in row}
        self.chains: list[tuple[Cell, ...]] = []
        self._beside: dict[Cell, list[Cell]] = defaultdict(list)
        for source, target in edges:
            first, last = home[source], home[target]
            step = 1 if first.row < last.row else -1
            upper = source if step == 1 else target
            between = range(first.row + step, last.row, step) if first.row != last.row else range(0)
            lanes = [Cell(row, upper, is_box=False) for row in between]
            for lane in lanes:
                if lane not in self._beside:
                    row = self.rows[lane.row]
                    row.insert(len(row) // 2, lane)
            chain = (first, *lanes, last)
            self.chains.append(chain)
            for here, next_ in pairwise(chain):
                self._beside[here].append(next_)
                self._beside[next_].append(here)

    def untangle(self) -> None:
        """Order each row by where its neighbours stand, sweeping down and up; keep the order with fewest crossings."""
        best, fewest = [list(row) for row in self.rows], self.count_crossings()
        for sweep in range(_SWEEPS):
            down = sweep % 2 == 0
            order = range(len(self.rows)) if down else range(len(self.rows) - 1, -1, -1)
            for index in order:
                self._sort_row(index)
            crossings = self.count_crossings()
            if crossings < fewest:
                best, fewest = [list(row) for row in self.rows], crossings
        self.rows = best

    def count_crossings(self) -> int:
        """Count the pairs of lines between neighbouring rows that cross."""
        place = {cell: index for row in self.rows for index, cell in enumerate(row)}
        lines: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for chain in self.chains:
            for here, next_ in pairwise(chain):
                if here.row != next_.row:
                    upper, lower = (here, next_) if here.row < next_.row else (next_, here)
                    lines[upper.row].append((place[upper], place[lower]))
        crossings = 0
        for between in lines.values():
            between.sort()
            for index, (_, first) in enumerate(between):
                crossings += sum(second < first for _, second in between[index + 1 :])
        return crossings

    def place(self, widths: Mapping[str, float], *, gap: float, lane: float) -> dict[Cell, float]:
        """Give each cell the x of its middle: near its neighbours', in order, never closer than the gaps."""

        def width(cell: Cell) -> float:
            return widths[cell.id] if cell.is_box else lane

        xs: dict[Cell, float] = {}
        for row in self.rows:
            middle = sum(width(cell) + gap for cell in row) / 2
            x = -middle
            for cell in row:
                xs[cell] = x + width(cell) / 2
                x += width(cell) + gap
        for sweep in range(_SWEEPS):
            order = self.rows if sweep % 2 == 0 else self.rows[::-1]
            for row in order:
                self._place_row(
                    row, xs, lambda a, b: (width(a) + width(b)) / 2 + (gap if a.is_box and b.is_box else gap / 2)
                )
        return xs

    def _sort_row(self, index: int) -> None:
        place = {cell: number / max(1, len(row) - 1) for row in self.rows for number, cell in enumerate(row)}

        def wish(cell: Cell) -> float:
            pulls = [(place[other], _SAME_ROW_PULL if other.row == index else 1.0) for other in self._beside[cell]]
            weight = sum(pull for _, pull in pulls)
            return sum(where * pull for where, pull in pulls) / weight if weight else place[cell]

        self.rows[index].sort(key=lambda cell: (wish(cell), place[cell]))

    def _place_row(self, row: Sequence[Cell], xs: dict[Cell, float], apart: Callable[[Cell, Cell], float]) -> None:
        offsets = [0.0]
        for here, next_ in pairwise(row):
            offsets.append(offsets[-1] + apart(here, next_))
        wishes = []
        for cell, offset in zip(row, offsets, strict=True):
            others = [xs[other] for other in self._beside[cell] if other.row != cell.row]
            wishes.append((sum(others) / len(others) if others else xs[cell]) - offset)
        weights = [1.0 if cell.is_box else 3.0 for cell in row]
        for cell, offset, x in zip(row, offsets, _rising(wishes, weights), strict=True):
            xs[cell] = x + offset


def _rising(values: Sequence[float], weights: Sequence[float]) -> list[float]:
    """Give the rising values nearest to the given ones (isotonic regression by pooling adjacent violators)."""
    pools: list[tuple[float, float, int]] = []
    for value, weight in zip(values, weights, strict=True):
        pool = (value, weight, 1)
        while pools and pools[-1][0] > pool[0]:
            before = pools.pop()
            total = before[1] + pool[1]
            pool = ((before[0] * before[1] + pool[0] * pool[1]) / total, total, before[2] + pool[2])
        pools.append(pool)
    return [value for value, _, count in pools for _ in range(count)]

"""Where the concepts of a map stand: rows by what must be known first, and lines that pass between the boxes.

A layered drawing after Sugiyama: rows from layers, long lines led through gaps that are kept free for them, order
by barycentres, places by isotonic regression. It is deterministic and knows nothing of networkx or SVG.
Lengths are in pixels, x to the right and y down.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from generators.mapping.concept_labels import LINE_HEIGHT, measure, wrap
from generators.mapping.concept_rows import Cell, Grid

BOX_GAP = 34
ROW_GAP = 58
_PADDING_X, _PADDING_Y = 14, 10
_LANE = 18
_MARGIN = 16
_NARROWEST_ROW, _WIDEST_ROW = 620.0, 1080.0
_DIP = 30.0

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """The box of one concept with the lines of its label."""

    id: str
    lines: tuple[str, ...]
    x: float
    y: float
    width: float
    height: float

    def overlaps(self, other: "Box") -> bool:
        """Whether the two boxes share any point."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )


@dataclass(frozen=True, slots=True)
class Route:
    """A line between two boxes: points that it passes, upright at each; `is_level` runs straight between neighbours."""

    source: str
    target: str
    points: tuple[Point, ...]
    is_level: bool = False
    is_arc: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """Boxes and lines, and the size of the whole. Boxes from `loose_from` down have no lines."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    routes: tuple[Route, ...]
    loose_from: float | None = None


def arrange(
    groups: Sequence[Sequence[Sequence[str]]], labels: Mapping[str, str], edges: Sequence[tuple[str, str]]
) -> Picture:
    """Place groups of linked concepts, each given as layers of ids; single ones are set in rows below the rest."""
    linked = [layers for layers in groups if sum(map(len, layers)) > 1]
    loose = [layers[0][0] for layers in groups if sum(map(len, layers)) == 1]
    boxes = {id_: _box(id_, label) for id_, label in labels.items()}
    pictures = [_arrange_group(layers, boxes, edges) for layers in linked]
    picture = _pack(pictures)
    return _add_loose(picture, [boxes[id_] for id_ in loose]) if loose else picture


def _box(id_: str, label: str) -> Box:
    lines = wrap(label)
    width = max(map(measure, lines), default=0.0) + 2 * _PADDING_X
    return Box(id_, lines, 0.0, 0.0, round(max(width, 64.0)), len(lines) * LINE_HEIGHT + 2 * _PADDING_Y)


def _arrange_group(
    layers: Sequence[Sequence[str]], boxes: Mapping[str, Box], edges: Sequence[tuple[str, str]]
) -> Picture:
    members = {id_ for layer in layers for id_ in layer}
    inner = [edge for edge in edges if edge[0] in members]
    widest = min(_WIDEST_ROW, max(_NARROWEST_ROW, 190.0 * len(members) ** 0.5))
    grid = Grid([row for layer in layers for row in _rows(layer, boxes, widest)], inner)
    grid.untangle()
    xs = grid.place({id_: boxes[id_].width for id_ in members}, gap=BOX_GAP, lane=_LANE)
    placed, y = {}, 0.0
    tops = []
    for row in grid.rows:
        height = max(boxes[cell.id].height for cell in row if cell.is_box)
        tops.append((y, y + height))
        for cell in row:
            if cell.is_box:
                box = boxes[cell.id]
                placed[cell.id] = replace(box, x=xs[cell] - box.width / 2, y=y, height=height)
        y += height + ROW_GAP
    routes = list(_routes(grid, placed, xs, tops))
    return _frame(list(placed.values()), routes)


def _rows(layer: Sequence[str], boxes: Mapping[str, Box], widest: float) -> Iterator[list[str]]:
    """Break a layer that is too wide into rows of about equal width."""
    total = sum(boxes[id_].width + BOX_GAP for id_ in layer)
    count = max(1, -(-int(total) // int(widest)))
    row: list[str] = []
    width = 0.0
    for id_ in layer:
        step = boxes[id_].width + BOX_GAP
        if row and width + step / 2 > total / count:
            yield row
            row, width = [], 0.0
        row.append(id_)
        width += step
    yield row


def _routes(
    grid: Grid, boxes: Mapping[str, Box], xs: Mapping[Cell, float], tops: Sequence[tuple[float, float]]
) -> Iterator[Route]:
    """Lead every edge from port to port, by way of its free lanes."""
    ports = _ports(grid, boxes, xs)
    for chain in grid.chains:
        first, last = chain[0], chain[-1]
        source, target = boxes[first.id], boxes[last.id]
        if len(chain) == 2 and first.row == last.row:
            yield _same_row(grid, chain, boxes, ports)
            continue
        is_down = first.row < last.row
        points = [(ports[chain, 0], source.y + source.height if is_down else source.y)]
        for lane in chain[1:-1]:
            top, bottom = tops[lane.row]
            points += [(xs[lane], top), (xs[lane], bottom)] if is_down else [(xs[lane], bottom), (xs[lane], top)]
        points.append((ports[chain, 1], target.y if is_down else target.y + target.height))
        yield Route(first.id, last.id, tuple(points))


def _same_row(
    grid: Grid, chain: tuple[Cell, ...], boxes: Mapping[str, Box], ports: Mapping[tuple[tuple[Cell, ...], int], float]
) -> Route:
    """Join neighbours by a level line, others by an arc below the row."""
    first, last = chain
    source, target = boxes[first.id], boxes[last.id]
    row = grid.rows[first.row]
    if abs(row.index(first) - row.index(last)) == 1:
        middle = source.y + source.height / 2
        is_right = source.x < target.x
        start = source.x + source.width if is_right else source.x
        end = target.x if is_right else target.x + target.width
        return Route(first.id, last.id, ((start, middle), (end, middle)), is_level=True)
    bottom = source.y + source.height
    points = ((ports[chain, 0], bottom), (ports[chain, 1], bottom + _DIP), (ports[chain, 1], bottom))
    return Route(first.id, last.id, points, is_arc=True)


def _ports(grid: Grid, boxes: Mapping[str, Box], xs: Mapping[Cell, float]) -> dict[tuple[tuple[Cell, ...], int], float]:
    """Spread the ends of the lines along the side of the box where they meet it; lines to one lane share an end."""
    sides: dict[tuple[str, int], dict[Cell, list[tuple[tuple[Cell, ...], int]]]] = defaultdict(dict)
    for chain in grid.chains:
        for end, (here, next_) in enumerate(((chain[0], chain[1]), (chain[-1], chain[-2]))):
            side = -1 if next_.row < here.row else 1
            sides[here.id, side].setdefault(next_, []).append((chain, end))
    ports = {}
    for (id_, _), ends in sides.items():
        box = boxes[id_]
        step = min(26.0, (box.width - 28) / max(1, len(ends) - 1))
        start = box.x + box.width / 2 - step * (len(ends) - 1) / 2
        for place, next_ in enumerate(sorted(ends, key=lambda cell: (xs[cell], cell.id))):
            for chain, end in ends[next_]:
                ports[chain, end] = start + step * place
    return ports


def _frame(boxes: list[Box], routes: list[Route]) -> Picture:
    """Move everything so that it begins at the corner, and measure it."""
    xs = [point[0] for route in routes for point in route.points]
    left = min(*xs, *(box.x for box in boxes))
    boxes = [replace(box, x=box.x - left) for box in boxes]
    routes = [replace(route, points=tuple((x - left, y) for x, y in route.points)) for route in routes]
    right = max(*(x - left for x in xs), *(box.x + box.width for box in boxes))
    bottom = max(box.y + box.height for box in boxes)
    if any(route.is_arc for route in routes):
        bottom += _DIP
    return Picture(right, bottom, tuple(boxes), tuple(routes))


def _pack(pictures: Sequence[Picture]) -> Picture:
    """Set groups beside each other as far as they fit, the largest first, then below."""
    area = sum((picture.width + BOX_GAP) * (picture.height + ROW_GAP) for picture in pictures)
    widest = max([_NARROWEST_ROW, min(_WIDEST_ROW, 1.2 * area**0.5), *(picture.width for picture in pictures)])
    x = y = shelf = right = 0.0
    boxes: list[Box] = []
    routes: list[Route] = []
    for picture in sorted(pictures, key=lambda picture: -len(picture.boxes)):
        if x and x + picture.width > widest:
            x, y, shelf = 0.0, y + shelf + ROW_GAP, 0.0
        boxes += [replace(box, x=box.x + x + _MARGIN, y=box.y + y + _MARGIN) for box in picture.boxes]
        routes += [
            replace(route, points=tuple((px + x + _MARGIN, py + y + _MARGIN) for px, py in route.points))
            for route in picture.routes
        ]
        x, shelf = x + picture.width + 1.5 * BOX_GAP, max(shelf, picture.height)
        right = max(right, x - 1.5 * BOX_GAP)
    height = y + shelf + 2 * _MARGIN if boxes else _MARGIN
    return Picture(right + 2 * _MARGIN, height, tuple(boxes), tuple(routes))


def _add_loose(picture: Picture, boxes: Sequence[Box]) -> Picture:
    """Set the boxes without lines in rows below."""
    top = picture.height + (2 * LINE_HEIGHT if picture.boxes else LINE_HEIGHT)
    widest = max(picture.width, _NARROWEST_ROW)
    rows: list[list[Box]] = [[]]
    x = float(_MARGIN)
    for box in boxes:
        if rows[-1] and x + box.width + _MARGIN > widest:
            rows.append([])
            x = float(_MARGIN)
        rows[-1].append(replace(box, x=x))
        x += box.width + BOX_GAP / 2
    placed, y = [], top
    for row in rows:
        height = max(box.height for box in row)
        placed += [replace(box, y=y, height=height) for box in row]
        y += height + BOX_GAP / 2
    right = max(box.x + box.width for box in placed) + _MARGIN
    return Picture(max(picture.width, right), y + _MARGIN, (*picture.boxes, *placed), picture.routes, loose_from=top)


def segments(route: Route) -> Iterator[tuple[Point, Point]]:
    """Yield the pieces of a route from point to point."""
    return pairwise(route.points)

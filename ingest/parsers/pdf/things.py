"""What is on a page beside text: pictures, ruled lines, drawn shapes, and grounds that white letters show on."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.parsers.pdf.calls import Calls
from ingest.parsers.pdf.page import Place, around
from ingest.parsers.pdf.turn import Turn

_TEXT, _PATH, _FORM = 1, 2, 5
_IMAGE = 3
_LINE_TO, _MOVE_TO = 0, 2

_MOST_THINGS = 20_000
_MOST_PIECES = 400
_DEEPEST = 3
_THIN = 2.5
"""Points; a shape that is thinner is a line."""
_LEAST_RULE = 8.0
_LEAST_CELL = 16.0
_WHITE = 250

_STEP = 12.0
"""Points: pieces of a drawing are closer than two steps."""
_MOST_SQUARES = 40_000
_MOST_SHAPES = 1_000
_MOST_SHARE = 0.8
"""Of the page: a larger shape is its ground."""
_LEAST_DRAWING = 40.0

Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True, slots=True)
class Things:
    """Places on the page as people see it. `shapes` are drawn, and neither lines nor grounds of a text."""

    pictures: list[Place] = field(default_factory=list)
    rules: list[Place] = field(default_factory=list)
    shapes: list[Place] = field(default_factory=list)
    grounds: list[Place] = field(default_factory=list)


def find_things(calls: Calls, page: int, turn: Turn) -> Things:
    """Look at everything on a page, up to a number that no page made for people has."""
    things = Things()
    for thing, kind, matrix in _Walk(calls).page(page):
        place = turn.place(_drawn(calls.bounds(thing), matrix))
        if kind == _PATH:
            _sort_path(calls, thing, place, things)
            if not _is_thin(place) and max(place.width, place.height) >= _LEAST_CELL:
                drawn = _both(calls.matrix(thing), matrix)
                things.rules.extend(turn.place(_drawn(rule, drawn)) for rule in _ruled(calls, thing))
        else:
            things.grounds.append(place)
            if kind == _IMAGE:
                things.pictures.append(place)
    return things


class _Walk:
    """Goes through what is on a page and no text, and through forms, which are pages within pages."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._left = _MOST_THINGS

    def page(self, page: int) -> Iterator[tuple[int, int, Matrix]]:
        """Give each thing with its kind, and how what it is in is drawn."""
        for index in self._some(self._calls.count_things(page)):
            yield from self._thing(self._calls.thing(page, index), _SAME, 0)

    def _thing(self, thing: int | None, outer: Matrix, depth: int) -> Iterator[tuple[int, int, Matrix]]:
        if not thing or (kind := self._calls.type_of(thing)) == _TEXT:
            return
        if kind != _FORM or depth == _DEEPEST:
            yield thing, kind, outer
            return
        matrix = _both(self._calls.matrix(thing), outer)
        for index in self._some(self._calls.count_inner(thing)):
            yield from self._thing(self._calls.inner(thing, index), matrix, depth + 1)

    def _some(self, count: int) -> Iterator[int]:
        """Count, as long as there is something left of what may be looked at."""
        for index in range(count):
            if not self._left:
                return
            self._left -= 1
            yield index


def _both(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    k, m, n, o, p, q = then
    return a * k + b * n, a * m + b * o, c * k + d * n, c * m + d * o, e * k + f * n + p, e * m + f * o + q


def _drawn(place: Place, matrix: Matrix) -> Place:
    if matrix is _SAME:
        return place
    a, b, c, d, e, f = matrix
    corners = [(x, y) for x in (place.left, place.right) for y in (place.low, place.high)]
    across = [a * x + c * y + e for x, y in corners]
    up = [b * x + d * y + f for x, y in corners]
    return Place(min(across), min(up), max(across), max(up))


def _sort_path(calls: Calls, path: int, place: Place, things: Things) -> None:
    """Say what a drawn shape is: a ruled line, a ground, or a piece of a drawing."""
    if _is_thin(place):
        if max(place.width, place.height) >= _LEAST_RULE:
            things.rules.append(place)
        return
    is_filled, _ = calls.draw_mode(path)
    if is_filled and not is_white(calls.colour(path)):
        things.grounds.append(place)
    things.shapes.append(place)


def is_white(colour: Sequence[int]) -> bool:
    """Whether nobody could tell a colour (red, green, blue, opacity) from white."""
    return bool(colour) and min(colour[:3]) >= _WHITE


def _is_thin(place: Place) -> bool:
    return min(place.width, place.height) <= _THIN


def _ruled(calls: Calls, path: int) -> Iterator[Place]:
    """Give the upright and level lines that a shape is drawn with, such as the edges of a box."""
    count = calls.count_segments(path)
    if count > _MOST_PIECES or not calls.draw_mode(path)[1]:
        return
    x = y = 0.0
    begin = (0.0, 0.0)
    for index in range(count):
        how, to_x, to_y, closes = calls.segment(path, index)
        if how == _MOVE_TO:
            begin = (to_x, to_y)
        elif how == _LINE_TO:
            yield from _straight(x, y, to_x, to_y)
            if closes:
                yield from _straight(to_x, to_y, *begin)
        x, y = to_x, to_y


def _straight(x: float, y: float, to_x: float, to_y: float) -> Iterator[Place]:
    across, up = abs(to_x - x), abs(to_y - y)
    if (across < 1 and up >= _LEAST_RULE) or (up < 1 and across >= _LEAST_RULE):
        yield Place(min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y))


def find_drawings(things: Things, width: float, height: float) -> list[Place]:
    """Give the places of drawings: shapes and rules that stand close together, with at least one shape."""
    columns, rows = int(width / _STEP) + 1, int(height / _STEP) + 1
    if not things.shapes or columns * rows > _MOST_SQUARES:
        return []
    area = width * height
    shapes = [place for place in things.shapes if place.width * place.height < _MOST_SHARE * area][:_MOST_SHAPES]
    squares: dict[tuple[int, int], list[int]] = defaultdict(list)
    places = [*shapes, *things.rules[:_MOST_SHAPES]]
    for number, place in enumerate(places):
        for column in range(max(int(place.left / _STEP), 0), min(int(place.right / _STEP), columns) + 1):
            for row in range(max(int(place.low / _STEP), 0), min(int(place.high / _STEP), rows) + 1):
                squares[column, row].append(number)
    groups = (group for group in _touching(squares) if min(group) < len(shapes))
    wholes = (around([places[number] for number in group]) for group in groups)
    return [whole for whole in wholes if min(whole.width, whole.height) >= _LEAST_DRAWING]


def _touching(squares: dict[tuple[int, int], list[int]]) -> Iterator[set[int]]:
    """Group what stands in squares that touch."""
    left = set(squares)
    while left:
        waiting = [left.pop()]
        group: set[int] = set()
        while waiting:
            column, row = waiting.pop()
            group.update(squares[column, row])
            near = {(column + across, row + up) for across in (-1, 0, 1) for up in (-1, 0, 1)} & left
            left -= near
            waiting.extend(near)
        yield group

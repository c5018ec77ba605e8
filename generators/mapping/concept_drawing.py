"""The concept map as SVG, for a page or a file.

Colours come from the page: everything is drawn in `currentColor`, and a stylesheet can say more by class. A node is a
link `a.map-node` to `#concept-ID` (with `is-start` where it is a good place to begin), holding `.map-box` and
`.map-label`, with `data-node` and `data-neighbours` (ids, blanks between). An edge is `g.map-edge` with `data-source`
and `data-target`, holding `.map-line` and `.map-head`; its kind is a class too: `edge-needs`, `edge-is-a`,
`edge-part-of`, `edge-causes`, `edge-contrasts`, `edge-example`, `edge-related`. Then `.map-legend` and `.map-note`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from domain.material import RelationType
from generators.mapping.concept_labels import FONT_SIZE, LINE_HEIGHT, measure
from generators.mapping.concept_layout import Box, Picture, Point, Route, segments

_LEGEND_LINE = 34
_LEGEND_HEIGHT = 26
_ARROW = 8.0


@dataclass(frozen=True, slots=True)
class Node:
    """A concept as it is drawn."""

    id: str
    label: str
    quote: str
    neighbours: tuple[str, ...]
    is_start: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation as it is drawn."""

    source: str
    target: str
    type: RelationType
    phrase: str
    quote: str


@dataclass(frozen=True, slots=True)
class _Stroke:
    name: str
    dash: str
    width: float
    has_head: bool


_AROUND = frozenset({RelationType.CONTRASTS, RelationType.NEEDS})
"""Kinds whose phrases stand around both concepts, or have another sense than the kind."""

_STROKES: Mapping[RelationType, _Stroke] = {
    RelationType.NEEDS: _Stroke("needs", "", 2.0, has_head=True),
    RelationType.IS_A: _Stroke("is-a", "", 1.25, has_head=True),
    RelationType.PART_OF: _Stroke("part-of", "9 4", 1.5, has_head=True),
    RelationType.CAUSES: _Stroke("causes", "12 3 2 3", 2.0, has_head=True),
    RelationType.EXAMPLE_OF: _Stroke("example", "5 4", 1.25, has_head=True),
    RelationType.CONTRASTS: _Stroke("contrasts", "2 4", 2.25, has_head=False),
    RelationType.RELATED: _Stroke("related", "", 0.75, has_head=False),
}


def say(kind: RelationType, phrase: str) -> str:
    """Give the words between two concepts: the reading's own where they stand between them, else those of the kind."""
    return phrase if phrase and kind not in _AROUND else kind.label


def render(picture: Picture, title: str, nodes: Sequence[Node], edges: Sequence[Edge]) -> str:
    """Write the SVG."""
    legend, height = _legend(picture, {edge.type for edge in edges})
    width = max(picture.width, 320.0)
    by_ends = {(edge.source, edge.target): edge for edge in edges}
    by_id = {node.id: node for node in nodes}
    labels = {node.id: node.label for node in nodes}
    size = f'width="{_number(width)}" height="{_number(height)}" viewBox="0 0 {_number(width)} {_number(height)}"'
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="concept-map" role="group" direction="ltr" {size} '
        f'font-family="system-ui, sans-serif" font-size="{FONT_SIZE}" aria-label="{escape(title)}">'
    )
    parts = [
        opening,
        '<g class="map-edges" fill="none" aria-hidden="true">',
        *(_edge(route, by_ends[route.source, route.target], labels) for route in picture.routes),
        "</g>",
        '<g class="map-nodes">',
        *(_node(box, by_id[box.id]) for box in picture.boxes),
        "</g>",
        *legend,
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _node(box: Box, node: Node) -> str:
    kind = "map-node is-start" if node.is_start else "map-node"
    about = f"{node.label}: {' '.join(node.quote.split())}" if node.quote else node.label
    middle = box.x + box.width / 2
    first = box.y + box.height / 2 - (len(box.lines) - 1) * LINE_HEIGHT / 2 + FONT_SIZE * 0.35
    lines = "".join(
        f'<tspan x="{_number(middle)}" y="{_number(first + index * LINE_HEIGHT)}">{escape(line)}</tspan>'
        for index, line in enumerate(box.lines)
    )
    return (
        f'<a class="{kind}" href="#concept-{escape(node.id)}" data-node="{escape(node.id)}" '
        f'data-neighbours="{escape(" ".join(node.neighbours))}"><title>{escape(about)}</title>'
        f'<rect class="map-box" x="{_number(box.x)}" y="{_number(box.y)}" width="{_number(box.width)}" '
        f'height="{_number(box.height)}" rx="10" fill="currentColor" '
        f'fill-opacity="{0.12 if node.is_start else 0.05}" stroke="currentColor" '
        'stroke-opacity="0.55"/>'
        f'<text class="map-label" text-anchor="middle" unicode-bidi="plaintext" fill="currentColor">{lines}</text></a>'
    )


def _edge(route: Route, edge: Edge, labels: Mapping[str, str]) -> str:
    stroke = _STROKES[edge.type]
    said = f"{labels[edge.source]} {say(edge.type, edge.phrase)} {labels[edge.target]}: {' '.join(edge.quote.split())}"
    dash = f' stroke-dasharray="{stroke.dash}"' if stroke.dash else ""
    head = f'<path class="map-head" d="{_head(route)}" fill="currentColor" stroke="none"/>' if stroke.has_head else ""
    return (
        f'<g class="map-edge edge-{stroke.name}" data-source="{escape(edge.source)}" '
        f'data-target="{escape(edge.target)}"><title>{escape(said)}</title>'
        f'<path class="map-line" d="{_line(route)}" stroke="currentColor" stroke-opacity="0.7" '
        f'stroke-width="{stroke.width}"{dash}/>{head}</g>'
    )


def _line(route: Route) -> str:
    """Draw the route: upright at every point, straight between the points of one lane."""
    (x, y), last = route.points[0], route.points[-1]
    path = [f"M{_number(x)} {_number(y)}"]
    if route.is_level:
        return f"{path[0]}H{_number(last[0])}"
    if route.is_arc:
        low = route.points[1][1] + (route.points[1][1] - y) / 3
        return (
            f"{path[0]}C{_number(x)} {_number(low)} {_number(last[0])} {_number(low)} {_number(last[0])} {_number(y)}"
        )
    for start, end in segments(route):
        if start[0] == end[0]:
            path.append(f"V{_number(end[1])}")
            continue
        middle = (start[1] + end[1]) / 2
        bend = f"C{_number(start[0])} {_number(middle)} {_number(end[0])} {_number(middle)}"
        path.append(f"{bend} {_number(end[0])} {_number(end[1])}")
    return "".join(path)


def _head(route: Route) -> str:
    """Draw the arrowhead at the end of the route."""
    x, y = route.points[-1]
    before = route.points[-2]
    if route.is_level:
        back = -_ARROW if before[0] < x else _ARROW
        return f"M{_number(x)} {_number(y)}l{_number(back)} {_number(-_ARROW / 2)}v{_number(_ARROW)}z"
    back = -_ARROW if before[1] < y else _ARROW
    return f"M{_number(x)} {_number(y)}l{_number(-_ARROW / 2)} {_number(back)}h{_number(_ARROW)}z"


def _legend(picture: Picture, types: set[RelationType]) -> tuple[list[str], float]:
    """Say what the lines mean, in the kinds that occur, and give the height of the whole drawing."""
    parts = []
    if picture.loose_from is not None and picture.routes:
        y = _number(picture.loose_from - 12)
        parts.append(
            f'<text class="map-note" x="16" y="{y}" fill="currentColor" fill-opacity="0.75">Without links</text>'
        )
    used = [kind for kind in _STROKES if kind in types]
    if not used:
        return parts, picture.height
    parts.append('<g class="map-legend" aria-hidden="true" fill="none">')
    x, line = 16.0, picture.height + _LEGEND_HEIGHT / 2
    for kind in used:
        wide = _LEGEND_LINE + 8 + measure(kind.label) + 20
        if x > 16 and x + wide > max(picture.width, 320.0):
            x, line = 16.0, line + _LEGEND_HEIGHT
        parts += _legend_item(kind, (x, line))
        x += wide
    return [*parts, "</g>"], line + _LEGEND_HEIGHT


def _legend_item(kind: RelationType, at: Point) -> Iterator[str]:
    x, y = at
    route = Route("", "", ((x, y), (x + _LEGEND_LINE, y)), is_level=True)
    edge = Edge("", "", kind, "", "")
    line = _edge(route, edge, {"": ""})
    start = line.index("<path")
    yield f'<g class="map-edge edge-{_STROKES[kind].name}">{line[start:]}'
    yield (
        f'<text x="{_number(x + _LEGEND_LINE + 8)}" y="{_number(y + FONT_SIZE * 0.35)}" '
        f'fill="currentColor">{escape(kind.label)}</text>'
    )


def _number(value: float) -> str:
    """Write a length with at most one decimal."""
    return f"{value:.1f}".removesuffix(".0")

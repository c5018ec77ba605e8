"""Charts and diagrams (SmartArt) of office files: their data as tables, their words as lists."""

from collections.abc import Iterator

from ingest.parsers.flow import Block
from ingest.parsers.office.ooxml import DGM, A, C, Element, Package, whole
from ingest.parsers.office.text import Item, clean, join_blocks, set_list, set_table

_MOST_POINTS = 200
_MOST_SERIES = 30
_DEEPEST = 8
_NO_NODES = {"pres", "parTrans", "sibTrans"}
"""Points of a diagram that are lines and places, not words."""

_BULLET = "•"


def read_chart(package: Package, name: str) -> Block | None:
    """Read a chart: its title, then a table with a row for each category and a column for each series.

    None when there is no such part or nothing in it. At most 200 categories and 30 series are read.
    """
    root = package.find(name)
    if root is None:
        return None
    title = _words(root.find(f"{C}chart/{C}title"))
    series = [one for _, one in zip(range(_MOST_SERIES), root.iter(f"{C}ser"), strict=False)]
    columns = [_points(_first(one, "val", "yVal")) for one in series]
    categories: dict[int, str] = {}
    for one in series:
        for index, text in _points(_first(one, "cat", "xVal")).items():
            categories.setdefault(index, text)
    places = sorted({*categories, *(index for column in columns for index in column)})[:_MOST_POINTS]
    names = [_series_name(one) for one in series]
    rows = [["", *names]] if any(names) else []
    heads = len(rows)
    rows += [[categories.get(index, ""), *(column.get(index, "") for column in columns)] for index in places]
    table = set_table([[Block(cell) for cell in row] for row in rows], heads=heads, label=title)
    if not (title and table.text):
        return table if table.text else (Block(title) if title else None)
    return join_blocks([Block(title), table], "\n")


def read_diagram(package: Package, name: str) -> Block | None:
    """Read the words of a diagram as a list, what belongs to a word below it; None when it has none."""
    root = package.find(name)
    if root is None:
        return None
    points = {point.get("modelId", ""): point for point in root.iter(f"{DGM}pt")}
    children: dict[str, list[tuple[int, str]]] = {}
    for link in root.iter(f"{DGM}cxn"):
        if link.get("type", "parOf") == "parOf":
            children.setdefault(link.get("srcId", ""), []).append((whole(link.get("srcOrd")), link.get("destId", "")))
    below = {child for found in children.values() for _, child in found}
    tops = [name for name, point in points.items() if name not in below and point.get("type") not in _NO_NODES]
    items: list[Item] = []
    seen: set[str] = set()
    waiting = [(top, 0) for top in reversed(tops)]
    while waiting:
        place, depth = waiting.pop()
        if place in seen or place not in points:
            continue
        seen.add(place)
        text = _words(points[place].find(f"{DGM}t"))
        if text:
            items.append(Item(_BULLET, min(depth, _DEEPEST), Block(text)))
        deeper = depth + bool(text)
        waiting += [(child, deeper) for _, child in sorted(children.get(place, ()), reverse=True)]
    return set_list(items) if items else None


def _first(series: Element, *names: str) -> Element | None:
    return next((found for name in names if (found := series.find(f"{C}{name}")) is not None), None)


def _points(values: Element | None) -> dict[int, str]:
    """Give the cached values of a series by their places; of names in several rows, the nearest."""
    if values is None:
        return {}
    levels = list(values.iter(f"{C}lvl"))
    source = levels[0] if levels else values
    found = {}
    for _, point in zip(range(_MOST_POINTS), source.iter(f"{C}pt"), strict=False):
        found[whole(point.get("idx"))] = _tidy(point.findtext(f"{C}v") or "")
    return found


def _series_name(series: Element) -> str:
    name = series.find(f"{C}tx")
    return _tidy(next((value.text or "" for value in name.iter(f"{C}v")), "")) if name is not None else ""


def _tidy(value: str) -> str:
    """Write a number as people do: 4.3, not 4.2999999999999998."""
    try:
        return f"{float(value):.10g}"
    except ValueError:
        return " ".join(clean(value).split())


def _words(element: Element | None) -> str:
    if element is None:
        return ""
    return " ".join(clean(" ".join(_paragraphs(element))).split())


def _paragraphs(element: Element) -> Iterator[str]:
    for paragraph in element.iter(f"{A}p"):
        yield "".join(text.text or "" for text in paragraph.iter(f"{A}t"))

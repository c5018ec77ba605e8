"""Where the shapes of a slide stand, and the order in which people read them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ingest.parsers.office.ooxml import A, Element, P, whole

_DEEPEST = 100
_SHAPES = frozenset(f"{P}{name}" for name in ("sp", "pic", "graphicFrame", "cxnSp"))
_GROUP = f"{P}grpSp"
_TRANSFORMS = (f"{P}xfrm", f"{P}spPr/{A}xfrm")
_NEIGHBOURS = 50
_SHARED = 0.5
"""Shapes that share so much of the lower one's height stand side by side."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle of a slide, in its own units (914,400 to the inch)."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height

    def meets(self, other: "Frame") -> bool:
        """Whether the two have something in common."""
        is_beside = self.right <= other.left or other.right <= self.left
        return not (is_beside or self.bottom <= other.top or other.bottom <= self.top)


@dataclass(slots=True)
class Shape:
    """A shape, or a group of them. `ancestors` are the placeholders that it takes after, nearest first."""

    element: Element
    frame: Frame | None
    kind: str = ""
    ancestors: tuple[Element, ...] = ()
    is_hidden: bool = False
    children: list["Shape"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _View:
    """From the units within a group to those of the slide."""

    shift_x: float = 0.0
    shift_y: float = 0.0
    scale_x: float = 1.0
    scale_y: float = 1.0

    def place(self, frame: Frame) -> Frame:
        return Frame(
            self.shift_x + frame.left * self.scale_x,
            self.shift_y + frame.top * self.scale_y,
            frame.width * self.scale_x,
            frame.height * self.scale_y,
        )


def list_shapes(slide: Element, above: Sequence[Element | None]) -> list[Shape]:
    """Give the shapes of a slide in the order of the file. `above` are its layout and its master."""
    tree = slide.find(f"{P}cSld/{P}spTree")
    return [] if tree is None else list(_read(tree, above, _View(), 0))


def sort_shapes(shapes: Iterable[Shape], *, is_mirrored: bool) -> Iterator[Shape]:
    """Yield shapes from the top down, side by side ones from left to right (mirrored: from right to left)."""
    placed = [shape for shape in shapes if shape.frame]
    rows: list[list[Shape]] = []
    for shape in sorted(placed, key=lambda one: one.frame.top if one.frame else 0.0):
        if rows and any(_are_beside(one, shape) for one in rows[-1][-_NEIGHBOURS:]):
            rows[-1].append(shape)
        else:
            rows.append([shape])
    unplaced = [shape for shape in shapes if not shape.frame]
    for shape in [*unplaced, *(shape for row in rows for shape in _sort_row(row, is_mirrored=is_mirrored))]:
        if shape.children:
            yield from sort_shapes(shape.children, is_mirrored=is_mirrored)
        else:
            yield shape


def flatten(shapes: Iterable[Shape]) -> Iterator[Shape]:
    """Yield shapes and those of groups in the order in which they are drawn."""
    for shape in shapes:
        yield from flatten(shape.children) if shape.children else (shape,)


def _sort_row(row: Sequence[Shape], *, is_mirrored: bool) -> list[Shape]:
    def place(shape: Shape) -> tuple[float, float]:
        assert shape.frame
        return (-shape.frame.right if is_mirrored else shape.frame.left), shape.frame.top

    return sorted(row, key=place)


def _are_beside(one: Shape, other: Shape) -> bool:
    assert one.frame
    assert other.frame
    shared = min(one.frame.bottom, other.frame.bottom) - max(one.frame.top, other.frame.top)
    are_apart = one.frame.right <= other.frame.left or other.frame.right <= one.frame.left
    return are_apart and shared > _SHARED * min(one.frame.height, other.frame.height)


def _read(tree: Element, above: Sequence[Element | None], view: _View, depth: int) -> Iterator[Shape]:
    for element in tree:
        if element.tag == _GROUP and depth < _DEEPEST:
            own = element.find(f"{P}grpSpPr/{A}xfrm")
            children = list(_read(element, above, _inner(own, view), depth + 1))
            frame = _frame(own)
            is_hidden = _is_hidden(element)
            for child in children:
                child.is_hidden = child.is_hidden or is_hidden
            if children:
                yield Shape(element, view.place(frame) if frame else None, children=children)
        elif element.tag in _SHAPES:
            yield _shape(element, above, view)


def _shape(element: Element, above: Sequence[Element | None], view: _View) -> Shape:
    holder = next(element.iter(f"{P}ph"), None)
    ancestors = tuple(_ancestors(holder, above)) if holder is not None else ()
    frames = (_frame(_transform(one)) for one in (element, *ancestors))
    frame = next((one for one in frames if one), None)
    kind = "" if holder is None else _kind(holder, ancestors)
    return Shape(element, view.place(frame) if frame else None, kind, ancestors, _is_hidden(element))


def _kind(holder: Element, ancestors: Sequence[Element]) -> str:
    """Give a placeholder's kind; one that does not say takes after the layout's, else it is a body."""
    for one in (holder, *(found for ancestor in ancestors for found in ancestor.iter(f"{P}ph"))):
        if one.get("type"):
            return str(one.get("type"))
    return "body"


def _ancestors(holder: Element, above: Sequence[Element | None]) -> Iterator[Element]:
    """Find the placeholders that one takes after: by its number, else by its kind."""
    index, kind = holder.get("idx"), holder.get("type", "body")
    for level in above:
        found = None
        for element in level.iter(f"{P}sp", f"{P}pic", f"{P}graphicFrame") if level is not None else ():
            other = next(element.iter(f"{P}ph"), None)
            if other is None:
                continue
            if index is not None and other.get("idx") == index:
                found = element
                break
            if found is None and _same_kind(other.get("type", "body"), kind):
                found = element
        if found is not None:
            kind = next(found.iter(f"{P}ph")).get("type", kind)
            index = None
            yield found


def _same_kind(one: str, other: str) -> bool:
    alike = {"ctrTitle": "title", "subTitle": "body", "obj": "body"}
    return alike.get(one, one) == alike.get(other, other)


def _transform(element: Element) -> Element | None:
    return next((found for place in _TRANSFORMS if (found := element.find(place)) is not None), None)


def _frame(transform: Element | None) -> Frame | None:
    if transform is None:
        return None
    start, size = transform.find(f"{A}off"), transform.find(f"{A}ext")
    if start is None or size is None:
        return None
    return Frame(whole(start.get("x")), whole(start.get("y")), whole(size.get("cx")), whole(size.get("cy")))


def _inner(transform: Element | None, view: _View) -> _View:
    """Give the view of what stands in a group."""
    outer = _frame(transform)
    start = transform.find(f"{A}chOff") if transform is not None else None
    size = transform.find(f"{A}chExt") if transform is not None else None
    if outer is None or start is None or size is None:
        return view
    placed = view.place(outer)
    scale_x = placed.width / (whole(size.get("cx")) or 1)
    scale_y = placed.height / (whole(size.get("cy")) or 1)
    left, top = whole(start.get("x")) * scale_x, whole(start.get("y")) * scale_y
    return _View(placed.left - left, placed.top - top, scale_x, scale_y)


def _is_hidden(element: Element) -> bool:
    properties = next(element.iter(f"{P}cNvPr"), None)
    return properties is not None and properties.get("hidden") in {"1", "true"}

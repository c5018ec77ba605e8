"""A page as it was set: lines in their places, with their runs of type. What pdfium gives, the other modules read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


class Place(NamedTuple):
    """A rectangle in points, from the lower left corner."""

    left: float
    low: float
    right: float
    high: float

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """How high it is."""
        return self.high - self.low


def around(places: Sequence[Place]) -> Place:
    """Give the smallest place that holds all of these; there must be one."""
    return Place(
        min(place.left for place in places),
        min(place.low for place in places),
        max(place.right for place in places),
        max(place.high for place in places),
    )


@dataclass(frozen=True, slots=True)
class Font:
    """What matters of a typeface. `weight` is pdfium's estimate, comparable within a file only."""

    name: str = ""
    is_bold: bool = False
    is_italic: bool = False
    is_maths: bool = False
    is_mono: bool = False
    weight: int = 0


class Run(NamedTuple):
    """Characters of a line in one typeface and size (in points)."""

    start: int
    end: int
    font: Font
    size: float


class Cell(NamedTuple):
    """Words of a line that stand apart from its others: their characters, and from where to where they reach."""

    start: int
    end: int
    left: float
    right: float


@dataclass(slots=True)
class Line:
    """A line of a page. `is_hyphenated` says that its last word goes on in the next line.

    Coordinates are points from the lower left corner of the page as people see it; `size` is that of most of its
    characters. What is made with `left` beyond `right` runs from right to left; `begin` and `end` count in the
    direction of reading, whatever it is. `cells` are its pieces, where wide gaps part it into several.
    """

    text: str
    left: float
    right: float
    y: float
    runs: list[Run]
    is_hyphenated: bool = False
    cells: tuple[Cell, ...] = ()
    begin: float = field(init=False)
    end: float = field(init=False)
    size: float = field(init=False)
    is_mono: bool = field(init=False)
    is_all_bold: bool = field(init=False)

    def __post_init__(self) -> None:
        """Sum up the runs."""
        runs = self.runs
        first = runs[0]
        if self.left <= self.right:
            self.begin, self.end = self.left, self.right
        else:
            self.begin, self.end = -self.left, -self.right
            self.left, self.right = self.right, self.left
        if len(runs) == 1:
            self.size, self.is_mono, self.is_all_bold = first.size, first.font.is_mono, first.font.is_bold
            return
        self.size = max(runs, key=lambda run: run.end - run.start).size
        self.is_mono = all(run.font.is_mono for run in runs)
        self.is_all_bold = all(run.font.is_bold for run in runs)


@dataclass(slots=True)
class PageText:
    """What stands on a page: its lines, text that nobody sees, pictures, drawings, ruled lines.

    `has_picture` says that a picture covers a good part of it, `is_recognised` that its lines are what text
    recognition put under a scan.
    """

    number: int
    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    pictures: list[Place] = field(default_factory=list)
    drawings: list[Place] = field(default_factory=list)
    rules: list[Place] = field(default_factory=list)
    label: str = ""
    has_picture: bool = False
    is_recognised: bool = False
    is_broken: bool = False

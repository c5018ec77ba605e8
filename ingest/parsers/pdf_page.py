"""A page as it was set: lines in their places, with their runs of type. What pdfium gives, the other modules read."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Font:
    """What matters of a typeface. `weight` is pdfium's estimate, comparable within a file only."""

    name: str = ""
    is_bold: bool = False
    is_italic: bool = False
    is_maths: bool = False
    is_mono: bool = False
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of a line in one typeface and size (in points)."""

    start: int
    end: int
    font: Font
    size: float


@dataclass(slots=True)
class Line:
    """A line of a page. `is_hyphenated` says that its last word goes on in the next line.

    Coordinates are points from the lower left corner of the page as people see it.
    """

    text: str
    left: float
    right: float
    y: float
    runs: list[Run]
    is_hyphenated: bool = False

    @property
    def size(self) -> float:
        """The size of most of its characters."""
        return max(self.runs, key=lambda run: run.end - run.start).size


@dataclass(slots=True)
class PageText:
    """What stands on a page."""

    number: int
    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    has_picture: bool = False
    is_broken: bool = False

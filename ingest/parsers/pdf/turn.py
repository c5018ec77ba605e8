"""From the coordinates of a PDF page to those of the page as people see it: cropped and turned."""

from dataclasses import dataclass
from typing import Any

from domain.documents import Box
from ingest.parsers.pdf.page import Place


@dataclass(frozen=True, slots=True)
class Turn:
    """How a page is turned (clockwise, in degrees), and what of it is shown."""

    rotation: int
    shown: Place

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the page as people see it, in points."""
        if self.rotation in {90, 270}:
            return self.shown.height, self.shown.width
        return self.shown.width, self.shown.height

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Give where a point is seen, from the lower left corner."""
        left, low, right, high = self.shown
        match self.rotation:
            case 90:
                return y - low, right - x
            case 180:
                return right - x, high - y
            case 270:
                return high - y, x - left
            case _:
                return x - left, y - low

    def place(self, place: Place) -> Place:
        """Give where a rectangle is seen."""
        one, other = self.point(place.left, place.low), self.point(place.right, place.high)
        return Place(min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1]))


def turn_of(page: Any) -> Turn:
    """Ask pdfium how an open page is turned, and what of it is shown."""
    import pypdfium2.raw as pdfium

    shown = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, shown)
    rotation = 90 * pdfium.FPDFPage_GetRotation(page)
    return Turn(rotation, Place(shown.left, shown.bottom, shown.right, shown.top))


def to_box(place: Place, width: float, height: float) -> Box:
    """Give a place as fractions of the page from its upper left corner, cut to the page."""

    def share(length: float, whole: float) -> float:
        return min(max(length / whole, 0.0), 1.0) if whole > 0 else 0.0

    return Box(
        share(place.left, width),
        share(height - place.high, height),
        share(place.right, width),
        share(height - place.low, height),
    )

"""Opens the pages of a file as pictures, within bounds: a PDF's are drawn, a picture file's are decoded."""

import ctypes
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from domain.errors import Unreadable
from ingest.parsers.contract import PDF
from ingest.parsers.pictures import FAULTS, check_points, open_picture

if TYPE_CHECKING:
    from PIL.Image import Image

_DOTS = 200
"""Dots an inch that pages of a PDF are drawn at: 150 to 300 read alike, and more costs more."""

_POINTS_AN_INCH = 72
_LEAST_SIDE, _MOST_SIDE = 1_600, 4_000
"""Pixels of the longer side of a drawn page, whatever size the page says it has."""

_ENOUGH = 3_200
"""Pixels of the longer side that a decoded picture keeps at least, if it has them."""

_UNPACKED = {"1": "L", "P": "RGBA", "PA": "RGBA"}
"""Modes whose points are no brightness, and what they have to be before they are averaged."""

_DAMAGED = "This page is damaged and cannot be opened."


class Pages:
    """The pages of one file. Close it after use."""

    def __init__(self, path: Path, media_type: str) -> None:
        self._path = path
        self._document: Any = None
        if media_type == PDF:
            import pypdfium2

            try:
                self._document = pypdfium2.PdfDocument(path)
            except pypdfium2.PdfiumError as error:
                raise Unreadable(_DAMAGED) from error

    def open(self, number: int) -> "Image":
        """Give page `number` (from 1) as people see it, in grey. Raises Unreadable or TooLarge."""
        return self._decode(number) if self._document is None else self._draw(number)

    def close(self) -> None:
        """Close the file."""
        if self._document is not None:
            self._document.close()

    def _draw(self, number: int) -> "Image":
        import pypdfium2

        try:
            with closing(self._document[number - 1]) as page:
                longer = max(*page.get_size(), 1.0)
                scale = min(max(_DOTS / _POINTS_AN_INCH, _LEAST_SIDE / longer), _MOST_SIDE / longer)
                picture: Image = page.render(scale=scale, grayscale=True).to_pil().convert("L")
        except (pypdfium2.PdfiumError, ctypes.ArgumentError, IndexError, ValueError) as error:
            raise Unreadable(_DAMAGED) from error
        return picture

    def _decode(self, number: int) -> "Image":
        """Decode a picture the way up that its camera noted, on white where it is transparent."""
        from PIL import ImageFile, ImageOps

        ImageFile.LOAD_TRUNCATED_IMAGES = True
        with open_picture(self._path) as picture:
            try:
                picture.seek(number - 1)
                check_points(picture)
                picture.draft("L", (_ENOUGH, _ENOUGH))
                points = picture.convert(_UNPACKED[picture.mode]) if picture.mode in _UNPACKED else picture
                smaller = points.reduce(max(1, max(points.size) // _ENOUGH))
                return ImageOps.exif_transpose(_on_white(smaller))
            except FAULTS as error:
                raise Unreadable(_DAMAGED) from error


def _on_white(picture: "Image") -> "Image":
    """Give a picture in grey, on white where it is transparent."""
    from PIL import Image

    if not picture.has_transparency_data:
        return _grey(picture)
    seen = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen).convert("L")


def _grey(picture: "Image") -> "Image":
    """Give a picture in 256 greys; Pillow cuts off what has more instead of scaling it."""
    if picture.mode.startswith("I") or picture.mode == "F":
        import numpy as np
        from PIL import Image

        values = np.asarray(picture, dtype=np.float32)
        low, high = float(values.min()), float(values.max())
        scaled = (values - low) * (255.0 / max(high - low, 1.0))
        return Image.fromarray(scaled.astype(np.uint8))
    return picture.convert("L")

"""Makes a picture of a page fit for recognition: even light, upright lines, letters of a good size."""

from dataclasses import dataclass, replace
from math import cos, hypot, radians, sin
from typing import TYPE_CHECKING, Any

from domain.documents import Box

if TYPE_CHECKING:
    from PIL.Image import Image

_SMALL_SIDE = 1_000
"""Pixels; the longer side of the copy that light and slant are measured on."""

_SMALL, _LARGE = 1_300, 3_200
"""Pixels: a page whose longer side is shorter or longer than these is made larger or smaller."""

_ENLARGED, _REDUCED = 2_000, 2_600
"""What the longer side becomes then: a page of A4 at 170 or 220 dots an inch."""

_EVEN_LIGHT = 0.12
"""Share of brightness by which the paper may differ over a page that needs no other light."""

_LEAST_PAPER = 50.0
"""Brightness (of 255) below which nothing counts as paper in the shade."""

_MOST_SLANT = 16.0
_LEAST_SLANT = 0.15
"""Degrees: pages lie at most so askew, and less than the least does no harm."""

_MOST_POINTS = 60_000


@dataclass(frozen=True, slots=True)
class Prepared:
    """A grey picture with upright lines, and how it was made from a page of `width` x `height` pixels.

    It was turned `degrees` counterclockwise about its middle, and is `scale` times as large.
    """

    image: "Image"
    width: int
    height: int
    degrees: float = 0.0
    scale: float = 1.0

    def place(self, left: float, top: float, right: float, bottom: float) -> Box:
        """Give where a rectangle of the prepared picture (in pixels) stands on the page as it was."""
        angle = radians(self.degrees)
        middle_x, middle_y = self.image.width / 2, self.image.height / 2
        xs, ys = [], []
        for x, y in ((left, top), (right, top), (right, bottom), (left, bottom)):
            dx, dy = (x - middle_x) / self.scale, (y - middle_y) / self.scale
            xs.append((dx * cos(angle) - dy * sin(angle)) / self.width + 0.5)
            ys.append((dx * sin(angle) + dy * cos(angle)) / self.height + 0.5)
        return Box(_within(min(xs)), _within(min(ys)), _within(max(xs)), _within(max(ys)))


def _within(fraction: float) -> float:
    return min(max(fraction, 0.0), 1.0)


def prepare(page: "Image") -> Prepared:
    """Give a page in grey with even light and lines that run straight across, upright or head down."""
    prepared = Prepared(page.convert("L"), page.width, page.height)
    side = max(page.size)
    if not _SMALL <= side <= _LARGE:
        prepared = enlarge(prepared, (_ENLARGED if side < _SMALL else _REDUCED) / side)
    prepared = replace(prepared, image=even_light(prepared.image))
    return turn(prepared, find_slant(prepared.image))


def turn(prepared: Prepared, degrees: float) -> Prepared:
    """Turn a picture counterclockwise, with white in the corners."""
    from PIL import Image

    if degrees == 0.0:
        return prepared
    quick = {90.0: Image.Transpose.ROTATE_90, 180.0: Image.Transpose.ROTATE_180, 270.0: Image.Transpose.ROTATE_270}
    if degrees % 360 in quick:
        image = prepared.image.transpose(quick[degrees % 360])
    else:
        image = prepared.image.rotate(degrees, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    return replace(prepared, image=image, degrees=prepared.degrees + degrees)


def even_light(grey: "Image") -> "Image":
    """Take shade out: divide by the brightness of the paper, where that differs over the page."""
    import numpy as np
    from PIL import Image, ImageFilter

    step = max(1, round(max(grey.size) / _SMALL_SIDE * 4))
    small = grey.reduce(step).filter(ImageFilter.MaxFilter(9)).filter(ImageFilter.GaussianBlur(6))
    paper = np.asarray(small, dtype=np.float32)
    low, high = np.percentile(paper, (5, 95))
    if high <= 0 or (high - low) / high < _EVEN_LIGHT:
        return grey
    gain = Image.fromarray(255.0 / np.maximum(paper, _LEAST_PAPER)).resize(grey.size, Image.Resampling.BILINEAR)
    lit = np.asarray(grey, dtype=np.float32) * np.asarray(gain)
    return Image.fromarray(np.minimum(lit, 255.0).astype(np.uint8))


def find_slant(grey: "Image") -> float:
    """Give how many degrees to turn a page counterclockwise so that its lines run straight across."""
    import numpy as np

    small = grey.reduce(max(1, round(max(grey.size) / _SMALL_SIDE)))
    dark = np.asarray(small) < 150
    ys, xs = np.nonzero(dark)
    if len(xs) < 200 or len(xs) > dark.size / 2:
        return 0.0
    if len(xs) > _MOST_POINTS:
        chosen = np.random.default_rng(0).choice(len(xs), _MOST_POINTS, replace=False)
        ys, xs = ys[chosen], xs[chosen]
    reach = int(hypot(*small.size)) + 2
    across, across_score = _best_angle(np, xs, ys, reach)
    down, down_score = _best_angle(np, ys, -xs, reach)
    if down_score > across_score:
        across = down + 90
    return across if abs(across) >= _LEAST_SLANT else 0.0


def _best_angle(np: Any, xs: Any, ys: Any, reach: int) -> tuple[float, float]:
    """Give the slant in degrees at which the dark points gather best into rows, and how well."""
    best, best_score = 0.0, -1.0
    for step, span in ((1.0, _MOST_SLANT), (0.25, 1.0), (0.0625, 0.25)):
        for angle in np.arange(best - span, best + span + step / 2, step):
            turned = np.rint(ys * cos(radians(angle)) - xs * sin(radians(angle))).astype(np.int64) + reach
            rows = np.bincount(turned, minlength=2 * reach + 1).astype(np.float64)
            score = float(((rows[1:] - rows[:-1]) ** 2).sum())
            if score > best_score:
                best, best_score = float(angle), score
    return best, best_score


def without_specks(page: "Image") -> "Image":
    """Give a grainy page (in grey) smoothed: each point becomes the middle one of its neighbours."""
    from PIL import ImageFilter

    return page.filter(ImageFilter.MedianFilter(5))


def enlarge(prepared: Prepared, factor: float) -> Prepared:
    """Give a picture `factor` times as large."""
    from PIL import Image

    size = (round(prepared.image.width * factor), round(prepared.image.height * factor))
    image = prepared.image.resize(size, Image.Resampling.BICUBIC)
    return replace(prepared, image=image, scale=prepared.scale * factor)

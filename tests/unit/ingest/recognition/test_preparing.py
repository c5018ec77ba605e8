"""Pictures are made fit for recognition, and places on them are places on the page as it was."""

import numpy as np
import pytest
from PIL import Image, ImageChops

from domain.documents import Box
from ingest.recognition.preparing import Prepared, enlarge, even_light, find_slant, prepare, turn, without_specks

MARK = Box(0.2, 0.7, 0.3, 0.75)
"""Where `_marked` has its black mark."""


def _askew(page: Image.Image, degrees: float) -> Image.Image:
    return page.rotate(degrees, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)


def _shaded(page: Image.Image) -> Image.Image:
    shade = np.linspace(1.0, 0.4, page.width)[None, :]
    return Image.fromarray((np.asarray(page) * shade).astype(np.uint8))


def _marked() -> Prepared:
    image = Image.new("L", (400, 800), 255)
    image.paste(0, (80, 560, 120, 600))
    return Prepared(image, 400, 800)


@pytest.mark.parametrize("degrees", [-12.0, -3.5, 2.0, 8.25])
def test_the_slant_of_lines_is_found(page: Image.Image, degrees: float) -> None:
    """A page that was turned by some degrees needs to be turned back by as many."""
    askew = _askew(page, degrees)

    slant = find_slant(askew)

    assert slant == pytest.approx(-degrees, abs=0.2)


def test_lines_that_run_down_the_page_are_found(page: Image.Image) -> None:
    """A page on its side needs a quarter turn."""
    on_its_side = page.transpose(Image.Transpose.ROTATE_90)

    slant = find_slant(on_its_side)

    assert slant == pytest.approx(90, abs=0.2)


def test_the_slant_of_a_dense_page_is_found() -> None:
    """Of a page full of thick lines a part of the points tells the slant."""
    stripes = Image.fromarray(np.repeat(np.where(np.arange(1000) % 40 < 16, 0, 255).astype(np.uint8)[:, None], 900, 1))

    slant = find_slant(_askew(stripes, 5.0))

    assert slant == pytest.approx(-5.0, abs=0.2)


@pytest.mark.parametrize("grey", [255, 0])
def test_a_page_without_lines_is_not_turned(grey: int) -> None:
    """Where nothing is written, or all is dark, there is no slant."""
    blank = Image.new("L", (400, 600), grey)

    slant = find_slant(blank)

    assert slant == 0.0


def test_shade_is_taken_out(page: Image.Image) -> None:
    """Paper in the shade becomes as white as the rest."""
    shaded = _shaded(page)

    lit = np.asarray(even_light(shaded))

    assert np.percentile(np.asarray(shaded), 20) < 160
    assert np.percentile(lit, 20) > 240


def test_even_light_stays(page: Image.Image) -> None:
    """A page that is lit evenly is not touched."""
    lit = even_light(page)

    assert lit is page


def test_a_black_picture_has_no_paper() -> None:
    """A picture without any light is not divided by nothing."""
    black = Image.new("L", (300, 300), 0)

    lit = even_light(black)

    assert lit.getextrema() == (0, 0)


@pytest.mark.parametrize("degrees", [0.0, 90.0, 180.0, 270.0, 7.5, -95.0])
@pytest.mark.parametrize("factor", [1.0, 2.5])
def test_places_are_places_on_the_page_as_it_was(degrees: float, factor: float) -> None:
    """However a page was turned and enlarged, the place of a mark is where it stood."""
    prepared = enlarge(turn(_marked(), degrees), factor)
    dark = ImageChops.invert(prepared.image).point(lambda value: 255 * (value > 100)).getbbox()
    assert dark is not None

    box = prepared.place(*dark)

    slack = 0.02 if degrees % 90 else 0.004
    assert box.left == pytest.approx(MARK.left, abs=slack)
    assert box.top == pytest.approx(MARK.top, abs=slack)
    assert box.right == pytest.approx(MARK.right, abs=slack)
    assert box.bottom == pytest.approx(MARK.bottom, abs=slack)


def test_places_stay_on_the_page() -> None:
    """What sticks out over the edge of a page is cut there."""
    prepared = _marked()

    box = prepared.place(-10, -10, 500, 900)

    assert box == Box(0.0, 0.0, 1.0, 1.0)


@pytest.mark.parametrize(("width", "height", "longer"), [(300, 500, 2000), (1000, 2000, 2000), (3000, 5000, 2600)])
def test_small_and_large_pages_are_brought_to_size(width: int, height: int, longer: int) -> None:
    """Letters of small pages grow, those of large ones shrink, and the rest stays."""
    image = Image.new("RGB", (width, height), "white")

    prepared = prepare(image)

    assert max(prepared.image.size) == longer
    assert prepared.scale == pytest.approx(longer / height)


def test_specks_go(page: Image.Image) -> None:
    """Single dark points on the paper vanish."""
    grainy = page.copy()
    grainy.putpixel((10, 10), 0)

    smooth = without_specks(grainy)

    assert smooth.getpixel((10, 10)) == 255

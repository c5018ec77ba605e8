"""Pages as pictures, drawn for tests: scans and photos of text."""

from collections.abc import Sequence
from pathlib import Path

import reportlab
from PIL import Image, ImageDraw, ImageFont

FONT = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
"""A typeface that has the letters of western Europe."""

PLANTS = (
    "Plants make their own food from light,",
    "water and air. They do this in their",
    "green leaves, and give oxygen back to",
    "the air that animals and people need.",
)
WATER = (
    "Water goes round: the sun lifts it from",
    "the sea, wind carries it over the land,",
    "and rain brings it back to the rivers",
    "that run down to the sea once more.",
)

LETTERS = 32
"""Pixels of the type size: about 11 points at 200 dots an inch."""


def draw_page(*paragraphs: Sequence[str], size: int = LETTERS) -> Image.Image:
    """Draw paragraphs in black on white, an empty line between them."""
    rows = [row for paragraph in paragraphs for row in (*paragraph, "")]
    page = Image.new("L", (28 * size, (2 * len(rows) + 6) * size), 255)
    pen, font = ImageDraw.Draw(page), ImageFont.truetype(str(FONT), size)
    for index, row in enumerate(rows):
        pen.text((3 * size, (3 + 1.5 * index) * size), row, fill=0, font=font)
    return page


def write_scan(path: Path, *pages: Image.Image) -> Path:
    """Write a PDF whose pages are pictures and nothing else."""
    first, *others = pages
    first.save(path, "PDF", resolution=200, save_all=True, append_images=others)
    return path

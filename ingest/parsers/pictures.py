"""Photos and scans as files of pictures: how many pages they have, and that each has to be recognised."""

import struct
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from domain.documents import PageProblem
from domain.errors import TooLarge, Unreadable
from ingest.parsers.contract import UNRECOGNISED, Order, Reading, Watch

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_PIXELS = 60_000_000
"""A page at 600 dots an inch has 35 million."""

NOT_ANIMATED = frozenset({"TIFF"})
"""Formats whose frames are pages; in others they are a film, and the first is the page."""

FAULTS = (OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError, IndexError, OverflowError, struct.error)
"""What Pillow raises of damaged pictures; the last are slips of its readers that hostile files find."""

_DAMAGED = "This picture is damaged and cannot be opened. Save it again as JPEG or PNG and upload that."
_MILLION = 1_000_000


def parse_picture(order: Order, watch: Watch) -> Reading:
    """Name the pages of a picture file: each needs its text recognised. Raises Unreadable or TooLarge."""
    with warnings.catch_warnings():
        # of what is odd about a picture that can be opened
        warnings.simplefilter("ignore")
        with open_picture(order.path) as picture:
            count = count_pages(picture, order.limits.max_pages)
    problems = []
    for number in range(1, count + 1):
        watch.start_page(number, count)
        if number not in order.skip:
            message = f"Page {number} is a picture. {UNRECOGNISED}"
            problems.append(PageProblem(number, "needs_ocr", message))
    watch.finish_pages()
    return Reading((), problems=tuple(problems))


def open_picture(path: Path) -> "Image":
    """Open a picture without reading its points. Raises Unreadable, and TooLarge for one of too many points."""
    from PIL import Image

    try:
        picture = Image.open(path)
    except Image.DecompressionBombError as error:
        raise TooLarge(_too_many_points("over 150")) from error
    except FAULTS as error:
        raise Unreadable(_DAMAGED) from error
    try:
        check_points(picture)
    except TooLarge:
        picture.close()
        raise
    return picture


def check_points(picture: "Image") -> None:
    """Refuse a picture of too many points before they take memory. Raises TooLarge."""
    if picture.width * picture.height > MAX_PIXELS:
        raise TooLarge(_too_many_points(f"{picture.width * picture.height // _MILLION:,}"))


def count_pages(picture: "Image", most: int) -> int:
    """Count the pages of a picture file that can be reached. Raises TooLarge for more than `most`."""
    if picture.format not in NOT_ANIMATED:
        return 1
    count = 0
    try:
        while True:
            picture.seek(count)
            count += 1
            if count > most:
                raise TooLarge(f"This file has over {most:,} pages. Split it into smaller files.")
    except FAULTS:
        # after the last page, or at one that is damaged: those before it are pages
        return max(count, 1)


def _too_many_points(million: str) -> str:
    return (
        f"This picture has {million} million points; up to {MAX_PIXELS // _MILLION} million can be read. "
        "Make it smaller, or scan it at 300 dots an inch, and upload that."
    )

"""The drawing process: gives the picture of a page, a figure of a reading, or the places of a page's words.

Started by `ingest.drawing` as `python -m ingest.parsers.drawing ORDER`. Whatever picture a file holds is drawn anew:
nothing of the file itself (its place and camera, a script) reaches a browser.
"""

import io
import json
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from domain.documents import Box
from domain.errors import Invalid, TooLarge, Unreadable
from ingest.limits import Limits
from ingest.parsers.archive import open_archive
from ingest.parsers.bounds import bound_process
from ingest.parsers.contract import PDF, PICTURES
from ingest.parsers.pictures import MAX_PIXELS

if TYPE_CHECKING:
    from PIL.Image import Image

_QUALITY = 82
_EMPTY = "There is no such picture in this file."


# bounds the process it runs in; the tests of `ingest.drawing` see it from outside
def main(order: dict[str, Any]) -> None:  # pragma: no cover
    """Do what the order says: the answer's bytes go to standard output, a refusal's to standard error."""
    limits = Limits(**order["limits"])
    for library in ("PIL.Image", "PIL.ImageOps", "PIL.ImageFile", "pypdfium2"):
        import_module(library)
    bound_process(limits.memory_bytes, 2 * limits.page_seconds)
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    try:
        out.write(answer(order, limits))
        out.flush()
    except Invalid as error:
        sys.stderr.write(json.dumps({"code": error.code, "message": error.message}))
        sys.stderr.flush()
        os._exit(3)
    os._exit(0)


def answer(order: dict[str, Any], limits: Limits) -> bytes:
    """Give a JPEG picture, or for `words` a JSON list of [word, left, top, right, bottom] in fractions of the page.

    Raises Unreadable or TooLarge.
    """
    path, width = Path(order["path"]), order["width"]
    match order["want"]:
        case "words":
            words = _list_words(path, order["number"])
            return json.dumps([[word, box.left, box.top, box.right, box.bottom] for word, box in words]).encode()
        case "member":
            with open_archive(path, limits) as archive:
                return _jpeg(_open(archive.read(order["source"])), width)
        case "crop":
            page = _page(path, order["media_type"], order["number"], width=2 * width)
            return _jpeg(_cut(page, Box(*order["box"])), width)
        case _:
            return _jpeg(_page(path, order["media_type"], order["number"], width=width), width)


def _list_words(path: Path, number: int) -> list[tuple[str, Box]]:
    from ingest.parsers.pdf.picture import list_words

    return list_words(path, number)


def _page(path: Path, media_type: str, number: int, *, width: int) -> "Image":
    if media_type == PDF:
        from ingest.parsers.pdf.picture import draw_page

        return _open(draw_page(path, number, width=width))
    if media_type not in PICTURES:
        raise Unreadable(_EMPTY)
    return _open(path.read_bytes(), frame=number - 1)


def _open(data: bytes, *, frame: int = 0) -> "Image":
    """Open a picture within bounds, the right way up, on white where it is transparent."""
    from PIL import Image, ImageFile, ImageOps

    ImageFile.LOAD_TRUNCATED_IMAGES = True
    Image.MAX_IMAGE_PIXELS = None
    try:
        picture = Image.open(io.BytesIO(data))
        if picture.width * picture.height > MAX_PIXELS:
            raise TooLarge("This picture has too many points to be shown.")
        picture.seek(frame)
        upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:
        raise Unreadable(_EMPTY) from error
    ground = Image.new("RGBA", upright.size, "white")
    ground.alpha_composite(upright)
    return ground.convert("RGB")


def _cut(picture: "Image", box: Box) -> "Image":
    width, height = picture.size
    left, top = int(box.left * width), int(box.top * height)
    right, bottom = max(int(box.right * width), left + 1), max(int(box.bottom * height), top + 1)
    return picture.crop((left, top, right, bottom))


def _jpeg(picture: "Image", width: int) -> bytes:
    if picture.width > width:
        picture = picture.resize((width, max(round(picture.height * width / picture.width), 1)))
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    return kept.getvalue()


# the same
if __name__ == "__main__":  # pragma: no cover
    main(json.loads(sys.argv[1]))

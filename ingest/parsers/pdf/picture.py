"""The picture of a PDF page, and where its words stand on it. To be run in a process with bounds, as parsers are."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from domain.documents import Box
from domain.errors import Unreadable
from ingest.parsers.pdf.calls import Calls, address_of
from ingest.parsers.pdf.letters import spelled_out
from ingest.parsers.pdf.page import Place
from ingest.parsers.pdf.parser import open_pdf
from ingest.parsers.pdf.text import characters
from ingest.parsers.pdf.turn import Turn, to_box, turn_of

if TYPE_CHECKING:
    import pypdfium2

MAX_PIXELS = 12_000_000
"""Of a picture that is drawn: one more pixel costs four bytes."""

_MOST_CHARACTERS = 200_000
_HYPHENS = "\ufffe\x02"
_WORD = re.compile(rf"[^\s{_HYPHENS}]+[{_HYPHENS}]?")
_QUICKEST = 1
"""Level of compression."""


def draw_page(path: Path, number: int, *, width: int) -> bytes:
    """Draw page `number` (from 1) as a PNG, `width` pixels wide, less if it would have too many pixels.

    Raises Unreadable.
    """
    import pypdfium2

    document = open_pdf(path)
    if document.get_formtype():
        # what somebody filled in is drawn too
        document.init_forms()
    try:
        page = _load(document, number)
        across, up = page.get_size()
        if min(across, up) <= 0:
            raise Unreadable(_missing(number))
        scale = min(width / across, (MAX_PIXELS / (across * up)) ** 0.5)
        picture = page.render(scale=scale).to_pil()
    except pypdfium2.PdfiumError as error:
        raise Unreadable(_missing(number)) from error
    kept = io.BytesIO()
    picture.save(kept, "PNG", compress_level=_QUICKEST)
    return kept.getvalue()


def list_words(path: Path, number: int) -> list[tuple[str, Box]]:
    """List the words of page `number` in the order of its content, hidden ones too, each with its place.

    A word that a line end cuts comes as two, the first with a hyphen. Raises Unreadable.
    """
    import pypdfium2

    document = open_pdf(path)
    try:
        page = _load(document, number)
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError as error:
        raise Unreadable(_missing(number)) from error
    return list(_words(text_page.raw, turn_of(page.raw)))


def _load(document: "pypdfium2.PdfDocument", number: int) -> Any:
    if not 1 <= number <= len(document):
        raise Unreadable(_missing(number))
    return document[number - 1]


def _missing(number: int) -> str:
    return f"Page {number} of this PDF cannot be shown."


def _words(text_page: Any, turn: Turn) -> Iterator[tuple[str, Box]]:
    calls = Calls()
    at = address_of(text_page)
    width, height = turn.size
    text = characters(text_page, min(calls.count_chars(at), _MOST_CHARACTERS))
    for match in _WORD.finditer(text):
        places = [calls.char_box(at, index) for index in range(*match.span())]
        whole = Place(
            min(place.left for place in places),
            min(place.low for place in places),
            max(place.right for place in places),
            max(place.high for place in places),
        )
        word = match.group()
        if word[-1] in _HYPHENS:
            word = word[:-1] + "-"
        yield spelled_out(word), to_box(turn.place(whole), width, height)

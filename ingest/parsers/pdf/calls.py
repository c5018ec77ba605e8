"""The functions of pdfium that run for every line and every thing on a page, called with plain addresses.

pypdfium2 checks and wraps each argument; over the 60,000 calls of a book that costs more than pdfium itself does.
"""

import ctypes
from collections.abc import Callable
from math import hypot
from typing import Any

from ingest.parsers.pdf.page import Place

_ADDRESS = ctypes.c_void_p
_INT = ctypes.c_int
_FLOAT_BYTES, _DOUBLE_BYTES, _INT_BYTES = 4, 8, 4


class Calls:
    """Typed doors to pdfium. `text` is a text page, `thing` an object on a page: both are addresses."""

    def __init__(self) -> None:
        import pypdfium2.raw as pdfium

        self._numbers = (ctypes.c_double * 4)()
        self._small = (ctypes.c_float * 6)()
        self._whole = (ctypes.c_uint * 4)()
        # what a function is handed: where its results go
        self._doubles = [ctypes.addressof(self._numbers) + _DOUBLE_BYTES * index for index in range(4)]
        self._floats = [ctypes.addressof(self._small) + _FLOAT_BYTES * index for index in range(4)]
        self._wholes = [ctypes.addressof(self._whole) + _INT_BYTES * index for index in range(4)]
        bind = _binder(pdfium)
        self.count_chars: Callable[[int], int] = bind("FPDFText_CountChars", _INT, 1)
        self.text_object: Callable[[int, int], int | None] = bind("FPDFText_GetTextObject", _ADDRESS, 1, _INT)
        self.font_of: Callable[[int], int | None] = bind("FPDFTextObj_GetFont", _ADDRESS, 1)
        self.render_mode: Callable[[int], int] = bind("FPDFTextObj_GetTextRenderMode", _INT, 1)
        self._font_size: Callable[[int, int], float] = bind("FPDFText_GetFontSize", ctypes.c_double, 1, _INT)
        self.count_things: Callable[[int], int] = bind("FPDFPage_CountObjects", _INT, 1)
        self.thing: Callable[[int, int], int | None] = bind("FPDFPage_GetObject", _ADDRESS, 1, _INT)
        self.count_inner: Callable[[int], int] = bind("FPDFFormObj_CountObjects", _INT, 1)
        self.inner: Callable[[int, int], int | None] = bind("FPDFFormObj_GetObject", _ADDRESS, 1, ctypes.c_ulong)
        self.type_of: Callable[[int], int] = bind("FPDFPageObj_GetType", _INT, 1)
        self._origin = bind("FPDFText_GetCharOrigin", _INT, 1, _INT, _ADDRESS, _ADDRESS)
        self._char_box = bind("FPDFText_GetLooseCharBox", _INT, 1, _INT, _ADDRESS)
        self._matrix = bind("FPDFText_GetMatrix", _INT, 1, _INT, _ADDRESS)
        self._thing_matrix = bind("FPDFPageObj_GetMatrix", _INT, 1, _ADDRESS)
        self._colour = bind("FPDFPageObj_GetFillColor", _INT, 1, *[_ADDRESS] * 4)
        self._bounds = bind("FPDFPageObj_GetBounds", _INT, 1, *[_ADDRESS] * 4)
        self.count_segments: Callable[[int], int] = bind("FPDFPath_CountSegments", _INT, 1)
        self._segment = bind("FPDFPath_GetPathSegment", _ADDRESS, 1, _INT)
        self._segment_point = bind("FPDFPathSegment_GetPoint", _INT, 1, _ADDRESS, _ADDRESS)
        self._segment_closes = bind("FPDFPathSegment_GetClose", _INT, 1)
        self._segment_type = bind("FPDFPathSegment_GetType", _INT, 1)
        self._fills_and_strokes = bind("FPDFPath_GetDrawMode", _INT, 1, _ADDRESS, _ADDRESS)

    def origin(self, text: int, index: int) -> tuple[float, float]:
        """Give where a character stands on its base line."""
        x, y = self._doubles[0], self._doubles[1]
        self._origin(text, index, x, y)
        return self._numbers[0], self._numbers[1]

    def char_box(self, text: int, index: int) -> Place:
        """Give the room that a character takes in its line: as high as its type, as wide as it moves on."""
        self._char_box(text, index, self._floats[0])
        left, high, right, low = self._small[0], self._small[1], self._small[2], self._small[3]
        return Place(left, low, right, high)

    def size(self, text: int, index: int) -> float:
        """Give the size of a character as it is drawn, in points."""
        self._matrix(text, index, self._floats[0])
        return self._font_size(text, index) * (hypot(self._small[2], self._small[3]) or 1.0)

    def matrix(self, thing: int) -> tuple[float, float, float, float, float, float]:
        """Give how a thing on a page is drawn."""
        self._thing_matrix(thing, self._floats[0])
        first, second, third, fourth, fifth, sixth = self._small
        return first, second, third, fourth, fifth, sixth

    def colour(self, thing: int) -> list[int]:
        """Give red, green, blue and opacity (0 to 255) of a thing's filling, or nothing if it has none."""
        return self._whole[:] if self._colour(thing, *self._wholes) else []

    def bounds(self, thing: int) -> Place:
        """Give the place of a thing on its page, the page not turned."""
        self._bounds(thing, *self._floats)
        return Place(self._small[0], self._small[1], self._small[2], self._small[3])

    def draw_mode(self, thing: int) -> tuple[bool, bool]:
        """Say of a drawn shape whether it is filled, and whether its outline is drawn."""
        self._fills_and_strokes(thing, self._wholes[0], self._wholes[1])
        return bool(self._whole[0]), bool(self._whole[1])

    def segment(self, path: int, index: int) -> tuple[int, float, float, bool]:
        """Give a piece of a drawn shape: how it gets there (pdfium's number), where it ends, whether it closes."""
        piece = self._segment(path, index)
        self._segment_point(piece, self._floats[0], self._floats[1])
        return self._segment_type(piece), self._small[0], self._small[1], bool(self._segment_closes(piece))


def _binder(pdfium: Any) -> Callable[..., Any]:
    """Give a way to name a function with its result, how many addresses it takes first, and what else it takes."""

    def bind(name: str, result: Any, addresses: int, *others: Any) -> Any:
        at = ctypes.cast(getattr(pdfium, name), _ADDRESS).value
        assert at is not None
        return ctypes.PYFUNCTYPE(result, *[_ADDRESS] * addresses, *others)(at)

    return bind


def address_of(handle: Any) -> int:
    """Give the address that a handle of pypdfium2 stands for."""
    at = ctypes.cast(handle, _ADDRESS).value
    assert at is not None
    return at

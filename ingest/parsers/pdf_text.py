"""What pdfium finds on a page: lines with their place, size and typeface, and text that nobody can see.

Calls into pdfium cost more than Python does, so fonts are asked for once a text object and words share them.
"""

import ctypes
import re
import unicodedata
from dataclasses import replace
from itertools import accumulate
from math import hypot
from typing import Any

from ingest.parsers.pdf_page import Font, Line, PageText, Run

_HYPHENS = "\ufffe\x02"
_LINE = re.compile("[^\r\n\ufffe\x02]+(?:\ufffe|\x02)?")
_WORD = re.compile(r"\S+")
_LETTER = re.compile(r"\w")
_SPECIAL = re.compile("[\xa0\xad\u200b-\u200d\u2060\ufeff\ufb00-\ufb06\t\u2002-\u200a\u202f]")
_UNSEEN = "\xad\u200b\u200c\u200d\u2060\ufeff"
_BOLD = re.compile(r"bold|black|heavy|demi|medi\b|(?:CM|SF|LM|EC)BX|-bd\b|,b\b", re.IGNORECASE)
_ITALIC = re.compile(r"ital|obliq|slant|(?:CM|SF|EC)(?:TI|SL|BXTI)|-it\b|kursiv", re.IGNORECASE)
_MATHS = re.compile(r"(?:CM|LM|EU)(?:MI|SY|EX|MIB|BSY)\d|math|symbol|MSAM|MSBM|rsfs|stmary", re.IGNORECASE)
_MONO = re.compile(r"mono|courier|typewriter|consol|menlo|code|(?:CM|SF|EC|LM)TT", re.IGNORECASE)
_MONO_FLAG = 1 << 0
_ITALIC_FLAG = 1 << 6
_INVISIBLE_MODES = {3, 7}
_LEAST_SIZE = 2.0
"""Points; smaller text is not for people."""


def read_page(document: Any, number: int) -> PageText:
    """Read page `number` (from 1) of an open pdfium document."""
    page = document[number - 1]
    try:
        text_page = page.get_textpage()
        try:
            return _Reader(page, text_page, number).read()
        finally:
            text_page.close()
    finally:
        page.close()


class _Reader:
    """Reads one page."""

    def __init__(self, page: Any, text_page: Any, number: int) -> None:
        import pypdfium2.raw as pdfium

        self._pdfium = pdfium
        self._page = page
        self._text_page = text_page
        self._fonts: dict[int, Font] = {}
        self._objects: dict[int, tuple[Font, float, bool]] = {}
        self._grounds: list[tuple[float, float, float, float]] | None = None
        self._rotation = page.get_rotation()
        self._box = page.get_bbox()
        width, height = page.get_size()
        self._result = PageText(number, width, height)

    def read(self) -> PageText:
        """Split the page's text into lines."""
        count = self._text_page.count_chars()
        text = self._text(count)
        visible: list[Line] = []
        hidden: list[Line] = []
        for match in _LINE.finditer(text):
            if match.group().strip():
                line, is_hidden = self._line(match)
                (hidden if is_hidden else visible).append(line)
        self._result.has_picture = not visible and self._has_picture()
        if hidden and self._is_recognised(visible, hidden):
            visible, hidden = hidden, []
        self._result.lines = visible
        self._result.hidden = [line.text for line in hidden]
        return self._result

    def _text(self, count: int) -> str:
        """Give one character for each of pdfium's, so that indexes agree."""
        buffer = (ctypes.c_ushort * (count + 1))()
        self._pdfium.FPDFText_GetText(self._text_page, 0, count, buffer)
        text = bytes(buffer).decode("utf-16-le", "surrogatepass")
        end = text.find("\x00")
        if end == count:
            return text[:count]
        # characters without a Unicode value, or beyond the first plane: ask for each
        values = (self._pdfium.FPDFText_GetUnicode(self._text_page, index) for index in range(count))
        return "".join(chr(value) if 0 < value < 0x110000 else " " for value in values)

    def _line(self, match: re.Match[str]) -> tuple[Line, bool]:
        raw = match.group()
        is_hyphenated = raw[-1] in _HYPHENS
        text = raw.rstrip(_HYPHENS + " ")
        start = match.start()
        words = [word.span() for word in _WORD.finditer(text)]
        runs, is_hidden = self._runs(text, start, words)
        place = self._place(start, words, runs)
        if _SPECIAL.search(text):
            is_hyphenated = is_hyphenated or text.endswith("\xad")
            text, runs = spell_out(text, runs)
        return Line(text, *place, runs, is_hyphenated), is_hidden

    def _place(self, start: int, words: list[tuple[int, int]], runs: list[Run]) -> tuple[float, float, float]:
        """Give a line's left and right edge and its base line: that of most letters, for some may be raised."""
        left, _ = self._origin(start + words[0][0])
        right, _ = self._origin(start + words[-1][1] - 1)
        _, y = self._origin(start + max(runs, key=lambda run: run.end - run.start).start)
        return left, right, y

    def _runs(self, text: str, start: int, words: list[tuple[int, int]]) -> tuple[list[Run], bool]:
        first = self._object(start + words[0][0])
        last = self._object(start + words[-1][1] - 1)
        if first is last or len(words) == 1:
            font, size, is_hidden = first
            return [Run(words[0][0], words[-1][1], font, size)], is_hidden
        runs: list[Run] = []
        hidden = 0
        for begin, end in words:
            # brackets and quotes before a bold word are often not bold
            letter = _LETTER.search(text, begin, end)
            font, size, is_hidden = self._object(start + (letter.start() if letter else begin))
            hidden += is_hidden
            if runs and runs[-1].font is font and runs[-1].size == size:
                runs[-1] = Run(runs[-1].start, end, font, size)
            else:
                runs.append(Run(begin, end, font, size))
        return runs, hidden * 2 > len(words)

    def _object(self, index: int) -> tuple[Font, float, bool]:
        """Give the font, the size and whether it is hidden, of the text object that a character belongs to."""
        pointer = self._pdfium.FPDFText_GetTextObject(self._text_page, index)
        # a blank that pdfium put in belongs to none
        if not pointer:
            return _NOTHING
        address = ctypes.addressof(pointer.contents)
        known = self._objects.get(address)
        if known is None:
            known = self._objects[address] = self._describe(pointer, index)
        return known

    def _describe(self, pointer: Any, index: int) -> tuple[Font, float, bool]:
        matrix = self._pdfium.FS_MATRIX()
        self._pdfium.FPDFText_GetMatrix(self._text_page, index, matrix)
        size = self._pdfium.FPDFText_GetFontSize(self._text_page, index) * (hypot(matrix.c, matrix.d) or 1.0)
        size = round(size, 1)
        return self._font(pointer, index), size, self._is_off_page(pointer) or self._is_hidden(pointer, size)

    def _font(self, pointer: Any, index: int) -> Font:
        handle = self._pdfium.FPDFTextObj_GetFont(pointer)
        address = ctypes.addressof(handle.contents) if handle else 0
        font = self._fonts.get(address)
        if font is None:
            font = self._fonts[address] = self._load_font(index)
        return font

    def _load_font(self, index: int) -> Font:
        buffer = ctypes.create_string_buffer(256)
        flags = ctypes.c_int()
        self._pdfium.FPDFText_GetFontInfo(self._text_page, index, buffer, len(buffer), flags)
        name = buffer.value.decode("utf-8", "replace")
        is_maths = bool(_MATHS.search(name))
        return Font(
            name,
            is_bold=not is_maths and bool(_BOLD.search(name)),
            is_italic=not is_maths and bool(_ITALIC.search(name) or flags.value & _ITALIC_FLAG),
            is_maths=is_maths,
            is_mono=bool(_MONO.search(name) or flags.value & _MONO_FLAG),
            weight=self._pdfium.FPDFText_GetFontWeight(self._text_page, index),
        )

    def _is_off_page(self, pointer: Any) -> bool:
        """Whether a text object lies wholly outside of what is shown of the page."""
        left, low, right, high = self._bounds(pointer)
        page_left, page_low, page_right, page_high = self._box
        return bool(right < page_left or left > page_right or high < page_low or low > page_high)

    def _is_hidden(self, pointer: Any, size: float) -> bool:
        """Whether people cannot see a text object: drawn with no ink, tiny, transparent, or white on the bare page."""
        mode = self._pdfium.FPDFTextObj_GetTextRenderMode(pointer)
        if mode in _INVISIBLE_MODES or size < _LEAST_SIZE:
            return True
        colour = self._colour(pointer)
        if colour is None or colour[3] == 0:
            return colour is not None
        return bool(mode == 0 and self._is_white(pointer) and not self._has_ground(pointer))

    def _has_ground(self, pointer: Any) -> bool:
        """Whether something that white shows on lies where a text object stands."""
        if self._grounds is None:
            self._grounds = [self._bounds(item.raw) for item in self._page.get_objects() if self._is_ground(item)]
        left, low, right, high = self._bounds(pointer)
        x, y = (left + right) / 2, (low + high) / 2
        return any(left <= x <= right and low <= y <= high for left, low, right, high in self._grounds)

    def _is_ground(self, item: Any) -> bool:
        """Whether a thing on the page is a picture, a shading, or a filled shape that is not white."""
        if item.type != self._pdfium.FPDF_PAGEOBJ_PATH:
            return bool(item.type != self._pdfium.FPDF_PAGEOBJ_TEXT)
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        self._pdfium.FPDFPath_GetDrawMode(item.raw, fill, stroke)
        return bool(fill.value) and not self._is_white(item.raw)

    def _is_white(self, pointer: Any) -> bool:
        colour = self._colour(pointer)
        return colour is not None and min(colour[:3]) >= 250

    def _colour(self, pointer: Any) -> tuple[int, int, int, int] | None:
        """Give red, green, blue and opacity (0 to 255) of a thing's filling, if it has one."""
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        if not self._pdfium.FPDFPageObj_GetFillColor(pointer, red, green, blue, alpha):
            return None
        return red.value, green.value, blue.value, alpha.value

    def _bounds(self, pointer: Any) -> tuple[float, float, float, float]:
        left, low, right, high = (ctypes.c_float() for _ in range(4))
        self._pdfium.FPDFPageObj_GetBounds(pointer, left, low, right, high)
        return left.value, low.value, right.value, high.value

    def _is_recognised(self, visible: list[Line], hidden: list[Line]) -> bool:
        """Whether the hidden text is what text recognition put under a scan: all text of a page that is a picture."""
        return not visible and self._result.has_picture and sum(len(line.text) for line in hidden) > 100

    def _has_picture(self) -> bool:
        """Whether a picture covers a good part of the page."""
        area = self._result.width * self._result.height
        for other in self._page.get_objects(filter=[self._pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
            left, low, right, high = self._bounds(other.raw)
            if (right - left) * (high - low) > area / 4:
                return True
        return False

    def _origin(self, index: int) -> tuple[float, float]:
        x, y = ctypes.c_double(), ctypes.c_double()
        self._pdfium.FPDFText_GetCharOrigin(self._text_page, index, x, y)
        match self._rotation:
            case 90:
                return y.value, self._result.height - x.value
            case 180:
                return self._result.width - x.value, self._result.height - y.value
            case 270:
                return self._result.width - y.value, x.value
            case _:
                return x.value, y.value


_NOTHING = (Font(), 0.0, False)


def spell_out(text: str, runs: list[Run]) -> tuple[str, list[Run]]:
    """Write ligatures as letters, all blanks as one kind, and leave marks out that nobody sees."""
    parts = [_spelled(letter) if _SPECIAL.match(letter) else letter for letter in text]
    places = [0, *accumulate(len(part) for part in parts)]
    moved = [replace(run, start=places[run.start], end=places[run.end]) for run in runs]
    return "".join(parts), moved


def _spelled(letter: str) -> str:
    if letter in _UNSEEN:
        return ""
    return " " if letter.isspace() else unicodedata.normalize("NFKC", letter)

"""What pdfium finds on a page: lines with their place, size and typeface, and text that nobody can see.

Calls into pdfium cost more than Python does, so fonts are asked for once a text object and words share them.
"""

import ctypes
import re
from itertools import groupby
from typing import Any

from ingest.parsers.pdf.calls import Calls, address_of
from ingest.parsers.pdf.letters import spell_out_line
from ingest.parsers.pdf.page import Cell, Font, Line, PageText, Run
from ingest.parsers.pdf.things import find_drawings, find_things, is_white
from ingest.parsers.pdf.turn import turn_of

_HYPHENS = "\ufffe\x02"
_LINE = re.compile("[^\r\n\ufffe\x02]+(?:\ufffe|\x02)?")
_WORD = re.compile(r"\S+")
_LETTER = re.compile(r"\w")
_NUMBERED = re.compile(r"\s*[^\W\d_]{1,14}\.?\s?[A-Z]?\d")
"""What may be a caption, and alone makes it worth while to look for drawings."""

_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]{2,}")
"""Words of scripts that run from right to left."""

_LAM = "\u0644"
"""It joins with the letter after it to one glyph: what begins with it was not turned."""

_BOLD = re.compile(r"bold|black|heavy|demi|medi\b|(?:CM|SF|LM|EC)BX|-bd\b|,b\b", re.IGNORECASE)
_ITALIC = re.compile(r"ital|obliq|slant|(?:CM|SF|EC)(?:TI|SL|BXTI)|-it\b|kursiv", re.IGNORECASE)
_MATHS = re.compile(r"(?:CM|LM|EU)(?:MI|SY|EX|MIB|BSY)\d|math|symbol|MSAM|MSBM|rsfs|stmary", re.IGNORECASE)
_MONO = re.compile(r"mono|courier|typewriter|consol|menlo|code|(?:CM|SF|EC|LM)TT", re.IGNORECASE)
_MONO_FLAG = 1 << 0
_ITALIC_FLAG = 1 << 6
_INVISIBLE_MODES = {3, 7}
_LEAST_SIZE = 2.0
"""Points; smaller text is not for people."""

_SPARSE = 0.47
"""Of the type size: letters and blanks of running text are narrower on average."""

_CELL_GAP = 0.9
"""Of the type size: words further apart are cells of a table, or columns. Blanks are a third of it."""

_RULE_SLACK = 1.0
_LEAST_RECOGNISED = 100
"""Characters under a scan: fewer are no page that was recognised."""

_Kind = tuple[Font, float, bool]
"""Of a text object: its font, its size, and whether it is hidden."""

_NOTHING: _Kind = (Font(), 0.0, False)


class PageUnreadable(Exception):
    """Pdfium does not open the page."""


class Reader:
    """Reads the pages of an open pdfium document."""

    def __init__(self, document: Any) -> None:
        """Read from this document."""
        self._document = document
        self._calls = Calls()

    def read(self, number: int) -> PageText:
        """Read page `number`, from 1. Raises PageUnreadable."""
        import pypdfium2.raw as pdfium

        page = pdfium.FPDF_LoadPage(self._document.raw, number - 1)
        if not page:
            raise PageUnreadable
        try:
            text_page = pdfium.FPDFText_LoadPage(page)
            try:
                return _PageReader(self._calls, page, text_page).read(number)
            finally:
                pdfium.FPDFText_ClosePage(text_page)
        finally:
            pdfium.FPDF_ClosePage(page)


class _PageReader:
    """Reads one page."""

    def __init__(self, calls: Calls, page: Any, text_page: Any) -> None:
        self._calls = calls
        self._text_page = text_page
        self._at = address_of(text_page)
        self._page_at = address_of(page)
        self._fonts: dict[int, Font] = {}
        # what pdfium put in belongs to no object
        self._objects: dict[int, _Kind] = {0: _NOTHING}
        self._turn = turn_of(page)
        self._width, self._height = self._turn.size
        self._things = find_things(calls, self._page_at, self._turn)
        self._uprights = [rule for rule in self._things.rules if rule.height > rule.width]
        self._is_turned = self._turn.rotation != 0 or self._turn.shown[:2] != (0, 0)

    def read(self, number: int) -> PageText:
        """Split the page's text into lines."""
        width, height = self._width, self._height
        result = PageText(number, width, height)
        text = characters(self._text_page, self._calls.count_chars(self._at))
        hidden: list[Line] = []
        for match in _LINE.finditer(text):
            if not match.group().isspace():
                line, is_hidden = self._line(match)
                (hidden if is_hidden or self._is_off_page(line) else result.lines).append(line)
        result.pictures = [place for place in self._things.pictures if place.width > 0]
        if any(_NUMBERED.match(line.text) for line in result.lines):
            result.drawings = find_drawings(self._things, width, height)
        result.rules = self._things.rules
        result.has_picture = any(place.width * place.height > width * height / 4 for place in result.pictures)
        if result.has_picture and not result.lines and sum(len(line.text) for line in hidden) > _LEAST_RECOGNISED:
            # what text recognition put under a scan: all text of a page that is a picture
            result.is_recognised = True
            result.lines, hidden = hidden, []
        result.hidden = [line.text for line in hidden]
        return result

    def _line(self, match: re.Match[str]) -> tuple[Line, bool]:
        raw = match.group()
        is_hyphenated = raw[-1] in _HYPHENS
        text = raw.rstrip(_HYPHENS + " ")
        begin = len(text) - len(text.lstrip())
        start = match.start()
        runs, is_hidden = self._runs(text, start, begin)
        left, y = self._origin(start + begin)
        right, _ = self._origin(start + len(text) - 1)
        if len(runs) > 1:
            # the base line is that of most letters, for some may be raised
            longest = max(runs, key=_length)
            if longest is not runs[0]:
                _, y = self._origin(start + longest.start)
        if not text.isascii() and _RTL.search(text):
            text = self._right_way(text, start)
        line = Line(text, left, right, y, runs, is_hyphenated)
        if line.right - line.left > len(text) * line.size * _SPARSE or (self._uprights and self._crosses_rule(line)):
            line.cells = self._cells(line, start)
        return spell_out_line(line), is_hidden

    def _right_way(self, text: str, start: int) -> str:
        """Turn back what pdfium turned with the line though it was in order: the letters of a single glyph."""
        letters = list(text)
        for match in _RTL.finditer(text):
            indexes = range(*match.span())
            for _, group in groupby(indexes, key=lambda index: self._calls.char_box(self._at, start + index)):
                glyph = list(group)
                turned = [letters[index] for index in reversed(glyph)]
                if len(glyph) > 1 and letters[glyph[0]] != _LAM:
                    letters[glyph[0] : glyph[-1] + 1] = turned
        return "".join(letters)

    def _crosses_rule(self, line: Line) -> bool:
        """Whether an upright rule stands between a line's words."""
        return any(
            line.left < rule.left < line.right and rule.low < line.y + line.size / 3 < rule.high
            for rule in self._uprights
        )

    def _cells(self, line: Line, start: int) -> tuple[Cell, ...]:
        """Part a line where its words stand far apart, or a rule stands between them."""
        words = [word.span() for word in _WORD.finditer(line.text)]
        rules = [rule.left for rule in self._uprights if rule.low < line.y + line.size / 3 < rule.high]
        cells: list[Cell] = []
        for begin, end in words:
            first = self._turn.place(self._calls.char_box(self._at, start + begin))
            last = self._turn.place(self._calls.char_box(self._at, start + end - 1))
            word = Cell(begin, end, min(first.left, last.left), max(first.right, last.right))
            if cells and not _is_apart(cells[-1], word, _CELL_GAP * line.size, rules):
                before = cells[-1]
                word = Cell(before.start, end, min(before.left, word.left), max(before.right, word.right))
                cells.pop()
            cells.append(word)
        return tuple(cells) if len(cells) > 1 else ()

    def _runs(self, text: str, start: int, begin: int) -> tuple[list[Run], bool]:
        first = self._object(start + begin)
        last = self._object(start + len(text) - 1)
        if first is last or " " not in text[begin:]:
            font, size, is_hidden = first
            return [Run(begin, len(text), font, size)], is_hidden
        runs: list[Run] = []
        words = hidden = 0
        for word in _WORD.finditer(text):
            # brackets and quotes before a bold word are often not bold
            letter = _LETTER.search(text, *word.span())
            font, size, is_hidden = self._object(start + (letter or word).start())
            words += 1
            hidden += is_hidden
            if runs and runs[-1].font is font and runs[-1].size == size:
                runs[-1] = Run(runs[-1].start, word.end(), font, size)
            else:
                runs.append(Run(word.start(), word.end(), font, size))
        return runs, hidden * 2 > words

    def _object(self, index: int) -> _Kind:
        """Give the font, the size and whether it is hidden, of the text object that a character belongs to."""
        thing = self._calls.text_object(self._at, index) or 0
        known = self._objects.get(thing)
        if known is None:
            known = self._objects[thing] = self._describe(thing, index)
        return known

    def _describe(self, thing: int, index: int) -> _Kind:
        calls = self._calls
        size = round(calls.size(self._at, index), 1)
        handle = calls.font_of(thing) or 0
        font = self._fonts.get(handle)
        if font is None:
            font = self._fonts[handle] = self._load_font(index)
        return font, size, self._is_hidden(thing, size, index)

    def _load_font(self, index: int) -> Font:
        import pypdfium2.raw as pdfium

        buffer = ctypes.create_string_buffer(256)
        flags = ctypes.c_int()
        pdfium.FPDFText_GetFontInfo(self._text_page, index, buffer, len(buffer), flags)
        name = buffer.value.decode("utf-8", "replace")
        is_maths = bool(_MATHS.search(name))
        return Font(
            name,
            is_bold=not is_maths and bool(_BOLD.search(name)),
            is_italic=not is_maths and bool(_ITALIC.search(name) or flags.value & _ITALIC_FLAG),
            is_maths=is_maths,
            is_mono=bool(_MONO.search(name) or flags.value & _MONO_FLAG),
            weight=pdfium.FPDFText_GetFontWeight(self._text_page, index),
        )

    def _is_off_page(self, line: Line) -> bool:
        """Whether a line lies wholly outside of what is shown of the page."""
        return line.right < 0 or line.left > self._width or line.y > self._height or line.y + line.size < 0

    def _is_hidden(self, thing: int, size: float, index: int) -> bool:
        """Whether people cannot see a text object: drawn with no ink, tiny, transparent, or white on the bare page."""
        mode = self._calls.render_mode(thing)
        if mode in _INVISIBLE_MODES or size < _LEAST_SIZE:
            return True
        colour = self._calls.colour(thing)
        is_bare = mode == 0 and is_white(colour) and not self._has_ground(index, size)
        return bool(colour) and (colour[3] == 0 or is_bare)

    def _has_ground(self, index: int, size: float) -> bool:
        """Whether something that white shows on lies where a character stands."""
        x, y = self._origin(index)
        y += size / 4
        return any(
            ground.left <= x <= ground.right and ground.low <= y <= ground.high for ground in self._things.grounds
        )

    def _origin(self, index: int) -> tuple[float, float]:
        place = self._calls.origin(self._at, index)
        return self._turn.point(*place) if self._is_turned else place


def _is_apart(before: Cell, word: Cell, gap: float, rules: list[float]) -> bool:
    """Whether between two pieces of a line there is a wide gap, or a rule. In lines from right to left too."""
    low, high = min(before.right, word.right), max(before.left, word.left)
    return high - low > gap or any(low - _RULE_SLACK < rule < high + _RULE_SLACK for rule in rules)


def _length(run: Run) -> int:
    return run.end - run.start


def characters(text_page: Any, count: int) -> str:
    """Give one character for each of pdfium's, so that indexes agree."""
    import pypdfium2.raw as pdfium

    buffer = (ctypes.c_ushort * (count + 1))()
    pdfium.FPDFText_GetText(text_page, 0, count, buffer)
    text = bytes(buffer).decode("utf-16-le", "surrogatepass")
    end = text.find("\x00")
    if end == count:
        return text[:count]
    # characters without a Unicode value, or beyond the first plane: ask for each
    values = (pdfium.FPDFText_GetUnicode(text_page, index) for index in range(count))
    return "".join(chr(value) if 0 < value < 0x110000 else " " for value in values)

"""Lines to paragraphs: which lines go on, how they are joined, and which of their words are emphasised."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf
from statistics import median
from typing import TypeVar

from domain.documents import Part, PartKind, Range
from ingest.parsers.cleaning import Hyphens
from ingest.parsers.pdf.page import Line, PageText, Run
from ingest.parsers.pdf.rows import Piece
from ingest.parsers.pdf.tables import Table

_ENDS_SENTENCE = re.compile(r"[.!?:…。！？][\"”’»)\]]*$")
_ITEM = re.compile(r"(?:[•◦▪‣·∙●○■□–—*-]|\(?(?:\d{1,2}|[a-zA-Z])[.)])\s+\S")
_HYPHENS = ("-", "\u2010", "\xac")
"""The last stands for a soft hyphen where a file's letters were taken for those of another machine."""

_NO_BLANK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uff00-\uffef\u3000-\u303f]")
_WORD = re.compile(r"\w")
_T = TypeVar("_T")

_SAME_ROW = 0.35
"""Of the type size: lines closer than this stand beside each other."""


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together. `bold` and `italic` are the shares of its letters so set.

    One that has `parts` is a table, a footnote or the like, and no heading.
    """

    lines: list[Line]
    text: str = ""
    emphasis: tuple[Range, ...] = ()
    bold: float = 0.0
    italic: float = 0.0
    level: int = 0
    size: float = field(default=0.0)
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Typesetting:
    """What is usual in a document: type size, and the distance of lines by type size."""

    size: float
    weight: int
    is_mono: bool
    leading: dict[float, float]

    def leading_of(self, size: float) -> float:
        """Give the usual distance of lines set in a size, in points."""
        return self.leading.get(size, size * 1.25)


def measure(pages: Iterable[PageText]) -> Typesetting:
    """Find what is usual in a document."""
    sizes, weights, monos = Counter[float](), Counter[int](), Counter[bool]()
    gaps: dict[float, list[float]] = defaultdict(list)
    for page in pages:
        before: Line | None = None
        for line in page.lines:
            size = line.size
            sizes[size] += len(line.text)
            weights[line.runs[0].font.weight] += len(line.text)
            monos[line.is_mono] += len(line.text)
            if before is not None and before.size == size and size < before.y - line.y < 2.2 * size:
                gaps[size].append(before.y - line.y)
            before = line
    leading = {size: median(found) for size, found in gaps.items() if len(found) > 3}
    return Typesetting(_most(sizes, 10.0), _most(weights, 0), _most(monos, False), leading)


def _most(counter: Counter[_T], default: _T) -> _T:
    return counter.most_common(1)[0][0] if counter else default


def build_paragraphs(
    page: PageText, usual: Typesetting, hyphens: Hyphens, tables: Sequence[Table] = ()
) -> list[Paragraph]:
    """Put a page's lines together to paragraphs, in the order of the page's content; tables stand between them."""
    places = {table.at: table for table in tables}
    in_tables = {id(line) for table in tables for line in table.lines}
    edges = _far_edges(page.lines)
    paragraphs: list[Paragraph] = []
    group: list[Line] = []
    for index, line in enumerate(page.lines):
        if group and (id(line) in in_tables or not _goes_on(group, line, usual, edges)):
            paragraphs.append(set_lines(group, usual, hyphens))
            group = []
        if index in places:
            paragraphs.append(_set_table(places[index], hyphens))
        if id(line) not in in_tables:
            group.append(line)
    if group:
        paragraphs.append(set_lines(group, usual, hyphens))
    return paragraphs


def _set_table(table: Table, hyphens: Hyphens) -> Paragraph:
    """Write a table as rows of cells, and say where each cell stands."""
    text = ""
    rows: list[tuple[Range, ...]] = []
    for cells in table.rows:
        text += "\n" if rows else ""
        row = []
        for number, cell in enumerate(cells):
            text += " | " if number else ""
            words = _set_cell(cell, hyphens)
            row.append(Range(len(text), len(text) + len(words)))
            text += words
        rows.append(tuple(row))
    part = Part(PartKind.TABLE, Range(0, len(text)), tuple(rows), table.heads)
    return Paragraph(list(table.lines), text, size=table.lines[0].size, parts=(part,))


def _set_cell(cell: Sequence[Piece], hyphens: Hyphens) -> str:
    text = ""
    for before, piece in pairwise((None, *cell)):
        assert piece is not None
        if before is None:
            text = piece.text
        elif before.line.is_hyphenated and before.line.text.endswith(before.text):
            text += hyphens.join(text, piece.text) + piece.text
        else:
            text += between(text, piece.text) + piece.text
    return text


def _far_edges(lines: Sequence[Line]) -> dict[int, float]:
    """Give, for each edge where lines begin (in steps of 20 points), how far lines reach."""
    edges: dict[int, float] = {}
    for line in lines:
        step, end = round(line.begin / 20), line.end
        for near in (step - 1, step, step + 1):
            if end > edges.get(near, -inf):
                edges[near] = end
    return edges


def _goes_on(group: list[Line], line: Line, usual: Typesetting, edges: dict[int, float]) -> bool:
    """Whether a line belongs to the paragraph of the lines before it."""
    before = group[-1]
    size = before.size
    down = before.y - line.y
    if before.is_hyphenated or abs(down) < size * _SAME_ROW:
        return True
    if _is_other_type(before, line, size):
        return False
    ends = bool(_ENDS_SENTENCE.search(before.text))
    goes_on_in_words = not ends and line.text[:1].islower()
    if down < 0 or down > 6 * size:
        # the next column
        return goes_on_in_words
    if down > usual.leading_of(size) * (1.8 if goes_on_in_words else 1.25) or _ITEM.match(line.text):
        return False
    return not (ends and _starts_anew(before, line, size, edges))


def _starts_anew(before: Line, line: Line, size: float, edges: dict[int, float]) -> bool:
    """Whether a line after a sentence's end is indented, or follows a short last line."""
    width = edges[round(before.begin / 20)] - before.begin
    is_after_short = before.end < before.begin + width * 0.8 and not line.text[:1].islower()
    return line.begin > before.begin + 0.7 * size or is_after_short


def _is_other_type(before: Line, line: Line, size: float) -> bool:
    """Whether a line is set so differently that it starts something new."""
    if min(len(before.text), len(line.text)) > 3 and abs(size - line.size) > 0.6:
        return True
    return before.is_all_bold != line.is_all_bold and before.runs[-1].font.is_bold != line.runs[0].font.is_bold


def set_lines(lines: list[Line], usual: Typesetting, hyphens: Hyphens) -> Paragraph:
    """Join the lines of a paragraph."""
    text = ""
    letters = bold = italic = 0
    marks: list[tuple[Range, tuple[bool, bool]]] = []
    for index, line in enumerate(lines):
        if index:
            is_code = not usual.is_mono and lines[index - 1].is_mono and line.is_mono
            text = text + "\n" if is_code else _joined(text, lines[index - 1], line.text, hyphens)
        for run in line.runs:
            style = _style(run, usual)
            at = Range(len(text) + run.start, len(text) + run.end)
            letters += run.end - run.start
            bold += (run.end - run.start) * style[0]
            italic += (run.end - run.start) * style[1]
            if any(style):
                marks.append((at, style))
        text += line.text
    paragraph = Paragraph(lines, text, bold=bold / max(letters, 1), italic=italic / max(letters, 1))
    paragraph.size = max(lines, key=lambda line: len(line.text)).size
    if paragraph.bold < 0.5 and paragraph.italic < 0.5:
        paragraph.emphasis = tuple(_merged(text, marks))
    return paragraph


def _style(run: Run, usual: Typesetting) -> tuple[bool, bool]:
    """Whether a run is bold, by its font's name or else by its weight, and whether it is italic."""
    font = run.font
    is_heavy = not font.is_maths and font.weight >= 600 and font.weight >= 1.4 * usual.weight > 0
    return font.is_bold or is_heavy, font.is_italic


def _joined(text: str, before: Line, after: str, hyphens: Hyphens) -> str:
    """Prepare a text for what its next line says: mend the word, or add a blank where the script has blanks."""
    if before.is_hyphenated:
        return text + hyphens.join(text, after)
    if text.endswith(_HYPHENS) and text[-2:-1].isalpha() and after[:1].islower():
        return text[:-1] + hyphens.join(text[:-1], after)
    return text + between(text, after)


def between(text: str, after: str) -> str:
    """Give what stands between two lines: a blank, or nothing where the script has none."""
    return "" if _NO_BLANK.match(text[-1:]) and _NO_BLANK.match(after[:1]) else " "


def _merged(text: str, marks: list[tuple[Range, tuple[bool, bool]]]) -> Iterable[Range]:
    """Join marks of the same style with nothing but blanks or a hyphen between, and trim them to words."""
    whole: list[tuple[Range, tuple[bool, bool]]] = []
    for at, style in marks:
        if whole and whole[-1][1] == style and not _WORD.search(text[whole[-1][0].end : at.start]):
            whole[-1] = (Range(whole[-1][0].start, at.end), style)
        else:
            whole.append((at, style))
    for at, _ in whole:
        words = text[at.start : at.end]
        first, last = _WORD.search(words), _WORD.search(words[::-1])
        if first and last and re.search(r"[^\W\d_]{2}", words):
            end = at.end - last.start()
            # "(WEIRD)" keeps no bracket, "cell (biology)" keeps both
            end += "(" in text[at.start + first.start() : end] and text[end : end + 1] == ")" and end < at.end
            yield Range(at.start + first.start(), end)

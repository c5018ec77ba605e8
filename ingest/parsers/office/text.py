"""Words of office files as they are put together: lines with their emphasis and formulas, lists, tables."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.documents import MOST_LEFT_OUT, Dropped, Part, PartKind, Range
from ingest.parsers.flow import Block, move_part

_LIGATURE = re.compile("[\ufb00-\ufb06]")
_NO_PICTURE = re.compile("[\x00-\x08\x0e-\x1f\x7f\u00ad\ufeff\ufffe\uffff]")
_BREAK = re.compile(r"\s*[\n\r\v\f\x85\u2028\u2029]\s*")
_BLANKS = re.compile(r"[^\S\n]+")
_LONGEST_EXAMPLE = 80
_ALL_OF_IT = 0.9
"""Where so much of a paragraph is emphasised, nothing is."""


class Line:
    """Collects the words of a paragraph piece by piece: one blank between words, none at the ends."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._blank = ""
        self._emphasis: list[Range] = []
        self._parts: list[Part] = []
        self._hidden: list[str] = []

    def add(self, text: str, *, is_strong: bool = False) -> None:
        """Add words, white space at their ends included."""
        text = _BLANKS.sub(" ", _BREAK.sub("\n", clean(text)))
        words = text.strip()
        if not words:
            self._rest(text[:1])
            return
        self._rest(text[0])
        start = self._put(words)
        if is_strong:
            self._stress(start)
        self._blank = ""
        self._rest(text[-1])

    def add_formula(self, latex: str, *, is_displayed: bool = False) -> None:
        """Add a formula; a displayed one stands on a line of its own."""
        sign = "$$" if is_displayed else "$"
        latex = " ".join(latex.split())
        if not latex:
            return
        self._blank = "\n" if is_displayed else self._blank
        start = self._put(f"{sign}{latex}{sign}")
        self._parts.append(Part(PartKind.FORMULA, Range(start, self._length)))
        self._blank = "\n" if is_displayed else ""

    def hide(self, text: str) -> None:
        """Put words aside that nobody sees."""
        self._hidden.append(text)

    def finish(self, *, is_part: bool = False) -> Block:
        """Give what was collected; `is_part` for an item or a cell, which may be a term from end to end."""
        text = "".join(self._pieces)
        strong = sum(mark.end - mark.start for mark in self._emphasis)
        emphasis = self._emphasis if is_part or strong < _ALL_OF_IT * len(text) else []
        hidden = " ".join("".join(self._hidden).split())
        return Block(text, emphasis=tuple(emphasis), hidden=(hidden,) if hidden else (), parts=tuple(self._parts))

    def _rest(self, edge: str) -> None:
        """Note what white space is due before the next word; a line break outdoes a blank."""
        if edge == "\n" or (edge == " " and not self._blank):
            self._blank = edge

    def _put(self, words: str) -> int:
        """Write words after the white space that is due; give where they begin."""
        if self._blank and self._length:
            self._pieces.append(self._blank)
            self._length += 1
        start = self._length
        self._pieces.append(words)
        self._length += len(words)
        return start

    def _stress(self, start: int) -> None:
        """Note that what was written last is emphasised; neighbours are one."""
        last = self._emphasis[-1] if self._emphasis else None
        if last and last.end + len(self._blank) >= start and "\n" not in self._blank:
            self._emphasis[-1] = Range(last.start, self._length)
        else:
            self._emphasis.append(Range(start, self._length))


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a list: its mark, how deep it stands, its words."""

    mark: str
    depth: int
    block: Block


def clean(text: str) -> str:
    """Give text as people read it: composed letters, ligatures as letters, no soft hyphens or control characters."""
    text = _NO_PICTURE.sub("", text)
    text = _LIGATURE.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)
    return unicodedata.normalize("NFC", text)


def on_one_line(block: Block) -> Block:
    """Give a paragraph without line breaks; the places of its words stay."""
    text = block.text.replace("\n", " ")
    return Block(text, block.level, block.emphasis, block.hidden, block.parts, block.label)


def join_blocks(blocks: Sequence[Block], between: str) -> Block:
    """Put paragraphs together to one."""
    emphasis: list[Range] = []
    parts: list[Part] = []
    offset = 0
    for block in blocks:
        emphasis.extend(Range(mark.start + offset, mark.end + offset) for mark in block.emphasis)
        parts.extend(move_part(part, offset) for part in block.parts)
        offset += len(block.text) + len(between)
    hidden = tuple(text for block in blocks for text in block.hidden)
    text = between.join(block.text for block in blocks)
    return Block(text, emphasis=tuple(emphasis), hidden=hidden, parts=tuple(parts))


def set_list(items: Sequence[Item]) -> Block:
    """Set a list: each item a line with its mark, deeper ones indented."""
    least = min(item.depth for item in items)
    lines, starts, offset = [], [], 0
    for item in items:
        indent = "  " * (item.depth - least)
        mark = Block(f"{indent}{item.mark} " if item.mark else indent)
        line = join_blocks([mark, on_one_line(item.block)], "")
        starts.append(offset + len(mark.text))
        offset += len(line.text) + 1
        lines.append(line)
    whole = join_blocks(lines, "\n")
    rows = tuple((Range(start, start + len(item.block.text)),) for start, item in zip(starts, items, strict=True))
    part = Part(PartKind.LIST, Range(0, len(whole.text)), rows)
    return Block(whole.text, emphasis=whole.emphasis, hidden=whole.hidden, parts=(part, *whole.parts))


def set_table(rows: Iterable[Sequence[Block]], *, heads: int = 0, label: str = "") -> Block:
    """Set a table: the cells of a row joined by bars, rows by line ends; a table without words has no text."""
    rows = [row for row in rows if row]
    lines, places, offset = [], [], 0
    for row in rows:
        cells = [on_one_line(cell) for cell in row]
        line = join_blocks(cells, " | ")
        places.append(tuple(_places(cells, offset)))
        offset += len(line.text) + 1
        lines.append(line)
    whole = join_blocks(lines, "\n")
    if not any(cell.text for row in rows for cell in row):
        return Block("", hidden=whole.hidden)
    part = Part(PartKind.TABLE, Range(0, len(whole.text)), tuple(places), heads, label)
    return Block(whole.text, emphasis=whole.emphasis, hidden=whole.hidden, parts=(part, *whole.parts))


def _places(cells: Sequence[Block], offset: int) -> Iterable[Range]:
    for cell in cells:
        yield Range(offset, offset + len(cell.text))
        offset += len(cell.text) + 3


class Tally:
    """Counts what is left out of the text, and keeps its words."""

    def __init__(self) -> None:
        self._found: dict[str, Dropped] = {}

    def add(self, code: str, words: str = "", *, count: int = 1) -> None:
        """Count something left out, of which `words` are all the words; the example is the first that has any.

        Words are kept line by line, as many as fit; what comes twice in a row is kept once.
        """
        last = self._found.get(code) or Dropped(code, 0)
        words = " ".join(words.split())
        text = last.text
        if words and len(text) < MOST_LEFT_OUT and not f"\n{text}".endswith(f"\n{words}"):
            text = f"{text}\n{words}" if text else words
        self._found[code] = Dropped(
            code, last.count + count, last.example or words[:_LONGEST_EXAMPLE], text[:MOST_LEFT_OUT]
        )

    def finish(self) -> tuple[Dropped, ...]:
        """Give what was counted."""
        return tuple(self._found.values())

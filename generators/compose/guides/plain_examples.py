"""Worked examples without a word over the solution: "Example 1: ...", the task, and the work right behind it.

The task goes up to what it asks for; the work goes on as long as it works, up to a result.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from domain.documents import Range
from generators.compose.guides.worked_words import ASKS, CONCLUDES, ENDS, EXAMPLE, PICTURE, SOLUTION, WORKED, is_title
from generators.compose.reading.blocks import Block
from generators.compose.reading.parse import ParsedSection

_MOST_PIECES = 16
_LONGEST_TASK = 4
"""Pieces of a task, before the work."""

_RECKONED = re.compile(r"[=≈]|\d\s*[+×÷*/·−–-]\s*\d")
_NUMBERED = re.compile(r"\d|[:.：–—-]\s*$")


def find_plain_example(parsed: ParsedSection, blocks: Sequence[Block]) -> tuple[list[Range], list[Range]]:
    """Give the places of the task and of the work of an example that the first paragraph opens; empty for none."""
    opening = EXAMPLE.match(blocks[0].text)
    if opening is None or not _NUMBERED.search(opening[0]):
        return [], []
    pieces = list(islice(_pieces(parsed, blocks), _MOST_PIECES + 1))
    said = [parsed.evidence.text[at.start : at.end] for at in pieces]
    end = _end_of_task(said)
    work = list(range(end, _end_of_work(said, end)))
    is_cut = len(pieces) > _MOST_PIECES and work[-1:] == [_MOST_PIECES]
    if not end or is_cut or not any(_RECKONED.search(said[place]) for place in work):
        return [], []
    return pieces[:end], [pieces[place] for place in work]


def _pieces(parsed: ParsedSection, blocks: Sequence[Block]) -> Iterator[Range]:
    """Yield the sentences, and the lines that are shorter, from behind the title on, up to what is no example."""
    for place, block in enumerate(blocks):
        if place and (is_title(block, ENDS) or EXAMPLE.match(block.text) or SOLUTION.match(block.text)):
            return
        if PICTURE.match(block.text):
            continue
        yield from _parts(parsed, block, is_opening=place == 0)


def _parts(parsed: ParsedSection, block: Block, *, is_opening: bool) -> Iterator[Range]:
    """Cut a paragraph at its sentences and lines, without the title that opens it."""
    text = parsed.evidence.text
    title = EXAMPLE.match(text, block.at.start) if is_opening else None
    first = title.end() if title else block.at.start
    marks = sorted({first, *(one.at.start for one in block.sentences), *_lines_of_work(text, block), block.at.end})
    marks = [mark for mark in marks if mark >= first]
    for start, end in pairwise(marks):
        words = text[start:end].strip()
        if words:
            begin = text.index(words, start)
            yield Range(begin, begin + len(words))


def _lines_of_work(text: str, block: Block) -> Iterator[int]:
    """Yield where lines begin that reckon or conclude, or that begin anew behind such a line."""
    was_work = False
    for line in block.lines:
        words = text[line.start : line.end]
        is_work = _RECKONED.search(words) is not None or CONCLUDES.match(words) is not None
        if is_work or (was_work and not words[0].islower()):
            yield line.start
        was_work = is_work


def _end_of_task(said: Sequence[str]) -> int:
    """Give the place behind what is asked; 0 where nothing is, or the work stands before it."""
    asks = next((place for place, words in enumerate(said[:_LONGEST_TASK]) if ASKS.search(words)), None)
    if asks is None or any("=" in words for words in said[:asks]) or CONCLUDES.match(said[asks]):
        return 0
    while asks + 1 < len(said) and said[asks + 1].endswith("?"):
        asks += 1
    return asks + 1


def _end_of_work(said: Sequence[str], start: int) -> int:
    """Give the place behind the last piece that works or concludes.

    Between two such pieces stands at most one of words, or two where a result is yet to come.
    """
    last = start
    for place in range(start, len(said)):
        if WORKED.search(said[place]) or CONCLUDES.match(said[place]):
            last = place + 1
        elif place > last and not any("=" in words for words in said[place + 1 : place + 2]):
            break
    return last

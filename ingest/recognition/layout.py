"""Recognised lines to a page of text: paragraphs, mended words, headings, lists, and where each word stands."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from domain.documents import Page, Part, PartKind, Range, WordBox
from ingest.parsers.cleaning import Hyphens
from ingest.parsers.flow import Block, build_page
from ingest.recognition.contract import Line, RecognisedPage
from ingest.recognition.reading import mean_confidence
from ingest.recognition.sizes import size_of, usual_size

_NOISE = 0.25
"""Lines of less confidence are specks, frames and pictures, not words."""

_LEVELS = ((1.75, 1), (1.35, 2), (1.17, 3))
"""Headings by how many times as large as the usual type they are."""

_LEAST_BODY = 4
"""Lines a page must have for its usual type size to be known."""

_LONGEST_HEADING = 120
_LOWEST = 3
_LONGEST_PLAIN = 60
_LEAST_UNDER = 80
"""Letters of a heading in the usual type at most, and of the paragraph under it at least."""

_GOOD_WORDS = 0.8
_NAME = re.compile(r"[A-ZÀ-ÖØ-Þ0-9][^.,;:]*[\w)?!]$")
_LONG_LINE = 30
_TELLING = 8
"""Letters: of fewer, the type size is a guess."""

_OTHER_SIZE = 1.25
_ENDS_SENTENCE = re.compile(r"[.!?:;…。！？][\"”’»)\]]*$")
_ENDS_HEADING = re.compile(r"[.,;:]$")
_HYPHEN = re.compile(r"[^\W\d_][-\u00ad\u2010¬]$")
_LETTER = re.compile(r"[^\W\d_]")
_NO_BLANK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uff00-\uffef\u3000-\u303f]")
_MARK = "• "
_BULLET = re.compile(r"[•◦▪●○■□©®¢«»*°+~–—-]$")
"""A mark before an item, also as what it is often taken for."""


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together, in pixels of type size; `level` is not 0 for a heading."""

    lines: list[Line]
    size: float
    level: int = 0
    text: str = ""
    boxes: list[WordBox] = field(default_factory=list)


def compose(number: int, recognised: RecognisedPage) -> Page:
    """Make page `number` of what was recognised."""
    lines = [line for line in recognised.lines if _is_text(line)]
    usual = usual_size(lines)
    paragraphs = list(_joined(_paragraphs(lines, usual)))
    if len(lines) >= _LEAST_BODY:
        _mark_headings(paragraphs, usual)
    hyphens = Hyphens([recognised])
    for paragraph in paragraphs:
        _set(paragraph, hyphens)
    blocks = list(_blocks(paragraphs))
    boxes: list[WordBox] = []
    offset = 0
    for block, places in blocks:
        boxes.extend(_moved(box, offset) for box in places)
        offset += len(block.text) + 2
    page = build_page(number, [block for block, _ in blocks])
    return replace(page, boxes=tuple(boxes), confidence=round(recognised.confidence, 3))


def _is_text(line: Line) -> bool:
    return bool(re.search(r"\w", line.text)) and mean_confidence([line]) >= _NOISE


def _paragraphs(lines: Sequence[Line], usual: float) -> Iterator[Paragraph]:
    """Yield the paragraphs that the recogniser saw, cut where the type changes or a bullet begins an item."""
    for _, (first, *others) in groupby(lines, key=lambda line: (line.block, line.paragraph)):
        current = Paragraph([first], size_of(first) or usual)
        for line in others:
            size = size_of(line) or current.size
            if _is_other_type(current, line, size) or _is_item(line):
                yield current
                current = Paragraph([line], size)
            else:
                current.lines.append(line)
        yield current


def _joined(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """Join what a column's or a block's end cut in two within a sentence."""
    before: Paragraph | None = None
    for paragraph in paragraphs:
        if before is not None and _goes_on(before, paragraph):
            before.lines.extend(paragraph.lines)
            continue
        if before is not None:
            yield before
        before = paragraph
    if before is not None:
        yield before


def _goes_on(before: Paragraph, after: Paragraph) -> bool:
    end, start = before.lines[-1].text, after.lines[0].text
    is_cut = bool(_HYPHEN.search(end)) or (not _ENDS_SENTENCE.search(end) and len(end) >= _LONG_LINE)
    return is_cut and start[:1].islower() and not _is_item(after.lines[0])


def _is_other_type(paragraph: Paragraph, line: Line, size: float) -> bool:
    """Whether a line is set so much larger or smaller that it starts something new; short ones cannot tell."""
    if min(len(paragraph.lines[-1].text), len(line.text)) < _TELLING:
        return False
    return max(paragraph.size, size) > _OTHER_SIZE * min(paragraph.size, size)


def _is_item(line: Line) -> bool:
    return len(line.words) > 1 and bool(_BULLET.match(line.words[0].text))


def _mark_headings(paragraphs: Sequence[Paragraph], usual: float) -> None:
    """Find headings: by their type, and those that stand alone over a paragraph with air above."""
    for paragraph in paragraphs:
        paragraph.level = _level(paragraph, usual)
    for before, paragraph, after in zip(paragraphs, paragraphs[1:], paragraphs[2:], strict=False):
        if not paragraph.level and _stands_alone(before, paragraph, after, usual):
            paragraph.level = _LOWEST


def _stands_alone(before: Paragraph, paragraph: Paragraph, after: Paragraph, usual: float) -> bool:
    line, above = paragraph.lines[0], before.lines[-1]
    is_name = len(paragraph.lines) == 1 and len(line.text) <= _LONGEST_PLAIN and bool(_NAME.match(line.text))
    is_over_text = sum(len(one.text) for one in after.lines) >= _LEAST_UNDER and not after.lines[0].text[:1].islower()
    has_air = not above.top < line.top < above.bottom + usual / 2
    is_new = bool(before.level or _ENDS_SENTENCE.search(above.text))
    is_plain = paragraph.size >= 0.95 * usual and mean_confidence([line]) >= _GOOD_WORDS
    return is_name and is_over_text and has_air and is_new and is_plain


def _level(paragraph: Paragraph, usual: float) -> int:
    """Give the level of a heading, or 0 for what is none."""
    text = " ".join(line.text for line in paragraph.lines)
    is_short = len(text) <= _LONGEST_HEADING and len(_LETTER.findall(text)) >= 3 and not _ENDS_HEADING.search(text)
    is_sure = mean_confidence(paragraph.lines) >= 0.6
    if not is_short or not is_sure:
        return 0
    return next((level for times, level in _LEVELS if paragraph.size >= times * usual), 0)


def _set(paragraph: Paragraph, hyphens: Hyphens) -> None:
    """Join a paragraph's lines, mend words that a line end cut, and note where each word stands."""
    for line in paragraph.lines:
        for index, word in enumerate(line.words):
            if index == 0 and _HYPHEN.search(paragraph.text) and word.text[:1].islower():
                _mend(paragraph, word.text, hyphens)
            elif paragraph.text and not (_NO_BLANK.match(paragraph.text[-1]) and _NO_BLANK.match(word.text[0])):
                paragraph.text += " "
            start = len(paragraph.text)
            paragraph.text += word.text
            paragraph.boxes.append(WordBox(Range(start, len(paragraph.text)), word.box))


def _mend(paragraph: Paragraph, after: str, hyphens: Hyphens) -> None:
    """Take the hyphen at a line's end away, or put it back where it belongs to the word."""
    whole = paragraph.text[:-1]
    last = paragraph.boxes[-1]
    paragraph.boxes[-1] = replace(last, at=Range(last.at.start, len(whole)))
    paragraph.text = whole + hyphens.join(whole, after)


def _blocks(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[Block, list[WordBox]]]:
    """Yield the blocks of a page with the places of their words; items that follow each other are one list."""
    for is_list, group in groupby(paragraphs, key=lambda paragraph: _is_item(paragraph.lines[0])):
        members = list(group)
        if is_list and len(members) > 1:
            yield _list(members)
        else:
            yield from ((Block(member.text, member.level), member.boxes) for member in members)


def _list(members: Sequence[Paragraph]) -> tuple[Block, list[WordBox]]:
    text = ""
    rows: list[tuple[Range, ...]] = []
    boxes: list[WordBox] = []
    for member in members:
        mark, _, said = member.text.partition(" ")
        start = len(text) + len(_MARK)
        text += f"{_MARK}{said}\n"
        rows.append((Range(start, len(text) - 1),))
        boxes.extend(_moved(box, start - len(mark) - 1) for box in member.boxes[1:])
    text = text[:-1]
    return Block(text, parts=(Part(PartKind.LIST, Range(0, len(text)), tuple(rows)),)), boxes


def _moved(box: WordBox, by: int) -> WordBox:
    return replace(box, at=Range(box.at.start + by, box.at.end + by))

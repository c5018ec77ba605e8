"""Footnotes: what stands in small type under a short rule at the foot of a column, with marks."""

import re
from collections.abc import Iterator, Sequence

from domain.documents import Part, PartKind, Range
from ingest.parsers.cleaning import Hyphens
from ingest.parsers.pdf.lines import Paragraph, Typesetting, set_lines
from ingest.parsers.pdf.page import Line, PageText, Place

_MARK = re.compile(r"([1-9]\d{0,2}|[*∗†‡§¶‖]{1,3})[.)\]]?\s*(?=\S)")
_WORD = re.compile(r"[^\W\d_]{3}|[\u3040-\u9fff]{2}")
_SMALL = 0.95
"""Of the usual type size."""
_LOWEST_PART = 0.75
"""Of the height of a page: footnotes begin below it."""
_LONGEST_RULE = 0.6
"""Of the width of a page: a longer rule is a frame or a foot."""
_SHORTEST_RULE = 20.0
_SLACK = 8.0
_NEAR = 3.0
"""Of the type size."""


def take_footnotes(page: PageText, usual: Typesetting, hyphens: Hyphens) -> list[Paragraph]:
    """Take the footnotes out of a page's lines."""
    notes: list[Paragraph] = []
    for rule in sorted(page.rules):
        is_short = _SHORTEST_RULE <= rule.width <= _LONGEST_RULE * page.width and rule.height < rule.width
        if not is_short or rule.high > _LOWEST_PART * page.height:
            continue
        lines = _under(rule, page.lines, usual)
        if lines:
            taken = {id(line) for line in lines}
            page.lines = [line for line in page.lines if id(line) not in taken]
            notes.extend(_set(mark, note, usual, hyphens) for mark, note in _notes(lines))
    return notes


def _under(rule: Place, lines: Sequence[Line], usual: Typesetting) -> list[Line]:
    """Give the small lines that go down from a rule to the foot of the column; none if other type is among them."""
    below = [
        line
        for line in lines
        if line.y < rule.low
        and line.left >= rule.left - _SLACK
        and not line.text.strip().isdigit()
        and not _is_beyond(line, rule, lines)
    ]
    below.sort(key=lambda line: -line.y)
    if not below or rule.low - below[0].y > _NEAR * below[0].size or not _begins_note(below[0]):
        return []
    return below if all(_size(line) <= _SMALL * usual.size for line in below) else []


def _begins_note(line: Line) -> bool:
    return not line.is_mono and bool(_MARK.match(line.text)) and bool(_WORD.search(line.text))


def _is_beyond(line: Line, rule: Place, lines: Sequence[Line]) -> bool:
    """Whether a line belongs to a column further on: it begins where others end that stand under the rule."""
    if line.left <= rule.right:
        return False
    return any(rule.left - _SLACK <= other.left <= rule.right and other.right < line.left for other in lines)


def _size(line: Line) -> float:
    """Give the size of a line's words, not of the raised mark before them."""
    return max(run.size for run in line.runs)


def _notes(lines: Sequence[Line]) -> Iterator[tuple[str, list[Line]]]:
    """Part lines where marks begin them; numbers count up."""
    mark, note = "", list[Line]()
    for line in lines:
        found = _MARK.match(line.text)
        if found and (not note or _comes_after(found.group(1), mark)):
            if note:
                yield mark, note
            mark, note = found.group(1), []
        note.append(line)
    if note:
        yield mark, note


def _comes_after(mark: str, before: str) -> bool:
    if mark.isdigit() and before.isdigit():
        return int(mark) == int(before) + 1
    return mark.isdigit() == before.isdigit()


def _set(mark: str, lines: list[Line], usual: Typesetting, hyphens: Hyphens) -> Paragraph:
    paragraph = set_lines(lines, usual, hyphens)
    found = _MARK.match(paragraph.text)
    rest = paragraph.text[found.end() :] if found else paragraph.text
    paragraph.text = f"{mark} {rest}"
    paragraph.emphasis = ()
    paragraph.parts = (Part(PartKind.FOOTNOTE, Range(0, len(paragraph.text)), label=mark),)
    return paragraph

"""Paragraphs to blocks: items to lists, lines in a typewriter face to code."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from domain.documents import Part, PartKind, Range
from ingest.parsers.flow import Block
from ingest.parsers.pdf.lines import Paragraph, Typesetting
from ingest.parsers.pdf.page import Line

_ITEM = re.compile(
    r"(?P<mark>(?P<bullet>[•◦▪‣●○■□❒✓➢►])\s*|(?P<dash>[·∙–—*-])\s+|"
    r"(?P<open>[(\[]?)(?P<count>\d{1,3}|[a-zA-Z]|[ivx]{2,4})(?P<close>[.)\]])\s+)(?=\S)"
)
_ADDRESS = re.compile(r"\S*://\S+$")
_CODE_SIGN = re.compile(r"[=(){}<>;\\$\[\]]|\s")
_SAME_LISTING = 3.5
"""Of the type size: a wider gap parts two listings."""
_MOST_INDENT = 40


def to_blocks(paragraphs: Sequence[Paragraph], usual: Typesetting) -> Iterator[Block]:
    """Give the blocks of a page in order."""
    for group in _groups(paragraphs, usual):
        if _is_code(group[0], usual):
            yield _code(group)
        elif len(group) > 1:
            yield _list(group)
        else:
            paragraph = group[0]
            emphasis = () if paragraph.level else paragraph.emphasis
            yield Block(paragraph.text, paragraph.level, emphasis, parts=paragraph.parts)


def _groups(paragraphs: Sequence[Paragraph], usual: Typesetting) -> Iterator[list[Paragraph]]:
    """Put paragraphs together that are items of one list, or lines of one listing."""
    group: list[Paragraph] = []
    for paragraph in paragraphs:
        if group and not (_is_next_item(group, paragraph) or _is_same_listing(group[-1], paragraph, usual)):
            yield group
            group = []
        group.append(paragraph)
    if group:
        yield group


def _is_next_item(group: Sequence[Paragraph], paragraph: Paragraph) -> bool:
    """Whether a paragraph is an item that follows those of a group: the same bullet, or one that counts on."""
    found = _item(paragraph)
    if found is None or _item(group[-1]) is None:
        return False
    return any(_counts_on(before, found) for item in group if (before := _item(item))) or (
        len(group) > 1 and _rank(found) == 1
    )


def _item(paragraph: Paragraph) -> re.Match[str] | None:
    return None if paragraph.level or paragraph.parts else _ITEM.match(paragraph.text)


def _counts_on(before: re.Match[str], after: re.Match[str]) -> bool:
    if before["count"] is None or after["count"] is None:
        return before["mark"].strip() == after["mark"].strip()
    return (before["open"], before["close"]) == (after["open"], after["close"]) and _rank(after) == _rank(before) + 1


def _rank(item: re.Match[str]) -> int:
    """Give the number that a mark counts, 0 for bullets; Roman numerals are told by their letters alone."""
    count = item["count"] or ""
    if count.isdigit():
        return int(count)
    if len(count) == 1:
        return ord(count.lower()) - ord("a") + 1
    return _ROMAN.index(count) + 1 if count in _ROMAN else 0


_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")


def _list(items: Sequence[Paragraph]) -> Block:
    """Set items as lines, each with its mark."""
    text = ""
    emphasis: list[Range] = []
    rows = []
    for item in items:
        text += "\n" if text else ""
        begin = len(text)
        words = item.text.replace("\n", " ")
        found = _ITEM.match(words)
        rows.append((Range(begin + (found.end() if found else 0), begin + len(words)),))
        emphasis.extend(Range(begin + mark.start, begin + mark.end) for mark in item.emphasis)
        text += words
    part = Part(PartKind.LIST, Range(0, len(text)), tuple(rows))
    return Block(text, emphasis=tuple(emphasis), parts=(part,))


def _is_code(paragraph: Paragraph, usual: Typesetting) -> bool:
    """Whether a paragraph is set in a typewriter face, in a text that is not."""
    if usual.is_mono or paragraph.level or paragraph.parts or not all(line.is_mono for line in paragraph.lines):
        return False
    return bool(_CODE_SIGN.search(paragraph.text)) and not _ADDRESS.match(paragraph.text)


def _is_same_listing(before: Paragraph, paragraph: Paragraph, usual: Typesetting) -> bool:
    down = before.lines[-1].y - paragraph.lines[0].y
    return 0 < down < _SAME_LISTING * paragraph.size and _is_code(before, usual) and _is_code(paragraph, usual)


def _code(paragraphs: Sequence[Paragraph]) -> Block:
    """Set code line by line, indented as it stands on the page."""
    lines = [line for paragraph in paragraphs for line in paragraph.lines]
    edge = min(line.left for line in lines)
    text = _indented(lines[0], edge)
    for before, line in pairwise(lines):
        down = before.y - line.y
        if abs(down) < line.size / 3:
            text += " " + line.text.strip()
        else:
            text += ("\n\n" if down > 1.9 * line.size else "\n") + _indented(line, edge)
    text = text.rstrip()
    return Block(text, parts=(Part(PartKind.CODE, Range(0, len(text))),))


def _indented(line: Line, edge: float) -> str:
    words = line.text.strip()
    width = (line.right - line.left) / (len(words) - 1) if len(words) > 1 else line.size * 0.6
    steps = round((line.left - edge) / width) if width > 0 else 0
    return " " * min(steps, _MOST_INDENT) + words

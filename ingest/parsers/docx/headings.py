"""Headings of Word documents that use no heading styles: short lines, set larger or bolder than the text."""

import re
from collections import Counter
from collections.abc import Sequence

from ingest.parsers.docx.items import Item, is_bullet

_LONGEST = 120
_LARGER = 1.1
_DEEPEST = 4
_LEAST_TEXT = 40
_NUMBERED = re.compile(
    r"(?:\d{1,2}((?:\.\d{1,2}){0,3})\.?|[IVX]{1,5}\.|[A-Z]\.|(?:chapter|unit|lesson|part)\s+\S+)\s+\S", re.IGNORECASE
)
_ENDS_SENTENCE = (".", ",", ";", ":", "!", "。", "،", "؛")
_LETTER = re.compile(r"[^\W\d_]")


def infer_headings(items: Sequence[Item]) -> None:
    """Find the headings of a document in which no paragraph has a heading's style; their levels are set.

    A heading is short, ends no sentence, is set apart (larger than the text, or bold throughout while the text is
    not), and text follows. Sizes rank them, at one size numbers and bold letters do.
    """
    if any(item.level and item.block.text for item in items):
        return
    letters = Counter[tuple[float, bool]]()
    for item in items:
        letters[item.size, item.is_bold] += len(item.block.text) if not item.rows else 0
    if not letters:
        return
    body_size, is_bold_body = max(letters, key=lambda look: letters[look])
    found = [item for item in items if _stands_out(item, body_size, is_bold_body=is_bold_body)]
    found = [item for item in found if not item.style.is_title]
    if sum(letters.values()) - sum(len(item.block.text) for item in found) < _LEAST_TEXT:
        return
    ranks = sorted({(item.size, item.is_bold) for item in found}, reverse=True)
    for item in found:
        item.level = min(ranks.index((item.size, item.is_bold)) + 1 + _depth(item), _DEEPEST)
    _level_numbers(found)


def _stands_out(item: Item, body_size: float, *, is_bold_body: bool) -> bool:
    text = item.block.text
    is_line = 0 < len(text) <= _LONGEST and "\n" not in text and not item.rows and bool(_LETTER.search(text))
    if not is_line or text.endswith(_ENDS_SENTENCE) or item.style.is_caption or item.figures:
        return False
    if is_bullet(item):
        return False
    if item.size > body_size * _LARGER and item.mark is None:
        return True
    return item.is_bold and not is_bold_body and item.size >= body_size


def _depth(item: Item) -> int:
    """Give how deep a heading's own number says that it stands: 1 for "2.3"."""
    number = _NUMBERED.match(item.block.text)
    return number[1].count(".") if number and number[1] else 0


def _level_numbers(found: Sequence[Item]) -> None:
    """Close gaps: the levels that occur are numbered from 1."""
    levels = sorted({item.level for item in found})
    for item in found:
        item.level = levels.index(item.level) + 1

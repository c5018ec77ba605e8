"""Which word on the picture of a page is which word of its text.

The text has been put in order and mended, so the two are not the same: words are matched as runs in both
(`difflib.SequenceMatcher`), and a word that a line end cuts in two is tried as one.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from domain.documents import Box, Range, WordBox

_WORD = re.compile(r"\S+")
_HYPHENS = "-\u00ad\u2010\ufffe\u0002"
_SAME_LINE = 0.5
"""Of the lower of two words: if they share that much of their height, they stand on one line."""


def place_words(words: Sequence[tuple[str, Box]], text: str) -> tuple[WordBox, ...]:
    """Give the places of the text's words that are found on the picture, in the order of the text."""
    drawn = list(_joined(words))
    written = [(_key(match.group()), Range(*match.span())) for match in _WORD.finditer(text)]
    matcher = SequenceMatcher(None, [key for key, _ in drawn], [key for key, _ in written], autojunk=False)
    found = []
    for first, second, count in matcher.get_matching_blocks():
        for step in range(count):
            found += [WordBox(written[second + step][1], box) for box in drawn[first + step][1]]
    return tuple(found)


def boxes_of(places: Iterable[WordBox], source: Range) -> list[Box]:
    """Give the places of the words in a range, those that follow each other on a line as one."""
    lines: list[Box] = []
    for place in places:
        if place.at.end <= source.start or place.at.start >= source.end:
            continue
        if lines and _is_beside(lines[-1], place.box):
            lines[-1] = _around(lines[-1], place.box)
        else:
            lines.append(place.box)
    return lines


def _joined(words: Sequence[tuple[str, Box]]) -> Iterator[tuple[str, tuple[Box, ...]]]:
    """Yield words with their places; what a hyphen at a line end parts is one word in two places."""
    index = 0
    while index < len(words):
        word, box = words[index]
        follows = words[index + 1] if index + 1 < len(words) else None
        if follows and len(word) > 1 and word[-1] in _HYPHENS and follows[1].top > box.top and follows[0][:1].islower():
            yield _key(word[:-1] + follows[0]), (box, follows[1])
            index += 2
        else:
            yield _key(word), (box,)
            index += 1


def _key(word: str) -> str:
    """Give the letters and digits of a word, folded; of a sign that has none, itself."""
    plain = unicodedata.normalize("NFKC", word).casefold()
    return "".join(letter for letter in plain if letter.isalnum()) or plain


def _is_beside(line: Box, word: Box) -> bool:
    shared = min(line.bottom, word.bottom) - max(line.top, word.top)
    return shared > _SAME_LINE * min(line.bottom - line.top, word.bottom - word.top)


def _around(one: Box, other: Box) -> Box:
    return Box(
        min(one.left, other.left),
        min(one.top, other.top),
        max(one.right, other.right),
        max(one.bottom, other.bottom),
    )

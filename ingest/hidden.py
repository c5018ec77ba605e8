"""Takes out of pages what people cannot see and a machine would read: it is kept apart, for the teacher to look at.

Parsers put aside what they know to be hidden (text without ink, off the page, in comments). Here go characters without
a picture: tag characters and variation selectors, which can carry whole sentences, and zero-width ones.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from domain.documents import Page, Part, Range

_INVISIBLE = re.compile(
    "[\U000e0000-\U000e007f]+|[\ufe00-\ufe0f\U000e0100-\U000e01ef]{2,}|[\u200b\u2060-\u2064\u180e\ufeff\u202d\u202e]+"
)
"""Tags; selectors in a row (a single one chooses a sign's form); zero-width signs and turned reading directions.

Joiners and the marks of right-to-left writing stay: words are spelt with them.
"""

_MAY_BE_INVISIBLE = re.compile("[\u180e\u200b\u202d\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef]")
"""Any of these signs: one look that most pages end with."""

_LEAST = 3
"""Letters of the shortest hidden text that is worth showing."""


def cut_hidden(page: Page) -> Page:
    """Give the page without what cannot be seen; what that said, if it said something, is put aside as hidden."""
    is_open = _MAY_BE_INVISIBLE.search(page.text) is None
    cuts = [] if is_open else [Range(*match.span()) for match in _INVISIBLE.finditer(page.text)]
    headings = tuple(replace(heading, title=strip_invisible(heading.title)) for heading in page.headings)
    if not cuts:
        return replace(page, headings=headings)
    said = [text for cut in cuts if len(text := _decoded(page.text[cut.start : cut.end])) >= _LEAST]
    places = _Places(cuts)
    return replace(
        page,
        text=strip_invisible(page.text),
        headings=tuple(replace(heading, at=places.moved(heading.at)) for heading in headings),
        emphasis=tuple(places.moved(mark) for mark in page.emphasis),
        parts=tuple(places.moved_part(part) for part in page.parts),
        boxes=tuple(replace(word, at=places.moved(word.at)) for word in page.boxes),
        hidden=(*page.hidden, *said),
    )


def strip_invisible(text: str) -> str:
    """Give a line without what cannot be seen."""
    return _INVISIBLE.sub("", text)


class _Places:
    """Says where a place of a text is once the cuts are out of it."""

    def __init__(self, cuts: list[Range]) -> None:
        self._cuts = cuts
        self._starts = [cut.start for cut in cuts]
        self._gone = [0]
        for cut in cuts:
            self._gone.append(self._gone[-1] + cut.end - cut.start)

    def moved(self, at: Range) -> Range:
        return Range(self._moved(at.start), self._moved(at.end))

    def moved_part(self, part: Part) -> Part:
        rows = tuple(tuple(self.moved(cell) for cell in row) for row in part.rows)
        return replace(part, at=self.moved(part.at), rows=rows)

    def _moved(self, place: int) -> int:
        before = bisect_left(self._starts, place)
        gone = self._gone[before]
        if before and self._cuts[before - 1].end > place:
            gone -= self._cuts[before - 1].end - place
        return place - gone


def _decoded(run: str) -> str:
    """Read what tag characters spell, or what the bytes do that variation selectors stand for."""
    tags = "".join(chr(ord(letter) - 0xE0000) for letter in run if 0xE0020 <= ord(letter) < 0xE007F)
    return " ".join((tags or bytes(_bytes_of(run)).decode("utf-8", errors="ignore")).split())


def _bytes_of(run: str) -> Iterator[int]:
    for letter in run:
        if "\ufe00" <= letter <= "\ufe0f":
            yield ord(letter) - 0xFE00
        elif "\U000e0100" <= letter <= "\U000e01ef":
            yield ord(letter) - 0xE0100 + 16

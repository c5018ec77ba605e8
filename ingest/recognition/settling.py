"""What can be said only once all pages of a file are recognised: running heads, and which pages to check."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from domain.documents import Dropped, Heading, Page, PageProblem, Range
from ingest.parsers.cleaning import left_out
from ingest.parsers.flow import move_part

LOW_CONFIDENCE = 0.85
"""Below this mean confidence of its words, a page should be looked at beside its picture: about every tenth word of
such pages came out wrong where that was measured."""

_NEAR = 2
"""Pages: left and right pages often have heads of their own."""

_ALIKE = 0.8
"""Letters of two running heads that agree; recognition errs in the others."""

_MOST_EDGE = 3
_LONGEST_HEAD = 120
_GAP = "\n\n"
_NUMBERS = re.compile(r"\d+|\b[ivxlc]+\b")
_FIRST_NUMBER, _LAST_NUMBER = re.compile(r"^\W*(\d{1,4})\b"), re.compile(r"\b(\d{1,4})\W*$")
_PAGE_NUMBER = re.compile(r"[\W_]*(?:\d{1,4}|[ivxlc]{1,7})[\W_]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Settled:
    """Recognised pages in order, what is to be said of them, and what was left out of their text."""

    pages: tuple[Page, ...]
    problems: tuple[PageProblem, ...]
    dropped: tuple[Dropped, ...] = ()


def settle(pages: Sequence[Page], wanted: Collection[int]) -> Settled:
    """Take running heads and feet out of recognised pages, and name the pages that need a look or gave nothing."""
    ordered = sorted(pages, key=lambda page: page.number)
    cut = [_without_edges(page, ordered) for page in ordered]
    heads = [text for _, texts in cut for text in texts]
    dropped = (left_out("running_line", heads),) if heads else ()
    kept = tuple(page for page, _ in cut)
    return Settled(tuple(page for page in kept if page.text), tuple(_problems(kept, wanted)), dropped)


def _problems(pages: Sequence[Page], wanted: Collection[int]) -> Iterator[PageProblem]:
    found = {page.number: page for page in pages}
    for number in sorted(wanted):
        page = found.get(number)
        if page is None:
            message = f"The text of page {number} could not be recognised, so the page was left out."
            yield PageProblem(number, "page_failed", message)
        elif not page.text:
            yield PageProblem(number, "no_text", f"Page {number} is a picture in which no words were found.")
        elif (page.confidence or 0.0) < LOW_CONFIDENCE:
            message = f"Much on page {number} was hard to recognise. Check its text against its picture."
            yield PageProblem(number, "low_confidence", message)


def _without_edges(page: Page, pages: Sequence[Page]) -> tuple[Page, list[str]]:
    """Take the paragraphs off the top and the bottom of a page that run through near pages, or are its number."""
    near = [other for other in pages if other is not page and abs(other.number - page.number) <= _NEAR]
    blocks = page.text.split(_GAP)
    first, last = 0, len(blocks)
    top, bottom = _Edges(page, near, slice(0, _MOST_EDGE)), _Edges(page, near, slice(-_MOST_EDGE, None))
    while last - first > 1 and first < _MOST_EDGE and top.is_running(blocks[first]):
        first += 1
    while last - first > 1 and len(blocks) - last < _MOST_EDGE and bottom.is_running(blocks[last - 1]):
        last -= 1
    if last - first == len(blocks):
        return page, []
    start = sum(len(block) + len(_GAP) for block in blocks[:first])
    end = start + len(_GAP.join(blocks[first:last]))
    return _cut(page, Range(start, end)), [*blocks[:first], *blocks[last:]]


class _Edges:
    """What stands at one edge of the pages near a page."""

    def __init__(self, page: Page, near: Sequence[Page], edge: slice) -> None:
        self._page = page
        self._titles = {heading.title for heading in page.headings}
        others = [(other, block) for other in near for block in other.text.split(_GAP)[edge]]
        self._keys = [key for _, block in others if (key := _key(block))]
        self._steps = {number - other.number for other, block in others for number in _numbers(block)}

    def is_running(self, text: str) -> bool:
        """Whether a paragraph is a page number, runs through near pages, or counts up with them."""
        if _PAGE_NUMBER.match(text):
            return True
        key = _key(text)
        if not key or len(text) > _LONGEST_HEAD or "\n" in text:
            return False
        counts_up = any(number - self._page.number in self._steps for number in _numbers(text))
        if counts_up and text not in self._titles:
            return True
        return any(SequenceMatcher(None, key, other, autojunk=False).ratio() >= _ALIKE for other in self._keys)


def _numbers(text: str) -> list[int]:
    """List the numbers that a short line begins or ends with."""
    found = _FIRST_NUMBER.findall(text) + _LAST_NUMBER.findall(text)
    return [int(number) for number in found] if len(text) <= _LONGEST_HEAD else []


def _key(text: str) -> str:
    """Give a line's letters; numbers count up from page to page."""
    return re.sub(r"[\W_]+", "", _NUMBERS.sub("", text[: 2 * _LONGEST_HEAD].casefold()))


def _cut(page: Page, kept: Range) -> Page:
    """Give a page with the text of a range alone."""

    def is_in(at: Range) -> bool:
        return kept.start <= at.start and at.end <= kept.end

    def moved(at: Range) -> Range:
        return Range(at.start - kept.start, at.end - kept.start)

    return replace(
        page,
        text=page.text[kept.start : kept.end],
        headings=tuple(Heading(one.level, one.title, moved(one.at)) for one in page.headings if is_in(one.at)),
        parts=tuple(move_part(part, -kept.start) for part in page.parts if is_in(part.at)),
        boxes=tuple(replace(word, at=moved(word.at)) for word in page.boxes if is_in(word.at)),
    )

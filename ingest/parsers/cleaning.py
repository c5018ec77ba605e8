"""What stands on pages but is not the text: running heads and feet, page numbers, hyphens at line ends."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Protocol

from domain.documents import MOST_LEFT_OUT, Dropped
from ingest.parsers.pdf.page import Line, PageText

_DEPTH = 3
"""Rows from the edge of a page that may be running heads or feet."""

_LEAST_DENSITY = 0.4
"""Left and right pages often have heads of their own, so a head stands on about half of the pages of its stretch."""

_NUMBER = re.compile(r"[\W_]*(?:\d+|[ivxlcdm]+)(?:\s*(?:/|of|von|de)\s*\d+)?[\W_]*", re.IGNORECASE)
_LONGEST_EXAMPLE = 80
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST_PART = re.compile(r"[^\W_]+(?:-[^\W_]+)*$")
_FIRST_PART = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_PLACE = 4.0
"""Points that a running head may move from page to page."""


def drop_running_lines(pages: Sequence[PageText]) -> list[Dropped]:
    """Take the lines out that come back at the same place at the edge of many pages, whatever their numbers.

    Says how many running lines and page numbers were dropped.
    """
    seen: dict[tuple[str, int], list[int]] = defaultdict(list)
    rows = [_rows(page.lines) for page in pages]
    for index, page_rows in enumerate(rows):
        for row in _edge_rows(page_rows):
            for line in row:
                for key in _keys(line):
                    seen[key].append(index)
    running = {key for key, places in seen.items() if _is_running(places)}
    dropped = {id(line) for page_rows in rows for line in _running_lines(page_rows, running)}
    kept = [[line for line in page.lines if id(line) not in dropped] for page in pages]
    if sum(1 for lines in kept if lines) * 2 < sum(1 for page in pages if page.lines):
        # pages that are alike throughout, such as forms: then what comes back is the text
        return []
    found = [line.text.strip() for page in pages for line in page.lines if id(line) in dropped]
    for page, lines in zip(pages, kept, strict=True):
        page.lines = lines
    numbers = [text for text in found if _NUMBER.fullmatch(text)]
    others = [text for text in found if not _NUMBER.fullmatch(text)]
    sorts = (("running_line", others), ("page_number", numbers))
    return [left_out(code, texts) for code, texts in sorts if texts]


def left_out(code: str, texts: Sequence[str]) -> Dropped:
    """Count lines that were left out; each of their texts is kept once."""
    return Dropped(code, len(texts), texts[0][:_LONGEST_EXAMPLE], "\n".join(dict.fromkeys(texts))[:MOST_LEFT_OUT])


def _edge_rows(rows: list[list[Line]]) -> list[list[Line]]:
    return rows if len(rows) <= 2 * _DEPTH else rows[:_DEPTH] + rows[-_DEPTH:]


def _rows(lines: Iterable[Line]) -> list[list[Line]]:
    """Group lines that stand beside each other, from the top of the page down."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.y):
        if rows and rows[-1][0].y - line.y < _PLACE:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _keys(line: Line) -> tuple[tuple[str, int], tuple[str, int]]:
    """Give the line's text without numbers, at two roundings of its height, so that near heights share one."""
    text = re.sub(r"\d+|\b[ivxlc]+\b", "#", " ".join(line.text.casefold().split()))
    return (text, round(line.y / _PLACE / 2)), (text, round(line.y / _PLACE / 2 + 0.5) + 100_000)


def _is_running(places: Sequence[int]) -> bool:
    pages = len(set(places))
    return pages >= 2 and pages >= (places[-1] - places[0] + 1) * _LEAST_DENSITY and (pages > 2 or places[-1] <= 3)


def _running_lines(rows: list[list[Line]], running: set[tuple[str, int]]) -> list[Line]:
    """Peel running rows off from the top and the bottom, as far as every line of a row is running."""
    found: list[Line] = []
    for edge in (rows[:_DEPTH], rows[::-1][:_DEPTH]):
        for row in edge:
            if not all(any(key in running for key in _keys(line)) for line in row):
                break
            found.extend(row)
    return found


class _Said(Protocol):
    @property
    def text(self) -> str: ...


class _Lined(Protocol):
    """Lines of text, typeset or recognised."""

    @property
    def lines(self) -> Sequence[_Said]: ...


class Hyphens:
    """Decides from a document's own words whether a hyphen at a line end belongs to the word."""

    def __init__(self, pages: Iterable[_Lined]) -> None:
        tokens = Counter[str]()
        for page in pages:
            tokens.update(" ".join([line.text for line in page.lines]).lower().split())
        self._words = Counter[str]()
        # a text has ten times as many words as different ones
        for token, count in tokens.items():
            for word in [token] if token.isalpha() else _WORDS.findall(token):
                self._words[word] += count

    def join(self, before: str, after: str) -> str:
        """Give what stands between two halves of a word: nothing or a hyphen."""
        left, right = _LAST_PART.search(before), _FIRST_PART.match(after)
        if left is None or right is None:
            return "-"
        first, second = left.group(), right.group()
        if not second[0].islower() and not (first.isupper() and second.isupper()):
            return "-"
        whole, compound = self._words[(first + second).lower()], self._words[f"{first}-{second}".lower()]
        if whole or compound:
            return "" if whole >= compound else "-"
        are_words = min(len(first), len(second)) >= 4 and min(self._words[first.lower()], self._words[second]) >= 3
        return "-" if are_words else ""

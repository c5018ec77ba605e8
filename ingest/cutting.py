"""Where a page may be cut: at sentence ends and seams, never through a row, a short list item or a formula."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from domain.documents import Page, Part, PartKind, Range
from domain.sentences import inner_stops

CHUNK_CHARACTERS = 1_000

_LONGEST_WHOLE = 4_000
"""Characters of a row or a formula; a longer one is cut like text."""

_SILENCE_SECONDS = 10.0
"""Of a recording: what was said after such a pause is about something else more often than not."""

_APART = frozenset({PartKind.FOOTNOTE, PartKind.NOTES})
"""What is never mixed with the text around it."""

_WHOLE: Mapping[PartKind, int] = {
    PartKind.FORMULA: _LONGEST_WHOLE,
    PartKind.TABLE: CHUNK_CHARACTERS,
    PartKind.CODE: CHUNK_CHARACTERS,
    PartKind.FIGURE: CHUNK_CHARACTERS,
}
"""What stays in one chunk up to a length."""

_ROW: Mapping[PartKind, int] = {PartKind.TABLE: _LONGEST_WHOLE, PartKind.LIST: CHUNK_CHARACTERS}
"""The same for rows and items, of what is longer."""

_NO_END = "".join(
    rf"(?<!\b{short}\.\s)" for short in ("Dr", "Mr", "Ms", "St", "vs", "al", "cf", "Mrs", "Fig", "No", "z.B")
)
_ENDS = ".!?…؟।۔"
_CLOSERS = '"”’»)\\]'
_ENDS_WITHOUT_BLANK = "。！？"
# it begins with what may be cut at, so that the search looks behind there alone
_SENTENCE_END = re.compile(
    rf"[\s{_ENDS_WITHOUT_BLANK}](?:(?<=[{_ENDS}]\s){_NO_END}(?![a-z])|(?<=[{_ENDS}][{_CLOSERS}]\s)(?![a-z])"
    rf"|(?<=\n)(?=\n)|(?<=[{_ENDS_WITHOUT_BLANK}])(?![」』”）]))"
)
_ENDS_SENTENCE = re.compile(r"[.!?…:。！？؟।۔][\"”’»)\]」』]*$")


def ends_sentence(text: str) -> bool:
    """Whether a text ends as sentences do."""
    return _ENDS_SENTENCE.search(text) is not None


def pieces(page: Page, cuts: Iterable[int], *, language: str = "en") -> Iterator[Range]:
    """Yield the ranges that a page falls into; `cuts` are where its sections begin. Headings are in none."""
    seams = _Seams(page, language)
    for stretch in _stretches(page, cuts):
        yield from _pack(page.text, stretch, seams)


def _stretches(page: Page, cuts: Iterable[int]) -> Iterator[Range]:
    """Yield the text between headings, section starts, silences and what stands apart, where it is not blank."""
    places = {*cuts, *_turns(page)}
    edges = sorted({(heading.at.start, heading.at.end) for heading in page.headings} | {(cut, cut) for cut in places})
    start = 0
    for first, after in [*edges, (len(page.text), len(page.text))]:
        if page.text[start:first].strip():
            yield Range(start, first)
        start = max(start, after)


def _turns(page: Page) -> Iterator[int]:
    """Yield where something begins or ends that is not to be mixed; footnotes in a row may stand together."""
    for before, part in pairwise((None, *page.parts)):
        assert part is not None
        if part.kind in _APART:
            goes_on = before is not None and before.kind is part.kind
            if not (goes_on and before is not None and not page.text[before.at.end : part.at.start].strip()):
                yield part.at.start
        if before is not None and before.kind in _APART and part.kind is not before.kind:
            yield before.at.end
        if before is not None and _is_silent(before, part):
            yield part.at.start
    if page.parts and page.parts[-1].kind in _APART:
        yield page.parts[-1].at.end


def _is_silent(before: Part, after: Part) -> bool:
    if before.seconds is None or after.seconds is None:
        return False
    return after.seconds[0] - before.seconds[1] > _SILENCE_SECONDS


class _Seams:
    """Where a page may be cut, and what of it may not."""

    def __init__(self, page: Page, language: str) -> None:
        whole = _joined(sorted({one for part in page.parts for one in _kept_whole(part)}))
        self._starts = [one.start for one in whole]
        self._whole = whole
        seams = {place for part in page.parts for place in _edges(part, page.text)}
        inner = {stop + 1 for stop in inner_stops(page.text, language)}
        for match in _SENTENCE_END.finditer(page.text):
            if match.start() in inner:
                continue
            is_blank = match[0] not in _ENDS_WITHOUT_BLANK
            seams.add(match.start() if is_blank else match.end())
        self.places = sorted(seams) if not whole else sorted(one for one in seams if self.around(one) is None)

    def around(self, place: int) -> Range | None:
        """Give what must stay whole and has this place inside it."""
        index = bisect_left(self._starts, place) - 1
        return self._whole[index] if index >= 0 and place < self._whole[index].end else None


def _joined(ranges: Iterable[Range]) -> list[Range]:
    """Make one of ranges that overlap: a formula in a row goes with the row."""
    joined: list[Range] = []
    for one in ranges:
        if joined and one.start < joined[-1].end:
            joined[-1] = Range(joined[-1].start, max(joined[-1].end, one.end))
        else:
            joined.append(one)
    return joined


def _kept_whole(part: Part) -> Iterator[Range]:
    """Yield what of a part is not to be cut."""
    if part.at.end - part.at.start <= _WHOLE.get(part.kind, -1):
        yield part.at
        return
    rows = (Range(row[0].start, row[-1].end) for row in part.rows if row)
    yield from (row for row in rows if 0 < row.end - row.start <= _ROW.get(part.kind, -1))


def _edges(part: Part, text: str) -> Iterator[int]:
    if part.kind is PartKind.FORMULA:
        return  # it may stand in the middle of a sentence
    yield from (part.at.start, part.at.end)
    yield from (row[-1].end for row in part.rows if row)
    if part.kind is PartKind.CODE:
        yield from (match.start() for match in re.compile("\n").finditer(text, part.at.start, part.at.end))


def _pack(text: str, stretch: Range, seams: _Seams) -> Iterator[Range]:
    """Fill pieces up to the longest that ends at a seam."""
    start, last = _trimmed(text, stretch.start, stretch.end)
    while start < last:
        end = last if last - start <= CHUNK_CHARACTERS else _end(text, start, last, seams)
        at = Range(*_trimmed(text, start, end))
        yield at
        start, _ = _trimmed(text, end, last)


def _end(text: str, start: int, last: int, seams: _Seams) -> int:
    limit = start + CHUNK_CHARACTERS
    place = _last_before(seams.places, start, limit)
    if place is not None:
        return place
    whole = seams.around(limit)
    is_kept = whole is not None and whole.end - start <= _LONGEST_WHOLE
    first = whole.start if whole is not None and is_kept else limit
    blank = next((one for one in range(first, start, -1) if text[one].isspace()), None)
    if blank is None and whole is not None and is_kept:
        return min(whole.end, last)
    return blank or limit


def _last_before(places: Sequence[int], start: int, limit: int) -> int | None:
    index = bisect_right(places, limit) - 1
    return places[index] if index >= 0 and places[index] > start else None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end

"""Stretches of a page that are no running text: entries, contents, sources, code, scripts, verse, words without end.

No study aid is made of them; they stay to be read, searched and asked about.

They are known by the shape of their lines, several in a row. What is in doubt counts as running text.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.documents import Range


class Sort(StrEnum):
    """What a stretch is."""

    ENTRIES = "entries"
    CONTENTS = "contents"
    SOURCES = "sources"
    CODE = "code"
    SCRIPT = "script"
    VERSE = "verse"
    ENDLESS = "endless"


@dataclass(frozen=True, slots=True)
class _Line:
    at: Range
    text: str


_STOPPED = re.compile(r"[.!?。！？؟।]['\"”’)]*$")
_SENTENCE_END = re.compile(
    r"[.!?…](?=['\"”’»)\]]*(?:\s|$))|[。！？؟।॥۔]|\n[ \t]*\n|\n(?=[ \t]*(?:[•‣◦▪●*–—-]|\d{1,3}[.)])\s)"
)
_MOST_WORDS, _MOST_CHARACTERS = 150, 2000
"""What a sentence holds at most."""

_SHORT_LINE = 50
_LEADERS = re.compile(r"(?:\.[ \t]?){4,}[ \t]*[\divxlc]+$|…{2,}[ \t]*\d+$")
_LEADER = re.compile(r"(?:\.[ \t]?){4,}[ \t]*\d+|…{2,}[ \t]*\d+")
_FEWEST_LEADERS, _FEWEST_YEARS, _FEWEST_WORDS = 4, 3, 30
_PARAGRAPH = re.compile(r"\S(?:[^\n]|\n(?![ \t]*\n))*")
_JOINED_VERSE = re.compile(r"[,;:] [^\W\d_a-z][a-z]+ ")
_BESIDE = 2
"""Characters between two paragraphs."""

_NUMBERED = re.compile(r"^\d+(?:\.\d+)*\.?[ \t]+\S.{0,80}?[ \t]\d{1,4}$")
_YEAR = re.compile(r"(?<![-–\w])(?:1[5-9]|20)\d\d[a-z]?\b|\bn\.d\.")
_SOURCE_SIGNS = (
    re.compile(r"[^\W\d_][\w'’-]+, (?:[^\W\d_a-z]\.[ -]?){1,3}"),
    re.compile(r"https?://|\bdoi\b|\bISBN\b|\barXiv\b"),
    re.compile(r"\b\d+ ?\(\d+(?:[-–]\d+)?\)"),
    re.compile(r"\b\d+[-–]\d+\b|\bpp?\. ?\d|\bS\. \d"),
    re.compile(r"\b(?:et al|eds?|Hrsg|Press|Verlag|University|Vol)\b"),
)
_FEWEST_SIGNS = 2
_LONGEST_SOURCE = 70
_CODE = re.compile(
    r"[;{}]$|^(?:def|class|import|from|return|if|elif|else|for|while|try|except|public|private|static|void|var|let|"
    r"const|function|raise|print|package|func|fn)\b.*[:;({\])]$|^(?:import|from) [\w.]+$|^(?:return|raise) |"
    r"^[\w.\[\]]+ (?:[-+*/]?=|:=) \S|^[\w.]+\([^ ]*.*\)$|^(?:#include|#!|//|/\*|\"\"\"|<\?|</?\w+[^>]*>$)"
)
_TURN = re.compile(r"^(?P<name>[^\W\d_][^:：\n]{0,24})[:：]\s+\S")
_NO_NAMES = frozenset(
    ["a", "answer", "answers", "antwort", "example", "frage", "note", "pregunta", "q", "question", "respuesta"]
)
_TURN_WORDS = 16
_VERSE = re.compile(r"^['\"“‘«—–]?\s?[^\W\d_]")
_VERSE_WORDS = 9
_RUNS_ON = re.compile(r"[,;:—–]$")
_MARKED = re.compile(r"[,;:—–.!?…]['\"”’»]?$")


def find_no_prose(text: str) -> list[tuple[Range, Sort]]:
    """List the stretches of a page that are no running text, in order; two may overlap."""
    lines = list(_lines(text))
    found = [*_endless(text), *_set_solid(text)]
    for sort, is_one, fewest, gap in _RUNS:
        for run in _runs(lines, is_one, fewest=fewest, gap=gap):
            check = _CHECKS.get(sort)
            if check is None or check(run):
                found.append((Range(run[0].at.start, run[-1].at.end), sort))
    return sorted([*found, *_last_stanzas(text, found)])


def _lines(text: str) -> Iterator[_Line]:
    start = 0
    for line in text.split("\n"):
        bare = line.strip()
        if bare:
            begin = start + line.index(bare)
            yield _Line(Range(begin, begin + len(bare)), bare)
        start += len(line) + 1


def _runs(lines: Sequence[_Line], is_one: Callable[[str], bool], *, fewest: int, gap: int) -> Iterator[Sequence[_Line]]:
    """Yield the runs of lines that are of a sort, with at most `gap` others in a row between."""
    begin, last, count = 0, -1, 0
    for place, line in enumerate(lines):
        if not is_one(line.text):
            continue
        if last < 0 or place - last > gap + 1:
            if count >= fewest:
                yield lines[begin : last + 1]
            begin, count = place, 0
        last, count = place, count + 1
    if count >= fewest:
        yield lines[begin : last + 1]


def _is_entry(text: str) -> bool:
    """Whether a line is mostly names and numbers, such as an address or a price."""
    words = text.split()
    numbers = [word for word in words if sum(sign.isdigit() for sign in word) > 1]
    small = [word for word in words if word[:1].islower() and len(word) > 1]
    has_long = any(sum(sign.isdigit() for sign in word) > 2 for word in numbers)
    is_dense = len(numbers) * 5 >= len(words) and len(small) * 4 <= len(words)
    return len(words) > 1 and has_long and is_dense and not _STOPPED.search(text) and "$" not in text


def _is_in_contents(text: str) -> bool:
    return bool(_LEADERS.search(text) or _NUMBERED.match(text))


def _is_source(text: str) -> bool:
    if not _YEAR.search(text) or len(text.split()) > _LONGEST_SOURCE:
        return False
    return sum(bool(sign.search(text)) for sign in _SOURCE_SIGNS) >= _FEWEST_SIGNS


def _is_code(text: str) -> bool:
    return bool(_CODE.search(text)) and "$" not in text


def _is_turn(text: str) -> bool:
    found = _TURN.match(text)
    return found is not None and len(found["name"].split()) <= 3 and found["name"].casefold() not in _NO_NAMES


def _is_script(run: Sequence[_Line]) -> bool:
    """Whether few speak in turn and briefly: what is said at length may explain something."""
    names = {found["name"].casefold() for line in run if (found := _TURN.match(line.text))}
    return len(names) * 2 <= len(run) and _mean_words(run) <= _TURN_WORDS


def _may_be_verse(text: str) -> bool:
    return bool(_VERSE.match(text)) and 2 <= len(text.split()) <= 12 and " | " not in text


def _is_verse(run: Sequence[_Line]) -> bool:
    """Whether sentences run on over the lines, as they do not in a list."""
    running = sum(bool(_RUNS_ON.search(line.text)) for line in run)
    marked = sum(bool(_MARKED.search(line.text)) for line in run)
    is_mixed = len(run) <= running * 6 <= len(run) * 5
    return is_mixed and marked * 5 >= len(run) * 2 and _mean_words(run) <= _VERSE_WORDS


def _mean_words(run: Sequence[_Line]) -> float:
    return sum(len(line.text.split()) for line in run) / len(run)


def _set_solid(text: str) -> Iterator[tuple[Range, Sort]]:
    """Yield paragraphs that are such a list with its lines joined, as they come from plain text and from PDF."""
    for at, piece in _paragraphs(text):
        words = piece.split()
        if len(words) < _FEWEST_WORDS:
            continue
        if len(_LEADER.findall(piece)) >= _FEWEST_LEADERS:
            yield at, Sort.CONTENTS
        elif _is_solid_entries(words):
            yield at, Sort.ENTRIES
        elif len(_YEAR.findall(piece)) >= _FEWEST_YEARS and _count_signs(piece) * 8 >= len(words):
            yield at, Sort.SOURCES


def _last_stanzas(text: str, found: Sequence[tuple[Range, Sort]]) -> Iterator[tuple[Range, Sort]]:
    """Yield paragraphs beside verse whose joined lines show by their capitals."""
    verse = [at for at, sort in found if sort is Sort.VERSE]
    for at, piece in _paragraphs(text) if verse else ():
        is_beside = any(abs(at.start - one.end) <= _BESIDE or abs(one.start - at.end) <= _BESIDE for one in verse)
        if is_beside and len(_JOINED_VERSE.findall(piece)) > 1:
            yield at, Sort.VERSE


def _paragraphs(text: str) -> Iterator[tuple[Range, str]]:
    for found in _PARAGRAPH.finditer(text):
        yield Range(*found.span()), found[0]


def _count_signs(piece: str) -> int:
    return sum(len(sign.findall(piece)) for sign in _SOURCE_SIGNS)


def _is_solid_entries(words: Sequence[str]) -> bool:
    long = sum(sum(sign.isdigit() for sign in word) > 2 for word in words)
    capitals = sum(word[:1].isupper() for word in words)
    small = sum(word[:1].islower() for word in words)
    return long * 8 >= len(words) and capitals * 5 >= len(words) * 2 and small * 8 <= len(words)


def _endless(text: str) -> Iterator[tuple[Range, Sort]]:
    """Yield stretches without the end of a sentence that are longer than any sentence."""
    start = 0
    for end in (*(found.end() for found in _SENTENCE_END.finditer(text)), len(text)):
        piece = text[start:end]
        is_long = len(piece) > _MOST_CHARACTERS or (len(piece) > _MOST_WORDS * 2 and len(piece.split()) > _MOST_WORDS)
        if is_long and not _is_list(piece):
            yield Range(start, end), Sort.ENDLESS
        start = end


def _is_list(piece: str) -> bool:
    lines = [line for line in piece.split("\n") if line.strip()]
    return len(lines) > 1 and len(piece) < _SHORT_LINE * len(lines)


_RUNS: tuple[tuple[Sort, Callable[[str], bool], int, int], ...] = (
    (Sort.ENTRIES, _is_entry, 6, 1),
    (Sort.CONTENTS, _is_in_contents, 4, 1),
    (Sort.SOURCES, _is_source, 3, 1),
    (Sort.CODE, _is_code, 5, 2),
    (Sort.SCRIPT, _is_turn, 6, 1),
    (Sort.VERSE, _may_be_verse, 6, 0),
)
"""The sort, what a line of it is like, how many there are at least, and others that may stand between two."""

_CHECKS = {Sort.SCRIPT: _is_script, Sort.VERSE: _is_verse}
